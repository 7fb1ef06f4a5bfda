import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { partyColumns } from '../party.ts'
import type { AnswerDraft } from './prepare.ts'
import { insertAnswer } from './queries.ts'

/** An answer as a paper prints it. */
export interface LoadedAnswer extends AnswerDraft {
  title: string
  to: RecordKey & { kind: 'question' | 'challenge'; askerOrganisation: string }
  givenOn: Temporal.PlainDate
  /** Title, date and place of the paper. */
  source: string
}

/**
 * Loads an answer that was given before this software was there. The asker has it; the state of what it answers is
 * whatever the loader gave that.
 */
export async function loadAnswer(trx: Trx, act: Act, loaded: LoadedAnswer): Promise<RecordHead> {
  const { areaId, id, kind, askerOrganisation } = loaded.to
  const head = await createRecord(trx, act, {
    areaId,
    kind: 'answer',
    title: loaded.title,
    state: 'given',
    dated: loaded.givenOn,
    searchText: loaded.text,
  })
  await insertAnswer(trx, {
    area_id: areaId,
    record_id: head.id,
    answers_kind: kind,
    answers_id: id,
    asker_organisation: askerOrganisation,
    text: loaded.text,
    how: loaded.how,
    part: loaded.part,
    reply_by: loaded.replyBy,
    given_on: loaded.givenOn,
    given_by: null,
    prepared_by: null,
    source: loaded.source,
    ...partyColumns('giver', loaded.giver),
  })
  await link(trx, act, head, 'answers', { areaId, id, kind })
  await releaseTo(trx, act, head, [askerOrganisation])
  return head
}
