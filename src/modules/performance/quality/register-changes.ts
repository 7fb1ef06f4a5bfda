import type { Finding } from './finding.ts'
import type { HeldQuery } from './quality-queries.ts'

/** What must be done so that the register holds what the rules find. */
export interface RegisterChanges {
  enter: readonly Finding[]
  /** Found again, in other words or after it was thought to be over. */
  change: readonly { held: HeldQuery; found: Finding; again: boolean }[]
  /** Held as open, and the figures no longer say so. */
  lapse: readonly HeldQuery[]
}

const over = ['put-right', 'not-borne-out']

/**
 * Matches what the rules find in some measures with what is held of them. A contradiction keeps its identity however
 * often it is found: it is told anew where its figures changed, and taken up again where it comes back. Pure.
 */
export function registerChanges(held: readonly HeldQuery[], found: readonly Finding[]): RegisterChanges {
  const known = new Map(held.map(each => [`${each.measure_id} ${each.identity}`, each]))
  const seen = new Set<HeldQuery>()
  const enter: Finding[] = []
  const change: { held: HeldQuery; found: Finding; again: boolean }[] = []
  for (const each of found) {
    const same = known.get(`${each.measureId} ${each.identity}`)
    if (same === undefined) {
      enter.push(each)
      continue
    }
    seen.add(same)
    const again = over.includes(same.state)
    if (again || same.sentence !== each.sentence || same.figures.length !== each.figures.length) {
      change.push({ held: same, found: each, again })
    }
  }
  return { enter, change, lapse: held.filter(each => !seen.has(each) && !over.includes(each.state)) }
}
