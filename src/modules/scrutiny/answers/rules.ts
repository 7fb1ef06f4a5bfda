import type { Role } from '../../../platform/access/viewer.ts'
import type { StateDescription } from '../../../record/description.ts'
import { hasRole } from '../party.ts'
import type { Doer } from '../party.ts'
import { answerGivers } from '../permissions.ts'

/*
 * The life of an answer, held by who gives it. Reasons against a deed in words; an empty list means allowed.
 */

export const answerStates = {
  preparing: { word: 'Being prepared', colour: 'grey', open: true },
  ready: { word: 'Ready to be given', colour: 'blue', open: true },
  given: { word: 'Given', colour: 'green', open: false },
  corrected: { word: 'Corrected by a later answer', colour: 'orange', open: false },
} as const satisfies Record<string, StateDescription>

export type AnswerState = keyof typeof answerStates

/** States, of a question or challenge as it was sent, in which an answer to it may be begun. */

/** What the rules ask of an answer. */
export interface AnswerFacts {
  state: AnswerState
  text: string
  part: boolean
  hasReplyBy: boolean
  giverOrganisation: string
  giverPerson: string | null
  giverRole: Role | null
}

/**
 * Why an answer may not be begun.
 *
 * @param sentState the state of the question as it was last sent to this organisation
 * @param own the answers this organisation has to it already
 */
export function prepareObstacles(
  sentState: string,
  own: readonly { id: string; state: AnswerState; part: boolean }[],
  corrects: string | null,
): string[] {
  if (sentState === 'withdrawn') return ['It was withdrawn. No answer is waited for.']
  if (own.some(answer => isOpen(answer))) return ['An answer is being prepared already. Go on with that one.']
  if (corrects !== null) {
    const found = own.some(answer => answer.id === corrects && answer.state === 'given')
    return found ? [] : ['Only an answer that was given can be corrected.']
  }
  const whole = own.some(answer => answer.state === 'given' && !answer.part)
  return whole ? ['It has been answered. To change what was said, correct the answer.'] : []
}

function isOpen(answer: { state: AnswerState }): boolean {
  return answer.state === 'preparing' || answer.state === 'ready'
}

export function editAnswerObstacles(answer: Pick<AnswerFacts, 'state'>): string[] {
  return isOpen(answer) ? [] : ['It has been given. What was given stays; correct it by a later answer.']
}

export function handOverObstacles(answer: AnswerFacts): string[] {
  if (answer.state !== 'preparing') return ['Only an answer that is being prepared can be handed over.']
  return answer.text.trim() === '' ? ['There is no text yet.'] : []
}

export function giveObstacles(answer: AnswerFacts, doer: Doer): string[] {
  if (!isOpen(answer)) return ['It has been given already.']
  const reasons = answer.text.trim() === '' ? ['There is no text yet.'] : []
  if (answer.giverOrganisation !== doer.organisationId) return ['It is another organisation’s answer.']
  if (!mayGive(answer, doer)) reasons.push('It is given by the officer in whose name it stands, or by the chief.')
  return reasons
}

/**
 * A chief constable gives any answer of the force; another chief officer only those in that officer's name. In an
 * office the commissioner, the deputy or the chief executive gives it.
 */
function mayGive(answer: AnswerFacts, doer: Doer): boolean {
  if (!hasRole(doer, answerGivers)) return false
  if (
    hasRole(
      doer,
      answerGivers.filter(role => role !== 'chief-officer'),
    )
  )
    return true
  if (answer.giverPerson !== null) return answer.giverPerson === doer.personId
  return answer.giverRole === 'chief-officer'
}
