/**
 * How a running clock stands. Pure: today is passed in, and stands still at the as-at date of a historical area.
 */
export const clockStates = [
  'not-due',
  'due-soon',
  'due-today',
  'overdue',
  'kept',
  'kept-late',
  'not-applicable',
  'not-known',
] as const
export type ClockState = (typeof clockStates)[number]

/** The states in words. */
export const clockStateWords: Readonly<Record<ClockState, string>> = {
  'not-due': 'Not due',
  'due-soon': 'Due soon',
  'due-today': 'Due today',
  overdue: 'Overdue',
  kept: 'Kept',
  'kept-late': 'Kept late',
  'not-applicable': 'Not applicable',
  'not-known': 'Not known',
}

/** What is known of one clock's life. */
export interface ClockLife {
  due: Temporal.PlainDate | Temporal.PlainDateTime | null
  /** Whether there is evidence of the starting event. */
  started: boolean
  inForce: boolean
  /** When the duty was done, as the record shows, or null. */
  done: Temporal.PlainDate | Temporal.PlainDateTime | null
  /** Why the duty does not apply or the clock was cancelled, or null. */
  notApplicable: string | null
  /** An unended pause holds the clock. */
  paused: boolean
  /** What the last day means (see the rule): only duties to do something by it can be overdue. */
  lastDay: 'do-by' | 'open-until' | 'wait-until'
  /** In a historical area or body: the date of its last paper held. Null where work goes on. */
  asAt: Temporal.PlainDate | null
  /** In a historical area: a day on which a paper still shows the duty as not done, or null. */
  shownOpenOn: Temporal.PlainDate | null
}

export interface ClockStanding {
  state: ClockState
  /** Why, in a sentence, where the state alone does not say it. */
  reason: string | null
  /** Days left until the due day (0 on the day), negative for days late; null where there is no day. */
  days: number | null
}

/** How many days before its day a clock is due soon, unless a body sets another number. */
export const dueSoonDays = 7

/**
 * The state of a clock on a day.
 *
 * @param now today in London, or the London date-time where hours count
 * @param soon days before the due day from which the clock is due soon
 */
export function clockStanding(
  life: ClockLife,
  now: Temporal.PlainDate | Temporal.PlainDateTime,
  soon: number = dueSoonDays,
): ClockStanding {
  if (life.notApplicable !== null) return standing('not-applicable', life.notApplicable)
  if (!life.inForce) return standing('not-applicable', 'This was not law on the day, so it is not judged.')
  if (!life.started) return standing('not-known', missing(life, 'No evidence of the start is held.'))
  if (life.done !== null) return keptStanding(life, life.done)
  if (life.paused) return standing('not-due', 'The clock stands still.')
  if (life.due === null) return standing('not-due', 'No day is set for this.')
  return openStanding(life, life.due, standingStill(life, now), soon)
}

function keptStanding(life: ClockLife, done: NonNullable<ClockLife['done']>): ClockStanding {
  if (life.due === null) return standing('kept', null)
  const days = daysBetween(done, life.due)
  return isAfter(done, life.due) ? { state: 'kept-late', reason: null, days } : { state: 'kept', reason: null, days }
}

function openStanding(
  life: ClockLife,
  due: NonNullable<ClockLife['due']>,
  now: Temporal.PlainDate | Temporal.PlainDateTime,
  soon: number,
): ClockStanding {
  const days = daysBetween(now, due)
  const reason = life.asAt === null ? null : 'No later paper is held.'
  if (isAfter(now, due)) return pastStanding(life, due, days)
  if (life.lastDay !== 'do-by') return { state: 'not-due', reason, days }
  if (days === 0) return { state: 'due-today', reason, days }
  return { state: days <= soon ? 'due-soon' : 'not-due', reason, days }
}

function pastStanding(life: ClockLife, due: NonNullable<ClockLife['due']>, days: number): ClockStanding {
  if (life.lastDay !== 'do-by') return { state: 'kept', reason: 'The period is over.', days }
  if (life.asAt === null) return { state: 'overdue', reason: null, days }
  if (life.shownOpenOn !== null && isAfter(life.shownOpenOn, due)) {
    return { state: 'overdue', reason: 'A later paper shows it as still open.', days }
  }
  // A paper that is not held is never a duty missed.
  return { state: 'not-known', reason: 'No later paper is held.', days: null }
}

/** The moment at which a clock is looked at: today, or the date of the last paper held if that is earlier. */
function standingStill(
  life: ClockLife,
  now: Temporal.PlainDate | Temporal.PlainDateTime,
): Temporal.PlainDate | Temporal.PlainDateTime {
  return life.asAt !== null && isAfter(now, life.asAt) ? life.asAt : now
}

/** Later than the whole of a day, or than a moment where both are moments. */
function isAfter(
  when: Temporal.PlainDate | Temporal.PlainDateTime,
  due: Temporal.PlainDate | Temporal.PlainDateTime,
): boolean {
  if (when instanceof Temporal.PlainDateTime && due instanceof Temporal.PlainDateTime) {
    return Temporal.PlainDateTime.compare(when, due) > 0
  }
  return Temporal.PlainDate.compare(dayOnly(when), dayOnly(due)) > 0
}

function daysBetween(
  from: Temporal.PlainDate | Temporal.PlainDateTime,
  to: Temporal.PlainDate | Temporal.PlainDateTime,
): number {
  return dayOnly(from).until(dayOnly(to), { largestUnit: 'day' }).days
}

function dayOnly(when: Temporal.PlainDate | Temporal.PlainDateTime): Temporal.PlainDate {
  return when instanceof Temporal.PlainDate ? when : when.toPlainDate()
}

function missing(life: ClockLife, reason: string): string {
  return life.asAt === null ? reason : 'No paper that shows the start is held.'
}

function standing(state: ClockState, reason: string | null): ClockStanding {
  return { state, reason, days: null }
}
