import { deskRoles } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'

/** Those who put agendas together and take minutes: the office's side, and the panel's clerk for the panel. */
const clerks: readonly Role[] = ['board-clerk', 'chief-executive', 'administrator', 'panel-clerk']

/** Those who write papers: of an office, a force and a panel. */
const writers: readonly Role[] = [...clerks, 'policy-lead', 'chief-finance-officer', 'liaison', 'chief-officer']

/** Who may do what with meetings and minutes. The rules say when, and for which organisation. */
export const permissions: Readonly<Record<string, readonly Role[]>> = {
  'meetings.read': deskRoles,
  'meetings.edit': clerks,
  'meetings.minute': clerks,
  /** Timings and private notes: whoever presides, and the clerk who prepares their copy. */
  'meetings.chairs-copy': [
    'board-clerk',
    'chief-executive',
    'commissioner',
    'deputy-commissioner',
    'panel-clerk',
    'panel-chair',
  ],
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
  'meetings.write-paper': writers,
  'meetings.send-paper': ['board-clerk', 'chief-executive', 'panel-clerk', 'liaison', 'chief-officer'],
  'meetings.classify': [...clerks, 'legal-adviser', 'liaison', 'chief-officer'],
}
