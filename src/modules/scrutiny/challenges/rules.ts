import type { Role } from '../../../platform/access/viewer.ts'
import type { StateDescription } from '../../../record/description.ts'
import { hasRole } from '../party.ts'
import type { Doer } from '../party.ts'

/*
 * The life of a formal challenge: one letter on several subjects, one reply. Reasons against a deed in words.
 */

export const challengeStates = {
  draft: { word: 'Draft', colour: 'grey', open: true },
  sent: { word: 'Awaiting a reply', colour: 'yellow', open: true },
  replied: { word: 'Replied, not yet judged', colour: 'blue', open: true },
  'reply-not-held': { word: 'Replied; the reply is not held', colour: 'grey', open: false },
  judged: { word: 'Replied and judged', colour: 'green', open: false },
} as const satisfies Record<string, StateDescription>

export type ChallengeState = keyof typeof challengeStates
export const publicChallengeStates: readonly ChallengeState[] = ['sent', 'replied', 'reply-not-held', 'judged']

const senders: readonly Role[] = ['commissioner', 'deputy-commissioner', 'chief-executive']

/** What the rules ask of a challenge. */
export interface ChallengeFacts {
  state: ChallengeState
  subjects: number
  hasLetter: boolean
  askerOrganisation: string
}

export function editChallengeObstacles({ state }: ChallengeFacts): string[] {
  return state === 'draft' ? [] : ['It has been sent. What was sent stays.']
}

export function sendObstacles(challenge: ChallengeFacts, doer: Doer): string[] {
  if (challenge.state !== 'draft') return ['It has been sent already.']
  if (challenge.askerOrganisation !== doer.organisationId) return ['It is another organisation’s challenge.']
  return [
    ...(hasRole(doer, senders)
      ? []
      : ['A formal challenge is sent by the commissioner, the deputy or the chief executive.']),
    ...(challenge.subjects > 0 ? [] : ['It names no subject yet.']),
    ...(challenge.hasLetter ? [] : ['There is no letter yet: write it, or attach it.']),
  ]
}

/** Why a reply that is known of and not held may not be noted. */
export function replyNotHeldObstacles({ state }: ChallengeFacts): string[] {
  return state === 'sent' ? [] : ['It is not waiting for a reply.']
}

export function challengePublicationReasons({ state }: Pick<ChallengeFacts, 'state'>): string[] {
  return state === 'draft' ? ['It has not been sent yet.'] : []
}
