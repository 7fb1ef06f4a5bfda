import { deskRoles } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'

/** Who may do what with figures. Reading is for everyone who scrutinises; loading for whoever answers for the figures. */
export const permissions: Readonly<Record<string, readonly Role[]>> = {
  'performance.read': deskRoles,
  'performance.set-up': ['chief-executive', 'policy-lead', 'administrator', 'data-provider'],
  'performance.load': ['policy-lead', 'administrator', 'liaison', 'data-provider'],
  'performance.publish': ['commissioner', 'deputy-commissioner', 'chief-executive', 'policy-lead', 'panel-clerk'],
}
