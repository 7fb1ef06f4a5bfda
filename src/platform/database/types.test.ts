import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from './testing.ts'

/** What PostgreSQL writes, what is made of it, and the type. Whatever is made of it must be bindable again. */
const rows: [type: string, text: string, expected: unknown][] = [
  ['bigint', '9007199254740991', 9007199254740991],
  ['integer', '-5', -5],
  ['numeric', '1.10', '1.10'],
  ['double precision', '0.25', 0.25],
  ['boolean', 't', true],
  ['text', 'é 👮 <b>', 'é 👮 <b>'],
  ['uuid', '019363d2-0000-7000-8000-000000000000', '019363d2-0000-7000-8000-000000000000'],
  ['date', '2022-07-06', Temporal.PlainDate.from('2022-07-06')],
  ['time', '10:30:00', Temporal.PlainTime.from('10:30')],
  ['timestamp', '2022-07-06 00:30:00', Temporal.PlainDateTime.from('2022-07-06T00:30')],
  ['timestamptz', '2022-07-06 00:30:00.123456+01', Temporal.Instant.from('2022-07-05T23:30:00.123456Z')],
  ['interval', '1 day 02:00:00', Temporal.Duration.from('P1DT2H')],
  ['jsonb', '{"a":1.5}', { a: 1.5 }],
  ['bytea', '\\x00ff', Buffer.from([0, 255])],
  ['date[]', '{2022-07-06,NULL}', [Temporal.PlainDate.from('2022-07-06'), null]],
  ['bigint[]', '{1,2}', [1, 2]],
  ['timestamptz[]', '{"2022-07-06 00:30:00+01"}', [Temporal.Instant.from('2022-07-05T23:30:00Z')]],
  ['text[]', '{a,"b c"}', ['a', 'b c']],
]

/** Values of Temporal have nothing that deepEqual compares; their text says everything. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  const name = Object.prototype.toString.call(value)
  return name.startsWith('[object Temporal.') ? `${name} ${String(value)}` : value
}

describe('types', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
  })
  after(() => database.close())

  for (const [type, text, expected] of rows) {
    it(`reads ${type}, and takes it back as a parameter`, async () => {
      const typed = sql.raw(type)
      const read = await sql<{ value: unknown }>`select ${text}::text::${typed} as value`.execute(database.program)
      const value = read.rows[0]?.value
      assert.deepEqual(comparable(value), comparable(expected))
      // JSON has to be given as text: an array would be taken for one of PostgreSQL's.
      const bound = type === 'jsonb' ? JSON.stringify(value) : value
      const back = await sql<{ same: boolean }>`select ${bound}::${typed} = ${text}::text::${typed} as same`.execute(
        database.program,
      )
      assert.equal(back.rows[0]?.same, true)
    })
  }

  it('refuses a bigint that a number cannot hold, instead of rounding it', async () => {
    await assert.rejects(sql`select 9007199254740993::bigint as value`.execute(database.program), /too large/)
  })

  it('starts with the settings that its parsers read, whatever those of the server', async () => {
    const { rows: settings } = await sql<{ style: string; zone: string }>`
      select current_setting('datestyle') as style, current_setting('timezone') as zone`.execute(database.program)
    assert.deepEqual(settings, [{ style: 'ISO, YMD', zone: 'UTC' }])
  })
})
