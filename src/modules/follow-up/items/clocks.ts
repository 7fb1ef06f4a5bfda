import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { cancelClock } from '../../../record/clock-changes.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { changeClock, isRunning, startClock, stopClock } from '../../../record/clock-store.ts'
import type { ClockOwner } from '../../../record/clock-store.ts'
import type { Act, Due, RecordHead, RecordKey } from '../../../record/record.ts'
import type { ItemKind } from './words.ts'

/** The rule by which something of each kind is due: a recommendation by its reply. */
export const clockRule: Readonly<Record<ItemKind, string>> = {
  recommendation: 'REC-REPLY',
  'information-request': 'ACTION',
  action: 'ACTION',
}

/** Stops whatever runs on an item, with what came of it. */
export function stopItemClocks(trx: Trx, act: Act, key: RecordKey, kind: ItemKind, outcome: string): Promise<void> {
  return stopClock(trx, act, key, clockRule[kind], outcome)
}

/** Stops the clock of one addressee whose reply arrived; those of the others run on. */
export async function stopClockOf(trx: Trx, act: Act, key: RecordKey, organisation: string): Promise<void> {
  const running = (await clocksOf(trx, key)).filter(
    clock => clock.rule.id === clockRule.recommendation && isRunning(clock) && clock.organisationId === organisation,
  )
  for (const clock of running) {
    const outcome = 'replied'
    const changes = { state: 'stopped' as const, outcome, stopped_on: londonDate(act.now) }
    await changeClock(trx, act, clock, changes, 'clock-stopped', { outcome })
  }
}

/**
 * Puts a new due in the place of the one that a running clock had: the clocks are cancelled with the reason and begin
 * again from the same day, with the due that was agreed. What does not run stays as it is.
 */
export async function agreeNewDue(
  trx: Trx,
  act: Act,
  record: RecordHead,
  kind: ItemKind,
  due: Due,
  why: string,
): Promise<void> {
  const running = (await clocksOf(trx, record)).filter(clock => clock.rule.id === clockRule[kind] && isRunning(clock))
  for (const clock of running.reverse()) {
    await cancelClock(trx, act, clock, why)
    const owner: ClockOwner = {
      organisationId: clock.organisationId,
      ...(clock.owner.role !== null && { role: clock.owner.role }),
      ...(clock.owner.personId !== null && { personId: clock.owner.personId }),
      ...(!clock.setsDue && { setsDue: false }),
    }
    const from = clock.startedOn ?? londonDate(act.now)
    await startClock(trx, act, record, clockRule[kind], { from }, owner, due)
  }
}
