import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { workspaceRegister } from '../../../record/register.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { answersReceived } from '../answers/received.ts'
import { attempt, keyFrom, keyOf, singleField } from '../handling.ts'
import { otherRegisters } from '../registers.ts'
import { judgementOf } from '../judgements/queries.ts'
import { answerersFor, askersFor, askerFor, chosenParty } from '../parties.ts'
import { saidTo } from '../said/queries.ts'
import type { StoredField } from '../stale.ts'
import { originOf } from './causes.ts'
import type { Origin } from './causes.ts'
import { changeDraft, draftQuestion } from './draft.ts'
import { fieldsOf, readChangedQuestion, readQuestion } from './forms.ts'
import type { QuestionOffers } from './forms.ts'
import { questionKind } from './kind.ts'
import {
  answerModel,
  judgementModel,
  offersModel,
  questionActions,
  questionForm,
  questionPath,
  questionSummary,
  warnsOfForce,
} from './pages.ts'
import { findQuestion, findQuestions, setsOf } from './queries.ts'
import type { Question } from './queries.ts'

const register = '/workspace/scrutiny/questions'
const here = '/scrutiny/questions'

export const questionRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: here, permission: 'scrutiny.read', handler: showRegister },
  { method: 'GET', path: `${here}/new`, permission: 'scrutiny.draft-question', handler: showNew },
  { method: 'POST', path: here, permission: 'scrutiny.draft-question', handler: doDraft },
  { method: 'GET', path: `${here}/:id`, permission: 'scrutiny.read', handler: showQuestion },
  { method: 'GET', path: `${here}/:id/edit`, permission: 'scrutiny.draft-question', handler: showEdit },
  { method: 'POST', path: `${here}/:id/edit`, permission: 'scrutiny.draft-question', handler: doEdit },
]

export async function showRegister(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  return workspaceRegisterPage(context, questionKind, {
    address: register,
    empty: 'Questions appear here when they are drafted, from an exception, an objective or a public concern.',
    actions: [
      ...(context.may('scrutiny.draft-question')
        ? [
            { text: 'Draft a question', href: `${register}/new` },
            { text: 'Sets of questions', href: '/workspace/scrutiny/question-sets' },
          ]
        : []),
      ...otherRegisters(context, register),
    ],
    columns: [{ heading: 'Asked of' }],
    cells: async records => {
      const questions = await findQuestions(
        trx,
        viewer.area.id,
        records.map(record => record.id),
      )
      return new Map(questions.map(({ head, row }) => [head.id, [{ type: 'text', text: row.answerer_name }]]))
    },
  })
}

/** The same for a new question, which may be drafted in another's name. */
async function newOffers(context: WorkspaceContext): Promise<QuestionOffers> {
  const { trx, viewer, today } = context
  return { ...(await offersFor(context)), askers: await askersFor(trx, viewer, today) }
}

/** What the form may choose from: whom to ask, meetings to come, and the organisation's own sets. */
export async function offersFor({ trx, viewer, today }: WorkspaceContext): Promise<QuestionOffers> {
  const organisation = viewer.organisation.id
  const newest = { sort: 'dated', descending: true, size: 25 } as const
  const meetings = await workspaceRegister(trx, organisation, viewer.area.id, 'meeting', newest)
  return {
    answerers: await answerersFor(trx, viewer, today),
    meetings: meetings.rows
      .filter(meeting => Temporal.PlainDate.compare(meeting.dated, today) >= 0)
      .map(({ id, title, dated }) => ({ id, title, date: dated })),
    sets: (await setsOf(trx, viewer.area.id, organisation)).map(({ id, title }) => ({ id, title })),
  }
}

async function showNew(context: WorkspaceContext): Promise<Answer> {
  const { query, viewer } = context
  const origin = await originOf(context, keyFrom(viewer.area.id, query['from'] ?? query['about']))
  const offers = await newOffers(context)
  const first = offers.answerers[0]?.value ?? ''
  const begun = { form: origin?.form ?? 'question', why: origin?.why ?? '', answerer: first, 'asked-for': 'writing' }
  const asker = offers.askers?.[0]?.value ?? ''
  return formPage(context, questionForm(register, { ...begun, asker }), offers, origin)
}

function formPage(
  context: WorkspaceContext,
  form: ReturnType<typeof questionForm>,
  offers: QuestionOffers,
  origin: Origin | null,
  question?: Question,
): Answer {
  const faulty = form.faults.length > 0 || (form.refusals?.length ?? 0) > 0
  const back =
    question === undefined
      ? { text: 'Questions', href: register }
      : { text: 'Back', href: questionPath(question.head.id) }
  const model = {
    title: question === undefined ? 'Draft a question' : `Change ${question.head.reference}`,
    form,
    offers: offersModel(offers),
    origin: origin === null ? null : { id: origin.cause.id, reference: origin.reference, title: origin.title },
    ofThePanel: context.viewer.organisation.kind === 'panel',
    warning: warnsOfForce(context, singleField(form.fields, 'text')),
    back,
  }
  return page('modules/scrutiny/views/question-form.njk', model, faulty ? 422 : 200)
}

async function doDraft(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields, today } = context
  const origin = await originOf(context, keyFrom(viewer.area.id, singleField(fields, 'from')))
  const offers = await newOffers(context)
  const read = readQuestion(fields, offers)
  if (!read.ok) return formPage(context, questionForm(register, fields, { faults: read.errors }), offers, origin)
  return attempt(
    context,
    async () => {
      const chosen = chosenParty(offers.askers ?? [], singleField(fields, 'asker'))
      const asker = chosen ?? (await askerFor(trx, viewer, today))
      const causes = origin === null ? [] : [origin.cause]
      const head = await draftQuestion(trx, context, viewer.area.id, { ...read.value, asker }, causes)
      return {
        to: questionPath(head.id),
        notice: `${head.reference} is drafted. Nobody outside your organisation sees it.`,
      }
    },
    { refused: refusals => formPage(context, questionForm(register, fields, { refusals }), offers, origin) },
  )
}

async function showQuestion(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const question = await findQuestion(trx, keyOf(context))
  if (question === null) return notFound()
  const { head, row } = question
  const answers = await answersReceived(trx, viewer.organisation.id, head)
  const judgement = await judgementOf(trx, head)
  return page('modules/scrutiny/views/question.njk', {
    title: head.title,
    back: { text: 'Questions', href: register },
    record: await recordModel(context, head, {
      summary: questionSummary(question),
      actions: questionActions(context, question),
    }),
    question: row,
    answers: answers.map(answerModel),
    judgement: judgement === null ? null : judgementModel(judgement),
    said: await saidTo(trx, head),
    state: question.facts.state,
    warning: row.put_on === null && warnsOfForce(context, row.text),
  })
}

async function showEdit(context: WorkspaceContext): Promise<Answer> {
  const question = await findQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const offers = await offersFor(context)
  const form = questionForm(`${questionPath(question.head.id)}/edit`, fieldsOf(question, offers), {
    version: question.head.version,
  })
  return formPage(context, form, offers, null, question)
}

async function doEdit(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields } = context
  const question = await findQuestion(trx, keyOf(context))
  if (question === null) return notFound()
  const { head } = question
  const action = `${questionPath(head.id)}/edit`
  const offers = await offersFor(context)
  const read = readChangedQuestion(fields, offers)
  const version = Number(singleField(fields, 'version'))
  if (!read.ok) {
    return formPage(context, questionForm(action, fields, { faults: read.errors, version }), offers, null, question)
  }
  return attempt(
    context,
    async () => {
      await changeDraft(trx, context, head, read.value.version, read.value)
      return { to: questionPath(head.id), notice: 'The draft is changed.' }
    },
    {
      refused: refusals =>
        formPage(context, questionForm(action, fields, { refusals, version }), offers, null, question),
      stale: { key: head, action, stored: async () => storedFields(question) },
    },
  )
}

function storedFields({ head, row }: Question): StoredField[] {
  return [
    { field: 'title', label: 'Title', now: head.title },
    { field: 'text', label: 'Question', now: row.text },
    { field: 'why', label: 'Why it is asked', now: row.why ?? '' },
  ]
}
