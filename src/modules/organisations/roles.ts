import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import { roleWords, rolesOfKind } from '../../platform/access/viewer.ts'

/** A role as it begins a line: `Chief finance officer`. */
export function roleTitle(role: Role): string {
  const words = roleWords(role)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Roles as the options of a form. */
export function roleOptions(kind: OrganisationKind): { value: string; text: string }[] {
  return rolesOfKind[kind].map(role => ({ value: role, text: roleTitle(role) }))
}
