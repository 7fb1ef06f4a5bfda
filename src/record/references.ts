import type { Trx } from '../platform/database/tables.ts'
import type { OrganisationKind } from '../platform/access/viewer.ts'
import { kindOf } from './kinds.ts'
import type { Act } from './record.ts'

const letters: Record<OrganisationKind, string> = { office: '', force: 'F', panel: 'P', council: 'C', other: 'X' }

/**
 * The next reference of a kind in a year: `Q-2026-04` for an office, `PQ-2026-01` for a panel. Each kind of
 * organisation counts for itself, so that a gap in one's own numbers never tells of another's drafts.
 */
export async function nextReference(trx: Trx, act: Act, areaId: number, kind: string, year: number): Promise<string> {
  const [reference = ''] = await nextReferences(trx, act, areaId, kind, year, 1)
  return reference
}

/** The same for several records at once, in their order. */
export async function nextReferences(
  trx: Trx,
  act: Act,
  areaId: number,
  kind: string,
  year: number,
  count: number,
): Promise<string[]> {
  const prefix = `${letters[act.viewer.organisation.kind]}${kindOf(kind).prefix}`
  const { last } = await trx
    .insertInto('reference_counter')
    .values({ area_id: areaId, prefix, year, last: count })
    .onConflict(conflict =>
      conflict
        .columns(['area_id', 'prefix', 'year'])
        .doUpdateSet(e => ({ last: e('reference_counter.last', '+', count) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return Array.from({ length: count }, (_, i) => `${prefix}-${year}-${String(last - count + 1 + i).padStart(2, '0')}`)
}
