import type { ModuleDescription } from '../../record/description.ts'
import { agendaWorkspace } from './agenda/workspace.ts'
import { attendanceWorkspace } from './agenda/attendance-workspace.ts'
import { chairsCopyWorkspace } from './agenda/chairs-copy-workspace.ts'
import { deferralWorkspace } from './agenda/deferral-workspace.ts'
import { meetingKind } from './meeting/kind.ts'
import { meetingsPublic } from './meeting/public.ts'
import { meetingWorkspace } from './meeting/workspace.ts'
import { minutesKind } from './minutes/kind.ts'
import { takingWorkspace } from './minutes/take-workspace.ts'
import { minutesWorkspace } from './minutes/workspace.ts'
import { adoptionWorkspace } from './outcomes/adoption-workspace.ts'
import { unlistedWorkspace } from './outcomes/unlisted-workspace.ts'
import { paperKind, paperRequestKind } from './papers/kind.ts'
import { allPapersWorkspace } from './papers/routes.ts'
import { packPublic } from './pack/public.ts'
import { packWorkspace } from './pack/workspace.ts'
import { permissions } from './permissions.ts'
import { reviewKind } from './reviews/kind.ts'
import { reviewsWorkspace } from './reviews/workspace.ts'
import { bodyRulesWorkspace } from './room/body-rules-workspace.ts'
import { resolutionWorkspace } from './room/resolution-workspace.ts'
import { roomWorkspace } from './room/workspace.ts'
import { forwardWorkspace } from './programme/forward-workspace.ts'
import { programmeItemKind } from './programme/kind.ts'
import { programmePublic } from './programme/public.ts'
import { programmeWorkspace } from './programme/workspace.ts'

export { addAttendance } from './agenda/attendance.ts'
export type { NewAttendance } from './agenda/attendance.ts'
export { takeUp } from './agenda/considered.ts'
export { deferItem } from './agenda/deferral.ts'
export { deferralsOf, deferredAt } from './agenda/deferral-queries.ts'
export type { Deferral } from './agenda/deferral-queries.ts'
export type { Deferring } from './agenda/deferral.ts'
export { addItem, markItem, moveItem, withdrawItem } from './agenda/items.ts'
export type { NewItem } from './agenda/items.ts'
export { chairsNotesOf, runningOrder, setChairsNotes } from './agenda/chairs-notes-queries.ts'
export type { ChairsNotes } from './agenda/chairs-notes-queries.ts'
export type { LateItem } from './agenda/rules.ts'
export { addMeeting, cancelMeeting, moveMeeting } from './meeting/add-meeting.ts'
export type { NewMeeting, TimeAndPlace } from './meeting/add-meeting.ts'
export { publishAgenda, sendAgenda } from './meeting/publish-agenda.ts'
export { agreeMinutes } from './minutes/agree-minutes.ts'
export { circulateMinutes } from './minutes/circulate-minutes.ts'
export { loadMinutes } from './minutes/load-minutes.ts'
export type { LoadedMinutes, LoadedSignature } from './minutes/load-minutes.ts'
export { publishMinutes } from './minutes/publish-minutes.ts'
export { signMinutes } from './minutes/sign-minutes.ts'
export { startMinutes } from './minutes/start-minutes.ts'
export { setNextMeeting, writeMinute } from './minutes/write-minute.ts'
export { packBench } from './pack/bench.ts'
export { orderPack } from './pack/order-pack.ts'
export { beginPacks } from './pack/publish-pack.ts'
export { addProgrammeItem, placeOnAgenda, scheduleItem } from './programme/programme-items.ts'
export type { NewProgrammeItem } from './programme/programme-items.ts'
export { addSession, adoptReview, startReview, stepOn, writeReview } from './reviews/reviews.ts'
export { addOutcome } from './outcomes/add-outcome.ts'
export type { NewOutcome } from './outcomes/add-outcome.ts'
export type { RaisedAction } from './outcomes/raise-actions.ts'
export { setBodyRules } from './room/body-rule-queries.ts'
export type { BodyRules } from './room/body-rule-queries.ts'
export { declareInterest, noteMeeting, noteMovement, noteNoneDeclared } from './room/in-the-room.ts'
export type { AtTheMeeting, NewDeclaration, NewMovement } from './room/in-the-room.ts'
export { addResolution, setExclusionWording } from './room/resolve.ts'
export type { NewResolution } from './room/resolve.ts'

export { checkPapers, settleLeak } from './papers/check-papers.ts'
export { markPart } from './papers/mark-part.ts'
export { placePaper, placeReceived, takeOff } from './papers/place-paper.ts'
export { papersForMeeting } from './papers/placed.ts'
export type { PaperPart, PlacedContent, PlacedPaper } from './papers/placed.ts'
export { requestPaper } from './papers/request-paper.ts'
export { sendPaper } from './papers/send-paper.ts'
export { addAppendix, addPaper, savePaper } from './papers/write-paper.ts'

/** Meetings of bodies: agendas, attendance, minutes with what was raised in them, signatures. */
export const meetings: ModuleDescription = {
  name: 'meetings',
  navigation: { word: 'Meetings', path: '/meetings', permission: 'meetings.read' },
  publicNavigation: [
    { word: 'Meetings', path: '/meetings' },
    { word: 'Work programme', path: '/work-programme' },
  ],
  kinds: [meetingKind, minutesKind, programmeItemKind, reviewKind, paperKind, paperRequestKind],
  permissions,
  workspace: [
    ...packWorkspace,
    ...allPapersWorkspace,
    ...meetingWorkspace,
    ...agendaWorkspace,
    ...attendanceWorkspace,
    ...chairsCopyWorkspace,
    ...deferralWorkspace,
    ...roomWorkspace,
    ...resolutionWorkspace,
    ...bodyRulesWorkspace,
    ...minutesWorkspace,
    ...takingWorkspace,
    ...unlistedWorkspace,
    ...adoptionWorkspace,
    ...programmeWorkspace,
    ...forwardWorkspace,
    ...reviewsWorkspace,
  ],
  public: [...meetingsPublic, ...packPublic, ...programmePublic],
}
