import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { postHolders } from '../../organisations/index.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { partiesOf } from '../meeting/parties.ts'
import { seatsOn } from '../room/seats.ts'
import type { Seat } from '../room/seats.ts'
import { attendanceOf } from './queries.ts'

/** Somebody who may be noted as attending, with the post the public would read. */
export interface Attendable {
  /** What the form names them by: the person, or the seat where somebody has several. */
  key: string
  personId: string
  organisationId: string | null
  name: string
  label: string
  seatId: string | null
  authority: string | null
  /** Whether they come to every meeting; substitutes, and those with several seats, are noted one by one. */
  usual: boolean
}

/**
 * Those who may attend a meeting on its day: the members of the body with their seats, and the office-holders of the
 * organisations that take part; without those who are noted already.
 */
export async function attendable(trx: Trx, act: Act, key: RecordKey): Promise<Attendable[]> {
  const { head, row } = await mustFindMeeting(trx, key)
  const body = { areaId: key.areaId, id: row.body_id }
  const { joint, attending } = await partiesOf(trx, body, act.viewer.organisation.id)
  const seats = (await seatsOn(trx, body, head.dated)).filter(seat => seat.personId !== null)
  const sides = await Promise.all([...joint, ...attending].map(side => postHolders(trx, side.id, head.dated)))
  const posts = sides.flat().filter((each, at, all) => all.findIndex(other => other.personId === each.personId) === at)
  const noted = new Set((await attendanceOf(trx, key)).map(each => each.person_id))
  const seated = seats.map(seat => bySeat(seat, seats, posts.find(post => post.personId === seat.personId)?.title))
  const others = posts
    .filter(post => !seats.some(seat => seat.personId === post.personId))
    .map(({ personId, organisationId, name, title: label }) => {
      return { key: personId, personId, organisationId, name, label, seatId: null, authority: null, usual: true }
    })
  return [...seated, ...others].filter(each => !noted.has(each.personId))
}

function bySeat(seat: Seat, seats: readonly Seat[], post: string | undefined): Attendable {
  const personId = seat.personId ?? ''
  const several = seats.filter(each => each.personId === personId).length > 1
  return {
    key: several ? seat.id : personId,
    personId,
    organisationId: seat.organisationId,
    name: seat.name,
    label: seat.label === 'Member' || seat.label === 'Attends' ? (post ?? seat.label) : seat.label,
    seatId: seat.id,
    authority: seat.authority,
    usual: !several && seat.capacity !== 'substitute',
  }
}
