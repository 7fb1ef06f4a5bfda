import { z } from 'zod'
import { date, optionalWebAddress, readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { findClock } from '../../../record/clock-rows.ts'
import { findRecord } from '../../../record/records.ts'
import { findBody, findMembership } from '../bodies/bodies.ts'
import type { Body, Membership } from '../bodies/bodies.ts'
import { openedKey } from '../opened-key.ts'
import { personNames } from '../people/people.ts'
import { findInterest, recordDisclosure, recordRegistered } from './register-interests.ts'
import type { Interest } from './register-interests.ts'

const registeredForm = z.object({
  on: date('the day the interests were registered'),
  register: optionalWebAddress(),
})
const disclosureForm = z.object({ on: date('the day of the disclosure') })

interface Wrong {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

const bodyPath = (id: string): string => `/workspace/organisations/bodies/${id}`

async function openInterest(context: WorkspaceContext): Promise<Interest | null> {
  const key = openedKey(context)
  return key && findInterest(context.trx, key)
}

export async function showRegistered(context: WorkspaceContext): Promise<Answer> {
  const interest = await openInterest(context)
  if (interest === null) return notFound()
  const body = await findBody(context.trx, { areaId: interest.area_id, id: interest.record_id })
  return registeredPage(context, interest, { register: body?.interestsRegister ?? '' }, {})
}

async function registeredPage(
  { trx }: WorkspaceContext,
  interest: Interest,
  fields: FormFields,
  { faults = [], refusals = [] }: Wrong,
): Promise<Answer> {
  const clock = await findClock(trx, { areaId: interest.area_id, id: interest.clock_id })
  const names = await personNames(trx, [interest.person_id])
  const model = {
    title: 'Record that interests were registered',
    back: { text: 'Back', href: bodyPath(interest.record_id) },
    form: { action: `/workspace/organisations/interests/${interest.id}/registered`, fields, faults, refusals },
    member: names.get(interest.person_id) ?? 'Not named',
    began: interest.began_on,
    disclosed: interest.rule === 'DPI-MEET',
    due: { date: clock?.due ?? null, running: true, href: `/workspace/records/${interest.record_id}/due` },
  }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page('modules/organisations/views/interest-registered.njk', model, status)
}

export async function doRegistered(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields } = context
  const interest = await openInterest(context)
  if (interest === null) return notFound()
  const read = readForm(registeredForm, fields)
  if (!read.ok) return registeredPage(context, interest, fields, { faults: read.errors })
  try {
    await recordRegistered(trx, context, { areaId: interest.area_id, id: interest.id }, read.value)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return registeredPage(context, interest, fields, { refusals: error.reasons })
  }
  return redirect(bodyPath(interest.record_id), 'The registration was recorded.')
}

async function openSeat(context: WorkspaceContext): Promise<{ membership: Membership; body: Body } | null> {
  const key = openedKey(context)
  const membership = key && (await findMembership(context.trx, key))
  const body = membership && (await findBody(context.trx, { areaId: membership.areaId, id: membership.bodyId }))
  return membership && body && { membership, body }
}

export async function showDisclosure(context: WorkspaceContext): Promise<Answer> {
  const seat = await openSeat(context)
  return seat === null ? notFound() : disclosurePage(context, seat.membership, {})
}

async function disclosurePage(
  { trx, fields }: WorkspaceContext,
  membership: Membership,
  { faults = [], refusals = [] }: Wrong,
): Promise<Answer> {
  const names = await personNames(trx, membership.personId === null ? [] : [membership.personId])
  const model = {
    title: 'Record that an interest was disclosed',
    back: { text: 'Back', href: bodyPath(membership.bodyId) },
    form: { action: `/workspace/organisations/memberships/${membership.id}/disclosure`, fields, faults, refusals },
    member: names.get(membership.personId ?? '') ?? 'Not named',
  }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page('modules/organisations/views/interest-disclosed.njk', model, status)
}

export async function doDisclosure(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields } = context
  const seat = await openSeat(context)
  const record = seat && (await findRecord(trx, seat.body))
  if (seat === null || record === null) return notFound()
  const read = readForm(disclosureForm, fields)
  if (!read.ok) return disclosurePage(context, seat.membership, { faults: read.errors })
  const { id: membershipId, personId } = seat.membership
  try {
    const disclosing = { form: seat.body.form, personId, membershipId }
    await recordDisclosure(trx, context, record, disclosing, read.value.on)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return disclosurePage(context, seat.membership, { refusals: error.reasons })
  }
  return redirect(bodyPath(record.id), 'The disclosure was recorded, with the time to notify it.')
}
