import { sql } from 'kysely'
import type { Insertable, Selectable } from 'kysely'
import type { OrganisationKind } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'

interface OrganisationTable {
  id: string
  name: string
  short_name: string
  kind: OrganisationKind
  slug: string
  host_id: string | null
  legal_name: string | null
  valid_from: Temporal.PlainDate | null
  valid_to: Temporal.PlainDate | null
}

/** The kinds of local policing body that the law knows or has announced (statute.md section 12). */
export const policingBodyKinds = [
  'PCC',
  'PFCC',
  'MOPAC',
  'MAYORAL_CA',
  'COMMON_COUNCIL',
  'POLICING_CRIME_BOARD',
  'OTHER',
] as const

interface PolicingBodyTable {
  id: string
  area_id: number
  organisation_id: string
  kind: (typeof policingBodyKinds)[number]
  legal_name: string
  valid_from: Temporal.PlainDate | null
  valid_to: Temporal.PlainDate | null
}

interface SuccessionTable {
  id: string
  from_bodies: string[]
  to_bodies: string[]
  effective_on: Temporal.PlainDate | null
  instrument: string | null
  scope: string[]
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    organisation: OrganisationTable
    organisation_area: { area_id: number; organisation_id: string }
    organisations_policing_body: PolicingBodyTable
    organisations_succession: SuccessionTable
  }
}

export type OrganisationRow = Selectable<OrganisationTable>
export type PolicingBodyRow = Selectable<PolicingBodyTable>
export type SuccessionRow = Selectable<SuccessionTable>

export async function insertOrganisation(trx: Trx, row: Insertable<OrganisationTable>): Promise<void> {
  await trx.insertInto('organisation').values(row).execute()
}

export async function insertArea(trx: Trx, organisationId: string, areaId: number): Promise<void> {
  await trx
    .insertInto('organisation_area')
    .values({ area_id: areaId, organisation_id: organisationId })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function selectOrganisations(trx: Trx, ids: readonly string[]): Promise<OrganisationRow[]> {
  if (ids.length === 0) return []
  return trx.selectFrom('organisation').selectAll().where('id', 'in', ids).orderBy('name').execute()
}

export async function selectOrganisationBySlug(trx: Trx, slug: string): Promise<OrganisationRow | undefined> {
  return trx.selectFrom('organisation').selectAll().where('slug', '=', slug).executeTakeFirst()
}

/** The organisations that serve an area: those over others first, as people name them (office, force, panel). */
export async function selectOrganisationsOfArea(
  trx: Trx,
  areaId: number,
  kind: OrganisationKind | null,
): Promise<OrganisationRow[]> {
  let query = trx
    .selectFrom('organisation as o')
    .innerJoin('organisation_area as a', 'a.organisation_id', 'o.id')
    .selectAll('o')
    .where('a.area_id', '=', areaId)
    .orderBy(sql`array_position(array['office', 'force', 'panel', 'council', 'other'], o.kind)`)
    .orderBy('o.name')
  if (kind !== null) query = query.where('o.kind', '=', kind)
  return query.execute()
}

/** Slugs that begin with some letters, so that a new one can be told from them. */
export async function selectSlugs(trx: Trx, of: 'organisations' | 'people', start: string): Promise<string[]> {
  const table = of === 'organisations' ? 'organisation' : 'organisations_person'
  const rows = await trx.selectFrom(table).select('slug').where('slug', 'like', `${start}%`).execute()
  return rows.map(row => row.slug)
}

export async function insertPolicingBody(trx: Trx, row: Insertable<PolicingBodyTable>): Promise<void> {
  await trx.insertInto('organisations_policing_body').values(row).execute()
}

export async function selectPolicingBodies(trx: Trx, areaId: number): Promise<PolicingBodyRow[]> {
  return trx
    .selectFrom('organisations_policing_body')
    .selectAll()
    .where('area_id', '=', areaId)
    .orderBy(sql`valid_from nulls first`)
    .execute()
}

export async function insertSuccession(trx: Trx, row: Insertable<SuccessionTable>): Promise<void> {
  await trx.insertInto('organisations_succession').values(row).execute()
}

/** Successions from or to some local policing bodies. */
export async function selectSuccessions(trx: Trx, bodyIds: readonly string[]): Promise<SuccessionRow[]> {
  const ids = sql`${[...bodyIds]}::uuid[]`
  return trx
    .selectFrom('organisations_succession')
    .selectAll()
    .where(e => e.or([sql<boolean>`from_bodies && ${ids}`, sql<boolean>`to_bodies && ${ids}`]))
    .orderBy(sql`effective_on nulls last`)
    .execute()
}
