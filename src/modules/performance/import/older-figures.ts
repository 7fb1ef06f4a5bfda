import type { Trx } from '../../../platform/database/tables.ts'
import { dateOfDay, dayNumber } from './cells.ts'
import { differs } from './held-figure.ts'
import { type HeldObservation, lowerRevisions, revisionsHeld } from './queries.ts'
import type { RowBatch } from './row-batch.ts'

/**
 * Files of several years come in any order. A figure that was drawn up before the one held is not the latest, whenever
 * it is loaded: it takes the place among the earlier revisions that its as-at date gives it, so that the end is the same
 * in whatever order the files came.
 *
 * @param rows held figures, each the latest of a row of the batch that is older
 * @param write whether room is made for them; a dry run only counts
 * @returns the revision that each row becomes; rows that say what an earlier revision says already are left out
 */
export async function placeOlder(
  trx: Trx,
  batch: RowBatch,
  rows: readonly HeldObservation[],
  write: boolean,
): Promise<Map<number, number>> {
  const start = (row: number) => dateOfDay(batch.day[row]!).toString()
  const held = await revisionsHeld(trx, {
    at: rows.map(each => each.at),
    series: rows.map(each => each.series_id),
    start: rows.map(each => start(each.at)),
  })
  const places = new Map<number, number>()
  const room = { series: [] as number[], start: [] as string[], upTo: [] as number[] }
  for (const [row, revisions] of Map.groupBy(held, each => each.at)) {
    const place = placeAmong(batch, row, revisions)
    if (place === null) continue
    places.set(row, place.revision)
    if (!place.shift) continue
    room.series.push(revisions[0]?.series_id ?? 0)
    room.start.push(start(row))
    room.upTo.push(place.revision)
  }
  if (write && room.series.length > 0) await lowerRevisions(trx, room)
  return places
}

/**
 * Where an older figure belongs among the revisions held, the earliest first; null if the one before it or the one
 * after it says the same: a figure that was not revised is held once.
 */
function placeAmong(
  batch: RowBatch,
  row: number,
  revisions: readonly HeldObservation[],
): { revision: number; shift: boolean } | null {
  const day = batch.asAt[row]!
  const at = revisions.findLastIndex(each => each.as_at !== null && dayNumber(each.as_at) <= day)
  const [before, after] = [revisions[at], revisions[at + 1]]
  if (before !== undefined && !differs(batch, row, before)) return null
  if (after === undefined || !differs(batch, row, after)) return null
  return before === undefined
    ? { revision: after.revision - 1, shift: false }
    : { revision: before.revision, shift: true }
}
