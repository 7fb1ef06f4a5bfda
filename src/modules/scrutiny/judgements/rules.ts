import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import type { StateDescription } from '../../../record/description.ts'
import { hasRole } from '../party.ts'
import type { Doer } from '../party.ts'
import type { QuestionFacts, QuestionState } from '../questions/rules.ts'

/*
 * What the asker makes of an answer. An office says whether it is assured; a panel whether the answer answers what was
 * asked. Reasons against a deed in words; an empty list means allowed.
 */

export const judgementStates = {
  assured: { word: 'Assured', colour: 'green', open: false },
  'partly-assured': { word: 'Partly assured', colour: 'yellow', open: false },
  'not-assured': { word: 'Not assured', colour: 'red', open: false },
  answers: { word: 'Answers what we asked', colour: 'green', open: false },
  'partly-answers': { word: 'Partly answers what we asked', colour: 'yellow', open: false },
  'does-not-answer': { word: 'Does not answer what we asked', colour: 'red', open: false },
} as const satisfies Record<string, StateDescription>

export type Outcome = keyof typeof judgementStates

const ofAnOffice = ['assured', 'partly-assured', 'not-assured'] as const satisfies readonly Outcome[]
const ofAPanel = ['answers', 'partly-answers', 'does-not-answer'] as const satisfies readonly Outcome[]

/** The outcomes that an organisation of this kind may come to. */
export function outcomesFor(kind: OrganisationKind): readonly Outcome[] {
  return kind === 'panel' ? ofAPanel : ofAnOffice
}

export function outcomeInWords(outcome: Outcome): string {
  return judgementStates[outcome].word
}

/** What the rules ask of what is judged. */
export interface Judged {
  askerOrganisation: string
  /** Whether the member may judge it as their own. */
  askerPerson: string | null
  draftedBy: string
  /** Whether an answer is there in whole. */
  answered: boolean
}

const judges = ['commissioner', 'deputy-commissioner', 'chief-executive', 'panel-chair', 'panel-clerk'] as const

export function judgeObstacles(judged: Judged, doer: Doer): string[] {
  if (judged.askerOrganisation !== doer.organisationId) return ['The asker judges the answer.']
  const reasons = judged.answered ? [] : ['It has not been answered in whole yet.']
  if (hasRole(doer, judges)) return reasons
  if (!hasRole(doer, ['panel-member'])) return [...reasons, 'Your role may not do this.']
  const own = judged.draftedBy === doer.userId || (judged.askerPerson !== null && judged.askerPerson === doer.personId)
  return own ? reasons : [...reasons, 'A panel member judges the answers to their own questions only.']
}

/** Whether an outcome is one that this kind of organisation comes to. */
export function outcomeObstacles(outcome: Outcome, kind: OrganisationKind): string[] {
  if (outcomesFor(kind).includes(outcome)) return []
  return [
    kind === 'panel'
      ? 'A panel says whether the answer answers what was asked.'
      : 'An office says whether the answer assures it.',
  ]
}

/** A published judgement is revised before the public's eyes, so only by whoever may publish. */
export function reviseObstacles(published: boolean, mayPublish: boolean): string[] {
  return published && !mayPublish ? ['It is published, so it is revised by somebody who may publish.'] : []
}

/** What of a question the rules of judging ask. */
export function judgedQuestion(facts: QuestionFacts, answered: (state: QuestionState) => boolean): Judged {
  const { askerOrganisation, askerPerson, draftedBy, state } = facts
  return { askerOrganisation, askerPerson, draftedBy, answered: answered(state) }
}
