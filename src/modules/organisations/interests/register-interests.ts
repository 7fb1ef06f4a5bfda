import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import { findArea } from '../../../record/areas.ts'
import { cancelClock, finishClock } from '../../../record/clock-changes.ts'
import { clocksOf, findClock } from '../../../record/clock-rows.ts'
import { isRunning, startClock } from '../../../record/clock-store.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import type { BodyForm } from '../bodies/words.ts'
import type { StatedTime } from '../stated-time.ts'
import { statedWords } from '../stated-time.ts'
import { insertInterest, selectInterest, selectInterests, updateRegistered } from './queries.ts'
import type { InterestRow } from './queries.ts'
import { disclosureFaults, seatDuty } from './rules.ts'
import type { InterestRule, SeatArea, SeatFacts } from './rules.ts'

/** A seat on a body, as far as registering interests goes. */
export interface InterestedSeat extends SeatFacts {
  membershipId: string
}

/** Begins the time to register interests when somebody becomes a member of a panel. Where none is owed, nothing. */
export async function beginRegistering(trx: Trx, act: Act, body: RecordHead, seat: InterestedSeat): Promise<void> {
  const duty = seatDuty(seat, await areaOf(trx, body.areaId))
  if (duty !== null) await begin(trx, act, body, { ...duty, membershipId: seat.membershipId })
}

async function areaOf(trx: Trx, areaId: number): Promise<SeatArea> {
  const area = await findArea(trx, areaId)
  return { slug: area?.slug ?? '', historical: area?.historical ?? false }
}

async function begin(
  trx: Trx,
  act: Act,
  body: RecordHead,
  duty: { rule: InterestRule; personId: string; membershipId: string; from: Temporal.PlainDate },
): Promise<string> {
  const { rule, personId, membershipId, from } = duty
  const before = new Set((await clocksOf(trx, body)).map(clock => clock.id))
  await startClock(trx, act, body, rule, { from }, { role: 'panel-member', personId, setsDue: false })
  const begun = (await clocksOf(trx, body)).find(clock => !before.has(clock.id))
  if (begun === undefined) throw new Error(`The clock ${rule} of ${body.id} was started but is not there`)
  const id = randomUUIDv7()
  await insertInterest(trx, {
    area_id: body.areaId,
    id,
    record_id: body.id,
    person_id: personId,
    membership_id: membershipId,
    rule,
    began_on: from,
    clock_id: begun.id,
    registered_on: null,
    register: null,
  })
  return id
}

/**
 * Records that an interest was disclosed at a meeting and is to be notified (Localism Act 2011 s.31(2)-(3)). What the
 * interest is stands in the monitoring officer's register and not here.
 *
 * @returns the id of what is now to be notified
 * @throws Refusal with every reason where it cannot have been disclosed then
 */
export async function recordDisclosure(
  trx: Trx,
  act: Act,
  body: RecordHead,
  seat: { form: BodyForm; personId: string | null; membershipId: string },
  on: Temporal.PlainDate,
): Promise<string> {
  const { form, personId, membershipId } = seat
  const faults = disclosureFaults({ form, personId }, await areaOf(trx, body.areaId), on, londonDate(act.now))
  if (faults.length > 0 || personId === null) throw new Refusal(faults)
  return begin(trx, act, body, { rule: 'DPI-MEET', personId, membershipId, from: on })
}

/** Something to register, as it was begun and perhaps done. */
export type Interest = InterestRow

/** Interests to register on a body that this transaction's organisations hold, or null. */
export async function findInterest(trx: Trx, key: RecordKey): Promise<Interest | null> {
  return (await selectInterest(trx, key)) ?? null
}

/**
 * Records that interests were registered, on a day that may have passed: kept, or kept late.
 *
 * @param done the day, and where the entry stands in the register
 * @throws Refusal where it was recorded already, was cancelled, or the day cannot be
 */
export async function recordRegistered(
  trx: Trx,
  act: Act,
  key: RecordKey,
  done: { on: Temporal.PlainDate; register: string | null },
): Promise<void> {
  const interest = await selectInterest(trx, key)
  if (interest === undefined) throw new Refusal(['This is not there any more.'])
  await finishClock(trx, act, { areaId: key.areaId, id: interest.clock_id }, 'registered', done.on)
  await updateRegistered(trx, key, done)
}

/** Cancels what a seat still owes when it ends; the reason says when, so that a time that ran out stays visible. */
export async function endRegistering(
  trx: Trx,
  act: Act,
  seat: { areaId: number; membershipId: string },
  ended: StatedTime,
): Promise<void> {
  const { areaId, membershipId } = seat
  const why = `The membership ended on ${statedWords(ended)}, before it was recorded that interests were registered.`
  for (const { clock_id: id } of await selectInterests(trx, areaId, { membershipId })) {
    const clock = await findClock(trx, { areaId, id })
    if (clock !== null && isRunning(clock)) await cancelClock(trx, act, clock, why)
  }
}

/** The time to register that a seat began, where it is still open: for whoever records what was done long since. */
export async function openRegistration(
  trx: Trx,
  seat: { areaId: number; membershipId: string },
): Promise<RecordKey | null> {
  const [open] = (await selectInterests(trx, seat.areaId, { membershipId: seat.membershipId })).filter(
    interest => interest.registered_on === null && interest.rule !== 'DPI-MEET',
  )
  return open === undefined ? null : { areaId: seat.areaId, id: open.id }
}
