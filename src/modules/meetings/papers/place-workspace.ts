import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { findReceived } from '../../../record/release.ts'
import type { Received } from '../../../record/release.ts'
import { organisationNames, organisationsOf } from '../../organisations/index.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { register as meetingsRegister } from '../paths.ts'
import { compareSections } from './compare.ts'
import { placeForm, sendForm, takeOffForm, versionForm } from './forms.ts'
import { plainText } from './markdown.ts'
import { paperForm } from './pages.ts'
import { meetingPapersPath, paperPath, papersRegister, receivedPaperPath } from './paths.ts'
import { placePaper, placeReceived, replaceReceived, takeOff } from './place-paper.ts'
import { findCopy, findPaper, receiversOfPaper } from './queries.ts'
import type { Paper } from './queries.ts'
import { readSent, sentSections, shownBody } from './received.ts'
import { findRequest } from './request-queries.ts'
import { askerOf, sentVersion } from './sent-queries.ts'
import { sendPaper } from './send-paper.ts'
import { paperSnapshot } from './snapshot.ts'
import { offeredItems } from './upcoming.ts'

const base = '/meetings/papers'

export const placeWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: `${base}/:id/send`, permission: 'meetings.send-paper', handler: askSend },
  { method: 'POST', path: `${base}/:id/send`, permission: 'meetings.send-paper', handler: doSend },
  { method: 'GET', path: `${base}/:id/as-receiver`, permission: 'meetings.read', handler: showAsReceiver },
  { method: 'GET', path: `${base}/:id/place`, permission: 'meetings.edit', handler: askPlace },
  { method: 'POST', path: `${base}/:id/place`, permission: 'meetings.edit', handler: doPlace },
  { method: 'GET', path: `${base}/:id/take-off`, permission: 'meetings.edit', handler: askTakeOff },
  { method: 'POST', path: `${base}/:id/take-off`, permission: 'meetings.edit', handler: doTakeOff },
  { method: 'GET', path: `${base}/received/:id`, permission: 'meetings.read', handler: showReceived },
  { method: 'POST', path: `${base}/received/:id/place`, permission: 'meetings.edit', handler: doPlaceReceived },
  { method: 'POST', path: `${base}/received/:id/replace`, permission: 'meetings.edit', handler: doReplace },
]

function load(context: WorkspaceContext): Promise<Paper | null> {
  return findPaper(context.trx, openedKey(context))
}

const backTo = (paper: Paper) => ({ text: 'Back to the paper', href: paperPath(paper.head.id) })

async function askSend(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const before = (await receiversOfPaper(context.trx, paper.head)).at(-1)
  const asker = await askerOf(context.trx, context.viewer.organisation.id, paper)
  const fields = {
    organisation: before?.organisation_id ?? asker ?? '',
    'in-full': before?.in_full === true ? 'yes' : '',
    'may-publish': (before?.may_publish ?? paper.head.classification === 'open') ? 'yes' : '',
  }
  return sendPage(context, paper, fields, [])
}

async function sendPage(
  context: WorkspaceContext,
  paper: Paper,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const { trx, viewer } = context
  const others = (await organisationsOf(trx, viewer.area.id)).filter(each => each.id !== viewer.organisation.id)
  const open = await paperSnapshot(trx, paper.head, { type: 'public' })
  const path = paperPath(paper.head.id)
  const model = {
    title: `Send: ${paper.head.title}`,
    form: paperForm(`${path}/send`, paper, fields, faults, refusals),
    organisations: others.map(each => ({ value: each.id, text: each.name })),
    withheld: (open.gaps ?? []).map(gap => ({ heading: gap.title ?? gap.position, ground: gap.ground })),
    as: `${path}/as-receiver`,
    back: backTo(paper),
  }
  const status = faults.length > 0 || refusals.length > 0 ? 422 : 200
  return page('modules/meetings/papers/views/send-paper.njk', model, status)
}

async function doSend(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const read = readForm(sendForm, context.fields)
  if (!read.ok) return sendPage(context, paper, context.fields, read.errors)
  const { trx, viewer } = context
  const { version, organisation } = read.value
  const known = await organisationsOf(trx, viewer.area.id)
  if (organisation === viewer.organisation.id || !known.some(each => each.id === organisation)) {
    return sendPage(context, paper, context.fields, [{ field: 'organisation', message: 'Choose whom it goes to' }])
  }
  const terms = { inFull: read.value['in-full'], mayPublish: read.value['may-publish'] }
  try {
    await sendPaper(trx, context, paper.head, version, organisation, terms)
  } catch (error) {
    if (error instanceof Refusal) return sendPage(context, paper, context.fields, [], error.reasons)
    throw error
  }
  return redirect(paperPath(paper.head.id), 'Sent. What was sent stays as it is; send it again after a change.')
}

/** One's own paper exactly as an organisation that it goes to reads it; with gaps before it goes to anybody. */
async function showAsReceiver(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const id = asIdentity(context.query['organisation'])
  const names = await organisationNames(context.trx, [id])
  const snapshot = await paperSnapshot(context.trx, paper.head, { type: 'organisation', id })
  return page('modules/meetings/papers/views/as-receiver.njk', {
    title: paper.head.title,
    receiver: names.get(id) ?? null,
    body: snapshot.body,
    back: backTo(paper),
  })
}

async function askPlace(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  return paper === null ? notFound() : placePage(context, paper, [])
}

async function placePage(
  context: WorkspaceContext,
  paper: Paper,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const wanted = paper.row.request_id === null ? null : await wantedItem(context, paper.row.request_id)
  const model = {
    title: `Place on an agenda: ${paper.head.title}`,
    form: paperForm(
      `${paperPath(paper.head.id)}/place`,
      paper,
      { item: wanted ?? '', ...context.fields },
      faults,
      refusals,
    ),
    items: await offeredItems(context.trx, context.viewer),
    back: backTo(paper),
  }
  const status = faults.length > 0 || refusals.length > 0 ? 422 : 200
  return page('modules/meetings/papers/views/place-paper.njk', model, status)
}

/** The item that this organisation asked a paper for. */
async function wantedItem({ trx, viewer }: WorkspaceContext, request: string): Promise<string | null> {
  return (await findRequest(trx, { areaId: viewer.area.id, id: request }))?.row.item_id ?? null
}

/** The item chosen, with its meeting; or what is wrong. */
async function readTarget(context: WorkspaceContext) {
  const read = readForm(placeForm, context.fields)
  if (!read.ok) return { faults: read.errors }
  const item = (await offeredItems(context.trx, context.viewer)).find(each => each.value === read.value.item)
  if (item === undefined) return { faults: [{ field: 'item', message: 'Choose the item it stands under' }] }
  return { meeting: { areaId: context.viewer.area.id, id: item.meetingId }, itemId: item.value }
}

async function doPlace(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const target = await readTarget(context)
  if ('faults' in target) return placePage(context, paper, target.faults)
  try {
    await placePaper(context.trx, context, paper.head, target)
  } catch (error) {
    if (error instanceof Refusal) return placePage(context, paper, [], error.reasons)
    throw error
  }
  return redirect(meetingPapersPath(target.meeting.id), 'Placed on the agenda')
}

async function askTakeOff(context: WorkspaceContext): Promise<Answer> {
  return takeOffPage(context, [])
}

async function takeOffPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const { item: typed } = context.fields
  const item = asIdentity(context.query['item'] ?? typed)
  const model = {
    title: `Take off: ${paper.head.title}`,
    item,
    published: paper.head.publication === 'published',
    form: paperForm(`${paperPath(paper.head.id)}/take-off`, paper, context.fields, faults),
    back: backTo(paper),
  }
  return page('modules/meetings/papers/views/take-off.njk', model, faults.length > 0 ? 422 : 200)
}

async function doTakeOff(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const read = readForm(takeOffForm, context.fields)
  if (!read.ok) return takeOffPage(context, read.errors)
  await takeOff(context.trx, context, paper.head, read.value.item, read.value.why)
  return redirect(paperPath(paper.head.id), 'Taken off the agenda. Publish the agenda again so that readers see it.')
}

async function showReceived(context: WorkspaceContext): Promise<Answer> {
  return receivedPage(context, [])
}

async function receivedPage(
  context: WorkspaceContext,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const { trx, viewer } = context
  const key = openedKey(context)
  const received = await findReceived(trx, viewer.organisation.id, key)
  if (received?.kind !== 'paper') return notFound()
  const copy = await findCopy(trx, key)
  const names = await organisationNames(trx, [received.fromOrganisation])
  const body = shownBody(received)
  const may = context.may('meetings.edit')
  const wanted = body.sent?.requestId == null ? null : await wantedItem(context, body.sent.requestId)
  const path = receivedPaperPath(key.id)
  const model = {
    title: received.title,
    breadcrumbs: [
      { text: 'Meetings', href: meetingsRegister },
      { text: 'Papers', href: papersRegister },
    ],
    received,
    from: names.get(received.fromOrganisation) ?? '',
    body,
    copy: copy === null ? null : { text: copy.head.title, href: paperPath(copy.head.id) },
    changed: copy === null ? null : await changesSince(context, copy, received),
    place:
      may && copy === null
        ? { action: `${path}/place`, fields: { item: wanted ?? '', ...context.fields }, faults, refusals }
        : null,
    items: may && copy === null ? await offeredItems(trx, viewer) : [],
    replace: may && copy !== null ? paperForm(`${path}/replace`, copy, {}, [], refusals) : null,
    trail: `/workspace/records/${key.id}/trail`,
  }
  const status = faults.length > 0 || refusals.length > 0 ? 422 : 200
  return page('modules/meetings/papers/views/received-paper.njk', model, status)
}

/** What changed since the version that stands on the agenda; null where that is the latest. */
async function changesSince({ trx, viewer }: WorkspaceContext, copy: Paper, received: Received) {
  const { received_version: version } = copy.row
  if (version === null || version === received.version) return null
  const before = await sentVersion(
    trx,
    viewer.organisation.id,
    { areaId: received.areaId, id: received.recordId },
    version,
  )
  if (before === null) return null
  return compareSections(sentSections(before), sentSections(received)).map(section => ({
    title: section.title,
    changes: section.changes.map(change => ({
      number: change.number,
      before: change.before === null ? null : plainText(change.before),
      after: change.after === null ? null : plainText(change.after),
    })),
  }))
}

async function doPlaceReceived(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const key = openedKey(context)
  const received = await findReceived(trx, viewer.organisation.id, key)
  if (received?.kind !== 'paper') return notFound()
  const target = await readTarget(context)
  if ('faults' in target) return receivedPage(context, target.faults)
  try {
    await placeReceived(trx, context, key, target)
  } catch (error) {
    if (error instanceof Refusal) return receivedPage(context, [], error.reasons)
    throw error
  }
  const { mayPublish } = readSent(received).sent
  return redirect(
    meetingPapersPath(target.meeting.id),
    mayPublish
      ? 'Placed on the agenda'
      : 'Placed on the agenda. It was sent without leave to publish and stays unpublished.',
  )
}

async function doReplace(context: WorkspaceContext): Promise<Answer> {
  const key = openedKey(context)
  const copy = await findCopy(context.trx, key)
  if (copy === null) return notFound()
  const read = readForm(versionForm, context.fields)
  if (!read.ok) return receivedPage(context, read.errors)
  try {
    await replaceReceived(context.trx, context, copy.head, read.value.version)
  } catch (error) {
    if (error instanceof Refusal) return receivedPage(context, [], error.reasons)
    throw error
  }
  return redirect(
    paperPath(copy.head.id),
    'The new version stands on the agenda. Publish it again for it to be public.',
  )
}
