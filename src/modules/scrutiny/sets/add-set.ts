import type { Trx } from '../../../platform/database/tables.ts'
import type { Act } from '../../../record/record.ts'
import { insertSet } from '../questions/queries.ts'

/** Questions that are put together, numbered, because of one report or for one meeting. */
export interface NewSet {
  areaId: number
  title: string
  /** The report or meeting it is tied to, and its day. */
  tiedTo: string | null
  dated: Temporal.PlainDate | null
}

/** Begins a set; its questions are drafted into it one after the other. Returns its identity. */
export async function addSet(trx: Trx, act: Act, set: NewSet): Promise<string> {
  return insertSet(trx, {
    area_id: set.areaId,
    organisation_id: act.viewer.organisation.id,
    title: set.title,
    tied_to: set.tiedTo,
    dated: set.dated,
    made_at: act.now,
  })
}
