import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Output } from '../../../platform/commands/command.ts'
import { type Configuration, readConfiguration } from '../../../platform/configuration.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { Fault } from '../../../platform/fault.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testWorld, type TestWorld } from '../../../record/testing.ts'
import { serveArea } from '../../organisations/index.ts'
import { performance as performanceModule } from '../index.ts'
import { importOpenDataCommand } from './open-data-command.ts'
import { streetHeader, streetRow } from './testing.ts'

interface Result {
  files: {
    file: string
    added: number
    unchanged: number
    measuresSetUp: number
    loadedBefore: string | null
    errors: unknown[]
    notices: string[]
    exceptionsRaised: number
  }[]
}

describe('peelian import open-data', () => {
  let world: TestWorld
  let folder = ''
  let configuration: Configuration

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    folder = await mkdtemp(join(tmpdir(), 'peelian-open-data-'))
    const { program, public: publicUrl } = world.database.urls
    const settings = { DATABASE_URL: program, DATABASE_PUBLIC_URL: publicUrl, SESSION_SECRET: 'a'.repeat(64) }
    configuration = readConfiguration({ ...settings, DATA_DIR: folder, BASE_URL: 'http://127.0.0.1:3000' })
    await inTransaction(world.database.program, null, async trx => {
      for (const each of [world.office, world.force]) await serveArea(trx, each.id, 1)
    })
    for (let month = 1; month <= 12; month++) await writeFile(join(folder, nameOf(month)), street(month))
  })
  after(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  const two = (n: number) => String(n).padStart(2, '0')
  const nameOf = (month: number) => `2025-${two(month)}-warwickshire-street.csv`
  const files = (...numbers: number[]) => numbers.map(month => join(folder, nameOf(month)))

  /** A summer of anti-social behaviour, and robbery as it always is. */
  function street(month: number): string {
    const asb = 30 + Math.round(70 * Math.sin((Math.PI * month) / 12) ** 2)
    const rows = [
      ...Array.from({ length: asb }, () => streetRow('', `2025-${two(month)}`, 'Rugby 001A', 'Anti-social behaviour')),
      ...Array.from({ length: 20 + (month % 3) }, (_, i) =>
        streetRow(`${two(month)}-${String(i)}`, `2025-${two(month)}`, 'Rugby 001A', 'Robbery', 'Local resolution'),
      ),
    ]
    return `${[streetHeader, ...rows].join('\r\n')}\r\n`
  }

  async function run(words: string[], options: Record<string, string | boolean> = {}, stop = new AbortController()) {
    let json: unknown
    let people = ''
    const progress: string[] = []
    const output: Output = {
      result: (value, lines) => {
        json = value
        people = [lines()].flat().join('\n')
      },
      progress: message => {
        progress.push(message)
        if (message.startsWith('2 of ') && options['stopAfterTwo'] === true) stop.abort()
      },
    }
    const typed = { words, options: { area: 'testshire', ...options } }
    const code = await importOpenDataCommand.run({
      typed,
      output,
      configuration: () => configuration,
      stopped: stop.signal,
    })
    return { code: code ?? 0, result: json as Result, people, progress: progress.join('\n') }
  }

  it('is told plainly what is typed wrongly', async () => {
    const refused = (words: string[], message: RegExp, options = {}) =>
      assert.rejects(run(words, options), fault => fault instanceof Fault && message.test(fault.message))
    await refused(['streets', ...files(1)], /no form "streets". It is one of: street, force-months/)
    await refused(['street', 'nowhere.csv'], /no file nowhere.csv/)
    await refused(['street', ...files(1)], /is not a financial year/, { year: '2018/20' })
  })

  it('a dry run tells what would come of it, and changes nothing', async () => {
    const { code, result, people } = await run(['street', ...files(1)], { 'dry-run': true })
    assert.deepEqual([code, result.files[0]?.measuresSetUp, result.files[0]?.added], [0, 4, 8])
    assert.match(people, /Warwickshire is taken as Testshire’s own police force/)
    assert.match(people, /Nothing was changed/)
    assert.equal((await run(['street', ...files(1)], { 'dry-run': true })).result.files[0]?.measuresSetUp, 4)
  })

  it('stopped on its way it keeps the files before, and the same command goes on', async () => {
    const all = ['street', ...files(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)]
    const cut = await run(all, { stopAfterTwo: true })
    assert.equal(cut.code, 130)
    assert.match(
      cut.progress,
      /Stopped\. Nothing of the file in hand was loaded\. 2 files before it are loaded\. 10 files to go/,
    )
    const rest = await run(all)
    assert.deepEqual(
      rest.result.files.map(each => each.loadedBefore !== null),
      Array.from({ length: 12 }, (_, i) => i < 2),
    )
    assert.deepEqual([rest.code, rest.result.files[2]?.measuresSetUp, rest.result.files[2]?.unchanged], [0, 0, 0])
    const again = await run(['street', ...files(1)], { again: true })
    assert.deepEqual([again.result.files[0]?.added, again.result.files[0]?.unchanged], [0, 8])
  })

  it('raises nothing on a summer that it cannot tell from a change, and says why', async () => {
    const organisations = [world.office.id]
    const { exceptions, reading } = await inTransaction(world.database.program, organisations, async trx => ({
      exceptions: await trx.selectFrom('performance_exception').select('id').execute(),
      reading: await trx
        .selectFrom('performance_reading as p')
        .innerJoin('record as r', 'r.id', 'p.measure_id')
        .select(['p.says', 'p.points'])
        .where('r.title', 'like', 'Anti-social%')
        .executeTakeFirst(),
    }))
    assert.deepEqual(exceptions, [])
    assert.equal(reading?.points, 12)
    assert.match(reading?.says ?? '', /fewer than two years/)
  })

  it('exits with 1 for a file with something to put right, and loads the others', async () => {
    const path = join(folder, 'mixed.csv')
    await writeFile(path, 'month,force,crime_type,count\n2025-01,kent,Robbery,1\n')
    const { code, result, people } = await run(['force-months', path, ...files(1)], { again: true })
    assert.equal(code, 1)
    assert.deepEqual(
      result.files.map(each => [each.added, each.errors.length]),
      [
        [2, 0],
        [0, 1],
      ],
    )
    assert.match(people, /line 1: This is not a table of forces/)
  })
})
