import type { ModuleDescription } from '../../record/description.ts'
import { answerKind } from './answers/kind.ts'
import { giveRoutes } from './answers/give-workspace.ts'
import { answerRoutes } from './answers/workspace.ts'
import { challengeKind } from './challenges/kind.ts'
import { sendRoutes } from './challenges/send-workspace.ts'
import { challengeRoutes } from './challenges/workspace.ts'
import { judgementKind } from './judgements/kind.ts'
import { judgementRoutes } from './judgements/workspace.ts'
import { permissions } from './permissions.ts'
import { publicationRoutes } from './publication/workspace.ts'
import { publicQuestionForms, publicQuestionPages } from './public-questions/asking/public.ts'
import { bodyRuleRoutes } from './public-questions/body-rules/workspace.ts'
import { publicQuestionDeeds } from './public-questions/deeds-workspace.ts'
import { publicQuestionKind } from './public-questions/kind.ts'
import { publicQuestionRoutes } from './public-questions/workspace.ts'
import { questionKind } from './questions/kind.ts'
import { putRoutes } from './questions/put-workspace.ts'
import { questionRoutes } from './questions/workspace.ts'
import { receivedRoutes } from './received-workspace.ts'
import { saidRoutes } from './said/workspace.ts'
import { setRoutes } from './sets/workspace.ts'

export { attachToAnswer } from './answers/attachments.ts'
export { giveAnswer } from './answers/give.ts'
export type { Consent } from './answers/give.ts'
export { loadAnswer } from './answers/load.ts'
export type { LoadedAnswer } from './answers/load.ts'
export { prepareAnswer } from './answers/prepare.ts'
export type { AnswerDraft } from './answers/prepare.ts'
export type { RecordedStep } from './bodies.ts'
export { loadChallenge } from './challenges/load.ts'
export type { LoadedChallenge } from './challenges/load.ts'
export { draftChallenge, recordReply, sendChallenge } from './challenges/send.ts'
export type { ChallengeDraft } from './challenges/send.ts'
export type { Head } from './heads.ts'
export { recordJudgement } from './judgements/judge.ts'
export type { JudgementDraft } from './judgements/judge.ts'
export type { Outcome } from './judgements/rules.ts'
export type { Party, ScrutinyAct } from './party.ts'
export { askAtMeeting } from './public-questions/asking/link.ts'
export { receiveQuestion as receivePublicQuestion } from './public-questions/asking/carry.ts'
export { beginPublicQuestions } from './public-questions/asking/jobs.ts'
export { setRules as setPublicQuestionRules } from './public-questions/body-rules/publish-rules.ts'
export { rulesToBeginWith } from './public-questions/body-rules/rules-of-body.ts'
export type { PublicRules } from './public-questions/body-rules/rules-of-body.ts'
export { publicQuestionsFollow } from './public-questions/follow-meeting.ts'
export { publishQuestion } from './publication/publish-question.ts'
export type { Pieces } from './publication/publish-question.ts'
export { draftQuestion } from './questions/draft.ts'
export type { Cause, QuestionDraft } from './questions/draft.ts'
export { openQuestions, questionsForMeeting } from './questions/for-meetings.ts'
export type { QuestionForMeeting } from './questions/for-meetings.ts'
export { loadQuestion } from './questions/load.ts'
export type { LoadedQuestion } from './questions/load.ts'
export { recordSaid } from './said/record-said.ts'
export type { Said } from './said/record-said.ts'
export { addSet } from './sets/add-set.ts'
export { answerInWriting, putQuestion, takeToMeeting, withdrawQuestion } from './questions/put.ts'

/** Questions from one organisation to another, answers, judgements, and formal challenges. */
export const scrutiny: ModuleDescription = {
  name: 'scrutiny',
  navigation: { word: 'Questions', path: '/scrutiny', permission: 'scrutiny.read' },
  publicNavigation: { word: 'Questions', path: '/questions' },
  kinds: [questionKind, answerKind, judgementKind, challengeKind, publicQuestionKind],
  permissions,
  workspace: [
    ...receivedRoutes,
    ...questionRoutes,
    ...putRoutes,
    ...saidRoutes,
    ...setRoutes,
    ...answerRoutes,
    ...giveRoutes,
    ...judgementRoutes,
    ...challengeRoutes,
    ...sendRoutes,
    ...publicationRoutes,
    ...bodyRuleRoutes,
    ...publicQuestionRoutes,
    ...publicQuestionDeeds,
  ],
  public: publicQuestionPages,
  publicForms: publicQuestionForms,
}
