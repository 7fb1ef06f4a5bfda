import type { z } from 'zod'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { publishRecord, publicationObstacles } from '../../../record/publish.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { bodiesOf, findBody } from '../../organisations/index.ts'
import { findMeeting, meetingsOfBody } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath, programmeItemPath, programmePath } from '../paths.ts'
import { orOvertaken, overtakenPage } from '../stale.ts'
import { changeItemForm, circulatedForm, dropForm, newItemForm, placeForm, scheduleForm } from './forms.ts'
import { programmeActions, programmeModel, programmeSummary, storedNext, storedWords } from './pages.ts'
import {
  addProgrammeItem,
  changeProgrammeItem,
  circulateBriefing,
  dropItem,
  placeOnAgenda,
  scheduleItem,
} from './programme-items.ts'
import { findProgrammeItem, movesOf, programmeOf } from './queries.ts'
import type { ProgrammeItem } from './queries.ts'
import type { NextReport } from './rules.ts'
import { placeStandingItems } from './standing-items.ts'

const views = 'modules/meetings/views'
const edit = 'meetings.edit'

export const programmeWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/programme', permission: 'meetings.read', handler: showProgramme },
  { method: 'POST', path: '/meetings/programme/publish', permission: 'meetings.publish', handler: doPublish },
  { method: 'GET', path: '/meetings/programme/new', permission: edit, handler: context => newPage(context, []) },
  { method: 'POST', path: '/meetings/programme/new', permission: edit, handler: doAdd },
  { method: 'POST', path: '/meetings/:id/standing-items', permission: edit, handler: doPlaceStanding },
  { method: 'GET', path: '/meetings/programme/:id', permission: 'meetings.read', handler: showItem },
  { method: 'GET', path: '/meetings/programme/:id/change', permission: edit, handler: askChange },
  { method: 'POST', path: '/meetings/programme/:id/change', permission: edit, handler: doChange },
  { method: 'GET', path: '/meetings/programme/:id/schedule', permission: edit, handler: askSchedule },
  { method: 'POST', path: '/meetings/programme/:id/schedule', permission: edit, handler: doSchedule },
  { method: 'GET', path: '/meetings/programme/:id/place', permission: edit, handler: askPlace },
  { method: 'POST', path: '/meetings/programme/:id/place', permission: edit, handler: doPlace },
  { method: 'GET', path: '/meetings/programme/:id/circulated', permission: edit, handler: askCirculated },
  { method: 'POST', path: '/meetings/programme/:id/circulated', permission: edit, handler: doCirculated },
  { method: 'GET', path: '/meetings/programme/:id/drop', permission: edit, handler: askDrop },
  { method: 'POST', path: '/meetings/programme/:id/drop', permission: edit, handler: doDrop },
]

async function showProgramme(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, query } = context
  const bodies = await bodiesOf(trx, viewer.area.id)
  const body = bodies.find(each => each.id === query['body']) ?? null
  const items = await programmeOf(trx, viewer.area.id, body?.id ?? null)
  const ids = items.map(({ head }) => head.id)
  const groups = Map.groupBy(items, item => item.facts.bodyId)
  const moves = await movesOf(trx, viewer.area.id, ids)
  return page(`${views}/programme.njk`, {
    title: 'Work programme',
    programmes: [...groups].map(([id, own]) => ({
      body: bodies.find(each => each.id === id)?.name ?? 'A body that is not yours',
      bodyId: id,
      ...programmeModel(own, moves),
    })),
    bodies: bodies.map(each => ({ text: each.name, href: `${programmePath}?body=${each.id}` })),
    chosen: body?.id ?? null,
    mayEdit: context.may(edit),
    mayPublish: context.may('meetings.publish'),
    path: programmePath,
  })
}

/** Publishes every item of a body's programme as it stands: the document that goes with each agenda. */
async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const body = typeof fields['body'] === 'string' ? fields['body'] : ''
  const items = await programmeOf(trx, viewer.area.id, body)
  const open = items.filter(({ head }) => publicationObstacles(head).length === 0)
  for (const { head } of open) await publishRecord(trx, context, head)
  const left = items.length - open.length
  const rest = left === 0 ? '' : ` ${String(left)} not open ${left === 1 ? 'item stays' : 'items stay'} back.`
  return redirect(`${programmePath}?body=${body}`, `Published: ${String(open.length)} items of the programme.${rest}`)
}

async function newPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const bodies = (await bodiesOf(context.trx, context.viewer.area.id)).filter(body => body.state === 'standing')
  const fields = Object.keys(context.fields).length > 0 ? context.fields : { body: context.query['body'] ?? '' }
  const model = {
    title: 'Add to the work programme',
    form: { action: `${programmePath}/new`, fields, faults },
    bodies: bodies.map(body => ({ value: body.id, text: body.name })),
    meetings: await meetingChoices(context, null),
    back: { text: 'Back', href: programmePath },
  }
  return page(`${views}/new-programme-item.njk`, model, faults.length > 0 ? 422 : 200)
}

/** Meetings still to come, of one body or of all that this organisation's agendas are made for. */
async function meetingChoices({ trx, viewer, today }: WorkspaceContext, bodyId: string | null) {
  const bodies = bodyId === null ? (await bodiesOf(trx, viewer.area.id)).map(({ id }) => id) : [bodyId]
  const found: Meeting[] = []
  for (const id of bodies) found.push(...(await meetingsOfBody(trx, { areaId: viewer.area.id, id })))
  return found
    .filter(({ head, state }) => state !== 'cancelled' && Temporal.PlainDate.compare(head.dated, today) >= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.head.dated, b.head.dated))
    .map(({ head }) => ({ value: head.id, text: head.title, date: head.dated }))
}

async function readNext(
  context: WorkspaceContext,
  bodyId: string,
  value: Pick<z.output<typeof scheduleForm>, 'meeting' | 'next' | 'next-words'>,
): Promise<{ next: NextReport } | { faults: FieldFault[] }> {
  const { meeting: chosen, next: date, 'next-words': words } = value
  if (chosen === null) return { next: { meeting: null, date, words } }
  if (date !== null) return { faults: [{ field: 'next', message: 'Give a meeting or a date, not both' }] }
  const meeting = (await meetingChoices(context, bodyId)).find(each => each.value === chosen)
  if (meeting === undefined) {
    return { faults: [{ field: 'meeting', message: 'Choose a coming meeting of the body whose programme it is' }] }
  }
  return { next: { meeting: { id: meeting.value, date: meeting.date }, date: null, words } }
}

async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(newItemForm, context.fields)
  if (!read.ok) return newPage(context, read.errors)
  const { body: bodyId, form, title, covers, lead, standing, ...when } = read.value
  const came = await readNext(context, bodyId, when)
  if ('faults' in came) return newPage(context, came.faults)
  const { trx, viewer } = context
  const made = { areaId: viewer.area.id, bodyId, form, title, covers, lead, standing, next: came.next }
  const record = await addProgrammeItem(trx, context, made)
  return redirect(programmeItemPath(record.id), 'Added to the work programme.')
}

async function load(context: WorkspaceContext): Promise<ProgrammeItem | null> {
  return findProgrammeItem(context.trx, openedKey(context))
}

async function showItem(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  if (item === null) return notFound()
  const { trx, viewer } = context
  const body = await findBody(trx, { areaId: viewer.area.id, id: item.row.body_id })
  const may = (permission: string) => context.may(permission)
  return page(`${views}/programme-item.njk`, {
    title: item.head.title,
    breadcrumbs: [{ text: 'Work programme', href: `${programmePath}?body=${item.row.body_id}` }],
    record: await recordModel(context, item.head, {
      summary: programmeSummary(item, body?.name ?? ''),
      actions: programmeActions(item, may),
    }),
    moves: await movesOf(trx, viewer.area.id, [item.head.id]),
    source: item.row.source,
  })
}

/** Why a form came back: what is wrong with its fields, or what a rule said. */
interface CameBack {
  faults: readonly FieldFault[]
  refusals?: readonly string[]
}

const untouched: CameBack = { faults: [] }

/** The page of one form of an item, empty or with what came back. */
function formPage(
  item: ProgrammeItem,
  view: string,
  step: string,
  fields: FormFields,
  { faults, refusals = [] }: CameBack,
  more: object = {},
): Answer {
  const path = programmeItemPath(item.head.id)
  const model = {
    title: item.head.title,
    form: { action: `${path}/${step}`, fields, faults, refusals, version: item.head.version },
    back: { text: 'Back', href: path },
    ...more,
  }
  return page(`${views}/${view}.njk`, model, faults.length + refusals.length > 0 ? 422 : 200)
}

/** Runs a deed on an item: a refusal comes back at the top of the form, a stale form with both texts. */
async function attempt(
  item: ProgrammeItem,
  notice: string,
  again: (back: CameBack) => Promise<Answer> | Answer,
  fields: FormFields,
  step: string,
  deed: () => Promise<unknown>,
): Promise<Answer> {
  const path = programmeItemPath(item.head.id)
  return orOvertaken(
    async () => {
      try {
        await deed()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return again({ faults: [], refusals: error.reasons })
      }
      return redirect(path, notice)
    },
    async () => {
      const stored = { ...storedWords(item), ...storedNext(item) } as FormFields
      const rows = Object.keys(fields)
        .filter(field => field in stored)
        .map(field => ({ field, label: labels[field] ?? field, now: String(stored[field] ?? '') }))
      const { version } = item.head
      const changed = 'Someone else changed this item of the work programme.'
      return overtakenPage({
        title: item.head.title,
        action: `${path}/${step}`,
        fields,
        version,
        changed,
        rows,
        current: path,
      })
    },
  )
}

const labels: Readonly<Record<string, string>> = {
  title: 'Item',
  covers: 'What it is to cover',
  lead: 'Who leads',
  'next-words': 'In words',
}

async function askChange(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  return item === null ? notFound() : formPage(item, 'change-programme-item', 'change', storedWords(item), untouched)
}

async function doChange(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  if (item === null) return notFound()
  const again = (back: CameBack) => formPage(item, 'change-programme-item', 'change', context.fields, back)
  const read = readForm(changeItemForm, context.fields)
  if (!read.ok) return again({ faults: read.errors })
  const { version, ...changed } = read.value
  return attempt(item, 'Saved.', again, context.fields, 'change', () =>
    changeProgrammeItem(context.trx, context, item.head, version, changed),
  )
}

async function schedulePage(
  context: WorkspaceContext,
  item: ProgrammeItem,
  fields: FormFields,
  back: CameBack,
): Promise<Answer> {
  const meetings = await meetingChoices(context, item.row.body_id)
  return formPage(item, 'schedule-programme-item', 'schedule', fields, back, { meetings })
}

async function askSchedule(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  return item === null ? notFound() : schedulePage(context, item, storedNext(item), untouched)
}

async function doSchedule(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  if (item === null) return notFound()
  const again = (back: CameBack) => schedulePage(context, item, context.fields, back)
  const read = readForm(scheduleForm, context.fields)
  if (!read.ok) return again({ faults: read.errors })
  const came = await readNext(context, item.row.body_id, read.value)
  if ('faults' in came) return again({ faults: came.faults })
  const { version, why } = read.value
  return attempt(item, 'Saved.', again, context.fields, 'schedule', () =>
    scheduleItem(context.trx, context, item.head, version, came.next, why),
  )
}

async function placePage(
  context: WorkspaceContext,
  item: ProgrammeItem,
  fields: FormFields,
  back: CameBack,
): Promise<Answer> {
  const meetings = await meetingChoices(context, item.row.body_id)
  return formPage(item, 'place-programme-item', 'place', fields, back, { meetings })
}

async function askPlace(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  return item === null ? notFound() : placePage(context, item, { meeting: item.row.next_meeting ?? '' }, untouched)
}

async function doPlace(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  if (item === null) return notFound()
  const again = (back: CameBack) => placePage(context, item, context.fields, back)
  const read = readForm(placeForm, context.fields)
  if (!read.ok) return again({ faults: read.errors })
  const { version, meeting, reason } = read.value
  const late = reason === null ? null : ({ as: 'late', reason, decidedOn: context.today } as const)
  return attempt(item, 'On the agenda.', again, context.fields, 'place', () =>
    placeOnAgenda(context.trx, context, item.head, version, { areaId: item.head.areaId, id: meeting }, late),
  )
}

async function doPlaceStanding(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  if (meeting === null) return notFound()
  const placed = await placeStandingItems(context.trx, context, meeting.head, meeting.row.body_id)
  const notice =
    placed === 0 ? 'The standing items are on the agenda already.' : 'The standing items are on the agenda.'
  return redirect(meetingPath(meeting.head.id), notice)
}

async function askCirculated(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  return item === null ? notFound() : formPage(item, 'circulated-briefing', 'circulated', {}, untouched)
}

async function doCirculated(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  if (item === null) return notFound()
  const again = (back: CameBack) => formPage(item, 'circulated-briefing', 'circulated', context.fields, back)
  const read = readForm(circulatedForm, context.fields)
  if (!read.ok) return again({ faults: read.errors })
  const { version, on } = read.value
  return attempt(item, 'Noted as circulated.', again, context.fields, 'circulated', () =>
    circulateBriefing(context.trx, context, item.head, version, on),
  )
}

async function askDrop(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  return item === null ? notFound() : formPage(item, 'drop-programme-item', 'drop', {}, untouched)
}

async function doDrop(context: WorkspaceContext): Promise<Answer> {
  const item = await load(context)
  if (item === null) return notFound()
  const again = (back: CameBack) => formPage(item, 'drop-programme-item', 'drop', context.fields, back)
  const read = readForm(dropForm, context.fields)
  if (!read.ok) return again({ faults: read.errors })
  const { version, why } = read.value
  return attempt(item, 'Taken off the programme.', again, context.fields, 'drop', () =>
    dropItem(context.trx, context, item.head, version, why),
  )
}
