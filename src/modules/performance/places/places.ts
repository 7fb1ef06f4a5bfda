import type { Trx } from '../../../platform/database/tables.ts'
import { type Place, PlaceNames } from './place-names.ts'
import { listPlaces } from './places-queries.ts'

/** The names that an area's list of places knows, for a load. */
export async function placeNames(trx: Trx, areaId: number): Promise<PlaceNames> {
  return new PlaceNames(await listPlaces(trx, areaId))
}

/**
 * The place that a file means by a name, whatever name it gives it: `Devon & Cornwall Police` is Devon and Cornwall,
 * and a force that was renamed is found by its old name and its new one. Its figures stand under `name`.
 * To look up many names, take `placeNames` once.
 */
export async function placeOf(trx: Trx, areaId: number, name: string): Promise<Place | null> {
  return (await placeNames(trx, areaId)).findAny(name) ?? null
}
