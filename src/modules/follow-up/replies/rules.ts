import { isUnderWay } from '../items/rules.ts'

/** What the rules need to know of the recommendation as it was last released to this organisation. */
export interface AskedFacts {
  state: string
  /** True where a reply is being written already. */
  drafting: boolean
}

/** Why no reply may be begun now; empty where one may. A reply that was sent may be changed by a later one. */
export function prepareObstacles(asked: AskedFacts): string[] {
  const reasons = isUnderWay(asked.state) ? [] : [`The recommendation is ${asked.state}: no reply is owed.`]
  if (asked.drafting) reasons.push('A reply is being written already.')
  return reasons
}

/** Why a reply may not be changed now; empty where it may. */
export function editObstacles(state: string): string[] {
  return state === 'draft' ? [] : ['It was sent. Write a new reply: the earlier one stays on record.']
}

/** Why a reply may not be sent now; empty where it may. */
export function sendObstacles(state: string, askedState: string | undefined): string[] {
  const reasons = state === 'draft' ? [] : ['It was sent already.']
  if (askedState === undefined || !isUnderWay(askedState)) {
    reasons.push('The recommendation was closed or withdrawn meanwhile: no reply is owed.')
  }
  return reasons
}
