import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { mustFindItem } from '../agenda/items.ts'
import { refuseIf } from '../refuse.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { changeMinutes, insertCorrection, textsOf, writeText } from './queries.ts'
import { writingObstacles } from './rules.ts'

/** What is minuted under an item. */
export interface WrittenMinute {
  text: string
  /** The version of the minute that the person saw: 0 where nothing was written yet, null while papers are loaded. */
  version: number | null
  /** What is corrected, once others have read the minutes. */
  why?: string | null
}

/**
 * Writes what is minuted under an item. Each item has a version of its own, so that two people may minute two items
 * at once. After circulation it is a correction, and both wordings are kept.
 *
 * @throws StaleRecord if someone else wrote under this item meanwhile
 */
export async function writeMinute(
  trx: Trx,
  act: Act,
  key: RecordKey,
  itemId: string,
  written: WrittenMinute,
): Promise<void> {
  const { row, state } = await mustFindMinutes(trx, key)
  const why = written.why ?? null
  refuseIf(writingObstacles({ state, keptBy: row.kept_by }, { organisationId: act.viewer.organisation.id }, why))
  await mustFindItem(trx, { areaId: key.areaId, id: row.meeting_id }, itemId)
  const before = (await textsOf(trx, key)).find(each => each.item_id === itemId)?.text ?? ''
  await writeText(
    trx,
    {
      area_id: key.areaId,
      minutes_id: key.id,
      item_id: itemId,
      text: written.text,
      written_by: act.viewer.name,
      written_at: act.now,
    },
    written.version,
  )
  // What was kept while it was typed has its event only now.
  if (before === written.text && state === 'circulated') return
  if (state === 'circulated' && why !== null) await keepCorrection(trx, act, key, itemId, before, written.text, why)
  const searchText = (await textsOf(trx, key)).map(each => each.text).join(' ')
  const kind = state === 'circulated' ? 'corrected' : 'minuted'
  await changeRecord(
    trx,
    act,
    key,
    null,
    { searchText },
    { kind, ...(why !== null && { why }), details: { item: itemId } },
  )
}

/**
 * Keeps the text of an item of a draft while it is typed, so that no word is lost. Nothing else is read or searched by
 * it; saving the item does that.
 *
 * @returns the version to type on from
 * @throws StaleRecord if someone else wrote under this item meanwhile
 * @throws Refusal once the minutes were circulated: from then on a change is a correction, with its reason
 */
export async function keepText(
  trx: Trx,
  act: Act,
  key: RecordKey,
  itemId: string,
  { text, version }: { text: string | null; version: number },
): Promise<number> {
  const { row, state } = await mustFindMinutes(trx, key)
  refuseIf(writingObstacles({ state, keptBy: row.kept_by }, { organisationId: act.viewer.organisation.id }, null))
  await mustFindItem(trx, { areaId: key.areaId, id: row.meeting_id }, itemId)
  const here = { area_id: key.areaId, minutes_id: key.id, item_id: itemId }
  const written = { text: text ?? '', written_by: act.viewer.name, written_at: act.now }
  await writeText(trx, { ...here, ...written }, version)
  return version + 1
}

async function keepCorrection(
  trx: Trx,
  act: Act,
  key: RecordKey,
  itemId: string,
  before: string,
  after: string,
  why: string,
): Promise<void> {
  await insertCorrection(trx, {
    area_id: key.areaId,
    minutes_id: key.id,
    item_id: itemId,
    text_before: before,
    text_after: after,
    why,
    made_by: act.viewer.name,
    made_on: londonDate(act.now),
  })
}

/**
 * Says when the body meets next, as it was said at the meeting. A day that makes no sense is kept and shown as a
 * finding.
 */
export async function setNextMeeting(
  trx: Trx,
  act: Act,
  key: RecordKey,
  next: { printed: string | null; date: Temporal.PlainDate | null },
): Promise<void> {
  const { row, state } = await mustFindMinutes(trx, key)
  const reasons = writingObstacles(
    { state: state === 'circulated' ? 'draft' : state, keptBy: row.kept_by },
    { organisationId: act.viewer.organisation.id },
    null,
  )
  refuseIf(reasons)
  await changeMinutes(trx, key, { next_meeting_printed: next.printed, next_meeting_date: next.date })
  await changeRecord(trx, act, key, null, {}, { kind: 'minuted' })
}
