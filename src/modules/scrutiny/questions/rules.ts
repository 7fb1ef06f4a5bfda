import type { Role } from '../../../platform/access/viewer.ts'
import type { StateDescription } from '../../../record/description.ts'
import { hasRole } from '../party.ts'
import type { Doer } from '../party.ts'

/*
 * The life of a question. Whether it, its answer and the judgement are published is another matter (publication/).
 * Each function returns every reason against a deed, in words; an empty list means that it is allowed.
 */

export const questionStates = {
  draft: { word: 'Draft', colour: 'grey', open: true },
  ready: { word: 'Ready to be put', colour: 'blue', open: true },
  put: { word: 'Awaiting an answer', colour: 'yellow', open: true },
  'part-answered': { word: 'Answered in part', colour: 'orange', open: true },
  answered: { word: 'Answered, not yet judged', colour: 'blue', open: true },
  withheld: { word: 'Answer withheld, not yet judged', colour: 'purple', open: true },
  judged: { word: 'Answered and judged', colour: 'green', open: false },
  'judged-withheld': { word: 'Answer withheld, judged', colour: 'purple', open: false },
  withdrawn: { word: 'Withdrawn', colour: 'grey', open: false },
} as const satisfies Record<string, StateDescription>

export type QuestionState = keyof typeof questionStates

/** A question may be published from the moment it is put: none of these leaves a reader without word of it. */
export const publicQuestionStates: readonly QuestionState[] = [
  'put',
  'part-answered',
  'answered',
  'withheld',
  'judged',
  'judged-withheld',
  'withdrawn',
]

/** What the rules ask of a question. */
export interface QuestionFacts {
  state: QuestionState
  askedFor: 'writing' | 'meeting' | 'both'
  /** Whether it says for which meeting it is put. */
  hasMeeting: boolean
  askerOrganisation: string
  askerPerson: string | null
  draftedBy: string
}

/** Roles that put any question of their organisation; a panel member puts only the member's own. */
const putters: readonly Role[] = [
  'commissioner',
  'deputy-commissioner',
  'chief-executive',
  'panel-chair',
  'panel-clerk',
]

function isOwn(question: QuestionFacts, doer: Doer): boolean {
  const drafted = question.draftedBy === doer.userId
  return drafted || (question.askerPerson !== null && question.askerPerson === doer.personId)
}

/** Why this person may not put or withdraw it, whatever its state. */
function notTheirs(question: QuestionFacts, doer: Doer): string[] {
  if (question.askerOrganisation !== doer.organisationId) return ['It is another organisation’s question.']
  if (hasRole(doer, putters)) return []
  if (!hasRole(doer, ['panel-member'])) return ['Your role may not do this. Ask whoever may put questions.']
  return isOwn(question, doer) ? [] : ['A panel member may do this with their own questions only.']
}

export function editObstacles(question: QuestionFacts): string[] {
  return isDraft(question) ? [] : ['It has been put. What was put stays as it was asked.']
}

export function readyObstacles(question: QuestionFacts): string[] {
  return question.state === 'draft' ? [] : ['Only a draft can be made ready.']
}

export function putObstacles(question: QuestionFacts, doer: Doer): string[] {
  if (!isDraft(question)) return ['It has been put already.']
  const reasons = notTheirs(question, doer)
  if (question.askedFor === 'meeting' && !question.hasMeeting) {
    reasons.push('It asks for an answer at a meeting and does not say which. Change the draft and name the meeting.')
  }
  return reasons
}

export function withdrawObstacles(question: QuestionFacts, doer: Doer): string[] {
  if (question.state === 'withdrawn') return ['It is withdrawn already.']
  const reasons = notTheirs(question, doer)
  if (!isDraft(question) && question.state !== 'put' && question.state !== 'part-answered') {
    reasons.push('It has been answered. An answered question stays.')
  }
  return reasons
}

/** Why it may not go before the public; whether it is open is the record layer's question. */
export function publicationReasons(question: Pick<QuestionFacts, 'state'>): string[] {
  return isDraft(question) ? ['It has not been put yet.'] : []
}

function isDraft(question: Pick<QuestionFacts, 'state'>): boolean {
  return question.state === 'draft' || question.state === 'ready'
}

/** Where an answer leaves its question. A later answer, or a correction, is to be judged anew. */
export function stateAfterAnswer(answer: { part: boolean; open: boolean }): QuestionState {
  if (answer.part) return 'part-answered'
  return answer.open ? 'answered' : 'withheld'
}

/** Where a judgement leaves its question. */
export function stateAfterJudgement(state: QuestionState): QuestionState {
  return state === 'withheld' || state === 'judged-withheld' ? 'judged-withheld' : 'judged'
}

/**
 * Whether a panel's question reads as one about the force. A panel scrutinises the commissioner, not the force
 * (Police Reform and Social Responsibility Act 2011 s.28); such a question is warned about and never refused.
 */
export function readsAsAboutTheForce(text: string): boolean {
  const ofTheForce = /\b(chief constable|police officers?|officers|the force|constabulary|police force)\b/i.test(text)
  const ofTheCommissioner = /\b(commissioner|pcc|pfcc|mayor|you|your)\b/i.test(text)
  return ofTheForce && !ofTheCommissioner
}
