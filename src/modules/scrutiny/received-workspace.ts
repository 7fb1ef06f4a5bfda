import type { ActionModel, CellModel, RegisterModel, RowModel } from '../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { stateOf } from '../../record/kinds.ts'
import { duePath } from '../../record/record-pages.ts'
import { findReceived, listReceived } from '../../record/release.ts'
import type { Received } from '../../record/release.ts'
import { stateModel } from '../../record/words.ts'
import { answerPath, askedPath } from './answers/pages.ts'
import { ownAnswersTo } from './answers/queries.ts'
import type { Answer as OwnAnswer } from './answers/queries.ts'
import { allAnswersReceived, findReceivedAnswer } from './answers/received.ts'
import { prepareObstacles } from './answers/rules.ts'
import { challengeBody, judgementBody, questionBody } from './bodies.ts'
import { keyOf } from './handling.ts'
import { answerModel, sentQuestionSummary } from './questions/pages.ts'
import { receivedModel } from './received-page.ts'
import type { QuestionState } from './questions/rules.ts'
import { isAnswered } from './questions/standing.ts'
import { otherRegisters } from './registers.ts'

const read = 'scrutiny.read'
const received = '/scrutiny/received'

/** What other organisations sent: questions and challenges to answer, answers, judgements. */
export const receivedRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/scrutiny', permission: read, handler: open },
  { method: 'GET', path: '/scrutiny/to-answer', permission: read, handler: showToAnswer },
  { method: 'GET', path: '/scrutiny/answers-received', permission: read, handler: showAnswersReceived },
  { method: 'GET', path: `${received}/questions/:id`, permission: read, handler: showQuestion },
  { method: 'GET', path: `${received}/challenges/:id`, permission: read, handler: showChallenge },
  { method: 'GET', path: `${received}/answers/:id`, permission: read, handler: showAnswer },
  { method: 'GET', path: `${received}/judgements/:id`, permission: read, handler: showJudgement },
]

/** A force begins with what it has to answer, everybody else with what they ask. */
function open({ viewer }: WorkspaceContext): Answer {
  return redirect(
    viewer.organisation.kind === 'force' ? '/workspace/scrutiny/to-answer' : '/workspace/scrutiny/questions',
  )
}

async function showToAnswer(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const kinds = ['question', 'challenge']
  const sent = await listReceived(trx, viewer.organisation.id, { areaId: viewer.area.id, kinds })
  const rows: RowModel[] = []
  let waiting = 0
  for (const each of sent) {
    const own = await ownAnswersTo(trx, keyOfReceived(each))
    if (isAwaited(each, own)) waiting += 1
    rows.push({ cells: toAnswerCells(each, own) })
  }
  const address = '/workspace/scrutiny/to-answer'
  const register: RegisterModel = {
    title: 'Questions to answer',
    count: `${sent.length} sent to you, ${waiting} awaiting an answer`,
    address,
    columns: ['Question', 'Asked by', 'Sent', 'Due', 'Our answer'].map(heading => ({ heading })),
    rows,
    actions: otherRegisters(context, address),
    empty: 'Questions and formal challenges appear here when another organisation puts them to you.',
  }
  return page('modules/scrutiny/views/register.njk', { title: register.title, register })
}

const keyOfReceived = ({ areaId, recordId }: Received) => ({ areaId, id: recordId })

/** Whether an answer of ours is waited for: not once one was given in whole, nor once it was answered at a meeting. */
function isAwaited(sent: Pick<Received, 'kind' | 'state'>, own: readonly OwnAnswer[]): boolean {
  if (own.some(answer => answer.facts.state === 'given' && !answer.facts.part)) return false
  return stateOf(sent.kind, sent.state).open && !(sent.kind === 'question' && isAnswered(sent.state as QuestionState))
}

function toAnswerCells(sent: Received, own: readonly OwnAnswer[]): CellModel[] {
  const kind = sent.kind === 'challenge' ? 'challenge' : 'question'
  const { askedBy } = (kind === 'question' ? questionBody : challengeBody).parse(sent.body)
  const running = isAwaited(sent, own)
  return [
    { type: 'text', text: sent.title, href: askedPath(kind, sent.recordId), hint: sent.reference },
    { type: 'text', text: askedBy },
    { type: 'moment', at: sent.sentAt },
    { type: 'due', due: { date: sent.dueDate, running, href: duePath(sent.recordId) } },
    ownAnswerCell(sent, own.at(-1)),
  ]
}

function ownAnswerCell(sent: Received, latest: OwnAnswer | undefined): CellModel {
  if (latest !== undefined) return { type: 'state', state: stateModel('answer', latest.head.state) }
  const open = isAwaited(sent, [])
  return { type: 'state', state: open ? { word: 'Not begun', colour: 'yellow' } : stateModel(sent.kind, sent.state) }
}

async function showAnswersReceived(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const address = '/workspace/scrutiny/answers-received'
  const answers = await allAnswersReceived(trx, viewer.organisation.id, viewer.area.id)
  const register: RegisterModel = {
    title: 'Answers received',
    count: `${answers.length} received`,
    address,
    actions: otherRegisters(context, address),
    columns: ['Answer', 'By', 'Given', 'How', 'May it be published?'].map(heading => ({ heading })),
    rows: answers.map(({ id, reference, title, sentAt, body }) => ({
      cells: [
        { type: 'text', text: title, href: `/workspace/scrutiny/received/answers/${id}`, hint: reference },
        { type: 'text', text: body.by },
        { type: 'moment', at: sentAt },
        { type: 'text', text: body.part ? `${body.how}, in part` : body.how },
        { type: 'text', text: body.ground == null ? 'Yes' : `No. ${body.ground}` },
      ],
    })),
    empty: 'Answers appear here when whoever you asked gives them.',
  }
  return page('modules/scrutiny/views/register.njk', { title: register.title, register })
}

/** What may be begun from a question or challenge that was sent, and what not and why. */
function answering(context: WorkspaceContext, sent: Received, own: readonly OwnAnswer[]): ActionModel[] {
  const kind = sent.kind === 'challenge' ? 'challenge' : 'question'
  const begun = own.find(answer => ['preparing', 'ready'].includes(answer.facts.state))
  const offered: ActionModel[] = []
  if (begun !== undefined) offered.push({ text: 'Go on with the answer', href: answerPath(begun.head.id) })
  else if (context.may('scrutiny.prepare-answer')) {
    const stand = own.map(({ head, facts }) => ({ id: head.id, state: facts.state, part: facts.part }))
    const reasons = prepareObstacles(sent.state, stand, null)
    const text = own.length === 0 ? 'Start the answer' : 'Add to the answer'
    offered.push(reasons.length === 0 ? { text, href: `${askedPath(kind, sent.recordId)}/answer` } : { text, reasons })
  }
  if (kind === 'question' && context.viewer.organisation.kind === 'office' && context.may('scrutiny.draft-question')) {
    offered.push({ text: 'Task the chief constable', href: `/workspace/scrutiny/questions/new?from=${sent.recordId}` })
  }
  return offered
}

function ownAnswerLines(own: readonly OwnAnswer[]) {
  return own.map(({ head, row }) => ({
    href: answerPath(head.id),
    title: head.title,
    reference: head.reference,
    state: stateModel('answer', head.state),
    by: row.giver_name,
  }))
}

async function showQuestion(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const sent = await findReceived(trx, viewer.organisation.id, keyOf(context))
  if (sent?.kind !== 'question') return notFound()
  const body = questionBody.parse(sent.body)
  const own = await ownAnswersTo(trx, keyOfReceived(sent))
  const open = isAwaited(sent, own)
  return page('modules/scrutiny/views/received-question.njk', {
    title: sent.title,
    back: { text: 'Questions to answer', href: '/workspace/scrutiny/to-answer' },
    record: await receivedModel(
      context,
      { ...sent, id: sent.recordId },
      {
        summary: sentQuestionSummary(body, { dueDate: sent.dueDate, open, working: duePath(sent.recordId) }),
        actions: answering(context, sent, own),
      },
    ),
    body,
    own: ownAnswerLines(own),
  })
}

async function showChallenge(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const sent = await findReceived(trx, viewer.organisation.id, keyOf(context))
  if (sent?.kind !== 'challenge') return notFound()
  const body = challengeBody.parse(sent.body)
  const own = await ownAnswersTo(trx, keyOfReceived(sent))
  const running = isAwaited(sent, own)
  return page('modules/scrutiny/views/received-challenge.njk', {
    title: sent.title,
    back: { text: 'Questions to answer', href: '/workspace/scrutiny/to-answer' },
    record: await receivedModel(
      context,
      { ...sent, id: sent.recordId },
      {
        summary: [
          { key: 'Sent by', value: { type: 'text', text: body.askedBy } },
          { key: 'To', value: { type: 'text', text: body.askedOf } },
          { key: 'Due', value: { type: 'due', due: { date: sent.dueDate, running, href: duePath(sent.recordId) } } },
        ],
        actions: answering(context, sent, own),
      },
    ),
    body,
    own: ownAnswerLines(own),
  })
}

async function showAnswer(context: WorkspaceContext): Promise<Answer> {
  const answer = await findReceivedAnswer(context.trx, context.viewer.organisation.id, keyOf(context))
  if (answer === null) return notFound()
  const asked = answer.body.answers
  const path = asked?.kind === 'challenge' ? 'challenges' : 'questions'
  return page('modules/scrutiny/views/received-answer.njk', {
    title: answer.title,
    back: {
      text: 'Back',
      href: asked === undefined ? '/workspace/scrutiny' : `/workspace/scrutiny/${path}/${asked.id}`,
    },
    record: await receivedModel(context, { ...answer, kind: 'answer', state: 'given' }, { summary: [] }),
    answer: answerModel(answer),
  })
}

async function showJudgement(context: WorkspaceContext): Promise<Answer> {
  const sent = await findReceived(context.trx, context.viewer.organisation.id, keyOf(context))
  if (sent?.kind !== 'assurance') return notFound()
  return page('modules/scrutiny/views/received-judgement.njk', {
    title: sent.title,
    record: await receivedModel(context, { ...sent, id: sent.recordId }, { summary: [] }),
    body: judgementBody.parse(sent.body),
  })
}
