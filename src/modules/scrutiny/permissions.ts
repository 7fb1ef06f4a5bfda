import { deskRoles } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'

const office: readonly Role[] = ['commissioner', 'deputy-commissioner', 'chief-executive']
const force: readonly Role[] = ['chief-constable', 'chief-officer']
const panel: readonly Role[] = ['panel-chair', 'panel-member', 'panel-clerk']

/** Who may give an answer: the officer or office-holder in whose name it stands, or who speaks for them. */
export const answerGivers: readonly Role[] = [...force, ...office]

/** Who may do what with questions, answers, judgements and challenges. The rules say when, and to which of them. */
export const permissions: Readonly<Record<string, readonly Role[]>> = {
  'scrutiny.read': deskRoles,
  'scrutiny.draft-question': [...office, 'chief-finance-officer', 'policy-lead', 'board-clerk', ...panel],
  'scrutiny.put-question': [...office, ...panel],
  'scrutiny.prepare-answer': ['liaison', ...force, 'policy-lead', ...office],
  'scrutiny.give-answer': answerGivers,
  'scrutiny.judge-answer': [...office, ...panel],
  'scrutiny.draft-challenge': [...office, 'policy-lead'],
  'scrutiny.send-challenge': office,
  'scrutiny.publish-question': [...office, 'board-clerk', 'panel-chair', 'panel-clerk'],
  'scrutiny.record-said': ['board-clerk', 'panel-chair', 'panel-clerk', 'chief-executive'],
  // Who asked and how to reach them is read by whoever has this, and by nobody else.
  'scrutiny.handle-public-question': ['board-clerk', 'panel-clerk', 'chief-executive'],
  'scrutiny.publish-public-question': ['board-clerk', 'panel-clerk', 'chief-executive'],
  'scrutiny.set-question-rules': ['board-clerk', 'panel-clerk', 'chief-executive'],
}
