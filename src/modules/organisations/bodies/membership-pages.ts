import { roles } from '../../../platform/access/viewer.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { openedKey } from '../opened-key.ts'
import { organisationsOf } from '../organisations.ts'
import { typedTerm } from '../people/forms.ts'
import { findPersons, personNames } from '../people/people.ts'
import { officeHoldersOf } from '../people/office-holders.ts'
import { roleTitle } from '../roles.ts'
import { termWords } from '../terms.ts'
import { findMembership, membershipsOf } from './bodies.ts'
import type { Membership } from './bodies.ts'
import { endMembershipForm, membershipForm } from './forms.ts'
import { addMembership, endMembership } from './memberships.ts'
import { openBody } from './pages.ts'
import type { OpenedBody } from './pages.ts'
import { capacities, capacityWords } from './words.ts'

interface Faults {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

const bodyPath = (id: string): string => `/workspace/organisations/bodies/${id}`

export async function newMembership(context: WorkspaceContext): Promise<Answer> {
  const opened = await openBody(context)
  return opened === null ? notFound() : membershipPage(context, opened, {})
}

async function membershipPage(context: WorkspaceContext, { record, body }: OpenedBody, wrong: Faults): Promise<Answer> {
  const { trx, viewer, fields } = context
  const { faults = [], refusals = [] } = wrong
  const people = await officeHoldersOf(trx, viewer.area.id)
  const seats = await membershipsOf(trx, body)
  const names = await personNames(
    trx,
    seats.flatMap(seat => seat.personId ?? []),
  )
  const model = {
    title: `Add a member of ${record.title}`,
    back: { text: 'Back', href: bodyPath(record.id) },
    form: { action: `${bodyPath(record.id)}/members/new`, fields, faults, refusals },
    people: people.map(each => ({ value: each.personId, text: each.title })),
    organisations: (await organisationsOf(trx, viewer.area.id)).map(({ id, name }) => ({ value: id, text: name })),
    roles: roles.map(value => ({ value, text: roleTitle(value) })),
    capacities: capacities.map(value => ({ value, text: capacityWords(value) })),
    seats: seats.flatMap(seat => {
      const text = names.get(seat.personId ?? '')
      return text === undefined ? [] : [{ value: seat.id, text }]
    }),
  }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page('modules/organisations/views/membership-form.njk', model, status)
}

export async function createMembership(context: WorkspaceContext): Promise<Answer> {
  const opened = await openBody(context)
  if (opened === null) return notFound()
  const read = readForm(membershipForm, context.fields)
  if (!read.ok) return membershipPage(context, opened, { faults: read.errors })
  const faults = await notOffered(context, opened, read.value)
  if (faults.length > 0) return membershipPage(context, opened, { faults })
  const { person, organisation, role, capacity, title, authority, substitute, source } = read.value
  try {
    await addMembership(context.trx, context, {
      areaId: opened.record.areaId,
      bodyId: opened.record.id,
      personId: person,
      organisationId: organisation,
      substituteFor: substitute,
      ...{ role, capacity, title, authority, source, ...typedTerm(read.value) },
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return membershipPage(context, opened, { refusals: error.reasons })
  }
  return redirect(bodyPath(opened.record.id), 'The member was added.')
}

/** What was sent but not offered: a person, an organisation or a seat of somewhere else. */
async function notOffered(
  { trx, viewer }: WorkspaceContext,
  { body }: OpenedBody,
  typed: { person: string | null; organisation: string | null; substitute: string | null },
): Promise<FieldFault[]> {
  const people = (await officeHoldersOf(trx, viewer.area.id)).map(each => each.personId)
  const organisations = (await organisationsOf(trx, viewer.area.id)).map(each => each.id)
  const seats = (await membershipsOf(trx, body)).map(each => each.id)
  const check = (field: string, value: string | null, offered: readonly string[], message: string) =>
    value === null || offered.includes(value) ? [] : [{ field, message }]
  return [
    ...check('person', typed.person, people, 'Choose the person from the list'),
    ...check('organisation', typed.organisation, organisations, 'Choose the organisation from the list'),
    ...check('substitute', typed.substitute, seats, 'Choose the member from the list'),
  ]
}

export async function showMembershipEnd(context: WorkspaceContext): Promise<Answer> {
  const membership = await openMembership(context)
  return membership === null ? notFound() : endPage(context, membership, {})
}

async function openMembership(context: WorkspaceContext): Promise<Membership | null> {
  const key = openedKey(context)
  return key && findMembership(context.trx, key)
}

async function endPage(context: WorkspaceContext, membership: Membership, wrong: Faults): Promise<Answer> {
  const { faults = [], refusals = [] } = wrong
  const [person] = membership.personId === null ? [] : await findPersons(context.trx, [membership.personId])
  const model = {
    title: 'End a membership',
    back: { text: 'Back', href: bodyPath(membership.bodyId) },
    form: {
      action: `/workspace/organisations/memberships/${membership.id}/end`,
      ...{ fields: context.fields, faults, refusals },
    },
    member: person?.name ?? 'Not named',
    capacity: membership.title ?? capacityWords(membership.capacity),
    when: termWords(membership.term),
  }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page('modules/organisations/views/end-membership.njk', model, status)
}

export async function doMembershipEnd(context: WorkspaceContext): Promise<Answer> {
  const membership = await openMembership(context)
  if (membership === null) return notFound()
  const read = readForm(endMembershipForm, context.fields)
  if (!read.ok) return endPage(context, membership, { faults: read.errors })
  const { areaId, id, bodyId } = membership
  try {
    await endMembership(context.trx, context, { areaId, id, ended: read.value.ended.toString() })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return endPage(context, membership, { refusals: error.reasons })
  }
  return redirect(bodyPath(bodyId), 'The membership was ended.')
}
