import type { RegisterModel } from '../../../platform/web/patterns.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { stateModel } from '../../../record/words.ts'
import { keyOf } from '../handling.ts'
import { receivedModel } from '../received-page.ts'
import { otherRegisters } from '../registers.ts'
import { findRules } from './body-rules/queries.ts'
import { versionSchema } from './forms.ts'
import { publicQuestionKind, publicQuestionPath } from './kind.ts'
import { putEarlier } from './order.ts'
import { askerSummary, excerpt, handle, meetingList, publicQuestionActions, publicQuestionSummary } from './pages.ts'
import { findPublicQuestion, findPublicQuestions, publicQuestionsFor } from './queries.ts'

const register = '/workspace/scrutiny/public-questions'
const here = '/scrutiny/public-questions'
const read = 'scrutiny.read'
const view = (name: string) => `modules/scrutiny/public-questions/views/${name}.njk`

export const publicQuestionRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: here, permission: read, handler: showRegister },
  { method: 'GET', path: `${here}/meetings/:id`, permission: read, handler: showMeeting },
  { method: 'GET', path: `${here}/:id`, permission: read, handler: showQuestion },
  { method: 'POST', path: `${here}/:id/earlier`, permission: handle, handler: doEarlier },
  { method: 'GET', path: '/scrutiny/received/public-questions/:id', permission: read, handler: showReceived },
]

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  return workspaceRegisterPage(context, publicQuestionKind, {
    address: register,
    empty: 'Questions from the public appear here as they come in through the public site.',
    actions: [
      ...(context.may('scrutiny.set-question-rules')
        ? [{ text: 'Rules for questions', href: `${register}/rules` }]
        : []),
      ...otherRegisters(context, register),
    ],
    columns: [{ heading: 'What is asked' }, { heading: 'Meeting' }],
    cells: async records => {
      const found = await findPublicQuestions(
        trx,
        viewer.area.id,
        records.map(record => record.id),
      )
      return new Map(
        found.map(({ head, row }) => [
          head.id,
          [
            { type: 'text', text: excerpt(row.text) },
            row.meeting_id === null
              ? { type: 'text', text: 'Not named yet' }
              : { type: 'text', text: row.meeting_title ?? '', href: meetingList(row.meeting_id) },
          ],
        ]),
      )
    },
  })
}

async function showQuestion(context: WorkspaceContext): Promise<Answer> {
  const question = await findPublicQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const { head, row } = question
  const rules = await findRules(context.trx, { areaId: head.areaId, id: row.body_id })
  return page(view('question'), {
    title: head.title,
    back: { text: 'Public questions', href: register },
    record: await recordModel(context, head, {
      summary: publicQuestionSummary(question),
      actions: publicQuestionActions(context, question, rules),
    }),
    question: row,
    asker: askerSummary(context, question, rules),
    erased: context.may(handle) && question.asker === null,
    supplementaries: question.supplementaries,
  })
}

/** The questions to a meeting, in the order in which they are put. */
async function showMeeting(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const meeting = await findRecord(trx, keyOf(context))
  if (meeting?.kind !== 'meeting') return notFound()
  const questions = await publicQuestionsFor(trx, viewer.area.id, meeting.id)
  const placed = questions.filter(each => each.row.place !== null)
  const listed: RegisterModel = {
    title: `Public questions for ${meeting.title}`,
    count: `${String(placed.length)} accepted of ${String(questions.length)} received`,
    address: meetingList(meeting.id),
    columns: ['Question', 'What is asked', 'How it is put', 'State'].map(heading => ({ heading })),
    rows: questions.map(({ head, row }) => ({
      cells: [
        {
          type: 'text',
          text: row.place === null ? head.title : `${String(row.place)}. ${head.title}`,
          href: publicQuestionPath(head.id),
          hint: head.reference,
        },
        { type: 'text', text: excerpt(row.text) },
        { type: 'text', text: row.wishes === 'in-person' ? 'In person' : 'Read out' },
        { type: 'state', state: stateModel(head.kind, head.state) },
      ],
    })),
    empty: 'Questions to this meeting appear here as they come in.',
  }
  const movable = context.may(handle) ? placed.slice(1) : []
  return page(view('for-meeting'), {
    title: listed.title,
    register: listed,
    back: { text: 'Public questions', href: register },
    movable: movable.map(({ head, row }) => ({
      text: `Put number ${String(row.place)} one place earlier`,
      post: `${publicQuestionPath(head.id)}/earlier`,
      version: head.version,
    })),
  })
}

async function doEarlier(context: WorkspaceContext): Promise<Answer> {
  const question = await findPublicQuestion(context.trx, keyOf(context))
  if (question?.row.meeting_id == null) return notFound()
  const sent = readForm(versionSchema, context.fields)
  if (!sent.ok) throw new Refusal(sent.errors.map(fault => fault.message))
  await putEarlier(context.trx, context, question.head, sent.value.version)
  return redirect(meetingList(question.row.meeting_id), 'The order is changed.')
}

/** A question as it stands with whoever is to answer it: without anything of who asked. */
async function showReceived(context: WorkspaceContext): Promise<Answer> {
  const sent = await findReceived(context.trx, context.viewer.organisation.id, keyOf(context))
  if (sent?.kind !== 'public-question') return notFound()
  return page(view('received'), {
    title: sent.title,
    back: { text: 'Public questions', href: register },
    record: await receivedModel(context, { ...sent, id: sent.recordId }, { summary: [] }),
    body: sent.body,
  })
}
