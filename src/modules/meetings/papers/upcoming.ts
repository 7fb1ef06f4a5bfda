import type { Trx } from '../../../platform/database/tables.ts'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { itemsOf } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { findMeetings } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'

/** Meetings that are still to come, or whose papers may still change, of the organisations of this transaction. */
async function upcomingMeetings(trx: Trx, viewer: Viewer): Promise<Meeting[]> {
  const rows = await trx
    .selectFrom('record')
    .select('id')
    .where('area_id', '=', viewer.area.id)
    .where('kind', '=', 'meeting')
    .where('state', 'in', ['planned', 'agenda-published'])
    .orderBy('dated', 'desc')
    .limit(40)
    .execute()
  const found = await findMeetings(
    trx,
    viewer.area.id,
    rows.map(row => row.id),
  )
  return found.sort((a, b) => Temporal.PlainDate.compare(a.head.dated, b.head.dated))
}

/** An item that a paper may be placed under. */
export interface OfferedItem {
  value: string
  text: string
  meetingId: string
}

/** The items of meetings to come, as a list to choose from. */
export async function offeredItems(trx: Trx, viewer: Viewer): Promise<OfferedItem[]> {
  const offered: OfferedItem[] = []
  for (const { head } of await upcomingMeetings(trx, viewer)) {
    for (const item of numbered(await itemsOf(trx, head))) {
      if (item.withdrawn_on !== null) continue
      const text = `${head.title}: ${item.shown}. ${item.title}`
      offered.push({ value: item.id, text, meetingId: head.id })
    }
  }
  return offered
}
