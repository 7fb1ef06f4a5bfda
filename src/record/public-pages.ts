import type { Kysely } from 'kysely'
import type { Tables } from '../platform/database/tables.ts'
import type { CellModel, DueModel, RecordModel, RegisterModel, SummaryRowModel } from '../platform/web/patterns.ts'
import type { TrailModel, TrailStepModel } from '../platform/web/patterns.ts'
import { sortableColumn, withQuery } from '../platform/web/patterns.ts'
import type { Answer, PublicArea, PublicContext } from '../platform/web/route.ts'
import { notFound, page, redirect } from '../platform/web/route.ts'
import { longDate } from '../platform/time.ts'
import { judgedAt, workingModel } from './clock-models.ts'
import type { JudgedAt } from './clock-models.ts'
import type { KindDescription } from './description.ts'
import { kindOf, stateOf } from './kinds.ts'
import type { PublicClock } from './public-clock.ts'
import { atAddress, shownAreas } from './published.ts'
import type { AtAddress } from './published.ts'
import { defaultSort, publicCounts, publicRegister, registerQuery } from './register.ts'
import type { PublicEntry } from './register.ts'
import { chainLink } from './record-pages.ts'
import { publicTrail, trailOf } from './trail.ts'
import type { Trail, TrailGap, TrailStep } from './trail.ts'
import { counted, kindWord, noLaterPaper, stateModel } from './words.ts'

/** A published neighbour of a record, with what was published of it. */
export interface Linked {
  relation: string
  /** `cause`: this record points to it; `consequence`: it points to this record. */
  side: 'cause' | 'consequence'
  kind: string
  reference: string
  title: string
  state: { word: string; colour?: string }
  dated: Temporal.PlainDate
  href: string
  body: Readonly<Record<string, unknown>>
}

/** What the template of a published record is handed. */
export interface PublicRecordPage {
  title: string
  area: PublicArea
  record: RecordModel
  body: Readonly<Record<string, unknown>>
  /** Neighbours by kind: `linked.answer[0].body`. */
  linked: Readonly<Record<string, readonly Linked[]>>
  versions: readonly { version: number; publishedAt: Temporal.Instant; note: string | null; sha256: string }[]
}

/** Whether the reader asked for another day than today. */
export function asked(context: PublicContext): Temporal.Instant | null {
  return context.query['as-of'] === undefined ? null : context.asOf
}

/** The public page of a record of this kind, by the last part of its address. */
export async function publicRecord(context: PublicContext, kind: KindDescription): Promise<Answer> {
  const address = `${kind.publicPath}/${context.params['slug'] ?? ''}`
  return answerRecord(context, await atAddress(context.db, context.area.id, address, context.asOf))
}

/** Turns what stands at an address into a page, a redirect, or the notice that it was taken down. */
export async function answerRecord(context: PublicContext, at: AtAddress): Promise<Answer> {
  switch (at.found) {
    case 'nothing':
      return notFound()
    case 'moved':
      return redirect(`/${context.area.slug}/${at.address}`)
    case 'taken-down':
      return { type: 'gone', model: { title: 'This page was taken down', on: at.on, reason: at.reason } }
    case 'record': {
      const kind = kindOf(at.entry.kind)
      return page(kind.publicView, await publicRecordPage(context, kind, at))
    }
  }
}

async function publicRecordPage(
  context: PublicContext,
  kind: KindDescription,
  at: Extract<AtAddress, { found: 'record' }>,
): Promise<PublicRecordPage> {
  const { entry, snapshot, versions } = at
  const trail = await trailOf(publicTrail(context.db, context.asOf), { areaId: entry.area_id, id: entry.record_id })
  const extra = await kind.publicExtra?.(context, snapshot.body)
  return {
    title: entry.title,
    area: context.area,
    record: publicRecordModel(context, entry, { trail, note: snapshot.note, clocks: at.clocks }),
    body: snapshot.body,
    linked: Object.groupBy(
      await linkedBodies(context, entry),
      neighbour => neighbour.kind,
    ) as PublicRecordPage['linked'],
    versions,
    ...breadcrumbs(context.area, kind),
    ...extra,
  }
}

function breadcrumbs(area: PublicArea, kind: KindDescription) {
  return {
    breadcrumbs: [
      { text: area.name, href: `/${area.slug}` },
      { text: capital(kind.plural), href: `/${area.slug}/${kind.publicPath}` },
    ],
  }
}

function publicRecordModel(
  context: PublicContext,
  entry: PublicEntry,
  { trail, note, clocks }: { trail: Trail | null; note: string | null; clocks: readonly PublicClock[] },
): RecordModel {
  const { area } = context
  return {
    caption: `${kindWord(entry.kind)} ${entry.reference}`,
    title: entry.title,
    state: stateModel(entry.kind, entry.state),
    summary: [{ key: 'Date', value: { type: 'date', date: entry.dated } }, ...dueRows(context, entry, clocks)],
    ...(note !== null && { note }),
    before: (trail?.causes ?? []).map(chainLink),
    after: (trail?.consequences ?? []).map(chainLink),
    ...(area.historical && { nothingAfter: noLaterPaper }),
    trail: `/${area.slug}/records/${entry.record_id}/trail`,
  }
}

/** The due of a record with its working, or the number of its other deadlines. */
function dueRows(context: PublicContext, entry: PublicEntry, clocks: readonly PublicClock[]): SummaryRowModel[] {
  const href = publicDuePath(context, context.area.slug, entry.record_id)
  if (entry.due_date === null && entry.due_text === null) {
    const text = clocks.length === 1 ? '1 deadline' : `${String(clocks.length)} deadlines`
    return clocks.length === 0 ? [] : [{ key: 'Deadlines', value: { type: 'text', text, href } }]
  }
  const setting = clocks.find(clock => clock.setsDue)
  const working = setting === undefined ? {} : { working: workingModel(setting, judgedIn(context)) }
  return [{ key: 'Due', value: { type: 'due', due: { ...publicDue(context, entry, context.area.slug), ...working } } }]
}

/** By what the clocks of an area's public pages are judged: the day asked for, today, or the day of the last paper. */
export function judgedIn(context: PublicContext): JudgedAt {
  return judgedAt(context.area, asked(context) ?? context.now)
}

/**
 * The public page that shows every deadline of a record with its working, as of the day asked for.
 *
 * @param slug of the area or collaboration that holds the record
 */
export function publicDuePath(context: Pick<PublicContext, 'query'>, slug: string, recordId: string): string {
  return withQuery(`/${slug}/records/${recordId}/due`, {}, { 'as-of': context.query['as-of'] })
}

/** In a historical area the clock stands still at its last paper: nothing there is late. */
export function publicDue(
  context: PublicContext,
  entry: Pick<PublicEntry, 'kind' | 'state' | 'due_date' | 'due_text' | 'record_id'>,
  slug: string,
): DueModel {
  const { area } = context
  const open = stateOf(entry.kind, entry.state).open
  const words =
    entry.due_text === null ? {} : { words: entry.due_text === 'meeting' ? 'At the meeting' : entry.due_text }
  const standing = area.historical && open ? { standing: noLaterPaper } : {}
  const none = entry.due_date === null && entry.due_text === null
  return {
    date: entry.due_date,
    running: open && !area.historical,
    ...words,
    ...standing,
    ...(!none && { href: publicDuePath(context, slug, entry.record_id) }),
  }
}

/** What was published of the direct neighbours of a record. */
async function linkedBodies(context: PublicContext, entry: PublicEntry): Promise<Linked[]> {
  const edges = await neighbours(context.db, entry, context.asOf)
  return edges.map(edge => ({
    relation: edge.relation,
    side: edge.side,
    kind: edge.kind,
    reference: edge.reference,
    title: edge.title,
    state: stateModel(edge.kind, edge.state),
    dated: edge.dated,
    href: `/${edge.slug}/${edge.address}`,
    body: { ...edge.body },
  }))
}

async function neighbours(db: Kysely<Tables>, entry: PublicEntry, asOf: Temporal.Instant) {
  const sides = [
    { side: 'cause', here: 'from_id', there: 'to_id' },
    { side: 'consequence', here: 'to_id', there: 'from_id' },
  ] as const
  const found = await Promise.all(
    sides.map(async ({ side, here, there }) => {
      const rows = await db
        .selectFrom('published.link as l')
        .innerJoin('published.entry as e', 'e.record_id', `l.${there}`)
        .innerJoin('published.snapshot as s', join =>
          join.onRef('s.record_id', '=', 'e.record_id').onRef('s.version', '=', 'e.version'),
        )
        .innerJoin('published.area as a', 'a.id', 'e.area_id')
        .select([
          'l.relation',
          'e.kind',
          'e.reference',
          'e.title',
          'e.state',
          'e.dated',
          'e.address',
          'a.slug',
          's.body',
        ])
        .where(`l.${here}`, '=', entry.record_id)
        .where('l.valid_from', '<=', asOf)
        .where('l.valid_to', '>', asOf)
        .where('e.valid_from', '<=', asOf)
        .where('e.valid_to', '>', asOf)
        .orderBy('e.dated')
        .orderBy('e.reference')
        .limit(200)
        .execute()
      return rows.map(row => ({ ...row, side }))
    }),
  )
  return found.flat()
}

/** The public register of a kind as a page. */
export async function publicRegisterPage(context: PublicContext, kind: KindDescription): Promise<Answer> {
  const query = registerQuery(context.query)
  const { db, area } = context
  const slugs = await shownAreas(db, area.id)
  const found = await publicRegister(db, [...slugs.keys()], kind.kind, asked(context), query)
  const counts = await publicCounts(db, [...slugs.keys()], kind.kind)
  const address = `/${area.slug}/${kind.publicPath}`
  const model: RegisterModel = {
    title: capital(kind.plural),
    count: countInWords(kind, counts, query.state),
    address,
    filters: [stateFilter(kind, kind.publicStates, query.state)],
    filtered: query.state !== undefined,
    ...(context.query['sort'] !== undefined && { kept: [{ name: 'sort', value: context.query['sort'] }] }),
    columns: [
      sortableColumn(capital(kind.word), 'title', address, context.query, defaultSort),
      ...(kind.publicColumns ?? []).map(column => ({ heading: column.heading })),
      { heading: 'State' },
      sortableColumn('Date', 'dated', address, context.query, defaultSort),
      sortableColumn('Due', 'due', address, context.query, defaultSort),
    ],
    rows: found.rows.map(entry => ({ cells: publicCells(context, slugs, kind, entry) })),
    empty: kind.publicEmpty ?? `No ${kind.plural} have been published yet.`,
    ...(found.previous !== null && { previous: turn(context, address, { before: found.previous, after: undefined }) }),
    ...(found.next !== null && { next: turn(context, address, { after: found.next, before: undefined }) }),
    downloads: { csv: `${address}.csv`, json: `${address}.json`, atom: `${address}.atom` },
  }
  return page('record/views/public-register.njk', {
    title: model.title,
    register: model,
    area,
    breadcrumbs: [{ text: area.name, href: `/${area.slug}` }],
    feeds: model.downloads,
  })
}

function turn(context: PublicContext, address: string, changes: Record<string, string | undefined>): string {
  return withQuery(address, context.query, changes)
}

function publicCells(
  context: PublicContext,
  slugs: ReadonlyMap<number, string>,
  kind: KindDescription,
  entry: PublicEntry,
): CellModel[] {
  const slug = slugs.get(entry.area_id) ?? context.area.slug
  const href = `/${slug}/${entry.address}`
  return [
    { type: 'text', text: entry.title, href, hint: entry.reference },
    ...(kind.publicColumns ?? []).map(column => column.cell({ ...entry.facts })),
    { type: 'state', state: stateModel(entry.kind, entry.state) },
    { type: 'date', date: entry.dated },
    { type: 'due', due: publicDue(context, entry, slug) },
  ]
}

/** "14 questions, 3 awaiting an answer": the whole, then each open state that has any. */
export function countInWords(kind: KindDescription, counts: ReadonlyMap<string, number>, state?: string): string {
  if (state !== undefined) return `${counted(counts.get(state) ?? 0, kind.kind)} with this state`
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const open = Object.entries(kind.states)
    .filter(([name, description]) => description.open && (counts.get(name) ?? 0) > 0)
    .map(([name, description]) => `${String(counts.get(name))} ${description.word.toLowerCase()}`)
  return [counted(all, kind.kind), ...open].join(', ')
}

/** The filter by state, in the order the states are declared. */
export function stateFilter(kind: KindDescription, states: readonly string[], chosen: string | undefined) {
  const options = states.map(state => ({ value: state, text: stateOf(kind.kind, state).word }))
  return {
    type: 'choice' as const,
    name: 'state',
    label: 'State',
    options: [{ value: '', text: 'All' }, ...options],
    value: chosen ?? '',
  }
}

/** How a trail is told: by which day, and where the working of a date is shown. */
export interface TrailTelling {
  today: Temporal.PlainDate
  historical: boolean
  /** The page with the working of a step's due. */
  duePath: (step: TrailStep) => string
}

/** The trail of a record, as its page shows it. */
export function trailModel(trail: Trail, telling: TrailTelling): TrailModel {
  return {
    title: trail.self.title,
    steps: [...trail.causes, trail.self, ...trail.consequences].flatMap(step => [
      trailStep(step, step === trail.self),
      ...step.gaps.map(gap => gapStep(gap, step, telling)),
    ]),
  }
}

function trailStep(step: TrailStep, here: boolean): TrailStepModel {
  return { ...chainLink(step), here, ...(step.summary !== '' && { sentence: step.summary }) }
}

function gapStep(gap: TrailGap, step: TrailStep, { today, historical, duePath }: TrailTelling): TrailStepModel {
  const kind = capital(gap.awaited)
  if (historical) return { kind, title: noLaterPaper, gap: true }
  const title = `No ${gap.awaited} yet.`
  if (gap.dueDate === null) return { kind, title, gap: true }
  const was = Temporal.PlainDate.compare(gap.dueDate, today) < 0 ? 'was' : 'is'
  return { kind, title: `${title} It ${was} due on ${longDate(gap.dueDate)}.`, gap: true, href: duePath(step) }
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
