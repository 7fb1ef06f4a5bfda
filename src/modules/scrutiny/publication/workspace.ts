import { z } from 'zod'
import { readForm, text } from '../../../platform/web/form.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { findArea } from '../../../record/areas.ts'
import { publicAddress } from '../../../record/entries.ts'
import { attachmentsOf } from '../../../record/files.ts'
import { kindOf } from '../../../record/kinds.ts'
import { publicationObstacles } from '../../../record/publish.ts'
import { workspaceAddress } from '../../../record/records.ts'
import { answersReceived } from '../answers/received.ts'
import { attempt, keyOf, manyFields, singleField } from '../handling.ts'
import { findToBeJudged } from '../judgements/judge.ts'
import type { ToBeJudged } from '../judgements/judge.ts'
import { judgementOf } from '../judgements/queries.ts'
import { outcomeInWords } from '../judgements/rules.ts'
import { publicationReasons } from '../questions/rules.ts'
import type { QuestionState } from '../questions/rules.ts'
import { pieceModels } from './pieces.ts'
import { publishQuestion, takeDownAnswer } from './publish-question.ts'

const publish = 'scrutiny.publish-question'

/** Putting a question or challenge before the public: itself, each answer, each attachment and the judgement apart. */
export const publicationRoutes: readonly WorkspaceRoute[] = ['questions', 'challenges'].flatMap(
  (kind): WorkspaceRoute[] => {
    const path = `/scrutiny/${kind}/:id`
    return [
      { method: 'GET', path: `${path}/publish`, permission: publish, handler: context => publishPage(context, []) },
      { method: 'POST', path: `${path}/publish`, permission: publish, handler: doPublish },
      { method: 'POST', path: `${path}/take-down-answer`, permission: publish, handler: doTakeDownAnswer },
    ]
  },
)

async function publishPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const { trx, viewer, fields } = context
  const found = await findToBeJudged(trx, keyOf(context))
  if (found === null) return notFound()
  const { head, kind } = found
  const address = workspaceAddress(head)
  const snapshot = await kindOf(kind).snapshot(trx, head, { type: 'public' })
  const answers = await answersReceived(trx, viewer.organisation.id, head)
  const pieces = await pieceModels(trx, answers)
  const judgement = await judgementOf(trx, head)
  const form: FormModel = { action: `${address}/publish`, fields, faults: [], refusals }
  const model = {
    title: `Publish: ${head.title}`,
    form,
    kind,
    shown: [{ heading: 'Title', text: head.title }, ...(snapshot.preview ?? [])],
    withheld: pieces.withheld,
    pieces: pieces.open,
    letters: kind === 'challenge' ? await attachmentsOf(trx, head) : [],
    judgement:
      judgement === null
        ? null
        : {
            words: outcomeInWords(judgement.stands.outcome),
            reason: judgement.stands.reason,
            published: judgement.head.publication === 'published',
          },
    published: head.publication === 'published',
    address: await fullAddress(context, found),
    reasons: [...publicationReasons({ state: head.state as QuestionState }), ...publicationObstacles(head)],
    takeDown: `${address}/take-down-answer`,
    takeDownAll: `/workspace/records/${head.id}/publish`,
    back: { text: 'Back', href: address },
  }
  return page('modules/scrutiny/views/publish.njk', model, refusals.length > 0 ? 422 : 200)
}

async function fullAddress({ trx }: WorkspaceContext, { head }: ToBeJudged): Promise<string> {
  return `/${(await findArea(trx, head.areaId))?.slug ?? ''}/${publicAddress(head)}`
}

async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields } = context
  const key = keyOf(context)
  const found = await findToBeJudged(trx, key)
  if (found === null) return notFound()
  const note = singleField(fields, 'note')
  return attempt(
    context,
    async () => {
      await publishQuestion(trx, context, key, {
        answers: manyFields(fields, 'answers'),
        attachments: manyFields(fields, 'attachments'),
        judgement: singleField(fields, 'judgement') !== '',
        ...(found.kind === 'challenge' && { letters: manyFields(fields, 'letters') }),
        ...(note !== '' && { note }),
      })
      return { to: workspaceAddress(found.head), notice: `Published at ${await fullAddress(context, found)}` }
    },
    { refused: reasons => publishPage(context, reasons) },
  )
}

const takeDownSchema = z.object({
  answer: text('Choose the answer', 'The answer'),
  reason: text('Say why it is taken down. The reason is shown to the public in its place', 'The reason', 1000),
})

async function doTakeDownAnswer(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const found = await findToBeJudged(context.trx, key)
  if (found === null) return notFound()
  const read = readForm(takeDownSchema, context.fields)
  if (!read.ok)
    return publishPage(
      context,
      read.errors.map(fault => fault.message),
    )
  return attempt(
    context,
    async () => {
      await takeDownAnswer(context.trx, context, key, read.value.answer, read.value.reason)
      return { to: workspaceAddress(found.head), notice: 'The answer is taken down. Its address now says so.' }
    },
    { refused: reasons => publishPage(context, reasons) },
  )
}
