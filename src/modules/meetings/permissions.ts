import { deskRoles } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'

/** Those who put agendas together and take minutes: the office's side, and the panel's clerk for the panel. */
const clerks: readonly Role[] = ['board-clerk', 'chief-executive', 'administrator', 'panel-clerk']

/** Who may do what with meetings and minutes. The rules say when, and for which organisation. */
export const permissions: Readonly<Record<string, readonly Role[]>> = {
  'meetings.read': deskRoles,
  'meetings.edit': clerks,
  'meetings.minute': clerks,
  'meetings.agree': [
    'board-clerk',
    'chief-executive',
    'commissioner',
    'deputy-commissioner',
    'panel-clerk',
    'panel-chair',
  ],
  'meetings.sign': ['commissioner', 'deputy-commissioner', 'chief-constable', 'panel-chair'],
  'meetings.publish': ['board-clerk', 'chief-executive', 'panel-clerk'],
}
