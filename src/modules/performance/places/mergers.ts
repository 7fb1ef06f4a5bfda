import type { Trx } from '../../../platform/database/tables.ts'
import type { Act } from '../../../record/record.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { addBreak, seriesNamed, wholeAreaSeries } from '../open-data/open-data-queries.ts'
import { type Place, placeKindWords } from './place-names.ts'
import { listPlaces } from './places-queries.ts'

/**
 * Notes in the figures what the list of places says of them: a break in the series of each place that took another in,
 * from the day on which it did, and a note in those that were renamed. Nothing is added up: the figures of the place
 * that was taken in stay under its own name. Noted once, however often this is called.
 *
 * @returns how many series were given a note
 */
export async function notePlaces(trx: Trx, act: Act, areaId: number): Promise<number> {
  const places = await listPlaces(trx, areaId)
  const touched = new Set<number>()
  for (const place of places) {
    if (place.merged !== null) {
      const successor = places.find(each => each.id === place.mergedInto)
      if (successor !== undefined) await noteMerger(trx, act, areaId, place, successor, place.merged.from, touched)
    }
    if (place.renamed !== null) await noteRenaming(trx, act, areaId, place, place.renamed, touched)
  }
  await raiseExceptions(trx, act, areaId, [...touched])
  return touched.size
}

async function noteMerger(
  trx: Trx,
  act: Act,
  areaId: number,
  place: Place,
  successor: Place,
  from: Temporal.PlainDate,
  touched: Set<number>,
): Promise<void> {
  const { dimension } = placeKindWords[place.kind]
  const reason = `${place.name} became part of ${successor.name} on ${inWords(from)}. Figures before that are those of ${successor.name} alone; those of ${place.name} stand under its own name.`
  for (const series of await seriesOfPlace(trx, areaId, successor, dimension)) {
    const where = { areaId, measureId: series.measureId, breakdown: series.breakdown }
    const known = { from: from.toString(), cause: 'other' as const, reason, rebases: true }
    if (await addBreak(trx, where, known, by(act))) touched.add(series.id)
  }
}

async function noteRenaming(
  trx: Trx,
  act: Act,
  areaId: number,
  place: Place,
  { to, from }: { to: string; from: Temporal.PlainDate },
  touched: Set<number>,
): Promise<void> {
  const reason = `${place.name} has been called ${to} since ${inWords(from)}: the same place, and the same series.`
  for (const series of await seriesOfPlace(trx, areaId, place, placeKindWords[place.kind].dimension)) {
    const where = { areaId, measureId: series.measureId, breakdown: series.breakdown }
    const known = { from: from.toString(), cause: 'other' as const, reason, rebases: false }
    if (await addBreak(trx, where, known, by(act))) touched.add(series.id)
  }
}

/** The series of a place: under its name, or, for the area's own police area, those of the whole area. */
async function seriesOfPlace(
  trx: Trx,
  areaId: number,
  place: Place,
  dimension: string,
): Promise<{ id: number; measureId: string; breakdown: string }[]> {
  if (place.kind !== 'police-area' || !place.own) return seriesNamed(trx, areaId, dimension, [place.name])
  return (await wholeAreaSeries(trx, areaId, dimension)).map(series => ({ ...series, breakdown: '' }))
}

const inWords = (day: Temporal.PlainDate) => day.toLocaleString('en-GB', { dateStyle: 'long' })
const by = (act: Act) => ({ entered_by: act.viewer.name, entered_at: act.now })
