import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { handOverClock } from './clock-changes.ts'
import { openStates } from './kinds.ts'
import type { Act } from './record.ts'
import { changeRecord } from './records.ts'

/** Somebody who owns work that is still open: running deadlines, or records on which something is owed. */
export interface WorkOwner {
  organisationId: string
  personId: string
  /** The role in which they own it, where one is said. */
  role: string | null
}

/**
 * Everyone who owns open work in an area, among the organisations of the transaction.
 *
 * @param only one person in one organisation
 */
export async function ownersOfWork(
  trx: Trx,
  areaId: number,
  only?: { organisationId: string; personId: string },
): Promise<WorkOwner[]> {
  const clocks = only === undefined ? sql`true` : isOwner('organisation_id', only)
  const records = only === undefined ? sql`true` : isOwner('owner_organisation', only)
  const { rows } = await sql<WorkOwner>`
    select organisation_id as "organisationId", owner_person as "personId", owner_role as role from clock
    where area_id = ${areaId} and owner_person is not null and state in ('running', 'paused') and ${clocks}
    union
    select owner_organisation, owner_person, owner_role from record
    where area_id = ${areaId} and owner_person is not null and owner_organisation is not null
      and kind || '/' || state = any (${openStates()}) and ${records}`.execute(trx)
  return rows
}

function isOwner(column: string, { organisationId, personId }: { organisationId: string; personId: string }) {
  return sql`${sql.ref(column)} = ${organisationId}::uuid and owner_person = ${personId}::uuid`
}

/**
 * Hands the open work that somebody owns in a role to whoever follows, or to the role alone: every running deadline,
 * and every record on which something is owed. The history of each says so.
 *
 * @returns how many deadlines and records were handed over
 */
export async function handOverWork(
  trx: Trx,
  act: Act,
  areaId: number,
  from: WorkOwner,
  to: { role: string | null; personId: string | null; why: string },
): Promise<number> {
  const clocks = await trx
    .selectFrom('clock')
    .select('id')
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', from.organisationId)
    .where('owner_person', '=', from.personId)
    .where(sql<boolean>`owner_role is not distinct from ${from.role}`)
    .where('state', 'in', ['running', 'paused'])
    .execute()
  for (const { id } of clocks) {
    await handOverClock(trx, act, { areaId, id }, { role: to.role, personId: to.personId }, to.why)
  }
  return clocks.length + (await handOverRecords(trx, act, areaId, from, to))
}

async function handOverRecords(
  trx: Trx,
  act: Act,
  areaId: number,
  from: WorkOwner,
  { role, personId, why }: { role: string | null; personId: string | null; why: string },
): Promise<number> {
  const records = await trx
    .selectFrom('record')
    .select('id')
    .where('area_id', '=', areaId)
    .where('owner_organisation', '=', from.organisationId)
    .where('owner_person', '=', from.personId)
    .where(sql<boolean>`owner_role is not distinct from ${from.role}`)
    .where(sql<boolean>`kind || '/' || state = any (${openStates()})`)
    .execute()
  const owner = {
    organisationId: from.organisationId,
    ...(role !== null && { role }),
    ...(personId !== null && { personId }),
  }
  for (const { id } of records) {
    await changeRecord(trx, act, { areaId, id }, null, { owner }, { kind: 'handed-over', why })
  }
  return records.length
}
