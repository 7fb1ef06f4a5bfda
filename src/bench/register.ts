import { sql } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import { compared } from '../platform/benchmark.ts'
import type { Bench, BenchResult } from '../platform/benchmark.ts'
import type { OpenDatabase } from '../platform/database/open.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import type { Trx } from '../platform/database/tables.ts'
import { addArea } from '../record/areas.ts'
import { publicCounts, publicRegister, registerQuery, workspaceCounts, workspaceRegister } from '../record/register.ts'
import { onScratchDatabase, settle } from './scratch.ts'

const few = 1_000
const many = 100_000
/** How often each page is read; the middle of the times counts. */
const times = 41
const kind = 'question'

/** A register of a hundred thousand records against the same of a thousand. */
export const registerBench: Bench = {
  name: 'register',
  run: progress => onScratchDatabase(database => measure(database, progress)),
}

async function measure(database: OpenDatabase, progress: (message: string) => void): Promise<BenchResult[]> {
  const organisation = randomUUIDv7()
  progress(`Making a register of ${String(few)} and one of ${String(many)} records`)
  await inTransaction(database.program, [organisation], async trx => {
    await fill(trx, 1, few, organisation)
    await fill(trx, 2, many, organisation)
  })
  await settle(database)
  const results: BenchResult[] = []
  for (const page of await pages(database, organisation)) {
    progress(`Reading: ${page.name}`)
    const small = await median(() => page.read(1))
    const large = await median(() => page.read(2))
    results.push(compared(`register, ${page.name} (ms)`, large, small, '<=2'))
  }
  return results
}

async function fill(trx: Trx, areaId: number, n: number, organisation: string): Promise<void> {
  await addArea(trx, {
    id: areaId,
    slug: `bench-${String(areaId)}`,
    name: 'Bench',
    kind: 'area',
    office_title: 'Commissioner',
    historical: false,
    demonstration: false,
    as_at: null,
    banner: null,
  })
  const common = sql`'Q-2026-' || lpad(i::text, 6, '0'), 'Question about subject ' || (i * 7919 % ${n}),
    (array['draft', 'put', 'answered', 'judged'])[1 + i % 4], date '2015-01-01' + i % 4000`
  await sql`
    insert into record (area_id, id, kind, holders, reference, title, state, dated, due_date, created_at, updated_at, search)
    select ${areaId}, gen_random_uuid(), ${kind}, array[${organisation}::uuid], ${common}, date '2015-01-11' + i % 4000,
      now(), now(), to_tsvector('english', 'question ' || i)
    from generate_series(1, ${n}::int) i`.execute(trx)
  await sql`
    insert into published.entry (area_id, record_id, version, kind, reference, title, state, dated, due_date, summary,
      address, holders, facts, search, valid_from)
    select ${areaId}, gen_random_uuid(), 1, ${kind}, ${common}, date '2015-01-11' + i % 4000, 'A summary of it',
      'questions/q-' || i, '{}', '{}', to_tsvector('english', 'question ' || i), now()
    from generate_series(1, ${n}::int) i`.execute(trx)
}

interface Page {
  name: string
  read(areaId: number): Promise<unknown>
}

/** First page, a page in the middle, one filter by state; of the workspace and of the public side. */
async function pages(database: OpenDatabase, organisation: string): Promise<Page[]> {
  const workspace = (areaId: number, query: Record<string, string>) =>
    inTransaction(database.program, [organisation], async trx => {
      await workspaceCounts(trx, organisation, areaId, kind)
      return workspaceRegister(trx, organisation, areaId, kind, registerQuery(query))
    })
  const open = async (areaId: number, query: Record<string, string>) => {
    await publicCounts(database.public, [areaId], kind)
    return publicRegister(database.public, [areaId], kind, null, registerQuery(query))
  }
  const middle = Buffer.from(JSON.stringify(['2020-06-01', randomUUIDv7()])).toString('base64url')
  const queries: [string, Record<string, string>][] = [
    ['first page', {}],
    ['a page in the middle', { after: middle }],
    ['one filter by state', { state: 'answered' }],
    ['sorted by due', { sort: 'due' }],
    ['sorted by title', { sort: 'title' }],
  ]
  return queries.flatMap(([name, query]) => [
    { name: `workspace, ${name}`, read: areaId => workspace(areaId, query) },
    { name: `public, ${name}`, read: areaId => open(areaId, query) },
  ])
}

async function median(read: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    const from = performance.now()
    await read()
    taken.push(performance.now() - from)
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}
