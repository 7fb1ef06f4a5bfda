import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { changeProgrammeRow, findProgrammeItems, insertMove, itemsFor } from './queries.ts'
import type { ProgrammeItem } from './queries.ts'
import { dueOfNext, isDeferral, nextInWords, programmeStates } from './rules.ts'
import type { NextReport } from './rules.ts'

/** What was to come to a meeting comes on its new day. */
export async function programmeFollows(
  trx: Trx,
  act: Act,
  meeting: Pick<RecordHead, 'areaId' | 'id'>,
  date: Temporal.PlainDate,
): Promise<void> {
  const next = { meeting: { id: meeting.id, date }, date: null, words: null }
  for (const item of await itemsFor(trx, meeting)) {
    await comesNext(trx, act, item, next, item.facts.state, 'The meeting was moved.')
    await changeProgrammeRow(trx, item.head, { next_date: date })
  }
}

/** What was to come to a meeting that is cancelled waits again. */
export async function programmeWaits(
  trx: Trx,
  act: Act,
  meeting: Pick<RecordHead, 'areaId' | 'id'>,
  why: string,
): Promise<void> {
  const next = { meeting: null, date: null, words: null }
  for (const item of await itemsFor(trx, meeting)) {
    const state = item.facts.form === 'report' ? 'programmed' : 'requested'
    await comesNext(trx, act, item, next, state, `The meeting was cancelled: ${why}`)
    await changeProgrammeRow(trx, item.head, { next_meeting: null, next_date: null })
  }
}

/**
 * What was to come under an item that is put off comes at the later meeting, or waits again where none is fixed.
 *
 * @param ids what the item considered
 */
export async function programmeDeferred(
  trx: Trx,
  act: Act,
  areaId: number,
  ids: readonly string[],
  later: Pick<RecordHead, 'id' | 'dated'> | null,
  why: string,
): Promise<void> {
  const meeting = later === null ? null : { id: later.id, date: later.dated }
  const open = (await findProgrammeItems(trx, areaId, ids)).filter(({ facts }) => programmeStates[facts.state].open)
  for (const item of open) {
    const state = meeting === null ? 'programmed' : item.facts.state
    await comesNext(trx, act, item, { meeting, date: null, words: null }, state, why)
    await changeProgrammeRow(trx, item.head, {
      next_meeting: meeting?.id ?? null,
      next_date: meeting?.date ?? null,
      next_words: null,
    })
  }
}

async function comesNext(
  trx: Trx,
  act: Act,
  { head, facts }: ProgrammeItem,
  next: NextReport,
  state: string,
  why: string,
): Promise<void> {
  const deferred = isDeferral(facts.next, next)
  const event = { kind: deferred ? 'deferred' : 'scheduled', why }
  await changeRecord(trx, act, head, null, { state, due: dueOfNext(next) }, event)
  if (!deferred) return
  await insertMove(trx, {
    area_id: head.areaId,
    record_id: head.id,
    moved_on: londonDate(act.now),
    was: nextInWords(facts.next),
    became: nextInWords(next),
    why,
    moved_by: act.viewer.name,
  })
}
