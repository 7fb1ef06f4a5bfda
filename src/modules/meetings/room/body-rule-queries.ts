import type { Insertable, Selectable } from 'kysely'
import type { Generated } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { findBody } from '../../organisations/index.ts'
import type { Body } from '../../organisations/index.ts'
import type { QuorumRule } from './quorum.ts'

interface BodyRuleTable {
  area_id: number
  body_id: string
  quorum_numerator: number | null
  quorum_denominator: number | null
  quorum_least: number | null
  quorum_words: string | null
  notice_days: number | null
  meets_in_public: boolean
  casting_vote: boolean | null
  version: Generated<number>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_body_rule: BodyRuleTable
  }
}

export type BodyRuleRow = Selectable<BodyRuleTable>

/** What a body's rules of procedure say of its meetings. */
export type BodyRules = Omit<Insertable<BodyRuleTable>, 'area_id' | 'body_id' | 'version'>

/** The rules kept of a body, or null where none were entered. The body must be one of a meeting under one's scope. */
export async function bodyRuleOf(trx: Trx, body: RecordKey): Promise<BodyRuleRow | null> {
  const row = await trx
    .selectFrom('meetings_body_rule')
    .selectAll()
    .where('area_id', '=', body.areaId)
    .where('body_id', '=', body.id)
    .executeTakeFirst()
  return row ?? null
}

/** How many must be present: the fraction that its rules give, or the number that stands with the body itself. */
export function quorumRule(body: Pick<Body, 'quorum'> | null, rule: BodyRuleRow | null): QuorumRule | null {
  const words = rule?.quorum_words ?? null
  if (rule !== null && rule.quorum_numerator !== null && rule.quorum_denominator !== null) {
    const { quorum_numerator: numerator, quorum_denominator: denominator, quorum_least: least } = rule
    return { kind: 'fraction', numerator, denominator, least, words }
  }
  return body === null || body.quorum === null ? null : { kind: 'number', members: body.quorum, words }
}

/** Whether the body's rules open the meetings of its working groups. */
export async function isOpened(trx: Trx, body: RecordKey): Promise<boolean> {
  return (await bodyRuleOf(trx, body))?.meets_in_public ?? false
}

/**
 * Keeps what a body's rules of procedure say.
 *
 * @param version the version the person saw; 0 where nothing was kept yet, null where the software itself acts
 * @throws Refusal where the body is not one's own
 * @throws StaleRecord if someone else changed them meanwhile
 */
export async function setBodyRules(
  trx: Trx,
  act: Act,
  body: RecordKey,
  version: number | null,
  rules: BodyRules,
): Promise<void> {
  if ((await findBody(trx, body)) === null) throw new Refusal(['This body is not there any more.'])
  const before = await bodyRuleOf(trx, body)
  if (version !== null && version !== (before?.version ?? 0)) throw new StaleRecord()
  await trx
    .insertInto('meetings_body_rule')
    .values({ area_id: body.areaId, body_id: body.id, ...rules })
    .onConflict(conflict =>
      conflict.columns(['area_id', 'body_id']).doUpdateSet({ ...rules, version: (before?.version ?? 0) + 1 }),
    )
    .execute()
  await changeRecord(trx, act, body, null, {}, { kind: 'meeting-rules-changed', details: rules })
}
