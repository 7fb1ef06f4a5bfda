import { deskRoles } from '../../platform/access/viewer.ts'
import type { Role } from '../../platform/access/viewer.ts'

const office: readonly Role[] = ['commissioner', 'deputy-commissioner', 'chief-executive']
const force: readonly Role[] = ['chief-constable', 'chief-officer']

/** Who may do what with figures. Reading is for everyone who scrutinises; loading for whoever answers for the figures. */
export const permissions: Readonly<Record<string, readonly Role[]>> = {
  'performance.read': deskRoles,
  'performance.set-up': ['chief-executive', 'policy-lead', 'administrator', 'data-provider'],
  // It sets measures up as well.
  'performance.load-open-data': ['policy-lead', 'administrator', 'data-provider'],
  'performance.places': ['policy-lead', 'administrator', 'data-provider'],
  'performance.load': ['policy-lead', 'administrator', 'liaison', 'data-provider'],
  // Recording what was said about an exception, and judging it, are two things (exceptions/life.ts).
  'performance.explain': [...office, 'policy-lead', ...force, 'liaison'],
  'performance.accept': [...office, ...force],
  'performance.comment': [...office, 'policy-lead', ...force, 'liaison', 'data-provider'],
  'performance.release-commentary': [...office, 'policy-lead', ...force],
  // Saying why figures that contradict one another stand, and checking what papers say of figures (quality/).
  'performance.check': [...office, 'policy-lead', 'administrator', ...force, 'liaison', 'data-provider', 'panel-clerk'],
  'performance.publish': ['commissioner', 'deputy-commissioner', 'chief-executive', 'policy-lead', 'panel-clerk'],
}
