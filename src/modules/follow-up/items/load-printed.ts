import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { changeItem, insertUpdate } from './queries.ts'
import { issueItem, raiseItem } from './raise.ts'
import type { NewItem } from './raise.ts'
import type { RowShows } from './words.ts'

/** A row of a log as a paper prints it, with what the row itself shows beside it. */
export interface PrintedItem extends NewItem {
  /** The state as printed, whole: "COMPLETED – list of CSAs and contact details circulated to the Panel, 24 th June." */
  printedState: string
  /** What the row itself shows: a reading of the row, and never a judgement of anybody named in it. */
  shows: RowShows
  /** The words of the row on which that rests, or why it cannot be told. */
  showsWhy: string
  /** The day the row gives, where it gives one. */
  showsOn?: Temporal.PlainDate
  /**
   * How it stands in the register. `reported` where the log says that it is done: that the body closed it at a meeting
   * is another thing, which a log does not show.
   */
  state: 'open' | 'reported'
  updates?: readonly { on: Temporal.PlainDate; text: string }[]
  /** Title, date and place of the paper. */
  source: string
}

/**
 * Loads an item out of a paper that was printed before this software was there. No clock is started: a paper is never
 * judged by a rule of this software.
 */
export async function loadPrinted(trx: Trx, act: Act, printed: PrintedItem): Promise<RecordHead> {
  const loading = { ...act, loading: true as const }
  const drafted = await raiseItem(trx, loading, printed)
  const issued = await issueItem(trx, loading, drafted)
  await changeItem(trx, issued, {
    printed_state: printed.printedState,
    row_shows: printed.shows,
    row_shows_why: printed.showsWhy,
    row_shows_on: printed.showsOn ?? null,
    source: printed.source,
  })
  for (const { on, text } of printed.updates ?? []) {
    await insertUpdate(trx, {
      area_id: issued.areaId,
      record_id: issued.id,
      dated: on,
      text,
      written_by: printed.source,
      organisation_id: act.viewer.organisation.id,
    })
  }
  if (printed.state === 'open') return issued
  return changeRecord(
    trx,
    loading,
    issued,
    null,
    { state: 'reported' },
    { kind: 'reported', why: printed.printedState },
  )
}
