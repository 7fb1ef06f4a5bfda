import { z } from 'zod'
import { isRole, roleWords, rolesOfKind } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import { date, text, version } from '../../platform/web/form.ts'
import type { PostHolderName } from '../description.ts'

const reason = (ask: string) => text(ask, 'The reason', 500)

export const pauseForm = z.object({
  version: version(),
  from: date('the day from which it stands still'),
  why: reason('Say why it is paused'),
})

export const resumeForm = z.object({
  version: version(),
  on: date('the day from which it runs again'),
  why: reason('Say why it runs again'),
})

export const extendForm = z.object({
  version: version(),
  ground: reason('Say why the ground holds here'),
})

export const leaveOutForm = z.object({
  version: version(),
  from: date('the first day that is left out'),
  to: date('the last day that is left out'),
  why: reason('Say why these days do not count'),
})

export const cancelForm = z.object({
  version: version(),
  why: reason('Say why this is not owed after all'),
})

export const handOverForm = z.object({
  version: version(),
  to: text('Choose who does it from now on', 'The choice', 60),
  why: reason('Say why it is handed over'),
})

/** Whom a clock may be handed to: whoever is in a post of the organisation, or whoever holds a role there. */
export function handOverChoices(kind: OrganisationKind, people: readonly PostHolderName[]) {
  const persons = people.map(({ personId, name, title }) => ({
    value: `person:${personId}`,
    text: name,
    hint: title,
  }))
  const byPerson = new Map(persons.map(each => [each.value, each]))
  const roles = rolesOfKind[kind].map(role => ({
    value: `role:${role}`,
    text: `Whoever is ${roleWords(role)}`,
  }))
  return [...byPerson.values(), ...roles]
}

/** The owner that was chosen, or null where it is none of the choices. */
export function chosenOwner(
  chosen: string,
  kind: OrganisationKind,
  people: readonly PostHolderName[],
): { personId: string | null; role: Role | null } | null {
  if (!handOverChoices(kind, people).some(({ value }) => value === chosen)) return null
  const [what, value = ''] = [chosen.slice(0, chosen.indexOf(':')), chosen.slice(chosen.indexOf(':') + 1)]
  if (what === 'person') return { personId: value, role: null }
  return isRole(value) ? { personId: null, role: value } : null
}
