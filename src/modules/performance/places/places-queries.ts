import { sql } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { KnownPlace, PlaceKind } from './place-names.ts'
import { spellingOf } from './spelling.ts'

export interface PlaceTable {
  area_id: number
  id: string
  kind: PlaceKind
  name: string
  spelling: string
  own: boolean
  merged_into: string | null
  merged_from: Temporal.PlainDate | null
  changed_by: string
  changed_at: Temporal.Instant
}

export interface PlaceNameTable {
  area_id: number
  place_id: string
  spelling: string
  name: string
  from_day: Temporal.PlainDate | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_place: PlaceTable
    performance_place_name: PlaceNameTable
  }
}

export interface OtherName {
  name: string
  from: Temporal.PlainDate | null
}

/** A place with its identity and other names, for the pages. */
export interface ListedPlace extends KnownPlace {
  id: string
  names: readonly OtherName[]
  mergedInto: string | null
}

/** An area's list of places, by kind and name. */
export async function listPlaces(trx: Trx, areaId: number): Promise<ListedPlace[]> {
  const rows = await trx
    .selectFrom('performance_place as p')
    .leftJoin('performance_place as m', join =>
      join.onRef('m.area_id', '=', 'p.area_id').onRef('m.id', '=', 'p.merged_into'),
    )
    .selectAll('p')
    .select('m.name as into')
    .where('p.area_id', '=', areaId)
    .orderBy('p.kind')
    .orderBy('p.name')
    .execute()
  const names = Map.groupBy(await namesOf(trx, areaId), each => each.place_id)
  return rows.map(row => {
    const others = names.get(row.id) ?? []
    const last = others.findLast(each => each.from_day !== null)
    return {
      ...{ id: row.id, kind: row.kind, name: row.name, spelling: row.spelling, own: row.own },
      others: others.map(each => each.spelling),
      names: others.map(each => ({ name: each.name, from: each.from_day })),
      mergedInto: row.merged_into,
      merged: row.into === null || row.merged_from === null ? null : { into: row.into, from: row.merged_from },
      renamed: last?.from_day == null ? null : { to: last.name, from: last.from_day },
    }
  })
}

function namesOf(trx: Trx, areaId: number) {
  return trx
    .selectFrom('performance_place_name')
    .selectAll()
    .where('area_id', '=', areaId)
    .orderBy(sql`from_day nulls first`)
    .orderBy('name')
    .execute()
}

export async function insertPlace(trx: Trx, row: PlaceTable): Promise<void> {
  await trx.insertInto('performance_place').values(row).execute()
}

export async function updatePlace(
  trx: Trx,
  areaId: number,
  id: string,
  changes: Partial<Omit<PlaceTable, 'area_id' | 'id'>>,
): Promise<void> {
  await trx.updateTable('performance_place').set(changes).where('area_id', '=', areaId).where('id', '=', id).execute()
}

/** Adds another name, or says from when on it is borne. */
export async function putName(
  trx: Trx,
  areaId: number,
  placeId: string,
  name: string,
  from: Temporal.PlainDate | null,
): Promise<void> {
  const row = { area_id: areaId, place_id: placeId, spelling: spellingOf(name), name, from_day: from }
  await trx
    .insertInto('performance_place_name')
    .values(row)
    .onConflict(conflict => conflict.columns(['area_id', 'place_id', 'spelling']).doUpdateSet({ name, from_day: from }))
    .execute()
}

export async function removeName(trx: Trx, areaId: number, placeId: string, spelling: string): Promise<void> {
  await trx
    .deleteFrom('performance_place_name')
    .where('area_id', '=', areaId)
    .where('place_id', '=', placeId)
    .where('spelling', '=', spelling)
    .execute()
}
