import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, describe, it } from 'node:test'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Configuration } from '../../platform/configuration.ts'
import { Fault, UsageFault } from '../../platform/fault.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { addArea } from '../areas.ts'
import { clocksOf, dayOfDue } from '../clock-rows.ts'
import { declareKinds } from '../kinds.ts'
import { owe } from '../reminders/testing.ts'
import { noteModule } from '../testing-kind.ts'
import { testWorld } from '../testing.ts'
import type { TestWorld } from '../testing.ts'
import { calendarCommands } from './calendar-command.ts'

describe('peelian calendar', () => {
  let world: TestWorld
  let configuration: Configuration

  before(async () => {
    declareKinds([noteModule])
    world = await testWorld()
    await inTransaction(world.database.program, null, trx =>
      addArea(trx, {
        ...{ id: 2, slug: 'oldshire', name: 'Oldshire', kind: 'area', office_title: 'Commissioner' },
        ...{ historical: true, demonstration: true, as_at: Temporal.PlainDate.from('2017-11-14'), banner: null },
      }),
    )
    const { program: programUrl, public: publicUrl } = world.database.urls
    configuration = {
      ...{ port: 3000, host: '127.0.0.1', baseUrl: 'http://localhost:3000', dataDirectory: tmpdir() },
      database: { kind: 'given', programUrl, publicUrl, ownerUrl: undefined, replicaUrl: undefined },
      ...{ sessionSecret: undefined, smtpUrl: undefined, openIdConnect: undefined, demo: 'refused' },
    }
  })
  after(() => world.close())

  /** Runs a command, and gives its result as JSON holds it and as people read it. */
  async function run(name: string, ...args: string[]): Promise<{ json: Record<string, unknown>; people: string }> {
    const command = calendarCommands.find(each => each.name === name)
    assert.ok(command)
    const parsed = parseArgs({ args, options: command.options ?? {}, allowPositionals: true })
    let said: { json: Record<string, unknown>; people: string } | undefined
    await command.run({
      typed: { words: parsed.positionals, options: parsed.values },
      output: {
        result: (value, people) => {
          const json = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(value)))
          said = { json, people: [people()].flat().join('\n') }
        },
        progress: () => undefined,
      },
      configuration: () => configuration,
      stopped: new AbortController().signal,
    })
    return said ?? assert.fail('It said nothing')
  }

  const day = ['2026-03-20', '--name', 'A day of thanks', '--where', 'England and Wales', '--source', 'London Gazette']

  it('says what would move, moves it, and moves it back', async () => {
    const record = await owe(world, world.office, 'A letter to nobody', { rule: 'CORR-RESP', from: '2026-03-10' })
    const due = () =>
      world.as(world.viewer(world.office), async trx =>
        dayOfDue((await clocksOf(trx, record))[0]?.due ?? null)?.toString(),
      )
    const moved = [{ area: 'testshire', rule: 'CORR-RESP', was: '2026-04-21', now: '2026-04-22' }]
    const dry = await run('calendar add', ...day, '--area', 'testshire', '--dry-run')
    assert.deepEqual(dry.json['moved'], moved)
    assert.equal(dry.json['dryRun'], true)
    assert.match(dry.people, /would be added\.\n1 deadline would move\.[\s\S]*2026-04-21 {2}2026-04-22/)
    assert.equal(await due(), '2026-04-21')
    const made = await run('calendar add', ...day, '--area', 'testshire')
    assert.deepEqual(made.json, { ...dry.json, dryRun: false })
    assert.doesNotMatch(made.people, /nobody/, 'no title')
    assert.equal(await due(), '2026-04-22')
    const list = await run('calendar list', '--area', 'testshire')
    assert.match(list.people, /2026-03-20 {2}added {3}A day of thanks {2}England and Wales {2}The operator/)
    const back = await run('calendar remove', '2026-03-20', '--source', 'Withdrawn', '--area', 'testshire')
    assert.equal(back.json['name'], 'A day of thanks')
    assert.equal(await due(), '2026-04-21')
  })

  it('changes every area that is not historical with --all', async () => {
    const made = await run('calendar add', ...day, '--all')
    assert.equal(made.json['area'], null)
    assert.deepEqual(made.json['moved'], [
      { area: 'testshire', rule: 'CORR-RESP', was: '2026-04-21', now: '2026-04-22' },
    ])
    const { rows } = await sql<{ area: number }>`
      select area_id as area from workspace.event where kind = 'calendar.holiday-added' and area_id = 2`.execute(
      world.database.owner,
    )
    assert.deepEqual(rows, [])
    assert.match((await run('calendar list')).people, /A day of thanks/)
  })

  it('says what is missing or not meant', async () => {
    const add = (...args: string[]) => run('calendar add', ...args)
    await assert.rejects(add('2026-02-30', ...day.slice(1), '--all'), UsageFault)
    await assert.rejects(add(...day), /Say where the calendar is changed/)
    await assert.rejects(add(...day, '--all', '--area', 'testshire'), /Say where the calendar is changed/)
    await assert.rejects(
      add(...day, '--area', 'nowhere'),
      /There is no area "nowhere"\. There are: testshire, oldshire/,
    )
    await assert.rejects(add(...day, '--area', 'oldshire'), /historical area/)
    await assert.rejects(
      add('2026-05-20', '--name', 'x', '--source', 'y', '--where', 'Cornwall', '--all'),
      /It is one of England and Wales, Scotland, Northern Ireland/,
    )
    await assert.rejects(add('2026-05-20', '--where', 'Scotland', '--source', 'y', '--all'), /--name is missing/)
    await assert.rejects(
      add(...day, '--all'),
      (fault: unknown) => fault instanceof Fault && /is a bank holiday already/.test(fault.message),
    )
    await assert.rejects(run('calendar remove', '2026-05-20', '--source', 'y', '--all'), /is not a bank holiday/)
  })
})
