import { z } from 'zod'
import { readForm, text } from '../../../platform/web/form.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { attempt, keyOf, singleField } from '../handling.ts'
import { doerOf } from '../party.ts'
import { challengePath, challengeSummary, lettersModel } from './pages.ts'
import { findChallenge } from './queries.ts'
import { replyNotHeldObstacles, sendObstacles } from './rules.ts'
import { recordReply, sendChallenge } from './send.ts'

const send = 'scrutiny.send-challenge'
const here = '/scrutiny/challenges/:id'

/** Sending a challenge, and noting a reply that is known of and not held. */
export const sendRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: `${here}/send`, permission: send, handler: context => sendPage(context, []) },
  { method: 'POST', path: `${here}/send`, permission: send, handler: doSend },
  { method: 'GET', path: `${here}/reply-not-held`, permission: send, handler: context => replyPage(context, null) },
  { method: 'POST', path: `${here}/reply-not-held`, permission: send, handler: doNoteReply },
]

async function sendPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const challenge = await findChallenge(context.trx, keyOf(context))
  if (challenge === null) return notFound()
  const { head, row, subjects, facts } = challenge
  const form: FormModel = {
    action: `${challengePath(head.id)}/send`,
    fields: {},
    faults: [],
    refusals,
    version: head.version,
  }
  const model = {
    title: 'Check the challenge before you send it',
    form,
    challenge: row,
    heading: head.title,
    summary: challengeSummary(challenge),
    subjects,
    letters: lettersModel(challenge),
    reasons: sendObstacles(facts, doerOf(context)),
    back: { text: 'Back', href: challengePath(head.id) },
  }
  return page('modules/scrutiny/views/challenge-send.njk', model, refusals.length > 0 ? 422 : 200)
}

async function doSend(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const challenge = await findChallenge(context.trx, key)
  if (challenge === null) return notFound()
  if (singleField(context.fields, 'version') !== String(challenge.head.version)) {
    return sendPage(context, ['It was changed after you opened this page. Read it once more, then send it.'])
  }
  return attempt(
    context,
    async () => {
      const head = await sendChallenge(context.trx, context, key, challenge.head.version)
      return { to: challengePath(key.id), notice: `${head.reference} is sent to ${challenge.row.answerer_name}.` }
    },
    { refused: reasons => sendPage(context, reasons) },
  )
}

const replySchema = z.object({ note: text('Say how the reply is known of', 'What is known', 2000) })

async function replyPage(
  context: WorkspaceContext,
  given: Pick<FormModel, 'faults' | 'refusals'> | null,
): Promise<Answer> {
  const challenge = await findChallenge(context.trx, keyOf(context))
  if (challenge === null) return notFound()
  const { head, facts } = challenge
  const form: FormModel = {
    action: `${challengePath(head.id)}/reply-not-held`,
    fields: context.fields,
    faults: [],
    ...given,
  }
  const model = {
    title: 'Note a reply that is not held',
    form,
    heading: head.title,
    reasons: replyNotHeldObstacles(facts),
    back: { text: 'Back', href: challengePath(head.id) },
  }
  return page('modules/scrutiny/views/challenge-reply.njk', model, given === null ? 200 : 422)
}

async function doNoteReply(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  if ((await findChallenge(context.trx, key)) === null) return notFound()
  const read = readForm(replySchema, context.fields)
  if (!read.ok) return replyPage(context, { faults: read.errors })
  return attempt(
    context,
    async () => {
      await recordReply(context.trx, context, key, read.value.note)
      return { to: challengePath(key.id), notice: 'The reply is noted as known of and not held.' }
    },
    { refused: refusals => replyPage(context, { faults: [], refusals }) },
  )
}
