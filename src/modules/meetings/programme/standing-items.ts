import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { consideredAt } from '../agenda/queries.ts'
import { placeOnAgenda } from './programme-items.ts'
import { programmeOf } from './queries.ts'
import type { ProgrammeItem } from './queries.ts'

/** The standing items of a body that are not on the agenda of this meeting yet. */
export async function standingToPlace(
  trx: Trx,
  meeting: Pick<RecordHead, 'areaId' | 'id'>,
  bodyId: string,
): Promise<ProgrammeItem[]> {
  const placed = new Set((await consideredAt(trx, meeting)).map(each => each.record_id))
  const items = await programmeOf(trx, meeting.areaId, bodyId)
  return items.filter(({ head, row, facts }) => row.standing && facts.state === 'programmed' && !placed.has(head.id))
}

/** Puts every standing item of the body on the agenda of a meeting. Those that are on it stay as they are. */
export async function placeStandingItems(
  trx: Trx,
  act: Act,
  meeting: Pick<RecordHead, 'areaId' | 'id'>,
  bodyId: string,
): Promise<number> {
  const items = await standingToPlace(trx, meeting, bodyId)
  for (const { head } of items) await placeOnAgenda(trx, act, head, null, meeting)
  return items.length
}
