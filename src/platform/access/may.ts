import { isPublishing } from './publishing.ts'
import type { Role, Viewer } from './viewer.ts'

/** Which roles may do what: permission (`scrutiny.put-question`) to roles. Filled from the modules at start. */
export type Permissions = Readonly<Record<string, readonly Role[]>>

/**
 * The one function that decides who may do what. Denies by default: a permission nobody declared is nobody's.
 * Whoever still owes an authenticator code may do everything but publish.
 *
 * @param permissions the table put together from every module's description
 * @param viewer who asks, acting for one organisation
 * @param permission `<module>.<action>`
 */
export function may(
  permissions: Permissions,
  viewer: Pick<Viewer, 'roles' | 'secondFactorMissing'>,
  permission: string,
): boolean {
  if (viewer.secondFactorMissing && isPublishing(permission)) return false
  const allowed = permissions[permission] ?? []
  return viewer.roles.some(role => allowed.includes(role))
}
