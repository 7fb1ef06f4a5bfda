import type { ModuleDescription } from '../../record/description.ts'
import { agendaWorkspace } from './agenda/workspace.ts'
import { attendanceWorkspace } from './agenda/attendance-workspace.ts'
import { meetingKind } from './meeting/kind.ts'
import { meetingsPublic } from './meeting/public.ts'
import { meetingWorkspace } from './meeting/workspace.ts'
import { minutesKind } from './minutes/kind.ts'
import { takingWorkspace } from './minutes/take-workspace.ts'
import { minutesWorkspace } from './minutes/workspace.ts'
import { permissions } from './permissions.ts'

export { addAttendance } from './agenda/attendance.ts'
export type { NewAttendance } from './agenda/attendance.ts'
export { takeUp } from './agenda/considered.ts'
export { addItem, markItem, moveItem, withdrawItem } from './agenda/items.ts'
export type { NewItem } from './agenda/items.ts'
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
export { addOutcome } from './outcomes/add-outcome.ts'
export type { NewOutcome } from './outcomes/add-outcome.ts'
export type { RaisedAction } from './outcomes/raise-actions.ts'

/** Meetings of bodies: agendas, attendance, minutes with what was raised in them, signatures. */
export const meetings: ModuleDescription = {
  name: 'meetings',
  navigation: { word: 'Meetings', path: '/meetings', permission: 'meetings.read' },
  publicNavigation: { word: 'Meetings', path: '/meetings' },
  kinds: [meetingKind, minutesKind],
  permissions,
  workspace: [...meetingWorkspace, ...agendaWorkspace, ...attendanceWorkspace, ...minutesWorkspace, ...takingWorkspace],
  public: meetingsPublic,
}
