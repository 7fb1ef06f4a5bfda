import { deskRoles } from '../../platform/access/viewer.ts'
import type { ModuleDescription } from '../../record/description.ts'
import { bodyKind } from './bodies/kind.ts'
import { officeHolderKind } from './people/kind.ts'
import { personNames, postHolders } from './people/people.ts'
import { organisationsPublic } from './public.ts'
import { organisationsWorkspace } from './workspace.ts'

export { addBody, changeBody } from './bodies/add-body.ts'
export type { BodyParts, NewBody } from './bodies/add-body.ts'
export { bodiesOf, findBodies, findBody, membersOn, membershipsOf } from './bodies/bodies.ts'
export type { Body, Member, Membership } from './bodies/bodies.ts'
export { addMembership, endMembership } from './bodies/memberships.ts'
export type { NewMembership } from './bodies/memberships.ts'
export type { BodyForm, Capacity } from './bodies/words.ts'
export {
  addOrganisation,
  addPolicingBody,
  addSuccession,
  findOrganisation,
  findOrganisationBySlug,
  findOrganisations,
  organisationNames,
  organisationsOf,
  policingBodiesOf,
  serveArea,
} from './organisations.ts'
export type { NewOrganisation, Organisation, PolicingBody, Succession } from './organisations.ts'
export { openedKey } from './opened-key.ts'
export { staleAnswer } from './stale-answer.ts'
export { openRegistration, recordRegistered } from './interests/register-interests.ts'
export { addOfficeHolder, addPerson } from './people/add-person.ts'
export type { NewPerson } from './people/add-person.ts'
export { addAppointment, endAppointment } from './people/appointments.ts'
export type { NewAppointment } from './people/appointments.ts'
export { beginSettling } from './daily-job.ts'
export { resolveInitials } from './people/initials.ts'
export type { Named, Resolution } from './people/initials.ts'
export { officeHoldersOf } from './people/office-holders.ts'
export type { OfficeHolder } from './people/office-holders.ts'
export {
  appointmentsOf,
  chiefOfficers,
  findPersons,
  personNames,
  postHolders,
  publicNames,
  whoHeld,
} from './people/people.ts'
export type { Appointment, Person, PostHolder } from './people/people.ts'
export { settleStandings } from './people/standing.ts'
export type { StatedTime } from './stated-time.ts'
export type { GivenTerm, Term } from './terms.ts'

/** Organisations, people, posts, bodies and memberships. */
export const organisations: ModuleDescription = {
  name: 'organisations',
  navigation: { word: 'Bodies and people', path: '/organisations', permission: 'organisations.read' },
  publicNavigation: { word: 'Bodies and people', path: '/bodies' },
  kinds: [bodyKind, officeHolderKind],
  people: { names: personNames, postHolders },
  permissions: {
    'organisations.read': deskRoles,
    'organisations.edit': ['administrator', 'chief-executive', 'board-clerk', 'panel-clerk'],
    'organisations.publish': ['administrator', 'chief-executive', 'panel-clerk'],
    'organisations.manage-users': ['administrator', 'chief-executive', 'panel-clerk'],
  },
  workspace: organisationsWorkspace,
  public: organisationsPublic,
}
