import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { createRecord } from '../../../record/records.ts'
import type { RecordedStep } from '../bodies.ts'
import { partyColumns } from '../party.ts'
import { insertChallenge, replaceSubjects } from './queries.ts'
import type { ChallengeState } from './rules.ts'
import { searchText } from './send.ts'
import type { ChallengeDraft } from './send.ts'

/** A formal challenge as papers record it. */
export interface LoadedChallenge extends ChallengeDraft {
  state: Exclude<ChallengeState, 'draft'>
  /** The day it is listed under; where no day is printed, the first of the month, with `sentOn` null. */
  dated: Temporal.PlainDate
  sentOn: Temporal.PlainDate | null
  /** What is known of a reply that is not held; null where none is known of. */
  replyNote: string | null
  recorded: readonly RecordedStep[]
  source: string
}

/** Loads a challenge that was sent before this software was there: nothing is released and no clock starts. */
export async function loadChallenge(
  trx: Trx,
  act: Act,
  areaId: number,
  loaded: LoadedChallenge,
  about: readonly (RecordKey & { kind: string })[] = [],
): Promise<RecordHead> {
  const head = await createRecord(trx, act, {
    areaId,
    kind: 'challenge',
    title: loaded.title,
    state: loaded.state,
    dated: loaded.dated,
    searchText: [searchText(loaded), ...loaded.recorded.map(step => step.says)].join('\n'),
  })
  await insertChallenge(trx, {
    area_id: areaId,
    record_id: head.id,
    letter: loaded.letter,
    ...partyColumns('asker', loaded.asker),
    ...partyColumns('answerer', loaded.answerer),
    sent_on: loaded.sentOn,
    sent_by: null,
    reply_known: loaded.replyNote !== null,
    reply_note: loaded.replyNote,
    recorded: JSON.stringify(loaded.recorded),
    source: loaded.source,
  })
  await replaceSubjects(trx, head, loaded.subjects)
  for (const cause of about) await link(trx, act, head, 'asks-about', cause)
  return head
}
