import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { findPersons, membersOn, organisationNames, postHolders } from '../../organisations/index.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { partiesOf } from '../meeting/parties.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { attendanceOf, deleteAttendance, insertAttendance } from './queries.ts'
import type { AttendanceRow, Presence } from './queries.ts'

export interface NewAttendance {
  organisationId: string | null
  personId?: string | null
  /** The post, as the public reads it of somebody without a public name. */
  label: string
  presence: Presence
  /** Initials by which the minutes name them, as printed: `BS`. */
  initials?: string | null
  arrived?: string | null
  left?: string | null
}

/** Notes who attended, sent apologies, or took the minutes. */
export async function addAttendance(trx: Trx, act: Act, key: RecordKey, made: NewAttendance): Promise<string> {
  await openAttendance(trx, key)
  const id = await insertAttendance(trx, {
    area_id: key.areaId,
    meeting_id: key.id,
    organisation_id: made.organisationId,
    person_id: made.personId ?? null,
    label: made.label,
    initials: made.initials ?? null,
    presence: made.presence,
    arrived: made.arrived ?? null,
    left_at: made.left ?? null,
  })
  await changeRecord(trx, act, key, null, {}, { kind: 'attendance-changed' })
  return id
}

export async function removeAttendance(trx: Trx, act: Act, key: RecordKey, id: string): Promise<void> {
  await openAttendance(trx, key)
  await deleteAttendance(trx, key, id)
  await changeRecord(trx, act, key, null, {}, { kind: 'attendance-changed' })
}

/** Who was there is part of the minutes: it stays once they are agreed. */
async function openAttendance(trx: Trx, key: RecordKey): Promise<void> {
  await mustFindMeeting(trx, key)
  const minutes = await findMinutesOf(trx, key)
  if (minutes !== null && minutes.head.state !== 'draft' && minutes.head.state !== 'circulated') {
    throw new Refusal(['The minutes are agreed. Who attended stays as they say.'])
  }
}

/** Somebody who may be noted as attending, with the post the public would read. */
export interface Attendable {
  personId: string
  organisationId: string | null
  name: string
  label: string
}

/**
 * Those who usually attend a meeting on its day: the members of the body, and the office-holders of the organisations
 * that take part; without those who are noted already.
 */
export async function attendable(trx: Trx, act: Act, key: RecordKey): Promise<Attendable[]> {
  const { head, row } = await mustFindMeeting(trx, key)
  const body = { areaId: key.areaId, id: row.body_id }
  const { joint, attending } = await partiesOf(trx, body, act.viewer.organisation.id)
  const members = (await membersOn(trx, body, head.dated)).flatMap(({ person, membership }) =>
    person === null
      ? []
      : [
          {
            personId: person.id,
            organisationId: membership.organisationId,
            name: person.name,
            label: membership.title ?? 'Member',
          },
        ],
  )
  const holders = await Promise.all([...joint, ...attending].map(side => postHolders(trx, side.id, head.dated)))
  const posts = holders
    .flat()
    .map(({ personId, organisationId, name, title }) => ({ personId, organisationId, name, label: title }))
  const noted = new Set((await attendanceOf(trx, key)).map(each => each.person_id))
  const byPerson = new Map([...members, ...posts].map(each => [each.personId, each]))
  return [...byPerson.values()].filter(each => !noted.has(each.personId))
}

/** Somebody at a meeting, with what different readers may know of them. */
export interface Attendee {
  row: AttendanceRow
  organisation: string | null
  /** As their own organisations know them. */
  name: string
  /** As the public may read: a public name with the post, or the post alone. */
  publicName: string
  names: readonly string[]
}

/** Everyone noted at a meeting, with their names and sides. */
export async function attendeesOf(trx: Trx, key: RecordKey): Promise<Attendee[]> {
  const rows = await attendanceOf(trx, key)
  const people = new Map(
    (
      await findPersons(
        trx,
        rows.flatMap(row => row.person_id ?? []),
      )
    ).map(each => [each.id, each]),
  )
  const sides = await organisationNames(
    trx,
    rows.flatMap(row => row.organisation_id ?? []),
  )
  return rows.map(row => {
    const person = people.get(row.person_id ?? '')
    const known = person?.publicName ?? null
    return {
      row,
      organisation: sides.get(row.organisation_id ?? '') ?? null,
      name: person?.name ?? row.label,
      publicName: known === null ? row.label : sameWords(known, row.label) ? row.label : `${known}, ${row.label}`,
      names:
        person === undefined ? [row.label] : [person.name, ...person.alsoPrinted, ...(known === null ? [] : [known])],
    }
  })
}

/** A printed label may hold the name already: "Councillor Derek Poole". */
function sameWords(name: string, label: string): boolean {
  return label.toLowerCase().includes(name.toLowerCase())
}
