import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { findRecords, workspaceAddress } from '../../../record/records.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { openQuestions, questionsForMeeting } from '../../scrutiny/index.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { orOvertaken, overtakenPage } from '../stale.ts'
import { consideredKinds, leaveOut, takeUp } from './considered.ts'
import {
  itemForm as itemSchema,
  markingForm,
  newItemForm,
  readGround,
  readLateness,
  takeUpForm,
  withdrawForm,
} from './forms.ts'
import { addItem, changeItem, isAnnounced, markItem, moveItem, withdrawItem } from './items.ts'
import { lateWords } from './late-words.ts'
import { restriction } from './notice.ts'
import {
  itemForm,
  itemPath,
  kindOptions,
  lateOptions,
  limbOptions,
  markingOptions,
  storedItem,
  storedMarking,
  takeUpOptions,
} from './pages.ts'
import { consideredAt, itemsOf, openRecords } from './queries.ts'
import type { ItemRow } from './queries.ts'
import type { Takeable } from './pages.ts'
import { numbered } from './rules.ts'

export const agendaWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/items/new', permission: 'meetings.edit', handler: askNew },
  { method: 'POST', path: '/meetings/:id/items/new', permission: 'meetings.edit', handler: doAdd },
  { method: 'GET', path: '/meetings/:id/items/:item', permission: 'meetings.edit', handler: showItem },
  { method: 'POST', path: '/meetings/:id/items/:item', permission: 'meetings.edit', handler: doChange },
  { method: 'POST', path: '/meetings/:id/items/:item/marking', permission: 'meetings.edit', handler: doMark },
  { method: 'POST', path: '/meetings/:id/items/:item/move', permission: 'meetings.edit', handler: doMove },
  { method: 'POST', path: '/meetings/:id/items/:item/withdraw', permission: 'meetings.edit', handler: doWithdraw },
  { method: 'POST', path: '/meetings/:id/items/:item/take-up', permission: 'meetings.edit', handler: doTakeUp },
  { method: 'POST', path: '/meetings/:id/items/:item/leave-out', permission: 'meetings.edit', handler: doLeaveOut },
]

interface Here {
  meeting: Meeting
  item: ItemRow & { shown: string }
}

function loadMeeting(context: WorkspaceContext): Promise<Meeting | null> {
  return findMeeting(context.trx, openedKey(context))
}

async function load(context: WorkspaceContext): Promise<Here | null> {
  const meeting = await loadMeeting(context)
  if (meeting === null) return null
  const items = numbered(await itemsOf(context.trx, meeting.head))
  const item = items.find(each => each.id === context.params['item'])
  return item === undefined ? null : { meeting, item }
}

async function askNew(context: WorkspaceContext): Promise<Answer> {
  const meeting = await loadMeeting(context)
  const asked = { kind: 'ordinary', marking: 'open', 'part-of': context.query['part-of'] ?? '' }
  return meeting === null ? notFound() : newPage(context, meeting, asked, [])
}

async function newPage(
  { trx, viewer }: WorkspaceContext,
  meeting: Meeting,
  fields: FormFields,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const path = meetingPath(meeting.head.id)
  const items = numbered(await itemsOf(trx, meeting.head))
  const model = {
    title: 'Add an item',
    caption: meeting.head.title,
    form: { action: `${path}/items/new`, fields, faults },
    ...choices(viewer.organisation.kind),
    wholes: items
      .filter(item => item.parent_id === null && item.withdrawn_on === null)
      .map(item => ({ value: item.id, text: `${item.shown}. ${item.title}` })),
    lates: isAnnounced(meeting) ? lateOptions : null,
    back: { text: 'Back', href: path },
  }
  return page('modules/meetings/views/new-item.njk', model, faults.length > 0 ? 422 : 200)
}

function choices(holder: Parameters<typeof markingOptions>[0]) {
  return {
    kinds: kindOptions,
    markings: markingOptions(holder),
    limbs: limbOptions,
    panel: holder === 'panel' || holder === 'council',
  }
}

async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const meeting = await loadMeeting(context)
  if (meeting === null) return notFound()
  const read = readForm(newItemForm, context.fields)
  if (!read.ok) return newPage(context, meeting, context.fields, read.errors)
  const marked = readGround(read.value)
  if ('faults' in marked) return newPage(context, meeting, context.fields, marked.faults)
  const lateness = readLateness(read.value, isAnnounced(meeting), context.today)
  if ('faults' in lateness) return newPage(context, meeting, context.fields, lateness.faults)
  const { title, kind, number, lead, 'part-of': partOf } = read.value
  const made = { title, kind, number, lead, partOf, late: lateness.late, ground: marked.ground }
  await addItem(context.trx, context, meeting.head, made)
  return redirect(meetingPath(meeting.head.id), 'Item added')
}

async function showItem(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  return here === null ? notFound() : itemPage(context, here, {})
}

/** What may be taken up: the questions put for this meeting, then what else is put or open and awaits business. */
async function takeable({ trx, viewer }: WorkspaceContext, meeting: Meeting): Promise<Takeable[]> {
  const asked = (await questionsForMeeting(trx, meeting.head.id)).map(({ head }) => ({
    record: head,
    forMeeting: true,
  }))
  const questions = (await openQuestions(trx, viewer.area.id)).map(({ head }) => ({ record: head, forMeeting: false }))
  const kinds = consideredKinds.filter(kind => kind !== 'question')
  const others = await openRecords(trx, viewer.area.id, kinds)
  const all = [...asked, ...questions, ...others.map(record => ({ record, forMeeting: false }))]
  return all.filter((each, at) => all.findIndex(other => other.record.id === each.record.id) === at)
}

/** What came back of one of the forms on the page of an item. */
interface CameBack {
  words?: readonly FieldFault[]
  marking?: readonly FieldFault[]
  withdraw?: readonly FieldFault[]
  takeUp?: readonly FieldFault[]
  refusals?: readonly string[]
}

async function itemPage(context: WorkspaceContext, { meeting, item }: Here, back: CameBack): Promise<Answer> {
  const { trx, viewer, fields } = context
  const path = itemPath(meeting.head.id, item.id)
  const taken = (await consideredAt(trx, meeting.head)).filter(each => each.item_id === item.id)
  const records = await findRecords(
    trx,
    viewer.area.id,
    taken.map(each => each.record_id),
  )
  const offered = await takeable(context, meeting)
  const form = (suffix: string, stored: FormFields, faults?: readonly FieldFault[]) => ({
    ...itemForm(`${path}${suffix}`, item, faults === undefined ? stored : fields, faults ?? []),
    refusals: faults === undefined ? [] : (back.refusals ?? []),
  })
  const model = {
    title: `Item ${item.shown}: ${item.title}`,
    caption: meeting.head.title,
    words: form('', storedItem(item), back.words),
    marking: form('/marking', storedMarking(item), back.marking),
    withdraw: form('/withdraw', {}, back.withdraw),
    takeUp: form('/take-up', {}, back.takeUp),
    takeUpOptions: takeUpOptions(offered, new Set(taken.map(each => each.record_id))),
    considers: records.map(record => ({
      id: record.id,
      text: `${record.reference}: ${record.title}`,
      href: workspaceAddress(record),
    })),
    leaveOut: `${path}/leave-out`,
    restricted: restriction(item),
    withdrawn: item.withdrawn_why,
    late: lateWords(item),
    defer: `${path}/defer`,
    published: meeting.head.publication === 'published',
    ...choices(viewer.organisation.kind),
    back: { text: 'Back to the meeting', href: meetingPath(meeting.head.id) },
  }
  const came = back.words ?? back.marking ?? back.withdraw ?? back.takeUp
  return page('modules/meetings/views/item.njk', model, came === undefined ? 200 : 422)
}

async function doChange(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(itemSchema, context.fields)
  if (!read.ok) return itemPage(context, here, { words: read.errors })
  const { version, ...words } = read.value
  return orOvertaken(
    async () => {
      await changeItem(context.trx, context, here.meeting.head, here.item.id, version, words)
      return redirect(meetingPath(here.meeting.head.id), 'Item saved')
    },
    async () => overtakenItem(context, here),
  )
}

function overtakenItem({ fields }: WorkspaceContext, { meeting, item }: Here): Answer {
  const path = itemPath(meeting.head.id, item.id)
  return overtakenPage({
    title: `Item ${item.shown}: ${item.title}`,
    action: path,
    fields,
    version: item.version,
    changed: 'Someone else changed this item.',
    rows: [
      { field: 'title', label: 'Title', now: item.title },
      { field: 'number', label: 'Number', now: item.number ?? '' },
      { field: 'lead', label: 'Who leads', now: item.lead ?? '' },
    ],
    current: path,
  })
}

async function doMark(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(markingForm, context.fields)
  if (!read.ok) return itemPage(context, here, { marking: read.errors })
  const marked = readGround(read.value)
  if ('faults' in marked) return itemPage(context, here, { marking: marked.faults })
  const { meeting, item } = here
  return orRefused(context, here, 'marking', async () => {
    await markItem(context.trx, context, meeting.head, item.id, read.value.version, marked.ground)
    return redirect(
      itemPath(meeting.head.id, item.id),
      marked.ground === null ? 'Marked as open' : 'Marked as withheld',
    )
  })
}

/** A rule's refusal comes back on the page itself, with everything typed. */
async function orRefused(
  context: WorkspaceContext,
  here: Here,
  form: 'marking' | 'withdraw' | 'takeUp',
  deed: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await deed()
  } catch (error) {
    if (error instanceof Refusal) return itemPage(context, here, { [form]: [], refusals: error.reasons })
    throw error
  }
}

async function doMove(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const direction = context.fields['direction'] === 'up' ? 'up' : 'down'
  await moveItem(context.trx, context, here.meeting.head, here.item.id, direction)
  return redirect(meetingPath(here.meeting.head.id))
}

async function doWithdraw(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(withdrawForm, context.fields)
  if (!read.ok) return itemPage(context, here, { withdraw: read.errors })
  const { version, why } = read.value
  return orRefused(context, here, 'withdraw', async () => {
    await withdrawItem(context.trx, context, here.meeting.head, here.item.id, version, why)
    return redirect(meetingPath(here.meeting.head.id), 'Item withdrawn')
  })
}

async function doTakeUp(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(takeUpForm, context.fields)
  if (!read.ok) return itemPage(context, here, { takeUp: read.errors })
  const record = { areaId: context.viewer.area.id, id: read.value.record }
  return orRefused(context, here, 'takeUp', async () => {
    await takeUp(context.trx, context, here.meeting.head, here.item.id, record)
    return redirect(itemPath(here.meeting.head.id, here.item.id), 'Taken up under this item')
  })
}

async function doLeaveOut(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  await leaveOut(context.trx, context, here.meeting.head, here.item.id, asIdentity(context.fields['record']))
  return redirect(itemPath(here.meeting.head.id, here.item.id), 'Taken off this item')
}
