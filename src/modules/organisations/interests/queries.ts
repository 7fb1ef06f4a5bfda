import type { Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { InterestRule } from './rules.ts'

interface InterestTable {
  area_id: number
  id: string
  record_id: string
  person_id: string
  membership_id: string | null
  rule: InterestRule
  began_on: Temporal.PlainDate
  clock_id: string
  registered_on: Temporal.PlainDate | null
  register: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    organisations_interest: InterestTable
  }
}

export type InterestRow = Selectable<InterestTable>

export async function insertInterest(trx: Trx, row: Insertable<InterestTable>): Promise<void> {
  await trx.insertInto('organisations_interest').values(row).execute()
}

/** Interests to register on bodies whose records may be seen. */
function interests(trx: Trx, areaId: number) {
  return trx
    .selectFrom('organisations_interest as i')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'i.area_id').onRef('r.id', '=', 'i.record_id'))
    .selectAll('i')
    .where('i.area_id', '=', areaId)
    .orderBy('i.began_on', 'desc')
    .orderBy('i.id', 'desc')
}

export async function selectInterest(trx: Trx, key: RecordKey): Promise<InterestRow | undefined> {
  return interests(trx, key.areaId).where('i.id', '=', key.id).executeTakeFirst()
}

/** Those of a body, of a person, or of one seat; the latest first. */
export async function selectInterests(
  trx: Trx,
  areaId: number,
  of: { recordId: string } | { personId: string } | { membershipId: string },
): Promise<InterestRow[]> {
  const all = interests(trx, areaId)
  if ('recordId' in of) return all.where('i.record_id', '=', of.recordId).execute()
  if ('personId' in of) return all.where('i.person_id', '=', of.personId).execute()
  return all.where('i.membership_id', '=', of.membershipId).execute()
}

export async function updateRegistered(
  trx: Trx,
  key: RecordKey,
  done: { on: Temporal.PlainDate; register: string | null },
): Promise<void> {
  await trx
    .updateTable('organisations_interest')
    .set({ registered_on: done.on, register: done.register })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}
