import type { Generated, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'

interface ColourRuleTable {
  area_id: number
  organisation_id: string
  body_id: string | null
  red_late_days: number
  red_moves: number | null
  amber_within_days: number
  amber_without_date: boolean
  version: Generated<number>
  set_by: string
  set_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    follow_up_rag_rule: ColourRuleTable
  }
}

export type ColourRuleRow = Selectable<ColourRuleTable>

/** The rules an organisation has set in an area, for itself and for its bodies. */
export async function colourRulesOf(trx: Trx, areaId: number, organisation: string): Promise<ColourRuleRow[]> {
  return trx
    .selectFrom('follow_up_rag_rule')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisation)
    .execute()
}

/** Writes a rule in the place of the one there was. */
export async function writeColourRule(trx: Trx, row: Omit<ColourRuleRow, 'version'>): Promise<void> {
  await trx
    .insertInto('follow_up_rag_rule')
    .values({ ...row, version: 1 })
    .onConflict(conflict =>
      conflict.columns(['area_id', 'organisation_id', 'body_id']).doUpdateSet(e => ({
        red_late_days: row.red_late_days,
        red_moves: row.red_moves,
        amber_within_days: row.amber_within_days,
        amber_without_date: row.amber_without_date,
        set_by: row.set_by,
        set_at: row.set_at,
        version: e('follow_up_rag_rule.version', '+', 1),
      })),
    )
    .execute()
}
