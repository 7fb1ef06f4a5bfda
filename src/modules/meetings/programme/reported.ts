import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { consideredAt, itemsOf } from '../agenda/queries.ts'
import { changeProgrammeRow, findProgrammeItems, insertMove } from './queries.ts'
import type { ProgrammeItem } from './queries.ts'
import { dueOfNext, nextInWords } from './rules.ts'
import { londonDate } from '../../../platform/time.ts'

const waiting = { meeting: null, date: null, words: null }

/**
 * Once the minutes of a meeting are circulated, what its agenda had from the work programme was reported; a standing
 * item waits for the next meeting. What was withdrawn from the agenda waits again too, and the programme says why.
 */
export async function settleProgramme(
  trx: Trx,
  act: Act,
  meeting: Pick<RecordHead, 'areaId' | 'id' | 'dated'>,
): Promise<void> {
  const considered = await consideredAt(trx, meeting)
  const agenda = await itemsOf(trx, meeting)
  const found = await findProgrammeItems(
    trx,
    meeting.areaId,
    considered.map(each => each.record_id),
  )
  for (const item of found.filter(each => isUnderWay(each, meeting))) {
    const under = considered.find(each => each.record_id === item.head.id)
    const withdrawn = agenda.find(each => each.id === under?.item_id)?.withdrawn_why ?? null
    if (withdrawn === null) await reported(trx, act, item, meeting)
    else await putBack(trx, act, item, withdrawn)
  }
}

/** What was put off is on another agenda by now; a standing item may be on several. */
function isUnderWay({ facts, row }: ProgrammeItem, meeting: Pick<RecordHead, 'id'>): boolean {
  if (row.standing) return facts.state === 'programmed'
  return facts.state === 'on-agenda' && row.next_meeting === meeting.id
}

async function reported(
  trx: Trx,
  act: Act,
  { head, row }: ProgrammeItem,
  meeting: Pick<RecordHead, 'id' | 'dated'>,
): Promise<void> {
  const changes = row.standing
    ? { state: 'programmed', due: dueOfNext({ ...waiting, words: everyMeeting }) }
    : { state: 'reported', due: null }
  await changeRecord(trx, act, head, null, changes, { kind: 'reported' })
  await changeProgrammeRow(trx, head, {
    last_meeting: meeting.id,
    last_date: meeting.dated,
    next_meeting: null,
    next_date: null,
    next_words: row.standing ? everyMeeting : null,
  })
}

const everyMeeting = 'Every meeting'

async function putBack(trx: Trx, act: Act, { head, facts }: ProgrammeItem, why: string): Promise<void> {
  await changeRecord(trx, act, head, null, { state: 'programmed', due: dueOfNext(waiting) }, { kind: 'deferred', why })
  await changeProgrammeRow(trx, head, { next_meeting: null, next_date: null, next_words: null })
  await insertMove(trx, {
    area_id: head.areaId,
    record_id: head.id,
    moved_on: londonDate(act.now),
    was: nextInWords(facts.next),
    became: nextInWords(waiting),
    why,
    moved_by: act.viewer.name,
  })
}
