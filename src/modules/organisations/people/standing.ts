import type { Trx } from '../../../platform/database/tables.ts'
import { areaToday } from '../../../record/areas.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { seatsOfPerson } from '../bodies/bodies.ts'
import { holds, isToCome } from '../terms.ts'
import type { Term } from '../terms.ts'
import { officeHolderOf, officeHoldersOf } from './office-holders.ts'
import { appointmentsOf } from './people.ts'

/** How an office-holder stands: in a post or seat, to be in one, in none any more, or nobody knows. */
export type Standing = 'in-post' | 'appointed' | 'left' | 'not-known'

/** How somebody stands on a day, from every post and seat they ever held. */
export function standingOn(terms: readonly Term[], on: Temporal.PlainDate): Standing {
  const holding = terms.map(term => holds(term, on))
  if (holding.includes('yes')) return 'in-post'
  if (terms.some(term => isToCome(term, on))) return 'appointed'
  return holding.length > 0 && holding.every(each => each === 'no') ? 'left' : 'not-known'
}

/**
 * Brings the state of an office-holder's record up to date after something changed about their posts and seats, and
 * writes what changed into its history.
 *
 * @param expectedVersion the version the person saw; null for what was not done from that record's page
 */
export async function changeStanding(
  trx: Trx,
  act: Act,
  key: RecordKey,
  expectedVersion: number | null,
  event: { kind: string; why?: string; details?: object },
): Promise<RecordHead> {
  const state = await standingOf(trx, act, key)
  return changeRecord(trx, act, key, expectedVersion, { state }, event)
}

/** Moves on every office-holder whose term began or ended with the passing of time; for a job of each day. */
export async function settleStandings(trx: Trx, act: Act, areaId: number): Promise<number> {
  let moved = 0
  for (const holder of await officeHoldersOf(trx, areaId)) {
    if (holder.state === (await standingOf(trx, act, holder))) continue
    await changeStanding(trx, act, holder, null, { kind: 'standing-changed' })
    moved += 1
  }
  return moved
}

async function standingOf(trx: Trx, act: Act, key: RecordKey): Promise<Standing> {
  const holder = await officeHolderOf(trx, key)
  if (holder === null) return 'not-known'
  const appointments = await appointmentsOf(trx, { personIds: [holder.personId] })
  const seats = await seatsOfPerson(trx, holder.personId, key.areaId)
  const terms = [...appointments.filter(post => post.areaId === key.areaId), ...seats].map(({ term }) => term)
  return standingOn(terms, await areaToday(trx, key.areaId, act.now))
}

/** The head of an office-holder's record, or null where it is not there or not this organisation's. */
export async function findOfficeHolder(trx: Trx, key: RecordKey): Promise<RecordHead | null> {
  const record = await findRecord(trx, key)
  return record?.kind === 'office-holder' ? record : null
}
