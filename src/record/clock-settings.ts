import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { clockRules } from './clock-basis.ts'
import { findRule } from './clocks/index.ts'
import { recordEvent } from './history.ts'
import type { Act } from './record.ts'

/** Whose length is asked for: a body's own goes before its organisation's. */
export interface SettingOf {
  organisationId: string
  bodyId?: string | undefined
}

/**
 * The length that a body or its organisation has set for a rule, in the unit of the rule's setting; undefined where
 * the rule's own length holds.
 */
export async function lengthSetting(
  trx: Trx,
  areaId: number,
  rule: string,
  { organisationId, bodyId }: SettingOf,
): Promise<number | undefined> {
  if (clockRules().get(rule)?.setting === undefined) return undefined
  const rows = await trx
    .selectFrom('clock_setting')
    .select(['set_for', 'length'])
    .where('area_id', '=', areaId)
    .where('rule', '=', rule)
    .where('set_for', 'in', bodyId === undefined ? [organisationId] : [organisationId, bodyId])
    .execute()
  return (rows.find(row => row.set_for === bodyId) ?? rows[0])?.length
}

/** A length that was set, by whom and when. */
export interface StoredSetting {
  setFor: string
  rule: string
  length: number
  setBy: string
  setAt: Temporal.Instant
}

/** Every length set for an organisation and its bodies. */
export async function settingsOf(trx: Trx, areaId: number, setFor: readonly string[]): Promise<StoredSetting[]> {
  if (setFor.length === 0) return []
  const rows = await trx
    .selectFrom('clock_setting')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('set_for', 'in', setFor)
    .orderBy('rule')
    .execute()
  return rows.map(row => ({
    setFor: row.set_for,
    rule: row.rule,
    length: row.length,
    setBy: row.set_by,
    setAt: row.set_at,
  }))
}

/**
 * Sets the length of a rule for an organisation or a body, or takes it back to the rule's own (null). Clocks that run
 * already keep the length they began with.
 *
 * @throws Refusal where law fixes the length, or the number is no whole number from 1 to 1,000
 */
export async function setLength(
  trx: Trx,
  act: Act,
  areaId: number,
  { setFor, rule, length }: { setFor: string; rule: string; length: number | null },
): Promise<void> {
  const { id, setting, source } = findRule(clockRules(), rule)
  if (setting === undefined) throw new Refusal([`The length of ${id} is not a setting: ${source} fixes it.`])
  if (length !== null && (!Number.isSafeInteger(length) || length < 1 || length > 1000)) {
    throw new Refusal([`The number of ${setting.title} must be a whole number from 1 to 1,000.`])
  }
  const [before] = await settingsOf(trx, areaId, [setFor]).then(all => all.filter(each => each.rule === id))
  await trx
    .deleteFrom('clock_setting')
    .where('area_id', '=', areaId)
    .where('set_for', '=', setFor)
    .where('rule', '=', id)
    .execute()
  if (length !== null) {
    await trx
      .insertInto('clock_setting')
      .values({ area_id: areaId, set_for: setFor, rule: id, length, set_by: act.viewer.name, set_at: act.now })
      .execute()
  }
  recordEvent(trx, act, {
    areaId,
    holders: [act.viewer.organisation.id],
    kind: 'clock.length-set',
    payload: { rule: id, setFor, from: before?.length ?? setting.default, to: length ?? setting.default },
  })
}
