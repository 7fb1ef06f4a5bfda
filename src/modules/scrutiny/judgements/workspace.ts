import { readForm } from '../../../platform/web/form.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { workspaceAddress } from '../../../record/records.ts'
import { answersReceived } from '../answers/received.ts'
import { attempt, keyFrom, keyOf } from '../handling.ts'
import { doerOf } from '../party.ts'
import { answerModel } from '../questions/pages.ts'
import { judgementSchema, revisedSchema } from './forms.ts'
import { findToBeJudged, recordJudgement, reviseJudgement } from './judge.ts'
import { findJudgement } from './queries.ts'
import type { Judgement } from './queries.ts'
import { judgeObstacles, outcomeInWords, outcomesFor } from './rules.ts'

const judge = 'scrutiny.judge-answer'

export const judgementRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/scrutiny/questions/:id/judge', permission: judge, handler: showJudge },
  { method: 'POST', path: '/scrutiny/questions/:id/judge', permission: judge, handler: doJudge },
  { method: 'GET', path: '/scrutiny/challenges/:id/judge', permission: judge, handler: showJudge },
  { method: 'POST', path: '/scrutiny/challenges/:id/judge', permission: judge, handler: doJudge },
  { method: 'GET', path: '/scrutiny/judgements/:id', permission: 'scrutiny.read', handler: showJudgement },
  { method: 'GET', path: '/scrutiny/judgements/:id/revise', permission: judge, handler: showRevise },
  { method: 'POST', path: '/scrutiny/judgements/:id/revise', permission: judge, handler: doRevise },
]

const judgementPath = (id: string): string => `/workspace/scrutiny/judgements/${id}`

type Given = Pick<FormModel, 'faults' | 'refusals'>

async function showJudge(context: WorkspaceContext): Promise<Answer> {
  return judgePage(context, null)
}

async function judgePage(context: WorkspaceContext, given: Given | null): Promise<Answer> {
  const { trx, viewer, fields } = context
  const found = await findToBeJudged(trx, keyOf(context))
  if (found === null) return notFound()
  const address = workspaceAddress(found.head)
  const form: FormModel = { action: `${address}/judge`, fields, faults: [], ...given }
  const answers = await answersReceived(trx, viewer.organisation.id, found.head)
  const model = {
    title: 'What do you make of the answer?',
    form,
    question: found.head.title,
    answers: answers.map(answerModel),
    outcomes: outcomeOptions(context),
    revising: false,
    reasons: judgeObstacles(found.judged, doerOf(context)),
    back: { text: 'Back', href: address },
  }
  return page('modules/scrutiny/views/judge.njk', model, given === null ? 200 : 422)
}

function outcomeOptions({ viewer }: WorkspaceContext) {
  return outcomesFor(viewer.organisation.kind).map(value => ({ value, text: outcomeInWords(value) }))
}

async function doJudge(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const found = await findToBeJudged(context.trx, key)
  if (found === null) return notFound()
  const read = readForm(judgementSchema, context.fields)
  if (!read.ok) return judgePage(context, { faults: read.errors })
  return attempt(
    context,
    async () => {
      await recordJudgement(context.trx, context, key, read.value)
      return {
        to: workspaceAddress(found.head),
        notice: 'The judgement is recorded, and whoever answered can read it.',
      }
    },
    { refused: refusals => judgePage(context, { faults: [], refusals }) },
  )
}

async function showJudgement(context: WorkspaceContext): Promise<Answer> {
  const judgement = await findJudgement(context.trx, keyOf(context))
  if (judgement === null) return notFound()
  const { head, stands, earlier } = judgement
  const revise = { text: 'Revise this judgement', href: `${judgementPath(head.id)}/revise` }
  const word = (wording: Judgement['stands']) => ({ ...wording, words: outcomeInWords(wording.outcome) })
  return page('modules/scrutiny/views/judgement.njk', {
    title: head.title,
    record: await recordModel(context, head, {
      summary: [{ key: 'Judged by', value: { type: 'text', text: stands.judged_by } }],
      actions: context.may(judge) ? [revise] : [],
    }),
    stands: word(stands),
    earlier: earlier.map(word),
  })
}

async function showRevise(context: WorkspaceContext): Promise<Answer> {
  return revisePage(context, null)
}

async function revisePage(context: WorkspaceContext, given: Given | null): Promise<Answer> {
  const judgement = await findJudgement(context.trx, keyOf(context))
  if (judgement === null) return notFound()
  const { head, stands } = judgement
  const found = await findToBeJudged(context.trx, keyFrom(head.areaId, stands.judges_id))
  const answers = found === null ? [] : await answersReceived(context.trx, context.viewer.organisation.id, found.head)
  const fields = given === null ? { outcome: stands.outcome, reason: stands.reason } : context.fields
  const action = `${judgementPath(head.id)}/revise`
  const model = {
    title: 'Revise the judgement',
    form: { action, fields, faults: [], version: head.version, ...given },
    question: found?.head.title ?? head.title,
    answers: answers.map(answerModel),
    outcomes: outcomeOptions(context),
    revising: true,
    reasons: found === null ? [] : judgeObstacles(found.judged, doerOf(context)),
    back: { text: 'Back', href: judgementPath(head.id) },
  }
  return page('modules/scrutiny/views/judge.njk', model, given === null ? 200 : 422)
}

async function doRevise(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const judgement = await findJudgement(context.trx, key)
  if (judgement === null) return notFound()
  const read = readForm(revisedSchema, context.fields)
  if (!read.ok) return revisePage(context, { faults: read.errors })
  const { version, ...draft } = read.value
  return attempt(
    context,
    async () => {
      await reviseJudgement(context.trx, context, key, version, draft, context.may('scrutiny.publish-question'))
      return { to: judgementPath(key.id), notice: 'The judgement is revised. The earlier wording is kept.' }
    },
    {
      refused: refusals => revisePage(context, { faults: [], refusals }),
      stale: {
        key,
        action: `${judgementPath(key.id)}/revise`,
        stored: async () => [{ field: 'reason', label: 'Reason', now: judgement.stands.reason }],
      },
    },
  )
}
