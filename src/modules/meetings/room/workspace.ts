import { readForm } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { nameByInitials } from '../agenda/attendance.ts'
import { isPanel } from '../meeting/form-of-meeting.ts'
import { attendanceModel } from '../meeting/pages.ts'
import { asIdentity } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { declarationForm, meetingFactsForm, movementForm, notRecorded } from './forms.ts'
import {
  declareInterest,
  noteMeeting,
  noteMovement,
  noteNoneDeclared,
  removeDeclaration,
  removeMovement,
} from './in-the-room.ts'
import { hereOptions, itemOptions, roomModel, roomPath } from './pages.ts'
import { formPage, loadHere, nothingBack, orRefused, toRoom } from './room-page.ts'
import type { CameBack, Here } from './room-page.ts'

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
  { method: 'POST', path: '/meetings/:id/room/initials', permission: 'meetings.minute', handler: doInitials },
]

async function showRoom(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
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
  const here = await loadHere(context)
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
  const here = await loadHere(context)
  if (here === null) return notFound()
  const read = readForm(meetingFactsForm, context.fields)
  if (!read.ok) return factsPage(here, context.fields, { faults: read.errors, refusals: [] })
  const { presiding: chosen, public: publicPresent, online: onlineFollowers } = read.value
  const presidingNotRecorded = chosen === notRecorded
  const presiding = presidingNotRecorded ? null : chosen
  return orRefused(
    async () => {
      await noteMeeting(context.trx, context, here.meeting.head, {
        presiding,
        presidingNotRecorded,
        publicPresent,
        onlineFollowers,
      })
      return toRoom(here, 'Noted')
    },
    back => factsPage(here, context.fields, back),
  )
}

async function askMovement(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  return here === null ? notFound() : movementPage(here, {}, nothingBack)
}

function movementPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const more = { people: hereOptions(here.room), items: itemOptions(here.room) }
  return formPage(here, 'room-movement', 'Somebody came or went', 'movement', fields, back, more)
}

async function doMovement(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
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
  const here = await loadHere(context)
  if (here === null) return notFound()
  await removeMovement(context.trx, context, here.meeting.head, asIdentity(context.fields['row']))
  return toRoom(here, 'Taken off')
}

async function askDeclaration(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  return here === null ? notFound() : declarationPage(here, { item: context.query['item'] ?? '' }, nothingBack)
}

function declarationPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const more = { people: hereOptions(here.room), items: itemOptions(here.room) }
  return formPage(here, 'room-declaration', 'Record a declared interest', 'declaration', fields, back, more)
}

async function doDeclaration(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
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
  const here = await loadHere(context)
  if (here === null) return notFound()
  const none = context.fields['none'] === 'yes'
  await noteNoneDeclared(context.trx, context, here.meeting.head, none)
  return toRoom(here, none ? 'Recorded that nobody declared an interest' : 'Taken back')
}

async function dropDeclaration(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  if (here === null) return notFound()
  await removeDeclaration(context.trx, context, here.meeting.head, asIdentity(context.fields['row']))
  return toRoom(here, 'Taken off')
}

/** Of two people with the same initials, the minutes mean the chosen one; the other is called by more of their name. */
async function doInitials(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
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
