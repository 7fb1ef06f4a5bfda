import { sql } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import type { Viewer } from '../platform/access/viewer.ts'
import { beside, compared } from '../platform/benchmark.ts'
import type { Bench, BenchResult } from '../platform/benchmark.ts'
import type { OpenDatabase } from '../platform/database/open.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import { londonDate } from '../platform/time.ts'
import type { WorkspaceContext } from '../platform/web/route.ts'
import { createTemplates } from '../platform/web/templates.ts'
import type { SiteModel } from '../platform/web/templates.ts'
import { addArea } from '../record/areas.ts'
import { clockBasis } from '../record/clock-basis.ts'
import { toClock } from '../record/clock-rows.ts'
import { computeClock, redate } from '../record/clocks/index.ts'
import { showDuties } from '../record/duties/duty-pages.ts'
import { changeCalendar } from '../record/redate-clocks.ts'
import { systemAct } from '../record/system-act.ts'
import { onScratchDatabase, settle } from './scratch.ts'

const few = 1_000
const many = 100_000
/** How often each page is made; the middle of the times counts. */
const times = 21
/** Records made in one transaction: each raises the same counter of its register. */
const atOnce = 2_000

/** Now, for the whole measurement: the day on which the holiday is proclaimed. */
const now = Temporal.Instant.from('2026-03-11T10:00:00Z')
/** Lies within every clock of the first measurement. */
const holiday = {
  date: Temporal.PlainDate.from('2026-03-13'),
  name: 'A day proclaimed',
  whereTaken: 'England and Wales',
  source: 'bench',
} as const

/** Re-dating after a new bank holiday, and the page of duties among many and among few. */
export const clocksBench: Bench = {
  name: 'clocks',
  run: progress => onScratchDatabase(database => measureClocks(database, progress, { few, many })),
}

/** The same with other numbers of clocks. */
export async function measureClocks(
  database: OpenDatabase,
  progress: (message: string) => void,
  size: { few: number; many: number },
): Promise<BenchResult[]> {
  const organisation = { id: randomUUIDv7(), name: 'Bench', kind: 'office' } as const
  await sql`insert into workspace.organisation (id, name, short_name, kind, slug)
    values (${organisation.id}, 'Bench', 'Bench', 'office', 'bench')`.execute(database.program)
  progress(`Making ${String(size.many)} clocks that run across the new holiday`)
  await fill(database, 1, size.many, organisation.id, 'across')
  const dated = await redating(database, organisation.id, size.many, progress)
  progress(`Making duties: ${String(size.few)} and ${String(size.many)}`)
  await fill(database, 2, size.few, organisation.id, 'spread')
  await fill(database, 3, size.many, organisation.id, 'spread')
  await settle(database)
  const results = [...dated]
  for (const { name, query } of pages) {
    progress(`Reading: ${name}`)
    const small = await median(() => dutiesPage(database, organisation, 2, query))
    const large = await median(() => dutiesPage(database, organisation, 3, query))
    results.push(
      compared(`clocks, ${name}: ${inWords(size.many)} against ${inWords(size.few)} (ms)`, large, small, '<=2'),
    )
  }
  return results
}

const inWords = (n: number): string => n.toLocaleString('en-GB')

/** Clocks of a few rules with the dates these have, each on a record of its own. */
async function fill(
  database: OpenDatabase,
  areaId: number,
  n: number,
  organisation: string,
  how: 'across' | 'spread',
): Promise<void> {
  await inTransaction(database.program, null, trx =>
    addArea(trx, {
      id: areaId,
      slug: `bench-${String(areaId)}`,
      name: 'Bench',
      kind: 'area',
      office_title: 'Commissioner',
      historical: false,
      demonstration: false,
      as_at: null,
      banner: null,
    }),
  )
  const from = how === 'across' ? sql`date '2026-03-02' + i % 5` : sql`date '2025-12-01' + i % 400`
  for (let first = 1; first <= n; first += atOnce) {
    const last = Math.min(first + atOnce - 1, n)
    await inTransaction(database.program, [organisation], async trx => {
      await sql`
        insert into record (area_id, id, kind, holders, reference, title, state, dated, due_kind, due_date, created_at,
          updated_at, search)
        select ${areaId}, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'question',
          array[${organisation}::uuid], 'Q-2026-' || lpad(i::text, 6, '0'), 'Question about subject ' || i, 'put', ${from},
          'date', ${from} + 14, now(), now(), to_tsvector('english', 'question ' || i)
        from generate_series(${first}::int, ${last}::int) i`.execute(trx)
      await sql`
        insert into clock (area_id, id, record_id, record_kind, holders, organisation_id, rule, owner_role, trigger_text,
          started_on, facts, due, uncertain, working, created_at, updated_at)
        select ${areaId}, ('00000000-0000-7000-9000-' || lpad(i::text, 12, '0'))::uuid,
          ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'question', array[${organisation}::uuid],
          ${organisation}::uuid, (array['QUESTION-CC', 'QUESTION-PCC'])[1 + i % 2],
          (array['chief-constable', 'chief-executive', 'policy-lead'])[1 + i % 3], '', ${from},
          jsonb_build_object('from', ${from}), ${from} + 14, false, '["A rule", "A start", "An end"]', now(), now()
        from generate_series(${first}::int, ${last}::int) i`.execute(trx)
    })
  }
  await settle(database)
}

/** The whole way through the database beside the same dates and workings computed in memory. */
async function redating(
  database: OpenDatabase,
  organisation: string,
  n: number,
  progress: (message: string) => void,
): Promise<BenchResult[]> {
  progress('Proclaiming the holiday')
  const from = performance.now()
  const moved = await inTransaction(database.program, [organisation], trx =>
    changeCalendar(trx, systemAct(now), 1, { ...holiday, change: 'added' }),
  )
  const ours = performance.now() - from
  if (moved.length !== n)
    throw new Error(`${String(moved.length)} of ${String(n)} clocks moved: the bench measures nothing`)
  const reference = await inMemory(database, organisation)
  return [beside(`clocks, re-dating ${inWords(n)} after a new holiday (ms)`, ours, reference)]
}

async function inMemory(database: OpenDatabase, organisation: string): Promise<number> {
  const { clocks, basis } = await inTransaction(database.program, [organisation], async trx => ({
    clocks: (await trx.selectFrom('clock').selectAll().where('area_id', '=', 1).execute()).map(toClock),
    basis: await clockBasis(trx, 1),
  }))
  const before = clocks.map(clock => ({ ...clock, id: clock, due: null }))
  const from = performance.now()
  const found = redate(before, basis)
  const sentences = found.reduce((sum, { id }) => sum + computeClock(id.rule, id.facts, basis).working.length, 0)
  if (sentences === 0) throw new Error('Nothing was worked out')
  return performance.now() - from
}

const middle = Buffer.from(JSON.stringify(['2026-08-01', '00000000-0000-7000-9000-000000000500'])).toString('base64url')
const pages: { name: string; query: Record<string, string> }[] = [
  { name: 'the duties page', query: {} },
  { name: 'the duties page, in the middle', query: { after: middle } },
  { name: 'the duties page, what is overdue', query: { urgency: 'overdue' } },
  { name: 'the duties page, of one role', query: { owner: 'role:policy-lead' } },
]

const templates = createTemplates()

/** The page as a person gets it: counts, filters, rows, rendered. */
async function dutiesPage(
  database: OpenDatabase,
  organisation: Viewer['organisation'],
  areaId: number,
  query: Record<string, string>,
): Promise<string> {
  const area = { id: areaId, slug: `bench-${String(areaId)}`, name: 'Bench', historical: false }
  const viewer: Viewer = { userId: 'bench', personId: null, name: 'Bench', organisation, area, roles: ['policy-lead'] }
  const answer = await inTransaction(database.program, viewer, trx =>
    showDuties({ ...contextOf(viewer), trx, query }, 'own'),
  )
  if (answer.type !== 'page') throw new Error('The duties are no page')
  return templates.render(answer.view, answer.model, site)
}

function contextOf(viewer: Viewer): Omit<WorkspaceContext, 'trx' | 'query'> {
  const today = londonDate(now)
  return { viewer, now, today, params: {}, fields: {}, uploads: [], baseUrl: '', may: () => true }
}

const site: SiteModel = {
  side: 'workspace',
  assets: { stylesheet: '/a.css', script: '/a.js', icon: '/a.svg' },
  demo: false,
  noIndex: true,
  today: londonDate(now),
  area: null,
  home: '/',
  banner: null,
  navigation: [],
  viewer: null,
  notice: null,
  asOf: null,
  csrfToken: 'token',
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
