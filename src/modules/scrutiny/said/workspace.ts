import { dateFields } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { attempt, keyOf, singleField } from '../handling.ts'
import { questionForm, questionPath } from '../questions/pages.ts'
import { findQuestion } from '../questions/queries.ts'
import type { Question } from '../questions/queries.ts'
import { readSaid } from './forms.ts'
import { recordSaid } from './record-said.ts'
import { sayObstacles } from './rules.ts'

const path = '/scrutiny/questions/:id/said'
const permission = 'scrutiny.record-said'

/** Recording what was said to a question at a meeting. */
export const saidRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path, permission, handler: showSaid },
  { method: 'POST', path, permission, handler: doSay },
]

async function showSaid(context: WorkspaceContext): Promise<Answer> {
  const question = await findQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const { row, facts, answerer } = question
  const waiting = facts.state === 'put' || facts.state === 'part-answered'
  const began = row.meeting_date ?? context.today
  const on = Temporal.PlainDate.compare(began, context.today) > 0 ? context.today : began
  const fields = { kind: waiting ? 'answer' : 'undertaking', by: answerer.name, ...dateFields('on', on) }
  return saidPage(question, fields, { version: question.head.version })
}

function saidPage(
  question: Question,
  fields: FormFields,
  given: { faults?: readonly FieldFault[]; refusals?: readonly string[]; version: number },
): Answer {
  const { head, row, facts } = question
  const faulty = (given.faults?.length ?? 0) + (given.refusals?.length ?? 0) > 0
  const model = {
    title: 'Record what was said at the meeting',
    form: questionForm(`${questionPath(head.id)}/said`, fields, given),
    reference: head.reference,
    question: row,
    reasons: sayObstacles(facts),
    waiting: facts.state === 'put' || facts.state === 'part-answered',
    back: { text: head.reference, href: questionPath(head.id) },
  }
  return page('modules/scrutiny/views/said.njk', model, faulty ? 422 : 200)
}

async function doSay(context: WorkspaceContext): Promise<Answer> {
  const question = await findQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const { fields } = context
  const version = Number(singleField(fields, 'version'))
  const read = readSaid(fields)
  if (!read.ok) return saidPage(question, fields, { faults: read.errors, version })
  const { head } = question
  return attempt(
    context,
    async () => {
      await recordSaid(context.trx, context, head, read.value.version, read.value.said)
      return { to: questionPath(head.id), notice: `It is recorded with ${head.reference}.` }
    },
    { refused: refusals => saidPage(question, fields, { refusals, version }) },
  )
}
