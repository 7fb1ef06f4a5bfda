import { isRole } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { Refusal } from '../../platform/refusals.ts'
import { dueSoonDays } from '../clocks/index.ts'
import { recordEvent } from '../history.ts'
import type { Act } from '../record.ts'
import type { EscalationTarget, StoredEscalation } from './escalation.ts'
import './tables.ts'

/** An organisation in an area: what is set, is set for one. */
export interface ReminderPlace {
  areaId: number
  organisationId: string
}

/** How many days before its day a deadline is first spoken of, and who set it. */
export interface DaysBefore {
  days: number
  set: { by: string; at: Temporal.Instant } | null
}

/** The days before that an organisation has set, or the product's own default. */
export async function daysBeforeOf(trx: Trx, { areaId, organisationId }: ReminderPlace): Promise<DaysBefore> {
  const row = await trx
    .selectFrom('reminder_setting')
    .select(['days_before', 'set_by', 'set_at'])
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (row === undefined) return { days: dueSoonDays, set: null }
  return { days: row.days_before, set: { by: row.set_by, at: row.set_at } }
}

/** Sets the days before; 0 means that a deadline is first spoken of on its day. */
export async function setDaysBefore(trx: Trx, act: Act, areaId: number, days: number): Promise<void> {
  const organisationId = act.viewer.organisation.id
  const before = await daysBeforeOf(trx, { areaId, organisationId })
  const values = { days_before: days, set_by: act.viewer.name, set_at: act.now }
  await trx
    .insertInto('reminder_setting')
    .values({ area_id: areaId, organisation_id: organisationId, ...values })
    .onConflict(conflict => conflict.columns(['area_id', 'organisation_id']).doUpdateSet(values))
    .execute()
  recordEvent(trx, act, {
    areaId,
    holders: [organisationId],
    kind: 'reminder.days-before-set',
    payload: { from: before.days, to: days },
  })
}

/** What an organisation has set for its roles. */
export async function escalationsSet(trx: Trx, { areaId, organisationId }: ReminderPlace): Promise<StoredEscalation[]> {
  const rows = await trx
    .selectFrom('reminder_escalation')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .execute()
  return rows.flatMap(row => {
    const to = targetOf(row.to_role, row.to_address)
    const set = { by: row.set_by, at: row.set_at }
    return to === null ? [] : [{ owner: row.owner_role, to, afterDays: row.after_days, set }]
  })
}

function targetOf(role: string | null, address: string | null): EscalationTarget | null {
  if (address !== null) return { address }
  return role !== null && isRole(role) ? { role } : null
}

/** The organisations that let something go on to an address outside. */
export async function placesWithAddresses(
  trx: Trx,
): Promise<(ReminderPlace & { kind: OrganisationKind; name: string })[]> {
  const rows = await trx
    .selectFrom('reminder_escalation as e')
    .innerJoin('workspace.organisation as o', 'o.id', 'e.organisation_id')
    .innerJoin('area as a', 'a.id', 'e.area_id')
    .select(['e.area_id as areaId', 'e.organisation_id as organisationId', 'o.kind', 'o.name'])
    .distinct()
    .where('e.to_address', 'is not', null)
    .where('a.historical', '=', false)
    .orderBy('e.area_id')
    .orderBy('e.organisation_id')
    .execute()
  return rows
}

/**
 * Sets whom a role's overdue deadlines go on to, or takes it back to the default (null). The history says to which role
 * and when; an address is somebody's, and histories are kept for ever, so it is not named there.
 *
 * @throws Refusal where they would go on to the role itself
 */
export async function setEscalation(
  trx: Trx,
  act: Act,
  areaId: number,
  owner: Role,
  chosen: { to: EscalationTarget; afterDays: number } | null,
): Promise<void> {
  const organisationId = act.viewer.organisation.id
  if (chosen !== null && 'role' in chosen.to && chosen.to.role === owner) {
    throw new Refusal(['Choose somebody else: they are the one who has not kept it.'])
  }
  await trx
    .deleteFrom('reminder_escalation')
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .where('owner_role', '=', owner)
    .execute()
  if (chosen !== null) {
    await trx
      .insertInto('reminder_escalation')
      .values({
        area_id: areaId,
        organisation_id: organisationId,
        owner_role: owner,
        to_role: 'role' in chosen.to ? chosen.to.role : null,
        to_address: 'address' in chosen.to ? chosen.to.address : null,
        after_days: chosen.afterDays,
        set_by: act.viewer.name,
        set_at: act.now,
      })
      .execute()
  }
  const to = chosen === null ? 'the default' : 'role' in chosen.to ? chosen.to.role : 'an address outside'
  recordEvent(trx, act, {
    areaId,
    holders: [organisationId],
    kind: 'reminder.escalation-set',
    payload: { owner, to, afterDays: chosen?.afterDays ?? null },
  })
}

/** Whether somebody is told before a deadline; they are unless they chose otherwise. */
export async function isToldBefore(trx: Trx, userId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('reminder_preference')
    .select('before_due')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.before_due ?? true
}

/** Keeps whether somebody is told before a deadline. What is due and overdue they are told in any case. */
export async function chooseToldBefore(trx: Trx, act: Act, before: boolean): Promise<void> {
  const values = { before_due: before, changed_at: act.now }
  await trx
    .insertInto('reminder_preference')
    .values({ user_id: act.viewer.userId, ...values })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet(values))
    .execute()
}
