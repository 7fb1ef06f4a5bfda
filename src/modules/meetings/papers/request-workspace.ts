import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findReceived } from '../../../record/release.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { organisationNames, organisationsOf } from '../../organisations/index.ts'
import { itemsOf } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath, register as meetingsRegister } from '../paths.ts'
import { requestForm, roleOptions, whyForm } from './forms.ts'
import { paperRequestKind } from './kind.ts'
import {
  meetingPapersPath,
  paperPath,
  papersRegister,
  receivedRequestPath,
  requestPath,
  requestsRegister,
} from './paths.ts'
import { papersForRequest } from './queries.ts'
import { requestPaper, requestSnapshot, withdrawRequest } from './request-paper.ts'
import { findRequest, findRequests } from './request-queries.ts'
import type { PaperRequest } from './request-queries.ts'

const base = '/meetings/papers/requests'

export const requestWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: base, permission: 'meetings.read', handler: showRegister },
  { method: 'GET', path: `${base}/received/:id`, permission: 'meetings.read', handler: showReceived },
  { method: 'GET', path: `${base}/:id`, permission: 'meetings.read', handler: showRequest },
  { method: 'POST', path: `${base}/:id/withdraw`, permission: 'meetings.edit', handler: doWithdraw },
  { method: 'GET', path: '/meetings/:id/papers/ask', permission: 'meetings.edit', handler: askNew },
  { method: 'POST', path: '/meetings/:id/papers/ask', permission: 'meetings.edit', handler: doAsk },
]

const breadcrumbs = [
  { text: 'Meetings', href: meetingsRegister },
  { text: 'Papers', href: papersRegister },
]

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, paperRequestKind, {
    address: requestsRegister,
    title: 'Papers asked for',
    actions: [{ text: 'Papers', href: papersRegister }],
    empty: 'A paper is asked for from the page of its meeting. What others ask of you stands below.',
    columns: [{ heading: 'Asked of' }],
    cells: async heads => {
      const requests = await findRequests(
        context.trx,
        context.viewer.area.id,
        heads.map(head => head.id),
      )
      const names = await organisationNames(
        context.trx,
        requests.map(each => each.row.asked_organisation),
      )
      return new Map(
        requests.map(({ head, row }) => [head.id, [{ type: 'text', text: names.get(row.asked_organisation) ?? '' }]]),
      )
    },
  })
}

async function showRequest(context: WorkspaceContext): Promise<Answer> {
  const request = await findRequest(context.trx, openedKey(context))
  return request === null ? receivedOr404(context) : requestPage(context, request, [])
}

async function receivedOr404(context: WorkspaceContext): Promise<Answer> {
  const key = openedKey(context)
  const received = await findReceived(context.trx, context.viewer.organisation.id, key)
  return received?.kind === 'paper-request' ? redirect(receivedRequestPath(key.id)) : notFound()
}

async function requestPage(
  context: WorkspaceContext,
  { head, row }: PaperRequest,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const { trx, viewer } = context
  const own = { type: 'organisation' as const, id: viewer.organisation.id }
  const snapshot = await requestSnapshot(trx, head, own)
  const papers = await papersForRequest(trx, head)
  const write = {
    text: 'Write this paper',
    href: `${papersRegister}/new?request=${head.id}&title=${encodeURIComponent(head.title)}`,
  }
  const mine = row.asked_organisation === viewer.organisation.id && papers.length === 0
  const model = {
    title: head.title,
    breadcrumbs,
    record: await recordModel(context, head, {
      actions: mine && head.state === 'asked' && context.may('meetings.write-paper') ? [write] : [],
    }),
    body: snapshot.body,
    meeting: meetingPath(row.meeting_id),
    papers: papers.map(each => ({ text: each.head.title, href: paperPath(each.head.id) })),
    withdraw:
      head.state === 'asked' && context.may('meetings.edit')
        ? { action: `${requestPath(head.id)}/withdraw`, fields: context.fields, faults, version: head.version }
        : null,
  }
  return page('modules/meetings/papers/views/request.njk', model, faults.length > 0 ? 422 : 200)
}

async function showReceived(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const key = openedKey(context)
  const received = await findReceived(trx, viewer.organisation.id, key)
  if (received?.kind !== 'paper-request') return notFound()
  const papers = await papersForRequest(trx, key)
  const title = encodeURIComponent(received.title)
  return page('modules/meetings/papers/views/received-request.njk', {
    title: received.title,
    breadcrumbs,
    received,
    body: received.body,
    papers: papers.map(each => ({ text: each.head.title, href: paperPath(each.head.id) })),
    write:
      papers.length === 0 && received.state === 'asked' && context.may('meetings.write-paper')
        ? `${papersRegister}/new?request=${key.id}&title=${title}`
        : null,
    trail: `/workspace/records/${key.id}/trail`,
  })
}

async function doWithdraw(context: WorkspaceContext): Promise<Answer> {
  const request = await findRequest(context.trx, openedKey(context))
  if (request === null) return notFound()
  const read = readForm(whyForm, context.fields)
  if (!read.ok) return requestPage(context, request, read.errors)
  await withdrawRequest(context.trx, context, request.head, read.value.version, read.value.why)
  return redirect(requestPath(request.head.id), 'Withdrawn')
}

async function askNew(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  if (meeting === null) return notFound()
  const items = numbered(await itemsOf(context.trx, meeting.head))
  const item = items.find(each => each.id === context.query['item'])
  return askPage(context, meeting, { item: item?.id ?? '', title: item?.title ?? '' }, [])
}

async function askPage(
  { trx, viewer }: WorkspaceContext,
  meeting: Meeting,
  fields: WorkspaceContext['fields'],
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const path = meetingPapersPath(meeting.head.id)
  const items = numbered(await itemsOf(trx, meeting.head)).filter(item => item.withdrawn_on === null)
  const model = {
    title: 'Ask for a paper',
    caption: meeting.head.title,
    form: { action: `${path}/ask`, fields, faults, refusals },
    items: items.map(item => ({ value: item.id, text: `${item.shown}. ${item.title}` })),
    organisations: (await organisationsOf(trx, viewer.area.id)).map(each => ({ value: each.id, text: each.name })),
    roles: roleOptions,
    back: { text: 'Back', href: path },
  }
  const status = faults.length > 0 || refusals.length > 0 ? 422 : 200
  return page('modules/meetings/papers/views/ask-paper.njk', model, status)
}

async function doAsk(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  if (meeting === null) return notFound()
  const read = readForm(requestForm, context.fields)
  if (!read.ok) return askPage(context, meeting, context.fields, read.errors)
  const { title, covers, item, organisation, role, due } = read.value
  const known = (await organisationsOf(context.trx, context.viewer.area.id)).some(each => each.id === organisation)
  const items = await itemsOf(context.trx, meeting.head)
  const faults = [
    ...(known ? [] : [{ field: 'organisation', message: 'Choose who is asked' }]),
    ...(item === null || items.some(each => each.id === item)
      ? []
      : [{ field: 'item', message: 'Choose the item again' }]),
  ]
  if (faults.length > 0) return askPage(context, meeting, context.fields, faults)
  const asked = { meeting: meeting.head, itemId: item, title, covers, organisationId: organisation, role, due }
  try {
    await requestPaper(context.trx, context, asked)
  } catch (error) {
    if (error instanceof Refusal) return askPage(context, meeting, context.fields, [], error.reasons)
    throw error
  }
  return redirect(meetingPapersPath(meeting.head.id), 'Asked for')
}
