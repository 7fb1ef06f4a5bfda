import { deskRoles } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'

/** Who may do what with recommendations, requests and actions; that it is theirs to do is a rule besides. */
export const permissions: Readonly<Record<string, readonly Role[]>> = {
  'follow-up.read': deskRoles,
  'follow-up.raise': [
    'commissioner',
    'deputy-commissioner',
    'chief-executive',
    'policy-lead',
    'board-clerk',
    'panel-chair',
    'panel-clerk',
  ],
  'follow-up.update': [
    'chief-executive',
    'policy-lead',
    'board-clerk',
    'chief-constable',
    'chief-officer',
    'liaison',
    'panel-clerk',
  ],
  'follow-up.prepare-reply': [
    'commissioner',
    'deputy-commissioner',
    'chief-executive',
    'policy-lead',
    'board-clerk',
    'chief-constable',
    'chief-officer',
    'liaison',
    'panel-clerk',
  ],
  'follow-up.send-reply': [
    'commissioner',
    'deputy-commissioner',
    'chief-executive',
    'chief-constable',
    'chief-officer',
    'panel-chair',
    'panel-clerk',
  ],
  'follow-up.close': [
    'commissioner',
    'deputy-commissioner',
    'chief-executive',
    'board-clerk',
    'panel-chair',
    'panel-clerk',
  ],
  'follow-up.redate': ['commissioner', 'chief-executive', 'board-clerk', 'panel-chair', 'panel-clerk'],
  'follow-up.set-rules': [
    'commissioner',
    'chief-executive',
    'board-clerk',
    'panel-chair',
    'panel-clerk',
    'administrator',
  ],
  'follow-up.publish': ['commissioner', 'chief-executive', 'board-clerk', 'panel-clerk'],
}
