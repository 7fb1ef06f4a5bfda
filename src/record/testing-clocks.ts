import type { Viewer } from '../platform/access/viewer.ts'
import { clocksOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { startClock } from './clock-store.ts'
import type { ClockOwner } from './clock-store.ts'
import type { ClockFacts } from './clocks/index.ts'
import type { Due, RecordHead, RecordKey } from './record.ts'
import { changeRecord, createRecord, findRecord } from './records.ts'
import type { TestWorld } from './testing.ts'

/** A day in the few letters of a test. */
export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

/** Starting clocks on notes of a test world, and reading what became of them. */
export function clockStory(worldOf: () => TestWorld) {
  const start = (
    viewer: Viewer,
    rule: string,
    facts: ClockFacts & { from: NonNullable<ClockFacts['from']> },
    more: { title?: string; owner?: ClockOwner; agreed?: Due } = {},
  ): Promise<{ record: RecordHead; clock: RunningClock }> =>
    worldOf().as(viewer, async (trx, act) => {
      const title = more.title ?? `A note of ${rule}`
      const made = await createRecord(trx, act, { areaId: 1, kind: 'note', title, state: 'asked' })
      const due = await startClock(trx, act, made, rule, facts, more.owner, more.agreed ?? null)
      const setsDue = more.owner?.setsDue !== false
      const record = setsDue ? await changeRecord(trx, act, made, null, { due }, { kind: 'changed' }) : made
      const [clock] = await clocksOf(trx, made)
      if (clock === undefined) throw new Error('The clock that was started is not there')
      return { record, clock }
    })

  const clockOn = async (viewer: Viewer, record: RecordKey): Promise<RunningClock | undefined> =>
    (await worldOf().as(viewer, trx => clocksOf(trx, record)))[0]

  /** The due of a record in words: a day, `condition 2026-03-30`, or nothing. */
  const dueOf = async (viewer: Viewer, record: RecordKey): Promise<string | null> => {
    const due = (await worldOf().as(viewer, trx => findRecord(trx, record)))?.due ?? null
    if (due === null) return null
    return due.kind === 'condition' ? `condition ${due.lookAgain?.toString() ?? ''}` : (due.date?.toString() ?? null)
  }

  return { start, clockOn, dueOf }
}
