import type { Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { itemsOf } from './queries.ts'

/*
 * What stands in the chair's copy alone: how long each item should take, and notes. No snapshot, release, search text
 * or event holds a word of it; only the chair's copy asks for it.
 */

interface PrivateTable {
  area_id: number
  item_id: string
  minutes: number | null
  notes: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_item_private: PrivateTable
  }
}

/** What the chair alone has of an item. */
export interface ChairsNotes {
  /** How long it should take. */
  minutes: number | null
  notes: string | null
}

const nothing: ChairsNotes = { minutes: null, notes: null }

/** The chair's timings and notes by item, of a meeting that the transaction's organisations hold. */
export async function chairsNotesOf(trx: Trx, key: RecordKey): Promise<ReadonlyMap<string, ChairsNotes>> {
  const { head } = await mustFindMeeting(trx, key)
  const items = await itemsOf(trx, head)
  if (items.length === 0) return new Map()
  const rows: Selectable<PrivateTable>[] = await trx
    .selectFrom('meetings_item_private')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where(
      'item_id',
      'in',
      items.map(item => item.id),
    )
    .execute()
  return new Map(rows.map(({ item_id: id, minutes, notes }) => [id, { minutes, notes }]))
}

/** Thrown where somebody else wrote notes on the same item meanwhile. */
export class NotesOvertaken extends Error {
  readonly now: ChairsNotes
  constructor(now: ChairsNotes) {
    super('Somebody else changed these notes meanwhile')
    this.now = now
  }
}

/**
 * Writes the chair's timing and notes of an item.
 *
 * @param seen the notes that stood there when the person began to write
 * @throws NotesOvertaken if other notes stand there by now
 */
export async function setChairsNotes(
  trx: Trx,
  act: Act,
  key: RecordKey,
  item: string,
  seen: string | null,
  made: ChairsNotes,
): Promise<void> {
  const before = await chairsNotesOf(trx, key)
  if (!(await itemsOf(trx, key)).some(each => each.id === item)) {
    throw new Refusal(['This item is not there any more.'])
  }
  const now = before.get(item) ?? nothing
  if (now.notes !== seen && now.notes !== made.notes) throw new NotesOvertaken(now)
  await trx
    .insertInto('meetings_item_private')
    .values({ area_id: key.areaId, item_id: item, ...made })
    .onConflict(conflict => conflict.columns(['area_id', 'item_id']).doUpdateSet({ ...made }))
    .execute()
  await changeRecord(trx, act, key, null, {}, { kind: 'chairs-copy-changed' })
}

/** An item with its timing, for the chair's running order. */
interface Timed {
  id: string
  minutes: number | null
  withdrawn: boolean
}

/**
 * At what time each item should begin, as far as every item before it has a length. Pure.
 *
 * @param starts London time of day: `10:00`
 * @returns times of day by item: `10:35`
 */
export function runningOrder(starts: string | null, items: readonly Timed[]): ReadonlyMap<string, string> {
  const times = new Map<string, string>()
  let at = starts === null ? null : Temporal.PlainTime.from(starts)
  for (const item of items.filter(each => !each.withdrawn)) {
    if (at === null) break
    times.set(item.id, at.toString({ smallestUnit: 'minute' }))
    at = item.minutes === null ? null : at.add({ minutes: item.minutes })
  }
  return times
}
