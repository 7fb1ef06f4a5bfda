import type { Updateable } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { londonDate, longDate } from '../platform/time.ts'
import { actingFor } from './acting-for.ts'
import { storeFacts } from './clock-facts.ts'
import { clocksOf, dayOfDue, lockClock } from './clock-rows.ts'
import type { ClockKey, RunningClock } from './clock-rows.ts'
import { changeClock, isRunning } from './clock-store.ts'
import { computedColumns, computeHere, dueDay, moved } from './clock-work-out.ts'
import { startingDay } from './clocks/facts.ts'
import { countsBackwards } from './clocks/rule.ts'
import type { ClockFacts } from './clocks/index.ts'
import type { Act, Due, RecordKey } from './record.ts'
import { changeRecord, findRecord } from './records.ts'
import type { ClockTable } from './tables.ts'

/**
 * Pauses a clock from a day on: what is missing was asked for.
 *
 * @throws Refusal where the rule cannot be paused, it is paused already, or the day lies before the start, after the
 *   clock's last day (what is late stays late) or after today
 */
export async function pauseClock(
  trx: Trx,
  act: Act,
  key: ClockKey,
  from: Temporal.PlainDate,
  why: string,
): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  if (clock.state === 'paused') throw new Refusal(['This clock is paused already.'])
  const last = dayOfDue(clock.due)
  if (last !== null && Temporal.PlainDate.compare(from, last) > 0) {
    throw new Refusal([`The last day was ${longDate(last)}: a clock cannot be paused after it.`])
  }
  refuseToCome(act, from, 'A clock is paused from today or an earlier day.')
  const paused = [...(clock.facts.paused ?? []), { from, to: null }]
  await recompute(trx, act, clock, { ...clock.facts, paused }, { state: 'paused' }, 'clock-paused', why)
}

/**
 * Lets a paused clock run again from a day on.
 *
 * @throws Refusal where it is not paused, or the day lies before the pause began or after today
 */
export async function resumeClock(
  trx: Trx,
  act: Act,
  key: ClockKey,
  on: Temporal.PlainDate,
  why: string,
): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  if (clock.state !== 'paused') throw new Refusal(['This clock is not paused.'])
  refuseToCome(act, on, 'A clock runs again from today or an earlier day.')
  const paused = (clock.facts.paused ?? []).map(pause => (pause.to === null ? { ...pause, to: on } : pause))
  await recompute(trx, act, clock, { ...clock.facts, paused }, { state: 'running' }, 'clock-resumed', why)
}

/**
 * Extends a clock, with the ground that the rule asks for.
 *
 * @throws Refusal where nothing extends the rule, or it is extended already
 */
export async function extendClock(trx: Trx, act: Act, key: ClockKey, ground: string): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  if (clock.facts.extended === true) throw new Refusal(['This clock is extended already.'])
  await recompute(
    trx,
    act,
    clock,
    { ...clock.facts, extended: true },
    { extension_ground: ground },
    'clock-extended',
    ground,
  )
}

/** Leaves a stretch of days out of a clock: the time after an election until the new commissioner takes office. */
export async function leaveOutDays(
  trx: Trx,
  act: Act,
  key: ClockKey,
  days: { from: Temporal.PlainDate; to: Temporal.PlainDate; why: string },
): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  const leftOut = [...(clock.facts.leftOut ?? []), days]
  await recompute(trx, act, clock, { ...clock.facts, leftOut }, {}, 'clock-days-left-out', days.why)
}

/**
 * Counts the running clocks of a rule on a record from another day: the meeting moved, or a clarification starts the
 * count anew. A due that was agreed stays.
 */
export async function moveClockStart(
  trx: Trx,
  act: Act,
  record: RecordKey,
  rule: string,
  from: NonNullable<ClockFacts['from']>,
  why: string,
): Promise<void> {
  const running = (await clocksOf(trx, record)).filter(clock => clock.rule.id === rule && isRunning(clock))
  for (const clock of running.filter(each => !each.agreed)) {
    const started = { started_on: startingDay(from) }
    await recompute(trx, act, clock, { ...clock.facts, from }, started, 'clock-moved', why)
  }
}

/** Cancels a clock: the duty does not apply after all, and why. The record's due is left to whoever puts another there. */
export async function cancelClock(trx: Trx, act: Act, key: ClockKey, why: string): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  await changeClock(trx, act, clock, { state: 'cancelled', cancelled_why: why }, 'clock-cancelled', { why })
}

/** Cancels a clock for good: with it goes the due of its record, where it was this clock's. */
export async function cancelDuty(trx: Trx, act: Act, key: ClockKey, why: string): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  await cancelClock(trx, act, clock, why)
  if (clock.setsDue && !clock.agreed) await followClock(trx, act, clock, null, why)
}

/** Hands a clock to another owner within the organisation that owes. */
export async function handOverClock(
  trx: Trx,
  act: Act,
  key: ClockKey,
  to: { role: string | null; personId: string | null },
  why: string,
): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  const changes = { owner_role: to.role, owner_person: to.personId }
  await changeClock(trx, act, clock, changes, 'clock-handed-over', { why, from: clock.owner, to })
}

/**
 * Stops one clock, where several of a rule may run on a record: the duty was done, on a day that may have passed.
 *
 * @throws Refusal where it does not run, or the day lies before its start or after today
 */
export async function finishClock(
  trx: Trx,
  act: Act,
  key: ClockKey,
  outcome: string,
  on: Temporal.PlainDate,
): Promise<void> {
  const clock = await mustBeOpen(trx, key)
  const { startedOn, rule } = clock
  if (startedOn !== null && !countsBackwards(rule) && Temporal.PlainDate.compare(on, startedOn) < 0) {
    throw new Refusal([`It began on ${longDate(startedOn)}: it cannot have been done before.`])
  }
  refuseToCome(act, on, 'A duty was done today or on an earlier day.')
  await changeClock(trx, act, clock, { state: 'stopped', outcome, stopped_on: on }, 'clock-stopped', { outcome })
}

function refuseToCome(act: Act, day: Temporal.PlainDate, reason: string): void {
  if (Temporal.PlainDate.compare(day, londonDate(act.now)) > 0) throw new Refusal([reason])
}

async function mustBeOpen(trx: Trx, key: ClockKey): Promise<RunningClock> {
  const clock = await lockClock(trx, key)
  if (clock === null) throw new Refusal(['This clock is not there any more.'])
  if (!isRunning(clock)) throw new Refusal(['This clock does not run any more.'])
  return clock
}

/** Works a clock out again from changed facts; the record's due follows, and the day it had stays in the history. */
async function recompute(
  trx: Trx,
  act: Act,
  clock: RunningClock,
  facts: ClockFacts,
  changes: Updateable<ClockTable>,
  event: string,
  why: string,
): Promise<void> {
  if (clock.agreed) throw new Refusal(['A date was agreed for this. Change the due instead.'])
  const result = await computeHere(trx, clock.areaId, clock.rule, facts)
  const computed = { ...computedColumns(result), facts: JSON.stringify(storeFacts(facts)), in_force: result.inForce }
  await changeClock(trx, act, clock, { ...computed, ...changes }, event, { why, ...moved(clock.due, result.due) })
  if (clock.setsDue) await followClock(trx, act, clock, dueDay(result), why)
}

/** Puts a clock's new day on its record. A condition stays one: the day is then when to look again. */
async function followClock(
  trx: Trx,
  act: Act,
  clock: RunningClock,
  day: Temporal.PlainDate | null,
  why: string,
): Promise<void> {
  const key = { areaId: clock.areaId, id: clock.recordId }
  await actingFor(trx, clock.holders, async () => {
    const before = (await findRecord(trx, key))?.due ?? null
    const due = dueOnRecord(before, day)
    await changeRecord(trx, act, key, null, { due }, { kind: 'due-moved', why })
  })
}

function dueOnRecord(before: Due | null, day: Temporal.PlainDate | null): Due | null {
  if (before?.kind === 'condition') return { ...before, lookAgain: day }
  return day === null ? null : { kind: 'date', date: day }
}
