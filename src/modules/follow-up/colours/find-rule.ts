import type { Trx } from '../../../platform/database/tables.ts'
import { areaToday } from '../../../record/areas.ts'
import { recordEvent } from '../../../record/history.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import type { ItemRow } from '../items/queries.ts'
import { dueDay } from '../items/rules.ts'
import { colourRulesOf, writeColourRule } from './queries.ts'
import type { ColourRuleRow } from './queries.ts'
import { colourOf, firstRule } from './rules.ts'
import type { ColourResult, ColourRule, Override } from './rules.ts'

/** The rules of the organisations that raised some items: a body's own goes before its organisation's. */
export type RuleFinder = (item: Pick<ItemRow, 'raised_by_organisation' | 'raised_by_body'>) => ColourRule

/** Reads the rules once for a whole list. Whoever leads on an item sees it in the colour of whoever raised it. */
export async function ruleFinder(
  trx: Trx,
  areaId: number,
  items: Iterable<Pick<ItemRow, 'raised_by_organisation'>>,
): Promise<RuleFinder> {
  const organisations = [...new Set([...items].map(item => item.raised_by_organisation))]
  const rows = (await Promise.all(organisations.map(each => colourRulesOf(trx, areaId, each)))).flat()
  return item => {
    const own = rows.filter(row => row.organisation_id === item.raised_by_organisation)
    const row =
      own.find(each => each.body_id !== null && each.body_id === item.raised_by_body) ??
      own.find(each => each.body_id === null)
    return row === undefined ? firstRule : toRule(row)
  }
}

/** A row as a rule. */
export function toRule(row: ColourRuleRow): ColourRule {
  return {
    redLateDays: row.red_late_days,
    redMoves: row.red_moves,
    amberWithinDays: row.amber_within_days,
    amberWithoutDate: row.amber_without_date,
  }
}

/** The colours of some items by the record's id. A historical area has none: nothing there is late. */
export async function coloursOf(
  trx: Trx,
  { area, now }: { area: { id: number; historical: boolean }; now: Temporal.Instant },
  items: readonly { record: RecordHead; item: ItemRow }[],
): Promise<Map<string, { result: ColourResult; rule: ColourRule }>> {
  if (area.historical) return new Map()
  const find = await ruleFinder(
    trx,
    area.id,
    items.map(({ item }) => item),
  )
  const today = await areaToday(trx, area.id, now)
  return new Map(
    items.flatMap(({ record, item }) => {
      const rule = find(item)
      const coloured = { state: record.state, due: dueDay(record.due), moves: item.due_moves }
      const result = colourOf(coloured, rule, today, overrideOf(item))
      return result === null ? [] : [[record.id, { result, rule }] as const]
    }),
  )
}

function overrideOf(item: ItemRow): Override | null {
  const { rag_override: colour, rag_override_why: why, rag_override_by: by, rag_override_on: on } = item
  if (colour === null || why === null || on === null) return null
  return { colour, why, by: by ?? '', on }
}

/**
 * Sets the rule by which an organisation, or one of its bodies, colours what it raises.
 *
 * @param version of the rule that was read, 0 where none was set
 * @throws StaleRecord if someone else set it meanwhile
 */
export async function setColourRule(
  trx: Trx,
  act: Act,
  areaId: number,
  { bodyId, version, rule }: { bodyId: string | null; version: number; rule: ColourRule },
): Promise<void> {
  const organisation = act.viewer.organisation.id
  const before = (await colourRulesOf(trx, areaId, organisation)).find(row => row.body_id === bodyId)
  if ((before?.version ?? 0) !== version) throw new StaleRecord()
  await writeColourRule(trx, {
    area_id: areaId,
    organisation_id: organisation,
    body_id: bodyId,
    red_late_days: rule.redLateDays,
    red_moves: rule.redMoves,
    amber_within_days: rule.amberWithinDays,
    amber_without_date: rule.amberWithoutDate,
    set_by: act.viewer.name,
    set_at: act.now,
  })
  recordEvent(trx, act, {
    areaId,
    holders: [organisation],
    kind: 'follow-up.colour-rule-set',
    payload: { bodyId, from: before === undefined ? firstRule : toRule(before), to: rule },
  })
}
