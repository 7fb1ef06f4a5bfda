import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, RecordModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { chainLink, dueModel, duePath } from '../../../record/record-pages.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findReceived } from '../../../record/release.ts'
import { trailOf, workspaceTrail } from '../../../record/trail.ts'
import { kindWord, stateModel } from '../../../record/words.ts'
import { loadItem } from '../items/load.ts'
import type { LoadedItem } from '../items/load.ts'
import { ownUpdatesOf } from '../items/queries.ts'
import { isUnderWay } from '../items/rules.ts'
import { itemPath } from '../items/words.ts'
import { findAsked } from './asked.ts'
import type { Asked } from './asked.ts'
import { replyBody } from './body.ts'
import { progressForm, readPaperReply, readReply, replyFields } from './forms.ts'
import { prepareReply } from './prepare.ts'
import { ownRepliesTo } from './queries.ts'
import type { Reply } from './queries.ts'
import { prepareObstacles } from './rules.ts'
import { recordReply, sendProgress } from './send.ts'
import { namesOffered } from './workspace.ts'
import { receivedPath, replyAnswerWords, replyPath } from './words.ts'

const recommendation = '/follow-up/received/recommendations/:id'

/** What others sent: recommendations to reply to, and replies to what one recommended. */
export const receivedRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: recommendation, permission: 'follow-up.read', handler: showAsked },
  { method: 'GET', path: `${recommendation}/reply`, permission: 'follow-up.prepare-reply', handler: askReply },
  { method: 'POST', path: `${recommendation}/reply`, permission: 'follow-up.prepare-reply', handler: doReply },
  { method: 'GET', path: `${recommendation}/progress`, permission: 'follow-up.update', handler: askProgress },
  { method: 'POST', path: `${recommendation}/progress`, permission: 'follow-up.update', handler: doProgress },
  { method: 'GET', path: '/follow-up/received/replies/:id', permission: 'follow-up.read', handler: showReceivedReply },
  { method: 'GET', path: '/follow-up/recommendations/:id/reply', permission: 'follow-up.close', handler: askPaper },
  { method: 'POST', path: '/follow-up/recommendations/:id/reply', permission: 'follow-up.close', handler: doPaper },
]

const keyOf = (context: WorkspaceContext): RecordKey => ({
  areaId: context.viewer.area.id,
  id: context.params['id'] ?? '',
})

const load = (context: WorkspaceContext): Promise<Asked | null> =>
  findAsked(context.trx, context.viewer.organisation.id, keyOf(context))

async function receivedRecord(
  { trx, viewer }: WorkspaceContext,
  sent: { areaId: number; recordId: string; kind: string; reference: string; title: string; state: string },
  summary: readonly SummaryRowModel[],
  actions: readonly ActionModel[] = [],
): Promise<RecordModel> {
  const trail = await trailOf(workspaceTrail(trx, viewer.organisation.id), { areaId: sent.areaId, id: sent.recordId })
  return {
    caption: `${kindWord(sent.kind)} ${sent.reference}, as sent to you`,
    title: sent.title,
    state: stateModel(sent.kind, sent.state),
    summary,
    actions,
    before: (trail?.causes ?? []).map(chainLink),
    after: (trail?.consequences ?? []).map(chainLink),
    trail: `/workspace/records/${sent.recordId}/trail`,
  }
}

async function showAsked(context: WorkspaceContext): Promise<Answer> {
  const sent = await load(context)
  if (sent === null) return notFound()
  const own = await ownRepliesTo(context.trx, keyOf(context))
  const { asked } = sent
  const due = sent.dueDate === null ? null : ({ kind: 'date', date: sent.dueDate } as const)
  const summary: SummaryRowModel[] = [
    { key: 'Raised by', value: { type: 'text', text: asked.raisedBy } },
    { key: 'Date', value: { type: 'date', date: sent.dated } },
    ...(asked.addressedTo.length < 2
      ? []
      : [{ key: 'Addressed to', value: { type: 'text' as const, text: asked.addressedTo.join('; ') } }]),
    { key: 'Lead', value: { type: 'text', text: asked.lead } },
    due === null
      ? { key: 'Due', value: { type: 'text', text: asked.due } }
      : {
          key: 'Due',
          value: { type: 'due', due: dueModel('recommendation', sent.state, due, { href: duePath(sent.recordId) }) },
        },
  ]
  return page('modules/follow-up/views/received-recommendation.njk', {
    title: sent.title,
    breadcrumbs: [{ text: 'Recommendations', href: '/workspace/follow-up/recommendations' }],
    record: await receivedRecord(context, sent, summary, askedActions(context, sent, own)),
    asked,
    own: own.map(({ head, row }) => ({
      href: replyPath(head.id),
      reference: head.reference,
      state: stateModel('reply', head.state),
      answer: replyAnswerWords[row.answer],
      by: row.in_the_name_of,
    })),
    notes: await ownUpdatesOf(context.trx, keyOf(context), context.viewer.organisation.id),
  })
}

function askedActions(context: WorkspaceContext, sent: Asked, own: readonly Reply[]): ActionModel[] {
  if (!isUnderWay(sent.state)) return []
  const draft = own.find(({ head }) => head.state === 'draft')
  const replied = own.some(({ head }) => head.state !== 'draft')
  const offered: ActionModel[] = []
  if (draft !== undefined) offered.push({ text: 'Go on with the reply', href: replyPath(draft.head.id) })
  else if (context.may('follow-up.prepare-reply')) {
    offered.push({
      text: replied ? 'Write a new reply' : 'Write the reply',
      href: `${receivedPath(sent.recordId)}/reply`,
    })
  }
  if (context.may('follow-up.update')) {
    offered.push({ text: 'Tell how it goes', href: `${receivedPath(sent.recordId)}/progress` })
  }
  return offered
}

interface FormState {
  fields?: FormFields
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

function formPage(context: WorkspaceContext, view: string, action: string, title: string, state: FormState, more = {}) {
  const { faults = [], refusals = [], fields = context.fields } = state
  const form = { action, fields, faults, refusals }
  const back = { text: 'Back', href: action.replace(/\/[a-z]+$/, '') }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page(`modules/follow-up/views/${view}.njk`, { title, form, back, ...more }, status)
}

async function replyPage(context: WorkspaceContext, sent: Asked, state: FormState): Promise<Answer> {
  const action = `${receivedPath(sent.recordId)}/reply`
  return formPage(context, 'reply-form', action, sent.title, state, {
    asked: sent.asked.asked,
    names: await namesOffered(context),
  })
}

async function askReply(context: WorkspaceContext): Promise<Answer> {
  const sent = await load(context)
  if (sent === null) return notFound()
  const own = await ownRepliesTo(context.trx, keyOf(context))
  const draft = own.find(({ head }) => head.state === 'draft')
  if (draft !== undefined) return redirect(replyPath(draft.head.id))
  const last = own.at(-1)
  const [name = ''] = await namesOffered(context)
  return replyPage(context, sent, {
    fields: last === undefined ? { 'in-the-name-of': name } : replyFields(last.row),
    refusals: prepareObstacles({ state: sent.state, drafting: false }),
  })
}

async function doReply(context: WorkspaceContext): Promise<Answer> {
  const sent = await load(context)
  if (sent === null) return notFound()
  const read = readReply(context.fields)
  if (!read.ok) return replyPage(context, sent, { faults: read.errors })
  try {
    const head = await prepareReply(context.trx, context, keyOf(context), read.value)
    return redirect(replyPath(head.id), 'Reply saved. Nobody outside your organisation sees it yet.')
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return replyPage(context, sent, { refusals: fault.reasons })
  }
}

async function progressPage(context: WorkspaceContext, state: FormState): Promise<Answer> {
  const sent = await load(context)
  if (sent === null) return notFound()
  const may = { mayReport: sent.state === 'replied' }
  return formPage(context, 'progress', `${receivedPath(sent.recordId)}/progress`, sent.title, state, may)
}

function askProgress(context: WorkspaceContext): Promise<Answer> {
  return progressPage(context, {})
}

async function doProgress(context: WorkspaceContext): Promise<Answer> {
  const sent = await load(context)
  if (sent === null) return notFound()
  const read = readForm(progressForm, context.fields)
  if (!read.ok) return progressPage(context, { faults: read.errors })
  try {
    await sendProgress(context.trx, context, keyOf(context), read.value)
    return redirect(receivedPath(sent.recordId), 'Sent. Whoever recommended can read it now.')
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return progressPage(context, { refusals: fault.reasons })
  }
}

async function showReceivedReply(context: WorkspaceContext): Promise<Answer> {
  const sent = await findReceived(context.trx, context.viewer.organisation.id, keyOf(context))
  if (sent?.kind !== 'reply') return notFound()
  const body = replyBody.parse(sent.body)
  return page('modules/follow-up/views/received-reply.njk', {
    title: sent.title,
    back: { text: 'Back to the recommendation', href: itemPath('recommendation', body.recommendationId) },
    record: await receivedRecord(context, sent, [
      { key: 'The reply', value: { type: 'text', text: replyAnswerWords[body.answer] } },
      { key: 'In the name of', value: { type: 'text', text: body.inTheNameOf } },
      { key: 'Sent on', value: { type: 'date', date: sent.dated } },
    ]),
    reply: body,
  })
}

async function loadRecommendation(context: WorkspaceContext): Promise<LoadedItem | null> {
  const loaded = await loadItem(context.trx, keyOf(context))
  return loaded?.kind === 'recommendation' ? loaded : null
}

function paperPage(context: WorkspaceContext, loaded: LoadedItem, state: FormState): Answer {
  const action = `${itemPath('recommendation', loaded.record.id)}/reply`
  const addressees = loaded.addressees.map(({ id, words }) => ({ value: id, text: words }))
  return formPage(context, 'reply-on-paper', action, loaded.record.title, state, { addressees, names: [] })
}

async function askPaper(context: WorkspaceContext): Promise<Answer> {
  const loaded = await loadRecommendation(context)
  if (loaded === null) return notFound()
  const [only, another] = loaded.addressees
  const fields = only !== undefined && another === undefined ? { addressee: only.id, 'in-the-name-of': only.words } : {}
  return paperPage(context, loaded, { fields })
}

async function doPaper(context: WorkspaceContext): Promise<Answer> {
  const loaded = await loadRecommendation(context)
  if (loaded === null) return notFound()
  const read = readPaperReply(context.fields, context.today)
  if (!read.ok) return paperPage(context, loaded, { faults: read.errors })
  try {
    await recordReply(context.trx, context, loaded.record, read.value)
    return redirect(itemPath('recommendation', loaded.record.id), 'The reply is on record')
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return paperPage(context, loaded, { refusals: fault.reasons })
  }
}
