import type { Role } from '../../platform/access/viewer.ts'

/** Who may set what an organisation sets for itself, and who may change the calendar of everybody in the area. */
export const clockPermissions: Readonly<Record<string, readonly Role[]>> = {
  'clocks.settings': ['administrator', 'chief-executive', 'board-clerk', 'panel-clerk'],
  'clocks.calendar': ['administrator'],
}
