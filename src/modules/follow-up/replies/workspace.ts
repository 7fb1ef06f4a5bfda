import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { groundInWords } from '../../../record/classification.ts'
import { attach, attachmentsOf } from '../../../record/files.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { postHolders, staleAnswer } from '../../organisations/index.ts'
import { evidenceForm } from '../items/forms.ts'
import { evidenceFault } from '../items/evidence.ts'
import { deedForm } from '../items/pages.ts'
import { readChangedReply, readSending, replyFields } from './forms.ts'
import { changeReply } from './prepare.ts'
import { findReply } from './queries.ts'
import type { Reply } from './queries.ts'
import { editObstacles } from './rules.ts'
import { sendReply } from './send.ts'
import { receivedPath, replyAnswerWords, replyPath } from './words.ts'

/** The replies of an organisation: written, changed, given evidence, and sent. */
export const replyRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/follow-up/replies/:id', permission: 'follow-up.read', handler: showReply },
  { method: 'GET', path: '/follow-up/replies/:id/edit', permission: 'follow-up.prepare-reply', handler: askChange },
  { method: 'POST', path: '/follow-up/replies/:id/edit', permission: 'follow-up.prepare-reply', handler: doChange },
  {
    method: 'GET',
    path: '/follow-up/replies/:id/evidence',
    permission: 'follow-up.prepare-reply',
    handler: askEvidence,
  },
  { method: 'POST', path: '/follow-up/replies/:id/evidence', permission: 'follow-up.prepare-reply', handler: doAttach },
  { method: 'GET', path: '/follow-up/replies/:id/send', permission: 'follow-up.send-reply', handler: askSend },
  { method: 'POST', path: '/follow-up/replies/:id/send', permission: 'follow-up.send-reply', handler: doSend },
]

function load(context: WorkspaceContext): Promise<Reply | null> {
  return findReply(context.trx, { areaId: context.viewer.area.id, id: context.params['id'] ?? '' })
}

async function showReply(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  if (reply === null) return notFound()
  const { head, row } = reply
  return page('modules/follow-up/views/reply.njk', {
    title: head.title,
    back: row.on_paper
      ? { text: 'Back', href: `/workspace/follow-up/recommendations/${row.recommendation_id}` }
      : { text: 'Back', href: receivedPath(row.recommendation_id) },
    record: await recordModel(context, head, {
      summary: [
        { key: 'The reply', value: { type: 'text', text: replyAnswerWords[row.answer] } },
        { key: 'In the name of', value: { type: 'text', text: row.in_the_name_of } },
        ...(row.done_by === null
          ? []
          : [{ key: 'To be done by', value: { type: 'date' as const, date: row.done_by } }]),
      ],
      actions: actionsOf(context, reply),
    }),
    reply: row,
    withheld: head.classification === 'open' ? null : groundInWords(head.ground),
    evidence: {
      heading: 'What goes with it',
      empty: 'Nothing is attached.',
      items: (await attachmentsOf(context.trx, head)).map(each => ({
        title: each.title,
        href: each.url ?? `/workspace/files/${each.file_id ?? ''}`,
        kind: each.url === null ? 'file' : 'link',
        addedBy: each.added_by,
        addedAt: each.added_at,
      })),
    },
  })
}

function actionsOf(context: WorkspaceContext, { head, row }: Reply) {
  const path = replyPath(head.id)
  if (head.state === 'draft') {
    return [
      ...(context.may('follow-up.send-reply') ? [{ text: 'Send this reply', href: `${path}/send` }] : []),
      ...(context.may('follow-up.prepare-reply')
        ? [
            { text: 'Change the reply', href: `${path}/edit` },
            { text: 'Attach a file or a link', href: `${path}/evidence` },
          ]
        : []),
    ]
  }
  const again = head.state !== 'replaced' && !row.on_paper && context.may('follow-up.prepare-reply')
  return [
    ...(again ? [{ text: 'Write a new reply', href: `${receivedPath(row.recommendation_id)}/reply` }] : []),
    ...(context.may('follow-up.publish') && !row.on_paper
      ? [{ text: 'Publish', href: `/workspace/records/${head.id}/publish` }]
      : []),
  ]
}

function formPage(
  context: WorkspaceContext,
  { head, row }: Reply,
  deed: 'edit' | 'evidence' | 'send',
  given: { fields?: FormFields; faults?: readonly FieldFault[]; refusals?: readonly string[]; more?: object } = {},
): Answer {
  const { faults = [], refusals = [] } = given
  const fields = given.fields ?? context.fields
  const form = deedForm(`${replyPath(head.id)}/${deed}`, head.version, fields, faults, refusals)
  const view = { edit: 'reply-form', evidence: 'evidence', send: 'reply-send' }[deed]
  const status = faults.length + refusals.length > 0 ? 422 : 200
  const back = { text: 'Back', href: replyPath(head.id) }
  return page(
    `modules/follow-up/views/${view}.njk`,
    { title: head.title, form, back, reply: row, answer: replyAnswerWords[row.answer], ...given.more },
    status,
  )
}

async function askChange(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  if (reply === null) return notFound()
  const refusals = editObstacles(reply.head.state)
  return formPage(context, reply, 'edit', {
    fields: replyFields(reply.row),
    refusals,
    more: { names: await namesOffered(context) },
  })
}

async function doChange(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  if (reply === null) return notFound()
  const more = { names: await namesOffered(context) }
  const read = readChangedReply(context.fields)
  if (!read.ok) return formPage(context, reply, 'edit', { faults: read.errors, more })
  try {
    await changeReply(context.trx, context, reply.head, read.value.version, read.value.draft)
    return redirect(replyPath(reply.head.id), 'Reply saved. Nobody outside your organisation sees it yet.')
  } catch (fault) {
    if (fault instanceof Refusal) return formPage(context, reply, 'edit', { refusals: fault.reasons, more })
    if (!(fault instanceof StaleRecord)) throw fault
    return staleAnswer(context, reply.head, {
      action: `${replyPath(reply.head.id)}/edit`,
      stored: replyFields(reply.row),
      labels: { reason: 'The reason', doing: 'What is being done', 'in-the-name-of': 'In whose name' },
    })
  }
}

/** Roles in whose name an organisation usually replies, the likeliest first. */
const heads = ['commissioner', 'chief-constable', 'panel-chair', 'deputy-commissioner', 'chief-executive']

/** Those in whose name a reply usually stands, as a hint beside the field. */
export async function namesOffered(context: WorkspaceContext): Promise<string[]> {
  const holders = await postHolders(context.trx, context.viewer.organisation.id, context.today)
  return holders
    .filter(holder => heads.includes(holder.role))
    .toSorted((a, b) => heads.indexOf(a.role) - heads.indexOf(b.role))
    .map(holder => (holder.publicName === null ? holder.title : `${holder.publicName}, ${holder.title}`))
}

async function askEvidence(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  return reply === null
    ? notFound()
    : formPage(context, reply, 'evidence', { refusals: editObstacles(reply.head.state) })
}

async function doAttach(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  if (reply === null) return notFound()
  const refusals = editObstacles(reply.head.state)
  if (refusals.length > 0) return formPage(context, reply, 'evidence', { refusals })
  const read = readForm(evidenceForm, context.fields)
  if (!read.ok) return formPage(context, reply, 'evidence', { faults: read.errors })
  const upload = context.uploads.find(each => each.field === 'evidence-file')
  const url = read.value['evidence-link']
  const fault = evidenceFault(upload !== undefined, url)
  const what = upload !== undefined ? { upload } : url === null ? null : { url }
  if (fault !== null || what === null)
    return formPage(context, reply, 'evidence', { faults: fault === null ? [] : [fault] })
  await attach(context.trx, context, reply.head, what, read.value['evidence-title'], 'evidence')
  return redirect(replyPath(reply.head.id), 'Attached. It goes with the reply when that is sent.')
}

async function askSend(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  return reply === null ? notFound() : formPage(context, reply, 'send', { fields: { publish: 'yes' } })
}

async function doSend(context: WorkspaceContext): Promise<Answer> {
  const reply = await load(context)
  if (reply === null) return notFound()
  const read = readSending(context.fields)
  if (!read.ok) return formPage(context, reply, 'send', { faults: read.errors })
  if (read.value.version !== reply.head.version) {
    const changed = 'It was changed after you opened this page. Read it once more, then send it.'
    return formPage(context, reply, 'send', { refusals: [changed] })
  }
  try {
    await sendReply(context.trx, context, reply.head, read.value.version, read.value.withheld)
    return redirect(replyPath(reply.head.id), 'The reply is sent. Whoever recommended can read it now.')
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return formPage(context, reply, 'send', { refusals: fault.reasons })
  }
}
