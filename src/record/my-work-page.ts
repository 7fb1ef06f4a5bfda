import type { Answer, WorkspaceContext } from '../platform/web/route.ts'
import { page } from '../platform/web/route.ts'
import type { CellModel, StateModel } from '../platform/web/patterns.ts'
import { judgedHere } from './clock-models.ts'
import type { JudgedAt } from './clock-models.ts'
import { dayOfDue } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { dueSoonDays } from './clocks/index.ts'
import { headsOf, recordWords, workWords } from './duties/clock-heads.ts'
import type { ClockHead } from './duties/clock-heads.ts'
import { clockPath } from './duties/clock-page.ts'
import { dueCell, stateOfClock } from './duties/duty-lines.ts'
import { organisationsCalled } from './duties/organisation-names.ts'
import { ownClocks, runningOn } from './duties/own-clocks.ts'
import { ownOf } from './duties/owners.ts'
import type { Mine } from './duties/owners.ts'
import { urgencies, urgencyOf, urgencyWords } from './duties/urgency.ts'
import type { Urgency } from './duties/urgency.ts'
import { kindOf } from './kinds.ts'
import { workAddress, workOf } from './my-work.ts'
import type { WorkItem } from './my-work.ts'
import { dueModel, duePath } from './record-pages.ts'
import { whatMoved } from './what-moved.ts'
import { stateModel } from './words.ts'

/** One thing to be done, as the page lists it. */
interface WorkLine {
  /** "Answer question Q-2026-04 by Friday 13 March" */
  work: string
  href: string
  title: string | null
  state: StateModel
  due: CellModel | null
  /** Where the day is worked out. */
  working: string | null
  received: boolean
  urgency: Urgency
  day: Temporal.PlainDate | null
}

/** As many of one's own deadlines as the page names; the rest stand in the duties. */
const named = 100

/**
 * The page a person opens each morning: what is due from them by urgency, what waits for their approval, what moved.
 * A deadline carries the day; what has no deadline keeps the due of its record; nothing stands there twice.
 */
export async function showMyWork(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, now } = context
  const judged = await judgedHere(trx, viewer.area.id, now)
  const mine = ownOf(viewer)
  const place = { areaId: viewer.area.id, organisationId: viewer.organisation.id }
  const clocks = await ownClocks(trx, place, mine, named + 1)
  const items = await workOf(trx, viewer)
  const running = await runningOn(
    trx,
    place.areaId,
    items.map(item => item.id),
  )
  const approvals = items.filter(item => waitsForApproval(item, context))
  const shown = new Set([...clocks.map(clock => clock.recordId), ...approvals.map(item => item.id)])
  const others = items.filter(item => !shown.has(item.id) && isMine(item, context, mine))
  const followed = others.flatMap(item => running.get(item.id)?.slice(0, 1) ?? [])
  const heads = await headsOf(trx, viewer.organisation.id, [...clocks, ...followed])
  const owed = [...clocks.slice(0, named), ...followed.filter(clock => clock.organisationId === place.organisationId)]
  const lines = [
    ...owed.flatMap(clock => clockLine(clock, heads.get(clock.recordId), judged)),
    ...others.filter(item => !running.has(item.id)).map(item => recordLine(item, context, judged)),
  ].sort(byDay)
  const awaited = followed.filter(clock => clock.organisationId !== place.organisationId)
  return page('record/views/my-work.njk', {
    title: 'My work',
    groups: urgencies.map(urgency => ({
      urgency,
      heading: urgencyWords[urgency],
      lines: lines.filter(line => line.urgency === urgency),
    })),
    nothing: lines.length === 0,
    more: clocks.length > named,
    approvals: approvals.map(item => recordLine(item, context, judged)),
    awaited: await awaitedLines(context, awaited, heads, judged),
    ...(await whatMoved(context, mine)),
  })
}

/** What others owe on records that are mine, each with the organisation that owes. */
async function awaitedLines(
  { trx }: WorkspaceContext,
  clocks: readonly RunningClock[],
  heads: ReadonlyMap<string, ClockHead>,
  judged: JudgedAt,
) {
  const owing = await organisationsCalled(
    trx,
    clocks.map(clock => clock.organisationId),
  )
  return clocks
    .flatMap(clock =>
      clockLine(clock, heads.get(clock.recordId), judged).map(line => ({
        ...line,
        from: owing.get(clock.organisationId)?.name ?? null,
      })),
    )
    .sort(byDay)
}

/** In a state without an owner, something waits for whoever may do the next step: minutes for those who sign. */
function waitsForApproval(item: WorkItem, context: WorkspaceContext): boolean {
  if (item.received || item.ownerPerson !== null || item.ownerRole !== null) return false
  const permission = kindOf(item.kind).waitsFor?.[item.state]
  return permission !== undefined && context.may(permission)
}

/**
 * Mine: it names me, or a role I hold; or it was released to us and nobody has taken it on yet. A user who is not tied
 * to a person goes by the role alone.
 */
function isMine(item: WorkItem, { viewer }: WorkspaceContext, mine: Mine): boolean {
  if (item.received) return true
  const byRole = viewer.personId === null && item.ownerRole !== null
  if (item.ownerPerson !== null && !byRole) return item.ownerPerson === viewer.personId
  return item.ownerRole !== null && mine.owners.includes(item.ownerRole)
}

function clockLine(clock: RunningClock, head: ClockHead | undefined, judged: JudgedAt): WorkLine[] {
  const urgency = urgencyOf(clock, judged)
  if (urgency === null) return []
  const day = dayOfDue(clock.due)
  return [
    {
      work: withDay(workWords(clock, head), urgency, day, dayJudged(judged)),
      href: head?.href ?? clockPath(clock.id),
      title: head?.title ?? null,
      state: stateOfClock(clock, judged),
      due: dueCell(clock, judged),
      working: clockPath(clock.id),
      received: head?.held === false,
      urgency,
      day,
    },
  ]
}

function recordLine(item: WorkItem, { viewer }: WorkspaceContext, judged: JudgedAt): WorkLine {
  const { kind, state, dueDate: day } = item
  const today = dayJudged(judged)
  const urgency = urgencyOfDay(day, today, viewer.area.historical)
  const model =
    day === null ? null : dueModel(kind, state, { kind: 'date', date: day }, { historical: viewer.area.historical })
  return {
    work: withDay(workOnRecord(item), urgency, day, today),
    href: workAddress(item),
    title: item.title,
    state: stateModel(kind, state),
    due: model === null ? null : { type: 'due', due: model },
    working: day === null ? null : duePath(item.id),
    received: item.received,
    urgency,
    day,
  }
}

/** "Finish question Q-2026-04"; what was released is replied to; where no words are known, what it is and how it stands. */
function workOnRecord(item: WorkItem): string {
  const kind = kindOf(item.kind)
  const record = recordWords(item.kind, item)
  const words = kind.work?.[item.state]
  if (words !== undefined && !item.received) return words.replace('{record}', record)
  if (item.received && kind.expects?.some(({ states }) => states.includes(item.state))) return `Reply to ${record}`
  return `${record.charAt(0).toUpperCase()}${record.slice(1)}`
}

function dayJudged({ now, asAt }: JudgedAt): Temporal.PlainDate {
  const day = now instanceof Temporal.PlainDate ? now : now.toPlainDate()
  return asAt !== null && Temporal.PlainDate.compare(day, asAt) > 0 ? asAt : day
}

function urgencyOfDay(day: Temporal.PlainDate | null, today: Temporal.PlainDate, historical: boolean): Urgency {
  if (day === null) return 'no-day'
  const { days } = today.until(day, { largestUnit: 'day' })
  if (days < 0) return historical ? 'no-day' : 'overdue'
  if (days === 0) return 'today'
  return days <= dueSoonDays ? 'soon' : 'later'
}

function withDay(work: string, urgency: Urgency, day: Temporal.PlainDate | null, today: Temporal.PlainDate): string {
  if (day === null || urgency === 'no-day' || urgency === 'paused') return work
  if (urgency === 'today') return `${work} today`
  const year = day.year === today.year ? {} : ({ year: 'numeric' } as const)
  const words = day
    .toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...year })
    .replace(',', '')
  if (urgency === 'overdue') return `${work}: it was due on ${words}`
  return urgency === 'period' ? `${work}: until ${words}` : `${work} by ${words}`
}

function byDay(a: WorkLine, b: WorkLine): number {
  if (a.day === null || b.day === null) return Number(a.day === null) - Number(b.day === null)
  return Temporal.PlainDate.compare(a.day, b.day)
}
