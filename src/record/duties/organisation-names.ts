import { sql } from 'kysely'
import type { OrganisationKind } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'

/** What an organisation is called and of which kind it is. */
export interface CalledOrganisation {
  name: string
  kind: OrganisationKind
}

/** Organisations by id. */
export async function organisationsCalled(
  trx: Trx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CalledOrganisation>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<CalledOrganisation & { id: string }>`
    select id, name, kind from workspace.organisation where id = any (${[...new Set(ids)]}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, name, kind }) => [id, { name, kind }]))
}
