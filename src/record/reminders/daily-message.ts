import type { Calendar } from '../clocks/calendar.ts'
import { isMessageDay, lastDayBeforeNextMessage, stageReached } from './stages.ts'
import type { Stage } from './stages.ts'

/** A deadline as it concerns one recipient. */
export interface Duty {
  areaId: number
  clockId: string
  due: Temporal.PlainDate
  /** Of the area, with the bank holidays added there. */
  calendar: Calendar
  concern:
    /** It is theirs. Without `tellBefore` the first stage is not told. */
    | { kind: 'own'; daysBefore: number; tellBefore: boolean }
    /** It is another's and went on to them. */
    | { kind: 'escalated'; afterDays: number }
}

/** Under which heading of the message a deadline stands. */
export type Heading = 'escalated' | 'overdue' | 'today' | 'soon'

/** What one recipient is written on one day. */
export interface DailyMessage<D extends Duty> {
  /** What the message tells for the first time, to be kept so that it is told once. */
  tells: readonly { duty: D; stage: Stage }[]
  /** Everything of theirs, the longest overdue first. */
  groups: Readonly<Record<Heading, readonly D[]>>
}

/** How a stage that was told is kept: a deadline that moves begins anew. */
export function toldKey(duty: Pick<Duty, 'areaId' | 'clockId' | 'due'>, stage: string): string {
  return [duty.areaId, duty.clockId, duty.due.toString(), stage].join(' ')
}

/**
 * What a recipient is written on a day, or null where nothing of theirs reached a stage that they were not told of.
 * Then the message gathers everything: what is overdue, due today, due soon, and what went on to them.
 *
 * @param told the keys of what they were told before
 */
export function dailyMessage<D extends Duty>(
  duties: readonly D[],
  today: Temporal.PlainDate,
  told: ReadonlySet<string>,
): DailyMessage<D> | null {
  const counted = duties.filter(({ calendar }) => isMessageDay(calendar, today))
  const tells = counted.flatMap(duty => {
    const stage = stageOf(duty, today)
    return stage === null || told.has(toldKey(duty, stage)) ? [] : [{ duty, stage }]
  })
  return tells.length === 0 ? null : { tells, groups: gatherDuties(counted, today) }
}

/** Everything of a recipient by heading, whether or not it is told today. */
export function gatherDuties<D extends Duty>(
  duties: readonly D[],
  today: Temporal.PlainDate,
): DailyMessage<D>['groups'] {
  const sorted = duties.toSorted((a, b) => Temporal.PlainDate.compare(a.due, b.due))
  const under = (heading: Heading) => sorted.filter(duty => headingOf(duty, today) === heading)
  return { escalated: under('escalated'), overdue: under('overdue'), today: under('today'), soon: under('soon') }
}

function stageOf({ calendar, due, concern }: Duty, today: Temporal.PlainDate): Stage | null {
  if (concern.kind === 'escalated') return stageReached(calendar, due, today, concern)
  const { kind, daysBefore, tellBefore } = concern
  return stageReached(calendar, due, today, { kind, daysBefore: tellBefore ? daysBefore : 0 })
}

/** Null for what is not yet to be spoken of. */
function headingOf({ calendar, due, concern }: Duty, today: Temporal.PlainDate): Heading | null {
  const isAfter = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(due, day) > 0
  if (concern.kind === 'escalated') return stageReached(calendar, due, today, concern) === null ? null : 'escalated'
  if (!isAfter(today.subtract({ days: 1 }))) return 'overdue'
  const until = lastDayBeforeNextMessage(calendar, today)
  if (!isAfter(until)) return 'today'
  return isAfter(until.add({ days: concern.daysBefore })) ? null : 'soon'
}
