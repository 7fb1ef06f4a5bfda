import { periodsBetween, type Period } from '../period.ts'
import type { HeldException } from '../queries.ts'
import { periodsOfYear } from './choose-chart.ts'
import type { FoundException } from './exceptions.ts'
import { stands } from './life.ts'

/** What must be done so that the exceptions held of a series are those that the rules find in it. */
export interface Reconciliation {
  raise: readonly FoundException[]
  change: readonly { held: HeldException; found: FoundException }[]
  /** The rules no longer say so: figures were revised, or the range has moved. */
  lapse: readonly HeldException[]
}

/**
 * Matches what the rules find with what is held. An exception is one rule in one direction in a series: it keeps its
 * identity as long as some of its periods stay, continues until it clears, and is never raised twice. What stands, and
 * what was over within the last year, depends on the figures alone and not on the order in which they came; what was
 * over longer ago stays as it was last told. Pure.
 *
 * @param held of one series
 * @param found every episode of the series, told or not
 * @param latest the last period that was judged, null where there is none
 */
export function reconcile(
  held: readonly HeldException[],
  found: readonly FoundException[],
  latest: Period | null,
): Reconciliation {
  const unmatched = new Set(held)
  const raise: FoundException[] = []
  const change: { held: HeldException; found: FoundException }[] = []
  const lapse: HeldException[] = []
  for (const each of inOrderOfClaim(found)) {
    const same = bestOf([...unmatched].filter(candidate => isSame(candidate, each)))
    if (same === undefined) {
      if (each.told) raise.push(each)
      continue
    }
    unmatched.delete(same)
    if (each.told || isOld(each.last.start, latest) || wasDealtWith(same)) {
      if (hasChanged(same, each)) change.push({ held: same, found: each })
    } else if (same.standing !== 'lapsed') lapse.push(same)
  }
  lapse.push(...[...unmatched].filter(each => mustLapse(each, latest)))
  return { raise: raise.toSorted(byCompletion), change, lapse }
}

const byCompletion = (a: FoundException, b: FoundException) =>
  Temporal.PlainDate.compare(a.completed.start, b.completed.start) ||
  Temporal.PlainDate.compare(a.first.start, b.first.start)

/** What is told and stands has the first claim to the identity of what is held, then the rest of it; newest first. */
function inOrderOfClaim(found: readonly FoundException[]): FoundException[] {
  const rank = (each: FoundException) => (each.told ? 0 : 2) + (each.state === 'ended' ? 1 : 0)
  return found.toSorted((a, b) => rank(a) - rank(b) || byCompletion(b, a))
}

/** Of several that might be the same, the one that people dealt with, then one that was not taken away, the newest. */
function bestOf(candidates: readonly HeldException[]): HeldException | undefined {
  const rank = (each: HeldException) => (wasDealtWith(each) ? 0 : each.standing === 'lapsed' ? 2 : 1)
  return candidates.toSorted(
    (a, b) => rank(a) - rank(b) || Temporal.PlainDate.compare(b.completed_period, a.completed_period),
  )[0]
}

function wasDealtWith(held: HeldException): boolean {
  return held.life !== 'raised' || held.explained || held.kept
}

/**
 * Whether what is held and what is found are one exception: the same rule and direction, with periods in common, or,
 * where it stood and still stands, one after the other with nothing between. The range moves with every figure, so that
 * the first of a run may come to lie within it while the next does not.
 */
export function isSame(held: HeldException, found: FoundException): boolean {
  if (held.rule !== found.rule || held.direction !== found.direction) return false
  if (Temporal.PlainDate.compare(found.last.start, held.first_period) < 0) return false
  const gap = periodsBetween({ ...found.first, start: held.last_period }, found.first)
  return gap <= 0 || (gap <= 1 && stands(held.standing) && found.state !== 'ended')
}

/** What is not found any more lapses, unless it was over and either long ago or dealt with: then it is history. */
function mustLapse(held: HeldException, latest: Period | null): boolean {
  if (held.standing === 'lapsed') return false
  return stands(held.standing) || !(wasDealtWith(held) || isOld(held.last_period, latest))
}

/** Over for a year: exceptions are told of for a year after their end. */
function isOld(last: Temporal.PlainDate, latest: Period | null): boolean {
  if (latest === null) return false
  return periodsBetween({ frequency: latest.frequency, start: last }, latest) >= periodsOfYear[latest.frequency]
}

/** What is over keeps the words in which it was last told, unless its own periods or figure were revised. */
function hasChanged(held: HeldException, found: FoundException): boolean {
  if (held.standing !== found.state || held.value !== found.value || held.judged !== found.judged) return true
  if (held.revision !== found.revision || !held.last_period.equals(found.last.start)) return true
  if (!held.first_period.equals(found.first.start) || !held.completed_period.equals(found.completed.start)) return true
  return found.state !== 'ended' && held.text !== found.text
}
