import { longDate } from '../../platform/time.ts'
import type { Due, RecordHead } from '../../record/record.ts'

/** Whether what was done answers what was asked; said by the body that asked. */
export const answers = ['yes', 'partly', 'no'] as const
export type Answers = (typeof answers)[number]

/** What the rules need to know of an action. */
export interface ActionFacts {
  state: RecordHead['state']
  ownerPerson: string | null
  raisedBy: string
  /** How many pieces of evidence are attached. */
  evidence: number
}

/** Who tries. */
export interface Actor {
  organisationId: string
  personId: string | null
}

const notUnderWay = (state: string) => `It is ${state === 'draft' ? 'still a draft' : state}, not under way.`

/**
 * Why an action may not be closed now; empty where it may. Closed means evidenced: an action is closed only by the
 * organisation that raised it, not by the person who leads on it, and only once evidence is attached.
 */
export function closingObstacles(action: ActionFacts, actor: Actor): string[] {
  const reasons: string[] = []
  if (action.state !== 'open' && action.state !== 'reported') reasons.push(notUnderWay(action.state))
  if (action.raisedBy !== actor.organisationId) reasons.push('It is closed by the body that raised it.')
  if (action.evidence === 0) reasons.push('No evidence is attached.')
  if (action.ownerPerson !== null && action.ownerPerson === actor.personId) {
    reasons.push('Whoever leads on an action does not close it: ask someone else of the body that raised it.')
  }
  return reasons
}

/** Why the lead may not report it done now; empty where it may. */
export function reportingObstacles(action: ActionFacts): string[] {
  if (action.state !== 'open') return [notUnderWay(action.state)]
  return action.evidence === 0 ? ['No evidence is attached.'] : []
}

/** Why it may not be re-opened now; empty where it may. */
export function reopeningObstacles(action: ActionFacts, actor: Actor): string[] {
  const reasons: string[] = []
  if (action.state !== 'closed') reasons.push('Only a closed action is re-opened.')
  if (action.raisedBy !== actor.organisationId) reasons.push('It is re-opened by the body that raised it.')
  return reasons
}

/** Why its due may not be changed now; empty where it may. */
export function redatingObstacles(action: ActionFacts): string[] {
  return action.state === 'open' || action.state === 'reported' ? [] : [notUnderWay(action.state)]
}

/** A due in words that stay true: it is kept, compared and shown beside the one first set. */
export function dueInWords(due: Due | null): string {
  if (due === null) return 'not set'
  if (due.kind === 'condition') return due.condition
  if (due.kind === 'date') return longDate(due.date)
  return due.date === null ? 'at a meeting' : `at the meeting of ${longDate(due.date)}`
}
