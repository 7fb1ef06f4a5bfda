import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Output } from '../../platform/commands/command.ts'
import { type Configuration, readConfiguration } from '../../platform/configuration.ts'
import { Fault } from '../../platform/fault.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { declareKinds } from '../../record/kinds.ts'
import { testWorld, type TestWorld } from '../../record/testing.ts'
import { serveArea } from '../organisations/index.ts'
import { keepMapping } from './import/reading-queries.ts'
import { emptyMapping } from './import/sheets/mapping.ts'
import { importPerformanceCommand } from './import-command.ts'
import { performance as performanceModule } from './index.ts'
import { setUpMeasure } from './measures/set-up-measure.ts'

describe('peelian import performance', () => {
  let world: TestWorld
  let folder = ''
  let configuration: Configuration

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    folder = await mkdtemp(join(tmpdir(), 'peelian-import-'))
    const { program, public: publicUrl } = world.database.urls
    const settings = { DATABASE_URL: program, DATABASE_PUBLIC_URL: publicUrl, SESSION_SECRET: 'a'.repeat(64) }
    configuration = readConfiguration({ ...settings, DATA_DIR: folder, BASE_URL: 'http://127.0.0.1:3000' })
    await inTransaction(world.database.program, null, async trx => {
      for (const each of [world.office, world.force]) await serveArea(trx, each.id, 1)
    })
    await world.as(world.viewer(world.office, 'policy-lead'), (trx, context) =>
      setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Recorded crime', unit: 'count', kind: 'count', polarity: 'decrease' },
        ...{ frequency: 'month', definition: 'Crimes', source: 'The force' },
      }),
    )
  })
  after(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  async function run(content: string, options: Record<string, string | boolean>) {
    const path = join(folder, 'figures.csv')
    await writeFile(path, content)
    let json: unknown
    let people = ''
    const output: Output = {
      result: (value, lines) => {
        json = value
        people = [lines()].flat().join('\n')
      },
      progress: () => undefined,
    }
    const context = { typed: { words: [path], options }, output, configuration: () => configuration }
    const code = await importPerformanceCommand.run({ ...context, stopped: new AbortController().signal })
    return { code, json, people }
  }
  const area = { area: 'testshire' }
  const good = 'measure,period,value\nRecorded crime,2025-01,10\nRecorded crime,2025-02,12\n'

  it('a dry run tells what would come of it', async () => {
    const { code, json, people } = await run(good, { ...area, 'dry-run': true })
    assert.equal(code, 0)
    assert.deepEqual(json, {
      rows: 2,
      added: 2,
      changed: 0,
      unchanged: 0,
      errors: [],
      encoding: 'utf-8',
      exceptionsRaised: 0,
    })
    assert.match(people, /2 rows: 2 new, 0 changed, 0 unchanged\. Nothing was changed\./)
  })
  it('loads, and a second time changes nothing', async () => {
    assert.deepEqual(pick((await run(good, area)).json), [2, 2, 0, 0])
    assert.deepEqual(pick((await run(good, area)).json), [2, 0, 0, 2])
    assert.deepEqual(pick((await run(good.replace(',12', ',13'), area)).json), [2, 0, 1, 1])
  })
  it('names every bad row, exits with 1 and loads nothing', async () => {
    const { code, json, people } = await run(`${good}Recorded crime,2025-03,"1,000"\nRobery,2025-03,1\n`, area)
    assert.equal(code, 1)
    assert.deepEqual(pick(json), [4, 0, 0, 0])
    const errors = (json as { errors: { line: number; column: string; message: string }[] }).errors
    assert.deepEqual(
      errors.map(({ line, column }) => [line, column]),
      [
        [4, 'value'],
        [5, 'measure'],
      ],
    )
    assert.match(people, /line 4, value: “1,000” has thousands separators/)
    assert.deepEqual(pick((await run(good.replace(',12', ',13'), area)).json), [2, 0, 0, 2])
  })
  it('wants an area that is there, and an organisation of it', async () => {
    const faulty = (options: Record<string, string>, words: RegExp) =>
      assert.rejects(
        run(good, options),
        fault => fault instanceof Fault && words.test(fault.message) && fault.exitCode === 2,
      )
    await faulty({}, /--area/)
    await faulty({ area: 'nowhere' }, /There is no area "nowhere"/)
    await faulty({ ...area, organisation: 'nobody' }, /has no organisation "nobody"/)
  })
  it('loads figures that look odd only once they are confirmed', async () => {
    await run(`${good}Recorded crime,2025-03,11\nRecorded crime,2025-04,12\n`, area)
    const odd = 'measure,period,value\nRecorded crime,2025-05,12000\n'
    for (const options of [area, { ...area, 'dry-run': true }]) {
      const asked = await run(odd, options)
      assert.equal(asked.code, 1)
      assert.deepEqual(pick(asked.json), [1, 0, 0, 0])
      assert.match(asked.people, /line 2, value: “Recorded crime” has 12000 here, and is usually about 12/)
    }
    assert.deepEqual(pick((await run(odd, { ...area, confirm: true })).json), [1, 1, 0, 0])
  })
  it('reads a spreadsheet by a mapping that was kept, and says what differs', async () => {
    const columns = [
      { heading: 'Month', holds: 'period' as const },
      { heading: 'Crimes', holds: 'figures' as const },
    ]
    const mapping = {
      ...emptyMapping,
      headings: [{ row: 1, says: 'names' as const }],
      firstRow: 2,
      columns,
      measure: 'M-2026-01',
    }
    await world.as(world.viewer(world.office, 'policy-lead'), (trx, { viewer, now }) =>
      keepMapping(trx, {
        ...{ area_id: 1, id: randomUUIDv7(), organisation_id: world.office.id, name: 'Return', mapping },
        ...{ kept_by: viewer.name, kept_at: now },
      }),
    )
    const by = { ...area, mapping: 'return' }
    const read = await run('Month;Crimes\nJun-25;13\nJul-25;14\n', { ...by, 'as-at': '2025-08-01', status: 'final' })
    assert.deepEqual([pick(read.json), read.code], [[2, 2, 0, 0], 0])
    const faulty = await run('Month;Crimes\nJun-25;3 + 1\n', by)
    assert.match(faulty.people, /line 2, B, Crimes: “3 \+ 1” is two figures/)
    const odd = await run('Month;Crimes\n;\nAug-25;14000\n', by)
    assert.match(odd.people, /line 3, B, Crimes: .* usually about/)
    const swapped = 'Crimes;Month\n15;Aug-25\n'
    assert.match(
      (await run(swapped, by)).people,
      /“Month” is in column B; it was in column A\. If the file is to be read so/,
    )
    assert.deepEqual(pick((await run(swapped, { ...by, confirm: true })).json), [1, 1, 0, 0])
    const faults = (text: string, options: Record<string, string>, words: RegExp) =>
      assert.rejects(run(text, options), fault => fault instanceof Fault && words.test(fault.message))
    await faults('Name;Salary\nA;1\n', by, /not of the shape that “Return” was kept for/)
    await faults(swapped, { ...by, mapping: 'Other' }, /no mapping "Other"\. There are: “Return”/)
    await faults(swapped, { ...by, status: 'guess' }, /--status is provisional/)
    await faults(swapped, { ...by, 'as-at': '01/08/2025' }, /--as-at is a day like/)
    await faults(swapped, { ...by, organisation: 'test-force' }, /None is kept/)
  })
  it('looks only for the measures of the organisation that was named', async () => {
    const { json } = await run(good, { ...area, organisation: 'test-force' })
    assert.match(JSON.stringify(json), /no measures yet/)
  })
})

function pick(json: unknown): number[] {
  const { rows, added, changed, unchanged } = json as Record<string, number>
  return [rows ?? -1, added ?? -1, changed ?? -1, unchanged ?? -1]
}
