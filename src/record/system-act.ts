import type { Trx } from '../platform/database/tables.ts'
import type { Act } from './record.ts'

/** What the software does by itself, or an operator by command, as the history names it. */
export function systemAct(now: Temporal.Instant, name = 'Peelian'): Act {
  const organisation = { id: '00000000-0000-0000-0000-000000000000', name: 'The installation', kind: 'other' } as const
  return { viewer: { userId: 'installation', personId: null, name, organisation }, now }
}

/** Every organisation there is: for the few works that concern all of them, run under `actingFor`. */
export async function everyOrganisation(trx: Trx): Promise<string[]> {
  const rows = await trx.selectFrom('workspace.organisation').select('id').execute()
  return rows.map(row => row.id)
}
