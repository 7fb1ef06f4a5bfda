import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { londonDate } from '../platform/time.ts'
import type { AreaTable } from './tables.ts'

/** A police area or a collaboration of areas. */
export type Area = AreaTable

export async function findArea(trx: Trx, id: number): Promise<Area | undefined> {
  return trx.selectFrom('area').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findAreaBySlug(trx: Trx, slug: string): Promise<Area | undefined> {
  return trx.selectFrom('area').selectAll().where('slug', '=', slug).executeTakeFirst()
}

export async function listAreas(trx: Trx): Promise<Area[]> {
  return trx.selectFrom('area').selectAll().orderBy('id').execute()
}

/** Adds an area, or a collaboration with its members, and makes its public face known. */
export async function addArea(trx: Trx, area: Area, members: readonly number[] = []): Promise<void> {
  await trx.insertInto('area').values(area).execute()
  for (const member of members) {
    await trx.insertInto('area_member').values({ collaboration_id: area.id, area_id: member }).execute()
  }
  await trx
    .insertInto('published.area')
    .values({ ...area, members: [...members] })
    .execute()
}

/**
 * The day by which an area's clocks go: today, or in a historical area the day of its last paper held, at which
 * they stand still.
 */
export async function areaToday(trx: Trx, areaId: number, now: Temporal.Instant): Promise<Temporal.PlainDate> {
  const area = await findArea(trx, areaId)
  return area?.as_at ?? londonDate(now)
}

/** Raises the counter that every process watches, so that cached pages of the area and its collaborations are made anew. */
export async function touchPublicPages(trx: Trx, areaId: number): Promise<void> {
  await sql`
    update published.area set counter = counter + 1
    where id = ${areaId} or id = any (select unnest(members) from published.area where id = ${areaId})
      or ${areaId} = any (members)`.execute(trx)
}
