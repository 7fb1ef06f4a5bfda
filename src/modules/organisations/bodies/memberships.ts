import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { beginRegistering, endRegistering } from '../interests/register-interests.ts'
import { addOfficeHolder } from '../people/add-person.ts'
import { personNames } from '../people/people.ts'
import { termColumns, toTerm } from '../people/queries.ts'
import { changeStanding } from '../people/standing.ts'
import type { StatedTime } from '../stated-time.ts'
import { endingFaults, termFaults, wholeTerm } from '../terms.ts'
import type { GivenTerm } from '../terms.ts'
import { findBody } from './bodies.ts'
import { insertMembership, selectMembership, updateMembershipTerm } from './queries.ts'
import type { MembershipRow } from './queries.ts'
import type { Capacity } from './words.ts'

export interface NewMembership extends GivenTerm {
  areaId: number
  bodyId: string
  /** The member; or null for a seat that goes with a role in an organisation. */
  personId: string | null
  organisationId?: string | null
  role?: Role | null
  /** What the member is called there: "Co-opted independent member". */
  title?: string | null
  capacity: Capacity
  authority?: string | null
  /** The id of the membership this one substitutes for. */
  substituteFor?: string | null
  source?: string | null
  note?: string | null
}

/** Why this membership cannot be, in words; empty where it can. Pure. */
export function membershipFaults(made: NewMembership): string[] {
  const faults = termFaults(wholeTerm(made))
  if (made.personId === null && made.role == null)
    faults.push('Choose the person, or the role that the seat goes with.')
  if (made.role != null && made.organisationId == null) faults.push('Choose the organisation that the role is in.')
  return faults
}

/**
 * Gives a person, or whoever holds a role, a seat on a body, and ties the person's record to it.
 *
 * @returns the membership's id
 * @throws Refusal where the body is not one's own, or the times make no sense
 */
export async function addMembership(trx: Trx, act: Act, made: NewMembership): Promise<{ id: string }> {
  const body = await ownBody(trx, { areaId: made.areaId, id: made.bodyId })
  const faults = membershipFaults(made)
  if (faults.length > 0) throw new Refusal(faults)
  const id = randomUUIDv7()
  await insertMembership(trx, toRow(id, made))
  const { form } = (await findBody(trx, body)) ?? { form: 'other' as const }
  const { capacity, personId } = made
  await beginRegistering(trx, act, body, { membershipId: id, form, capacity, personId, term: wholeTerm(made) })
  await noteMember(trx, act, made.personId, body, 'member-added', 'seated')
  return { id }
}

function toRow(id: string, made: NewMembership): MembershipRow {
  return {
    area_id: made.areaId,
    id,
    body_id: made.bodyId,
    person_id: made.personId,
    organisation_id: made.organisationId ?? null,
    role: made.role ?? null,
    title: made.title ?? null,
    capacity: made.capacity,
    authority: made.authority ?? null,
    substitute_for: made.substituteFor ?? null,
    ...termColumns(wholeTerm(made)),
    source: made.source ?? null,
    note: made.note ?? null,
  }
}

/**
 * Ends a membership. The last day counts.
 *
 * @throws Refusal with every reason where it cannot be ended so
 */
export async function endMembership(
  trx: Trx,
  act: Act,
  ending: { areaId: number; id: string; ended: StatedTime },
): Promise<void> {
  const row = await selectMembership(trx, ending)
  if (row === undefined) throw new Refusal(['This membership is not there any more.'])
  const body = await ownBody(trx, { areaId: row.area_id, id: row.body_id })
  const faults = endingFaults(toTerm(row), ending.ended)
  if (faults.length > 0) throw new Refusal(faults)
  await updateMembershipTerm(trx, ending, { ...toTerm(row), ended: ending.ended, endUnknown: false })
  await endRegistering(trx, act, { areaId: row.area_id, membershipId: row.id }, ending.ended)
  await noteMember(trx, act, row.person_id, body, 'member-left', 'seat-ended')
}

async function ownBody(trx: Trx, key: RecordKey) {
  const body = await findRecord(trx, key)
  if (body?.kind !== 'body') throw new Refusal(['This body is not there any more.'])
  return body
}

/** Writes into the histories of body and member what happened, and keeps the link between them. */
async function noteMember(
  trx: Trx,
  act: Act,
  personId: string | null,
  body: RecordKey & { kind: string; title: string },
  bodyEvent: string,
  personEvent: string,
): Promise<void> {
  const names = await personNames(trx, personId === null ? [] : [personId])
  const member = names.get(personId ?? '') ?? 'a seat that goes with a role'
  await changeRecord(trx, act, body, null, {}, { kind: bodyEvent, details: { member } })
  if (personId === null) return
  const holder = await addOfficeHolder(trx, act, { areaId: body.areaId, personId })
  await link(trx, act, holder, 'member-of', body)
  await changeStanding(trx, act, holder, null, { kind: personEvent, details: { body: body.title } })
}
