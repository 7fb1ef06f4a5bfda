import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Act, Due, RecordHead } from '../../../record/record.ts'
import { createRecord } from '../../../record/records.ts'
import type { RecordedStep } from '../bodies.ts'
import { partyColumns } from '../party.ts'
import { searchText } from './draft.ts'
import type { Cause, QuestionDraft } from './draft.ts'
import { insertQuestion } from './queries.ts'
import type { QuestionState } from './rules.ts'

/** A question as papers record it: put long ago, and standing where the last paper leaves it. */
export interface LoadedQuestion extends Omit<QuestionDraft, 'set'> {
  state: Exclude<QuestionState, 'draft' | 'ready'>
  putOn: Temporal.PlainDate
  printedReference?: string
  due?: Due | null
  /** The set it is numbered in, where the paper numbers it: made by `addSet`. */
  inSet?: { id: string; number: number }
  /** What the papers record of it, in the order in which it happened. */
  recorded: readonly RecordedStep[]
  /** Title, date and place of the paper that the question itself is taken from. */
  source: string
}

/**
 * Loads a question that was put before this software was there: nothing is released and no clock starts, since nobody
 * is to be told of it now and nothing can be late any more.
 */
export async function loadQuestion(
  trx: Trx,
  act: Act,
  areaId: number,
  loaded: LoadedQuestion,
  causes: readonly Cause[] = [],
): Promise<RecordHead> {
  const head = await createRecord(trx, act, {
    areaId,
    kind: 'question',
    title: loaded.title,
    state: loaded.state,
    dated: loaded.putOn,
    due: loaded.due ?? null,
    ...(loaded.printedReference !== undefined && { printedReference: loaded.printedReference }),
    searchText: [searchText(loaded), ...loaded.recorded.map(step => step.says)].join('\n'),
  })
  await insertQuestion(trx, {
    area_id: areaId,
    record_id: head.id,
    form: loaded.form,
    text: loaded.text,
    why: loaded.why,
    heads: [...loaded.heads],
    asked_for: loaded.askedFor,
    meeting_id: loaded.meeting?.id ?? null,
    meeting_title: loaded.meeting?.title ?? null,
    meeting_date: loaded.meeting?.date ?? null,
    ...partyColumns('asker', loaded.asker),
    ...partyColumns('answerer', loaded.answerer),
    drafted_by: act.viewer.userId,
    set_id: loaded.inSet?.id ?? null,
    set_number: loaded.inSet?.number ?? null,
    put_on: loaded.putOn,
    put_by: null,
    withdrawn_why: null,
    recorded: JSON.stringify(loaded.recorded),
    source: loaded.source,
  })
  for (const { relation, ...cause } of causes) await link(trx, act, head, relation, cause)
  return head
}
