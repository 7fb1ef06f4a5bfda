import type { WorkspaceRoute } from '../../platform/web/route.ts'
import { createMembership, doMembershipEnd, newMembership, showMembershipEnd } from './bodies/membership-pages.ts'
import { createBody, editBody, newBody, saveBody, showBodies, showBody } from './bodies/pages.ts'
import { doDisclosure, doRegistered, showDisclosure, showRegistered } from './interests/pages.ts'
import { showOrganisation } from './pages.ts'
import { createAppointment, doEnd, newAppointment, showEnd } from './people/appointment-pages.ts'
import { createPerson, editPerson, newPerson, savePerson, showPeople, showPerson } from './people/pages.ts'
import { askSignIn, saveSignIn } from './people/sign-in-pages.ts'

const read = 'organisations.read'
const edit = 'organisations.edit'
const manageUsers = 'organisations.manage-users'

export const organisationsWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/organisations', permission: read, handler: showOrganisation },
  { method: 'GET', path: '/organisations/bodies', permission: read, handler: showBodies },
  { method: 'GET', path: '/organisations/bodies/new', permission: edit, handler: newBody },
  { method: 'POST', path: '/organisations/bodies/new', permission: edit, handler: createBody },
  { method: 'GET', path: '/organisations/bodies/:id', permission: read, handler: showBody },
  { method: 'GET', path: '/organisations/bodies/:id/change', permission: edit, handler: editBody },
  { method: 'POST', path: '/organisations/bodies/:id/change', permission: edit, handler: saveBody },
  { method: 'GET', path: '/organisations/bodies/:id/members/new', permission: edit, handler: newMembership },
  { method: 'POST', path: '/organisations/bodies/:id/members/new', permission: edit, handler: createMembership },
  { method: 'GET', path: '/organisations/memberships/:id/end', permission: edit, handler: showMembershipEnd },
  { method: 'POST', path: '/organisations/memberships/:id/end', permission: edit, handler: doMembershipEnd },
  { method: 'GET', path: '/organisations/memberships/:id/disclosure', permission: edit, handler: showDisclosure },
  { method: 'POST', path: '/organisations/memberships/:id/disclosure', permission: edit, handler: doDisclosure },
  { method: 'GET', path: '/organisations/interests/:id/registered', permission: edit, handler: showRegistered },
  { method: 'POST', path: '/organisations/interests/:id/registered', permission: edit, handler: doRegistered },
  { method: 'GET', path: '/organisations/people', permission: read, handler: showPeople },
  { method: 'GET', path: '/organisations/people/new', permission: edit, handler: newPerson },
  { method: 'POST', path: '/organisations/people/new', permission: edit, handler: createPerson },
  { method: 'GET', path: '/organisations/people/:id', permission: read, handler: showPerson },
  { method: 'GET', path: '/organisations/people/:id/change', permission: edit, handler: editPerson },
  { method: 'POST', path: '/organisations/people/:id/change', permission: edit, handler: savePerson },
  { method: 'GET', path: '/organisations/people/:id/sign-in', permission: manageUsers, handler: askSignIn },
  { method: 'POST', path: '/organisations/people/:id/sign-in', permission: manageUsers, handler: saveSignIn },
  { method: 'GET', path: '/organisations/people/:id/posts/new', permission: edit, handler: newAppointment },
  { method: 'POST', path: '/organisations/people/:id/posts/new', permission: edit, handler: createAppointment },
  { method: 'GET', path: '/organisations/appointments/:id/end', permission: edit, handler: showEnd },
  { method: 'POST', path: '/organisations/appointments/:id/end', permission: edit, handler: doEnd },
]
