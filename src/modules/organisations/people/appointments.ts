import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act } from '../../../record/record.ts'
import { findOrganisation } from '../organisations.ts'
import type { StatedTime } from '../stated-time.ts'
import { dayAfter, endingFaults, termFaults, wholeTerm } from '../terms.ts'
import type { GivenTerm } from '../terms.ts'
import { addOfficeHolder } from './add-person.ts'
import { settleHandOvers } from './hand-over.ts'
import { toAppointment } from './people.ts'
import type { Appointment } from './people.ts'
import { insertAppointment, lockAppointment, termColumns, toTerm, updateAppointmentTerm } from './queries.ts'
import { changeStanding } from './standing.ts'

export interface NewAppointment extends GivenTerm {
  areaId: number
  /** Null only where no paper says whose post it was. */
  organisationId: string | null
  /** Null where the papers speak of the post and name nobody. */
  personId: string | null
  role: Role
  title: string
  /** Where this stands: "Annual report 2017/18, section 3". */
  source?: string | null
  note?: string | null
}

/**
 * Appoints somebody to a post, or records that they were. The record of the person in the area is made where the
 * organisation keeps none yet.
 *
 * @returns the appointment's id
 * @throws Refusal where the times make no sense
 */
export async function addAppointment(trx: Trx, act: Act, made: NewAppointment): Promise<{ id: string }> {
  const term = wholeTerm(made)
  const faults = termFaults(term)
  if (faults.length > 0) throw new Refusal(faults)
  const id = randomUUIDv7()
  await insertAppointment(trx, {
    id,
    area_id: made.areaId,
    organisation_id: made.organisationId,
    person_id: made.personId,
    role: made.role,
    title: made.title,
    recorded_by: act.viewer.organisation.id,
    ...termColumns(term),
    source: made.source ?? null,
    note: made.note ?? null,
  })
  if (made.personId !== null) await noteAppointment(trx, act, made, made.personId)
  return { id }
}

async function noteAppointment(trx: Trx, act: Act, made: NewAppointment, personId: string): Promise<void> {
  const holder = await addOfficeHolder(trx, act, { areaId: made.areaId, personId })
  const organisation = made.organisationId === null ? null : await findOrganisation(trx, made.organisationId)
  await changeStanding(trx, act, holder, null, {
    kind: 'appointed',
    details: { post: made.title, ...(organisation !== null && { organisation: organisation.name }) },
  })
}

/** An appointment in, or recorded by, the organisation that acts; or null: another's is not there. */
export async function findOwnAppointment(trx: Trx, act: Act, id: string): Promise<Appointment | null> {
  const row = await lockAppointment(trx, id)
  if (row === undefined) return null
  const own = [row.organisation_id, row.recorded_by].includes(act.viewer.organisation.id)
  return own ? toAppointment(row) : null
}

/**
 * Ends an appointment, and hands the post over where there is a successor: theirs begins on the day after. What the
 * person owns goes with the post, once its last day has passed.
 *
 * @param ending `ended` is the last day in post; `successor` a person
 * @throws Refusal with every reason where it cannot be ended so
 */
export async function endAppointment(
  trx: Trx,
  act: Act,
  ending: { id: string; ended: StatedTime; successor?: string | null; why?: string },
): Promise<void> {
  const row = await lockAppointment(trx, ending.id)
  if (row === undefined) throw new Refusal(['This appointment is not there any more.'])
  const appointment = toAppointment(row)
  const faults = endingFaults(toTerm(row), ending.ended)
  if (ending.successor === appointment.personId && ending.successor !== null) {
    faults.push('The successor must be somebody else.')
  }
  if (faults.length > 0) throw new Refusal(faults)
  await updateAppointmentTerm(trx, ending.id, { ...toTerm(row), ended: ending.ended, endUnknown: false })
  await noteEnd(trx, act, appointment, ending)
  const { areaId, organisationId, personId, role, title } = appointment
  if (ending.successor != null) {
    const started = dayAfter(ending.ended)
    await addAppointment(trx, act, { areaId, organisationId, personId: ending.successor, role, title, started })
  }
  if (organisationId === null || personId === null) return
  await settleHandOvers(trx, act, areaId, londonDate(act.now), { organisationId, personId })
}

async function noteEnd(
  trx: Trx,
  act: Act,
  appointment: Appointment,
  ending: { ended: StatedTime; why?: string },
): Promise<void> {
  const { areaId, personId, title } = appointment
  if (personId === null) return
  const holder = await addOfficeHolder(trx, act, { areaId, personId })
  await changeStanding(trx, act, holder, null, {
    kind: 'post-ended',
    ...(ending.why !== undefined && { why: ending.why }),
    details: { post: title, ended: ending.ended },
  })
}
