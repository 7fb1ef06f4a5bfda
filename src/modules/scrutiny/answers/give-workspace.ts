import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer as Response, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { attempt, keyOf, singleField } from '../handling.ts'
import { doerOf } from '../party.ts'
import { answerAttachments } from './attachments.ts'
import { readConsent } from './forms.ts'
import { giveAnswer } from './give.ts'
import { answerForm, answerPath, answerSummary, limbOptions } from './pages.ts'
import { findAnswer } from './queries.ts'
import { giveObstacles } from './rules.ts'

const give = 'scrutiny.give-answer'

/** Giving an answer: it is read once more, with what may be published of it. */
export const giveRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/scrutiny/answers/:id/give', permission: give, handler: showGive },
  { method: 'POST', path: '/scrutiny/answers/:id/give', permission: give, handler: doGive },
]

async function showGive(context: WorkspaceContext): Promise<Response> {
  return givePage(context, null)
}

async function givePage(
  context: WorkspaceContext,
  form: Pick<FormModel, 'faults' | 'refusals'> | null,
): Promise<Response> {
  const answer = await findAnswer(context.trx, keyOf(context))
  if (answer === null) return notFound()
  const { head, row, facts } = answer
  const attachments = await answerAttachments(context.trx, head)
  const open = Object.fromEntries(attachments.map(({ attachment }) => [`attachment-${attachment.id}`, 'yes']))
  const fields = form === null ? { publish: 'yes', ...open } : context.fields
  const model = {
    title: 'Check the answer before you give it',
    form: {
      ...answerForm(`${answerPath(head.id)}/give`, fields, { version: head.version }),
      ...form,
      files: false,
    },
    question: head.title,
    summary: answerSummary(answer),
    answer: row,
    attachments: attachments.map(({ attachment }) => ({
      field: `attachment-${attachment.id}`,
      title: attachment.title,
    })),
    limbs: limbOptions,
    reasons: giveObstacles(facts, doerOf(context)),
    back: { text: 'Back', href: answerPath(head.id) },
  }
  return page('modules/scrutiny/views/give.njk', model, form === null ? 200 : 422)
}

async function doGive(context: WorkspaceContext): Promise<Response> {
  const key = keyOf(context)
  const answer = await findAnswer(context.trx, key)
  if (answer === null) return notFound()
  const attachments = await answerAttachments(context.trx, key)
  const read = readConsent(
    context.fields,
    attachments.map(({ attachment }) => attachment.id),
  )
  if (!read.ok) return givePage(context, { faults: read.errors })
  if (singleField(context.fields, 'version') !== String(answer.head.version)) {
    const changed = 'It was changed after you opened this page. Read it once more, then give it.'
    return givePage(context, { faults: [], refusals: [changed] })
  }
  return attempt(
    context,
    async () => {
      await giveAnswer(context.trx, context, key, read.value.version, read.value.consent)
      return { to: answerPath(key.id), notice: 'The answer is given. Whoever asked can read it now.' }
    },
    { refused: refusals => givePage(context, { faults: [], refusals }) },
  )
}
