import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Owner, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import type { Head } from '../heads.ts'
import { partyColumns } from '../party.ts'
import type { Party, ScrutinyAct } from '../party.ts'
import { gone, refuseIf } from '../refuse.ts'
import { changeQuestion, findQuestion, insertQuestion, insertSet, nextInSet } from './queries.ts'
import type { Question, QuestionForm } from './queries.ts'
import { editObstacles, readyObstacles } from './rules.ts'
import type { QuestionFacts } from './rules.ts'

/** A numbered set that a question belongs to: one there is, or a new one tied to a report or meeting. */
export type SetChoice = { id: string } | { title: string; tiedTo: string | null; dated: Temporal.PlainDate | null }

/** What a question is drafted from. */
export interface QuestionDraft {
  title: string
  text: string
  why: string | null
  form: QuestionForm
  heads: readonly Head[]
  askedFor: QuestionFacts['askedFor']
  /** The meeting it is put for: a record, or one that is known by its title and day alone. */
  meeting: { id: string | null; title: string | null; date: Temporal.PlainDate | null } | null
  asker: Party
  answerer: Party
  set: SetChoice | null
}

/** What a question comes of, and how. */
export type Cause = RecordKey & { kind: string; relation: 'asks-about' | 'tasked-by' }

/** Drafts a question. Nobody outside the organisation knows of it until it is put. */
export async function draftQuestion(
  trx: Trx,
  act: ScrutinyAct,
  areaId: number,
  draft: QuestionDraft,
  causes: readonly Cause[] = [],
): Promise<RecordHead> {
  const head = await createRecord(trx, act, {
    areaId,
    kind: 'question',
    title: draft.title,
    state: 'draft',
    owner: drafter(act),
    searchText: searchText(draft),
  })
  await insertQuestion(trx, {
    area_id: areaId,
    record_id: head.id,
    ...columnsOf(draft),
    ...partyColumns('asker', draft.asker),
    drafted_by: act.viewer.userId,
    put_by: null,
    withdrawn_why: null,
    source: null,
    recorded: '[]',
    ...(await setColumns(trx, act, areaId, draft.set)),
  })
  for (const { relation, ...cause } of causes) await link(trx, act, head, relation, cause)
  return head
}

function drafter({ viewer }: ScrutinyAct): Owner {
  const organisationId = viewer.organisation.id
  if (viewer.personId !== null) return { personId: viewer.personId, organisationId }
  const role = viewer.roles[0]
  return role === undefined ? { organisationId } : { role, organisationId }
}

export function searchText(draft: Pick<QuestionDraft, 'text' | 'why'>): string {
  return `${draft.text}\n${draft.why ?? ''}`
}

function columnsOf(draft: QuestionDraft) {
  return {
    form: draft.form,
    text: draft.text,
    why: draft.why,
    heads: [...draft.heads],
    asked_for: draft.askedFor,
    meeting_id: draft.meeting?.id ?? null,
    meeting_title: draft.meeting?.title ?? null,
    meeting_date: draft.meeting?.date ?? null,
    ...partyColumns('answerer', draft.answerer),
  }
}

async function setColumns(trx: Trx, act: ScrutinyAct, areaId: number, set: SetChoice | null) {
  if (set === null) return { set_id: null, set_number: null }
  const id =
    'id' in set
      ? set.id
      : await insertSet(trx, {
          area_id: areaId,
          organisation_id: act.viewer.organisation.id,
          title: set.title,
          tied_to: set.tiedTo,
          dated: set.dated,
          made_at: act.now,
        })
  return { set_id: id, set_number: await nextInSet(trx, areaId, id) }
}

/**
 * Changes a draft. The asker stays; the history keeps what each part was before.
 *
 * @param version the version the person saw
 * @throws Refusal once it has been put
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeDraft(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number,
  draft: Omit<QuestionDraft, 'asker'>,
): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  refuseIf(editObstacles(question.facts))
  const written = { ...draft, asker: question.asker }
  await changeRecord(
    trx,
    act,
    key,
    version,
    { title: draft.title, searchText: searchText(draft) },
    { kind: 'changed', details: { changes: changesOf(question, written) } },
  )
  const sameSet = draft.set !== null && 'id' in draft.set && draft.set.id === question.row.set_id
  const set = sameSet ? {} : await setColumns(trx, act, key.areaId, draft.set)
  await changeQuestion(trx, key, { ...columnsOf(written), ...set })
}

function changesOf(before: Question, after: QuestionDraft): Record<string, { from: unknown; to: unknown }> {
  const pairs: Record<string, [unknown, unknown]> = {
    title: [before.head.title, after.title],
    question: [before.row.text, after.text],
    'why it is asked': [before.row.why, after.why],
    'asked of': [before.answerer.name, after.answerer.name],
    'asked for': [before.row.asked_for, after.askedFor],
  }
  const changed = Object.entries(pairs).filter(([, [from, to]]) => from !== to)
  return Object.fromEntries(changed.map(([name, [from, to]]) => [name, { from, to }]))
}

/** Hands a draft to whoever may put it. */
export async function askToBePut(trx: Trx, act: ScrutinyAct, key: RecordKey, version: number): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  refuseIf(readyObstacles(question.facts))
  const { role, personId, organisationId } = question.asker
  const owner = { organisationId, ...(role === null ? {} : { role }), ...(personId === null ? {} : { personId }) }
  await changeRecord(trx, act, key, version, { state: 'ready', owner }, { kind: 'ready' })
}
