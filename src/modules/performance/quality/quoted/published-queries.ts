import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Tables } from '../../../../platform/database/tables.ts'

/** The published measure of a reference, in one of some areas, as it stood at a moment. */
export async function publishedMeasure(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  reference: string,
  asOf: Temporal.Instant,
): Promise<{ area_id: number; address: string } | undefined> {
  return db
    .selectFrom('published.entry')
    .select(['area_id', 'address'])
    .where('area_id', 'in', areaIds)
    .where('kind', '=', 'measure')
    .where('reference', '=', reference)
    .where(sql<boolean>`valid_from <= ${asOf} and valid_to > ${asOf}`)
    .executeTakeFirst()
}
