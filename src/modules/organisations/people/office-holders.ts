import type { Kysely } from 'kysely'
import type { Tables, Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { selectAddresses, selectOfficeHolder, selectOfficeHolderOf, selectOfficeHolders } from './queries.ts'
import type { OfficeHolderRow } from './queries.ts'

/** What an organisation keeps of a person in an area; its record has the rest. */
export interface OfficeHolder extends RecordKey {
  personId: string
  /** The name as the record has it. */
  title: string
  about: string | null
  state: string
  holders: readonly string[]
}

/** The office-holder of a record that this transaction's organisations hold, or null. */
export async function officeHolderOf(trx: Trx, key: RecordKey): Promise<OfficeHolder | null> {
  const row = await selectOfficeHolder(trx, key)
  return row === undefined ? null : toOfficeHolder(row)
}

/** The record of a person in an area that this transaction's organisations hold: one of the given one's first. */
export async function officeHolderOfPerson(
  trx: Trx,
  areaId: number,
  personId: string,
  organisationId: string,
): Promise<OfficeHolder | null> {
  const row = await selectOfficeHolderOf(trx, areaId, personId, organisationId)
  return row === undefined ? null : toOfficeHolder(row)
}

/** The office-holders of an area whose records this transaction's organisations hold, by name. */
export async function officeHoldersOf(trx: Trx, areaId: number): Promise<OfficeHolder[]> {
  return (await selectOfficeHolders(trx, areaId)).map(toOfficeHolder)
}

/**
 * Public addresses below an area at a moment: of records by their identity, or of people's pages by the person's slug.
 *
 * @returns addresses by what they were asked for with; what is not public then is left out
 */
export function publicAddresses(
  db: Kysely<Tables>,
  areaId: number,
  of: { ids: readonly string[] } | { people: readonly string[] },
  asOf: Temporal.Instant,
): Promise<Map<string, string>> {
  return selectAddresses(db, areaId, of, asOf)
}

function toOfficeHolder(row: OfficeHolderRow): OfficeHolder {
  const { area_id: areaId, record_id: id, person_id: personId, title, about, state, holders } = row
  return { areaId, id, personId, title, about, state, holders }
}
