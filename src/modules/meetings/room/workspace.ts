import type { z } from 'zod'
import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { attendanceModel } from '../meeting/pages.ts'
import { isPanel } from '../meeting/form-of-meeting.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { nameByInitials } from '../agenda/attendance.ts'
import { exclusionQuestions, exclusionWording } from './exclusion.ts'
import {
  declarationForm,
  exclusionForm,
  meetingFactsForm,
  missingOfResolution,
  movementForm,
  notRecorded,
  readVotes,
  resolutionForm,
} from './forms.ts'
import {
  declareInterest,
  mustLoadRoom,
  noteMeeting,
  noteMovement,
  noteNoneDeclared,
  removeDeclaration,
  removeMovement,
} from './in-the-room.ts'
import type { Room } from './load-room.ts'
import { hereOptions, itemOptions, resolutionChoices, roomForm, roomModel, roomPath } from './pages.ts'
import { addResolution, excludable, removeResolution, setExclusionWording, WordingQuestioned } from './resolve.ts'
import type { NewResolution } from './resolve.ts'

export const roomWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/room', permission: 'meetings.read', handler: showRoom },
  { method: 'GET', path: '/meetings/:id/room/facts', permission: 'meetings.minute', handler: askFacts },
  { method: 'POST', path: '/meetings/:id/room/facts', permission: 'meetings.minute', handler: doFacts },
  { method: 'GET', path: '/meetings/:id/room/movement', permission: 'meetings.minute', handler: askMovement },
  { method: 'POST', path: '/meetings/:id/room/movement', permission: 'meetings.minute', handler: doMovement },
  { method: 'POST', path: '/meetings/:id/room/movement/remove', permission: 'meetings.minute', handler: dropMovement },
  { method: 'GET', path: '/meetings/:id/room/declaration', permission: 'meetings.minute', handler: askDeclaration },
  { method: 'POST', path: '/meetings/:id/room/declaration', permission: 'meetings.minute', handler: doDeclaration },
  { method: 'POST', path: '/meetings/:id/room/declaration/none', permission: 'meetings.minute', handler: doNone },
  {
    method: 'POST',
    path: '/meetings/:id/room/declaration/remove',
    permission: 'meetings.minute',
    handler: dropDeclaration,
  },
  { method: 'GET', path: '/meetings/:id/room/resolution', permission: 'meetings.minute', handler: askResolution },
  { method: 'POST', path: '/meetings/:id/room/resolution', permission: 'meetings.minute', handler: doResolution },
  {
    method: 'POST',
    path: '/meetings/:id/room/resolution/remove',
    permission: 'meetings.minute',
    handler: dropResolution,
  },
  { method: 'POST', path: '/meetings/:id/room/initials', permission: 'meetings.minute', handler: doInitials },
  { method: 'GET', path: '/meetings/:id/exclusion', permission: 'meetings.edit', handler: askExclusion },
  { method: 'POST', path: '/meetings/:id/exclusion', permission: 'meetings.edit', handler: doExclusion },
]

/** The meeting that an address names, with its room. */
interface Here {
  meeting: Meeting
  room: Room
}

async function load(context: WorkspaceContext): Promise<Here | null> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  return meeting === null ? null : { meeting, room: await mustLoadRoom(context.trx, meeting.head) }
}

/** What came back of a form: faults of fields, and reasons of rules. */
interface CameBack {
  faults: readonly FieldFault[]
  refusals: readonly string[]
}

const nothingBack: CameBack = { faults: [], refusals: [] }

/** Answers with a form of the room; it comes back with what was typed where a field or a rule says no. */
function formPage(
  here: Here,
  view: string,
  title: string,
  form: string,
  fields: FormFields,
  back: CameBack,
  more: object,
): Answer {
  const { id } = here.meeting.head
  const model = {
    title,
    caption: here.meeting.head.title,
    form: roomForm(`${roomPath(id)}/${form}`, fields, back.faults, back.refusals),
    ...more,
    back: { text: 'Back to the room', href: roomPath(id) },
  }
  const refused = back.faults.length + back.refusals.length > 0
  return page(`modules/meetings/views/${view}.njk`, model, refused ? 422 : 200)
}

/** A rule's refusal comes back on the page of the form, with everything typed. */
async function orRefused(
  deed: () => Promise<Answer>,
  again: (back: CameBack) => Promise<Answer> | Answer,
): Promise<Answer> {
  try {
    return await deed()
  } catch (error) {
    if (error instanceof Refusal) return again({ faults: [], refusals: error.reasons })
    throw error
  }
}

const toRoom = ({ meeting }: Here, notice: string) => redirect(roomPath(meeting.head.id), notice)

async function showRoom(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const { id, title } = here.meeting.head
  return page('modules/meetings/views/room.njk', {
    title: 'In the room',
    caption: title,
    path: roomPath(id),
    room: roomModel(id, here.room),
    attendance: attendanceModel(here.room.attendees),
    attendancePath: `${meetingPath(id)}/attendance`,
    rulesPath: `${meetingPath(id)}/rules`,
    may: context.may('meetings.minute'),
    panel: isPanel(context.viewer.organisation.kind),
    back: { text: 'Back to the meeting', href: meetingPath(id) },
  })
}

async function askFacts(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const { presiding, publicPresent, onlineFollowers } = here.room
  const stored = {
    presiding: presiding.notRecorded ? notRecorded : (presiding.attendanceId ?? ''),
    public: publicPresent === null ? '' : String(publicPresent),
    online: onlineFollowers === null ? '' : String(onlineFollowers),
  }
  return factsPage(here, stored, nothingBack)
}

function factsPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const people = [...hereOptions(here.room), { value: notRecorded, text: 'The paper does not say' }]
  return formPage(here, 'room-facts', 'Who presided, and who else was there', 'facts', fields, back, { people })
}

async function doFacts(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(meetingFactsForm, context.fields)
  if (!read.ok) return factsPage(here, context.fields, { faults: read.errors, refusals: [] })
  const { presiding, public: publicPresent, online: onlineFollowers } = read.value
  return orRefused(
    async () => {
      await noteMeeting(context.trx, context, here.meeting.head, { presiding, publicPresent, onlineFollowers })
      return toRoom(here, 'Noted')
    },
    back => factsPage(here, context.fields, back),
  )
}

async function askMovement(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  return here === null ? notFound() : movementPage(here, {}, nothingBack)
}

function movementPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const more = { people: hereOptions(here.room), items: itemOptions(here.room) }
  return formPage(here, 'room-movement', 'Somebody came or went', 'movement', fields, back, more)
}

async function doMovement(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(movementForm, context.fields)
  if (!read.ok) return movementPage(here, context.fields, { faults: read.errors, refusals: [] })
  const { person: attendanceId, direction, item: itemId, at } = read.value
  return orRefused(
    async () => {
      await noteMovement(context.trx, context, here.meeting.head, { attendanceId, direction, itemId, at })
      return toRoom(here, 'Noted')
    },
    back => movementPage(here, context.fields, back),
  )
}

async function dropMovement(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  await removeMovement(context.trx, context, here.meeting.head, asIdentity(context.fields['row']))
  return toRoom(here, 'Taken off')
}

async function askDeclaration(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  return here === null ? notFound() : declarationPage(here, { item: context.query['item'] ?? '' }, nothingBack)
}

function declarationPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const more = { people: hereOptions(here.room), items: itemOptions(here.room) }
  return formPage(here, 'room-declaration', 'Record a declared interest', 'declaration', fields, back, more)
}

async function doDeclaration(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(declarationForm, context.fields)
  if (!read.ok) return declarationPage(here, context.fields, { faults: read.errors, refusals: [] })
  const { person: attendanceId, item: itemId, kind, nature, 'left-room': leftRoom } = read.value
  return orRefused(
    async () => {
      const made = { attendanceId, itemId, kind, nature, leftRoom }
      await declareInterest(context.trx, context, here.meeting.head, made)
      return toRoom(here, 'Interest recorded')
    },
    back => declarationPage(here, context.fields, back),
  )
}

async function doNone(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const none = context.fields['none'] === 'yes'
  await noteNoneDeclared(context.trx, context, here.meeting.head, none)
  return toRoom(here, none ? 'Recorded that nobody declared an interest' : 'Taken back')
}

async function dropDeclaration(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  await removeDeclaration(context.trx, context, here.meeting.head, asIdentity(context.fields['row']))
  return toRoom(here, 'Taken off')
}

async function askResolution(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const item = context.query['item'] ?? ''
  return resolutionPage(context, here, { item, kind: 'ordinary', way: 'agreed' }, nothingBack, false)
}

function resolutionPage(
  { viewer }: WorkspaceContext,
  here: Here,
  fields: FormFields,
  back: CameBack,
  questioned: boolean,
): Answer {
  const item = typeof fields['item'] === 'string' && fields['item'] !== '' ? fields['item'] : null
  const choices = resolutionChoices(here.room, isPanel(viewer.organisation.kind), item)
  return formPage(here, 'room-resolution', 'Record a resolution', 'resolution', fields, back, {
    ...choices,
    questioned,
  })
}

async function doResolution(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const again = (back: CameBack, questioned = false) => resolutionPage(context, here, context.fields, back, questioned)
  const read = readForm(resolutionForm, context.fields)
  if (!read.ok) return again({ faults: read.errors, refusals: [] })
  const offered = resolutionChoices(here.room, true, null).offered
  const faults = missingOfResolution(read.value, offered)
  if (faults.length > 0) return again({ faults, refusals: [] })
  try {
    const made = resolutionOf(read.value, offered, context.fields)
    const { carried } = await addResolution(context.trx, context, here.meeting.head, made)
    return toRoom(here, carried ? 'Recorded as carried' : 'Recorded as not carried')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return again({ faults: [], refusals: error.reasons }, error instanceof WordingQuestioned)
  }
}

function resolutionOf(
  value: z.output<typeof resolutionForm>,
  offered: string | null,
  fields: FormFields,
): NewResolution {
  const { for: votesFor, against, abstained } = value
  return {
    itemId: value.item,
    kind: value.kind,
    text: value.text ?? offered ?? '',
    proposer: value.proposer,
    seconder: value.seconder,
    way: value.way,
    tally:
      value.way !== 'hands' || votesFor === null || against === null
        ? null
        : { for: votesFor, against, abstained: abstained ?? 0 },
    votes: value.way === 'recorded' ? readVotes(fields) : [],
    casting: value.casting,
    membersInPost: value.kind === 'veto' ? value['in-post'] : null,
    confirmedWhy: value['confirmed-why'],
  }
}

async function dropResolution(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  await removeResolution(context.trx, context, here.meeting.head, asIdentity(context.fields['row']))
  return toRoom(here, 'Taken off')
}

/** Of two people with the same initials, the minutes mean the chosen one; the other is called by more of their name. */
async function doInitials(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const { initials, row } = context.fields
  const chosen = here.room.attendees.find(each => each.row.id === row)
  if (typeof initials !== 'string' || initials === '' || initials.length > 6 || chosen === undefined) {
    return toRoom(here, 'Choose whom the minutes mean.')
  }
  for (const each of here.room.attendees.filter(other => other.row.initials === initials)) {
    await nameByInitials(context.trx, context, here.meeting.head, each.row.id, null)
  }
  await nameByInitials(context.trx, context, here.meeting.head, chosen.row.id, initials)
  return toRoom(here, `In the minutes, ${initials} means ${chosen.name}.`)
}

async function askExclusion(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const { exclusion_text: text, exclusion_why: why } = here.room.exclusion
  const fields = { text: text ?? exclusionWording(excludable(here.room)) ?? '', 'confirmed-why': why ?? '' }
  return exclusionPage(here, fields, nothingBack)
}

function exclusionPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const path = meetingPath(here.meeting.head.id)
  const items = excludable(here.room)
  const typed = typeof fields['text'] === 'string' ? fields['text'] : ''
  const model = {
    title: 'The resolution to exclude the public',
    caption: here.meeting.head.title,
    form: roomForm(`${path}/exclusion`, fields, back.faults, back.refusals),
    offered: exclusionWording(items),
    questions: typed === '' ? [] : exclusionQuestions(typed, items),
    back: { text: 'Back to the meeting', href: path },
  }
  const refused = back.faults.length + back.refusals.length > 0
  return page('modules/meetings/views/exclusion.njk', model, refused ? 422 : 200)
}

async function doExclusion(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(exclusionForm, context.fields)
  if (!read.ok) return exclusionPage(here, context.fields, { faults: read.errors, refusals: [] })
  return orRefused(
    async () => {
      const { text, 'confirmed-why': why } = read.value
      await setExclusionWording(context.trx, context, here.meeting.head, text, why)
      return redirect(meetingPath(here.meeting.head.id), 'Wording saved')
    },
    back => exclusionPage(here, context.fields, back),
  )
}
