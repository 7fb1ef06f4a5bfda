import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { dueModel } from '../../../record/record-pages.ts'
import { attempt, keyOf } from '../handling.ts'
import { doerOf } from '../party.ts'
import { askToBePut } from './draft.ts'
import { versionSchema, withdrawSchema } from './forms.ts'
import { checkModel, questionForm, questionPath, warnsOfForce } from './pages.ts'
import { dueWhenPut, putQuestion, withdrawQuestion } from './put.ts'
import { findQuestion } from './queries.ts'
import { putObstacles, withdrawObstacles } from './rules.ts'

const here = '/scrutiny/questions'

/** The deeds that move a question on: made ready, put, withdrawn. */
export const putRoutes: readonly WorkspaceRoute[] = [
  { method: 'POST', path: `${here}/:id/ready`, permission: 'scrutiny.draft-question', handler: doReady },
  { method: 'GET', path: `${here}/:id/put`, permission: 'scrutiny.put-question', handler: showPut },
  { method: 'POST', path: `${here}/:id/put`, permission: 'scrutiny.put-question', handler: doPut },
  { method: 'GET', path: `${here}/:id/withdraw`, permission: 'scrutiny.put-question', handler: showWithdraw },
  { method: 'POST', path: `${here}/:id/withdraw`, permission: 'scrutiny.put-question', handler: doWithdraw },
]

async function doReady(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  if ((await findQuestion(context.trx, key)) === null) return notFound()
  const read = readForm(versionSchema, context.fields)
  if (!read.ok) throw new Refusal(read.errors.map(fault => fault.message))
  await askToBePut(context.trx, context, key, read.value.version)
  return redirect(questionPath(key.id), 'Whoever may put it is asked to.')
}

async function showPut(context: WorkspaceContext): Promise<Answer> {
  return putPage(context, [])
}

async function putPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const question = await findQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const { head, facts, row } = question
  const due = await dueWhenPut(context.trx, question, context.viewer.organisation, context.today)
  const reasons = putObstacles(facts, doerOf(context))
  const form = questionForm(`${questionPath(head.id)}/put`, {}, { refusals, version: head.version })
  const model = {
    title: 'Check the question before you put it',
    form,
    check: checkModel(question, dueModel('question', 'put', due)),
    reasons,
    asked: row.answerer_name,
    warning: warnsOfForce(context, row.text),
    back: { text: 'Back', href: questionPath(head.id) },
  }
  return page('modules/scrutiny/views/put.njk', model, refusals.length > 0 ? 422 : 200)
}

async function doPut(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const question = await findQuestion(context.trx, key)
  if (question === null) return notFound()
  const read = readForm(versionSchema, context.fields)
  if (!read.ok)
    return putPage(
      context,
      read.errors.map(fault => fault.message),
    )
  const changed = 'It was changed after you opened this page. Read it once more, then put it.'
  if (read.value.version !== question.head.version) return putPage(context, [changed])
  return attempt(
    context,
    async () => {
      const head = await putQuestion(context.trx, context, key, read.value.version)
      return { to: questionPath(key.id), notice: `${head.reference} is put to ${question.row.answerer_name}.` }
    },
    { refused: reasons => putPage(context, reasons) },
  )
}

async function showWithdraw(context: WorkspaceContext): Promise<Answer> {
  return withdrawPage(context, questionForm('', {}))
}

async function withdrawPage(context: WorkspaceContext, given: ReturnType<typeof questionForm>): Promise<Answer> {
  const question = await findQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const { head, facts } = question
  const faulty = given.faults.length > 0 || (given.refusals?.length ?? 0) > 0
  const model = {
    title: `Withdraw ${head.reference}`,
    form: { ...given, action: `${questionPath(head.id)}/withdraw`, version: head.version },
    question: head.title,
    wasPut: question.row.put_on !== null,
    reasons: withdrawObstacles(facts, doerOf(context)),
    back: { text: 'Back', href: questionPath(head.id) },
  }
  return page('modules/scrutiny/views/withdraw.njk', model, faulty ? 422 : 200)
}

async function doWithdraw(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  if ((await findQuestion(context.trx, key)) === null) return notFound()
  const { fields } = context
  const read = readForm(withdrawSchema, fields)
  if (!read.ok) return withdrawPage(context, questionForm('', fields, { faults: read.errors }))
  return attempt(
    context,
    async () => {
      await withdrawQuestion(context.trx, context, key, read.value.version, read.value.reason)
      return { to: questionPath(key.id), notice: 'The question is withdrawn.' }
    },
    { refused: refusals => withdrawPage(context, questionForm('', fields, { refusals })) },
  )
}
