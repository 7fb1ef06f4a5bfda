import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'

/**
 * Runs part of a transaction on behalf of other organisations: the one way in which a release reaches the receiver's
 * own records (an answer given to the office moves the office's question on). The row policies are a net against a
 * forgotten condition, not a wall, so what is done inside is named and small.
 */
export async function actingFor<T>(trx: Trx, organisations: readonly string[], fn: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ before: string }>`
    select coalesce(current_setting('peelian.organisations', true), '') as before`.execute(trx)
  await setOrganisations(trx, `{${organisations.join(',')}}`)
  const value = await fn()
  await setOrganisations(trx, rows[0]?.before ?? '')
  return value
}

async function setOrganisations(trx: Trx, value: string): Promise<void> {
  await sql`select set_config('peelian.organisations', ${value}, true)`.execute(trx)
}
