import type { ColumnType, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { RowFault } from './row-faults.ts'
import { type Mapping, mappingSchema } from './sheets/mapping.ts'

/** A figure that a load revised, as it is printed. */
export interface RevisedFigure {
  measureId: string
  measure: string
  breakdown: string
  period: string
  before: string
  after: string
}

/** JSON, written as text: the driver would send an array as one of PostgreSQL's. */
type Stored<Value> = ColumnType<Value, string | undefined, string>

export interface ImportReadingTable {
  area_id: number
  id: string
  file_name: string | null
  sha256: Buffer | null
  mapping: ColumnType<Mapping | null, string | null, string | null>
  mapping_name: string | null
  differences: Stored<string[]>
  confirmed: Stored<RowFault[]>
  confirmed_by: string | null
  confirmed_at: Temporal.Instant | null
  reason: string | null
  revised: Stored<RevisedFigure[]>
}

export interface MappingTable {
  area_id: number
  id: string
  organisation_id: string
  name: string
  mapping: ColumnType<Mapping, string, string>
  kept_by: string
  kept_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_import_reading: ImportReadingTable
    performance_mapping: MappingTable
  }
}

export type ImportReading = Selectable<ImportReadingTable>
export type KeptMapping = Selectable<MappingTable>

/** What is told of a file of figures that the transaction's organisations hold. */
export async function findReading(trx: Trx, key: RecordKey): Promise<ImportReading | undefined> {
  return trx
    .selectFrom('performance_import_reading as i')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'i.area_id').onRef('r.id', '=', 'i.id'))
    .selectAll('i')
    .where('i.area_id', '=', key.areaId)
    .where('i.id', '=', key.id)
    .executeTakeFirst()
}

export type ReadingChanges = Partial<Omit<ImportReading, 'area_id' | 'id'>>

/** Tells more of a file of figures; what is left out stays. Only for a record that was found before. */
export async function saveReading(trx: Trx, key: RecordKey, changes: ReadingChanges): Promise<void> {
  const row = asStored(changes)
  await trx
    .insertInto('performance_import_reading')
    .values({ area_id: key.areaId, id: key.id, ...emptyReading, ...row })
    .onConflict(conflict => conflict.columns(['area_id', 'id']).doUpdateSet(row))
    .execute()
}

const emptyReading = {
  ...{ file_name: null, sha256: null, mapping: null, mapping_name: null },
  ...{ confirmed_by: null, confirmed_at: null, reason: null },
}

function asStored({ mapping, differences, confirmed, revised, ...rest }: ReadingChanges) {
  return {
    ...rest,
    ...(mapping !== undefined && { mapping: mapping === null ? null : JSON.stringify(mapping) }),
    ...(differences !== undefined && { differences: JSON.stringify(differences) }),
    ...(confirmed !== undefined && { confirmed: JSON.stringify(confirmed) }),
    ...(revised !== undefined && { revised: JSON.stringify(revised) }),
  }
}

/** The mappings that an organisation keeps in an area, by name. */
export async function keptMappings(trx: Trx, areaId: number, organisationId: string): Promise<KeptMapping[]> {
  const rows = await trx
    .selectFrom('performance_mapping')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .orderBy('name')
    .execute()
  return rows.map(row => ({ ...row, mapping: mappingSchema.parse(row.mapping) }))
}

/** Keeps a mapping under a name, instead of the one of that name. */
export async function keepMapping(trx: Trx, row: KeptMapping): Promise<void> {
  const mapping = JSON.stringify(row.mapping)
  const changes = { mapping, kept_by: row.kept_by, kept_at: row.kept_at }
  await trx
    .insertInto('performance_mapping')
    .values({ ...row, mapping })
    .onConflict(conflict => conflict.columns(['area_id', 'organisation_id', 'name']).doUpdateSet(changes))
    .execute()
}

/** Forgets a mapping; what was read by it stays as it is. */
export async function forgetMapping(trx: Trx, areaId: number, organisationId: string, id: string): Promise<void> {
  await trx
    .deleteFrom('performance_mapping')
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
}
