import type { Direction, Judgement, Polarity } from '../analysis/readings.ts'
import type { ExceptionTable, Level, Life, Rule, Standing } from '../tables.ts'

/*
 * The life of an exception. What the figures say (its standing) and what people did (its life) are kept apart; the
 * state of its record is worked out from both. Everything here is pure.
 */

export const standings = ['new', 'continuing', 'ended', 'lapsed'] as const satisfies readonly Standing[]
export const lives = ['raised', 'explained', 'accepted', 'watched', 'resolved'] as const satisfies readonly Life[]
export const levels = ['note', 'explain', 'escalate'] as const satisfies readonly Level[]

/** Whether the figures still say so at the latest period. */
export function stands(standing: Standing): boolean {
  return standing === 'new' || standing === 'continuing'
}

/** What an exception's life has come to: once the figures have cleared, it is resolved whatever people did before. */
export function lifeNow(standing: Standing, life: Life): Life {
  return stands(standing) ? life : 'resolved'
}

/** The state of the record: what is over is over; what stands is told by what people did, or else as it stands. */
export function recordState(standing: Standing, life: Life): Standing | Exclude<Life, 'raised'> {
  return stands(standing) && life !== 'raised' ? life : standing
}

/** What the level of an exception is worked out from. */
export interface Concern {
  judged: Judgement
  /** The target lies outside the usual range on the far side: it is missed every time (performance.md A5). */
  fails: boolean
  life: Life
  /** Whether an explanation was ever recorded. */
  explained: boolean
  /** Loads since then that brought a later figure of it. */
  loadsSince: number
  /** Whether the latest figure lies further out than when somebody last dealt with it. */
  further: boolean
}

/** A concern that goes on for this many loads after it was explained is one to escalate (performance.md A13.6). */
export const loadsToEscalate = 2

/**
 * What an exception asks for. What is for the better is noted. A concern asks to be explained; it is one to escalate
 * where the target is missed every time, or where it went on for two loads after an explanation. An explanation that
 * was accepted settles it, so then it must also have gone further out. Escalating is a person's decision: it is offered
 * and never done. Source: performance.md A13.6.
 */
export function levelOf({ judged, fails, life, explained, loadsSince, further }: Concern): Level {
  if (judged === 'good') return 'note'
  if (judged === 'neutral') return 'explain'
  if (fails) return 'escalate'
  const settled = life === 'accepted' && !further
  return explained && loadsSince >= loadsToEscalate && !settled ? 'escalate' : 'explain'
}

/**
 * Whether the process as it stands misses its target every time.
 *
 * @param range the usual range at the latest figure, null where there is none
 */
export function failsTarget(
  measure: { target: number | null; polarity: Polarity },
  range: { lower: number | null; upper: number | null },
): boolean {
  const { target, polarity } = measure
  if (target === null || range.lower === null || range.upper === null) return false
  if (polarity === 'increase') return target > range.upper
  return polarity === 'decrease' && target < range.lower
}

/**
 * Whether the latest figure lies further out than the one at the last deed. Only for a figure beyond a limit and for a
 * trend: within a shift figures go up and down by chance.
 */
export function isFurther(rule: Rule, direction: Direction, then: number | null, now: number): boolean {
  if (then === null || (rule !== 'beyond' && rule !== 'trend')) return false
  return direction === 'high' ? now > then : now < then
}

type Lived = Pick<
  ExceptionTable,
  'life' | 'explained' | 'loads_since' | 'last_period' | 'then_value' | 'then_level' | 'watch_day' | 'watch_period'
>

/** What the rules find of it now. */
interface Found {
  rule: Rule
  direction: Direction
  judged: Judgement
  standing: Standing
  lastPeriod: Temporal.PlainDate
  value: number
  fails: boolean
}

/** The columns of an exception that new figures change besides its words. */
export type Told = Pick<
  ExceptionTable,
  'standing' | 'life' | 'level' | 'worse' | 'loads_since' | 'watch_day' | 'watch_period'
>

/**
 * What becomes of an exception when figures came: it keeps what people did with it, says whether it got worse since,
 * and one that was watched until these figures returns.
 *
 * @param before as it is held; null for one that is raised now
 */
export function afterFigures(before: Lived | null, found: Found): Told {
  const { rule, direction, judged, standing, fails } = found
  const returns = before !== null && stands(standing) && hasCome(before.watch_period, found.lastPeriod)
  const life = before === null || returns ? 'raised' : before.life
  const further = before !== null && isFurther(rule, direction, before.then_value, found.value)
  const loadsSince = before === null ? 0 : before.loads_since + (isLater(before, found) ? 1 : 0)
  const explained = before?.explained ?? false
  const level = levelOf({ judged, fails, life, explained, loadsSince, further })
  const raisedLevel = before?.then_level != null && levels.indexOf(level) > levels.indexOf(before.then_level)
  return {
    standing,
    life,
    level,
    worse: stands(standing) && life !== 'raised' && judged !== 'good' && (further || raisedLevel),
    loads_since: loadsSince,
    watch_day: returns ? null : (before?.watch_day ?? null),
    watch_period: returns ? null : (before?.watch_period ?? null),
  }
}

function hasCome(awaited: Temporal.PlainDate | null, last: Temporal.PlainDate): boolean {
  return awaited !== null && Temporal.PlainDate.compare(last, awaited) >= 0
}

/** Loads are counted from an explanation on, and only those that brought a later figure. */
function isLater(before: Lived, found: Found): boolean {
  return before.explained && Temporal.PlainDate.compare(found.lastPeriod, before.last_period) > 0
}

/** What somebody may do with an exception. */
export const deeds = ['explain', 'accept', 'not-accept', 'watch', 'end-watch', 'resolve', 'take-up-again'] as const
export type Deed = (typeof deeds)[number]

/**
 * Why a deed is not possible now, in words; empty where it is. Who may do it is the permissions' to say.
 */
export function deedObstacles(deed: Deed, { standing, life }: { standing: Standing; life: Life }): string[] {
  const over = !stands(standing)
  switch (deed) {
    case 'explain':
      return []
    case 'accept':
      if (life === 'accepted') return ['The explanation is accepted already.']
      return life === 'explained' ? [] : ['No explanation has been recorded since it was raised.']
    case 'not-accept':
      return life === 'explained' || life === 'accepted' ? [] : ['There is no explanation to refuse.']
    case 'watch':
      return over ? ['It is over. Only what still stands can be watched.'] : []
    case 'end-watch':
      return !over && life === 'watched' ? [] : ['It is not being watched.']
    case 'resolve':
      if (over) return ['It is over, which resolves it.']
      return life === 'resolved' ? ['It is closed already.'] : []
    case 'take-up-again':
      return !over && life === 'resolved' ? [] : ['It is not closed.']
  }
}

/** What a deed makes of the life. */
export const lifeAfter: Record<Deed, Life> = {
  explain: 'explained',
  accept: 'accepted',
  'not-accept': 'raised',
  watch: 'watched',
  'end-watch': 'raised',
  resolve: 'resolved',
  'take-up-again': 'raised',
}
