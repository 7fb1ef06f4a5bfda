import type { Trx } from '../platform/database/tables.ts'
import type { WorkingModel } from '../platform/web/patterns.ts'
import { clocksOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import type { RecordKey } from './record.ts'

/** The working of one clock, as the due pattern opens it. */
export function workingModel(clock: Pick<RunningClock, 'rule' | 'working'>): WorkingModel {
  return {
    rule: clock.rule.sentence,
    law: { text: clock.rule.source },
    leftOut: [],
    notes: clock.working.slice(1),
  }
}

/** The working of the clock that sets a record's due, or null where none does. */
export async function workingOf(trx: Trx, record: RecordKey): Promise<WorkingModel | null> {
  const clock = (await clocksOf(trx, record)).find(each => each.setsDue)
  return clock === undefined ? null : workingModel(clock)
}
