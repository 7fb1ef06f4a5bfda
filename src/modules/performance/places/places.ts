import type { Trx } from '../../../platform/database/tables.ts'
import { PlaceNames } from './place-names.ts'
import { listPlaces } from './places-queries.ts'

/**
 * The names that an area's list of places knows: `findAny` gives the place that a file means by a name, whatever name
 * it gives it. A force that was renamed is found by its old name and its new one.
 */
export async function placeNames(trx: Trx, areaId: number): Promise<PlaceNames> {
  return new PlaceNames(await listPlaces(trx, areaId))
}
