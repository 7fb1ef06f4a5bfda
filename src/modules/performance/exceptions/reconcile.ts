import type { HeldException } from '../queries.ts'
import type { FoundException } from './exceptions.ts'

/** What must be done so that the exceptions held of a series are those that the rules find in it. */
export interface Reconciliation {
  raise: readonly FoundException[]
  change: readonly { held: HeldException; found: FoundException }[]
  /** Held as standing, and the rules no longer say so: figures were revised or the range has moved. */
  lapse: readonly HeldException[]
}

/**
 * Matches what the rules find with what is held. An exception keeps its identity as long as its rule, its direction and
 * some of its periods stay: it continues, it ends, it is never raised twice. Pure.
 *
 * @param held of one series
 * @param found every episode of the series, told or not
 */
export function reconcile(held: readonly HeldException[], found: readonly FoundException[]): Reconciliation {
  const unmatched = new Set(held)
  const raise: FoundException[] = []
  const change: { held: HeldException; found: FoundException }[] = []
  for (const each of found) {
    const same = [...unmatched].find(candidate => isSame(candidate, each))
    if (same === undefined) {
      if (each.told) raise.push(each)
      continue
    }
    unmatched.delete(same)
    if (hasChanged(same, each)) change.push({ held: same, found: each })
  }
  const lapse = [...unmatched].filter(each => each.state === 'new' || each.state === 'continuing')
  return { raise, change, lapse }
}

function isSame(held: HeldException, found: FoundException): boolean {
  return (
    held.rule === found.rule &&
    held.direction === found.direction &&
    Temporal.PlainDate.compare(held.first_period, found.last.start) <= 0 &&
    Temporal.PlainDate.compare(found.first.start, held.last_period) <= 0
  )
}

/** What is over keeps the words in which it was last told, unless its own figure was revised. */
function hasChanged(held: HeldException, found: FoundException): boolean {
  if (held.state !== found.state || !held.last_period.equals(found.last.start)) return true
  if (held.value !== found.value || held.revision !== found.revision || held.judged !== found.judged) return true
  return found.state !== 'ended' && held.text !== found.text
}
