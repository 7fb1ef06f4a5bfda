import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { Answer as Response, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { attempt, keyFrom, keyOf, singleField } from '../handling.ts'
import { giversFor, partyChoices, valueOf } from '../parties.ts'
import type { PartyOption } from '../parties.ts'
import { versionSchema } from '../questions/forms.ts'
import { otherRegisters } from '../registers.ts'
import { answerAttachments } from './attachments.ts'
import { answerFields, readAnswer, readChangedAnswer } from './forms.ts'
import { answerKind } from './kind.ts'
import { answerActions, answerForm, answerPath, answerSummary, askedPath, attachmentsModel } from './pages.ts'
import { attachAll, changeAnswer, findAwaiting, handOver, prepareAnswer } from './prepare.ts'
import type { AwaitingAnswer } from './prepare.ts'
import { findAnswer } from './queries.ts'
import type { Answer } from './queries.ts'

const here = '/scrutiny/answers'
const received = '/scrutiny/received'
const prepare = 'scrutiny.prepare-answer'

export const answerRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: here, permission: 'scrutiny.read', handler: showRegister },
  { method: 'GET', path: `${received}/questions/:id/answer`, permission: prepare, handler: showNew },
  { method: 'POST', path: `${received}/questions/:id/answer`, permission: prepare, handler: doPrepare },
  { method: 'GET', path: `${received}/challenges/:id/answer`, permission: prepare, handler: showNew },
  { method: 'POST', path: `${received}/challenges/:id/answer`, permission: prepare, handler: doPrepare },
  { method: 'GET', path: `${here}/:id`, permission: 'scrutiny.read', handler: showAnswer },
  { method: 'GET', path: `${here}/:id/edit`, permission: prepare, handler: showEdit },
  { method: 'POST', path: `${here}/:id/edit`, permission: prepare, handler: doEdit },
  { method: 'POST', path: `${here}/:id/ready`, permission: prepare, handler: doHandOver },
]

async function showRegister(context: WorkspaceContext): Promise<Response> {
  return workspaceRegisterPage(context, answerKind, {
    address: '/workspace/scrutiny/answers',
    actions: otherRegisters(context, '/workspace/scrutiny/answers'),
    empty: 'Answers appear here when somebody begins to answer a question or challenge that was sent to you.',
  })
}

function asked(context: WorkspaceContext): Promise<AwaitingAnswer | null> {
  return findAwaiting(context.trx, context.viewer.organisation.id, keyOf(context))
}

async function showNew(context: WorkspaceContext): Promise<Response> {
  const { trx, viewer, today, query } = context
  const question = await asked(context)
  if (question === null) return notFound()
  const givers = await giversFor(trx, viewer, today)
  const corrects =
    query['corrects'] === undefined ? null : await findAnswer(trx, keyFrom(viewer.area.id, query['corrects']))
  const first = valueOf(givers, question.answerer) || (givers[0]?.value ?? '')
  const begun = corrects === null ? { giver: first, how: 'writing' } : answerFields(corrects, givers)
  return formPage(answerForm(`${askedPath(question.kind, question.id)}/answer`, begun), givers, {
    title: corrects === null ? `Answer ${question.reference}` : `Correct ${corrects.head.reference}`,
    question: question.title,
    corrects: corrects?.head.id ?? '',
    back: { text: 'Back', href: askedPath(question.kind, question.id) },
  })
}

/** What the page of the form says besides the form. */
interface FormPage {
  title: string
  question: string
  corrects: string
  back: { text: string; href: string }
}

function formPage(form: ReturnType<typeof answerForm>, givers: readonly PartyOption[], more: FormPage): Response {
  const faulty = form.faults.length > 0 || (form.refusals?.length ?? 0) > 0
  const model = { ...more, form, givers: partyChoices(givers) }
  return page('modules/scrutiny/views/answer-form.njk', model, faulty ? 422 : 200)
}

async function doPrepare(context: WorkspaceContext): Promise<Response> {
  const { trx, viewer, today, fields } = context
  const question = await asked(context)
  if (question === null) return notFound()
  const givers = await giversFor(trx, viewer, today)
  const corrects = singleField(fields, 'corrects')
  const again = (given: { faults?: Faults; refusals?: readonly string[] }) =>
    formPage(answerForm(`${askedPath(question.kind, question.id)}/answer`, fields, given), givers, {
      title: `Answer ${question.reference}`,
      question: question.title,
      corrects,
      back: { text: 'Back', href: askedPath(question.kind, question.id) },
    })
  const read = readAnswer(fields, givers)
  if (!read.ok) return again({ faults: read.errors })
  const { draft, attachmentTitle: title, link: url } = read.value
  return attempt(
    context,
    async () => {
      const correcting = corrects === '' ? null : keyFrom(viewer.area.id, corrects).id
      const head = await prepareAnswer(trx, context, question, draft, correcting)
      await attachAll(trx, context, head, { uploads: attachmentsIn(context), url, title })
      return { to: answerPath(head.id), notice: 'The answer is kept. Whoever asked sees nothing until it is given.' }
    },
    { refused: refusals => again({ refusals }) },
  )
}

type Faults = ReturnType<typeof answerForm>['faults']

function attachmentsIn({ uploads }: WorkspaceContext) {
  return uploads.filter(upload => upload.field === 'attachment')
}

async function showAnswer(context: WorkspaceContext): Promise<Response> {
  const { trx, viewer } = context
  const answer = await findAnswer(trx, keyOf(context))
  if (answer === null) return notFound()
  const { head, row } = answer
  const question = await findAwaiting(trx, viewer.organisation.id, { areaId: head.areaId, id: row.answers_id })
  return page('modules/scrutiny/views/answer.njk', {
    title: head.title,
    back: { text: 'Answers', href: '/workspace/scrutiny/answers' },
    record: await recordModel(context, head, {
      summary: answerSummary(answer),
      actions: answerActions(context, answer),
    }),
    answer: row,
    question: question === null ? null : { title: question.title, href: askedPath(question.kind, question.id) },
    attachments: attachmentsModel(await answerAttachments(trx, head)),
  })
}

async function showEdit(context: WorkspaceContext): Promise<Response> {
  const { trx, viewer, today } = context
  const answer = await findAnswer(trx, keyOf(context))
  if (answer === null) return notFound()
  const givers = await giversFor(trx, viewer, today)
  const form = answerForm(editAction(answer), answerFields(answer, givers), { version: answer.head.version })
  return formPage(form, givers, editPage(answer))
}

const editAction = ({ head }: Answer): string => `${answerPath(head.id)}/edit`

function editPage({ head }: Answer): FormPage {
  return {
    title: `Change ${head.reference}`,
    question: head.title,
    corrects: '',
    back: { text: 'Back', href: answerPath(head.id) },
  }
}

async function doEdit(context: WorkspaceContext): Promise<Response> {
  const { trx, viewer, today, fields } = context
  const answer = await findAnswer(trx, keyOf(context))
  if (answer === null) return notFound()
  const givers = await giversFor(trx, viewer, today)
  const again = (given: { faults?: Faults; refusals?: readonly string[] }) =>
    formPage(
      answerForm(editAction(answer), fields, { ...given, version: Number(singleField(fields, 'version')) }),
      givers,
      editPage(answer),
    )
  const read = readChangedAnswer(fields, givers)
  if (!read.ok) return again({ faults: read.errors })
  const { draft, version, attachmentTitle: title, link: url } = read.value
  return attempt(
    context,
    async () => {
      await changeAnswer(trx, context, answer.head, version, draft)
      await attachAll(trx, context, answer.head, { uploads: attachmentsIn(context), url, title })
      return { to: answerPath(answer.head.id), notice: 'The answer is changed.' }
    },
    {
      refused: refusals => again({ refusals }),
      stale: {
        key: answer.head,
        action: editAction(answer),
        stored: async () => [{ field: 'text', label: 'Answer', now: answer.row.text }],
      },
    },
  )
}

async function doHandOver(context: WorkspaceContext): Promise<Response> {
  const key = keyOf(context)
  if ((await findAnswer(context.trx, key)) === null) return notFound()
  const read = readForm(versionSchema, context.fields)
  if (!read.ok) throw new Refusal(read.errors.map(fault => fault.message))
  await handOver(context.trx, context, key, read.value.version)
  return redirect(answerPath(key.id), 'Whoever gives it is asked to.')
}
