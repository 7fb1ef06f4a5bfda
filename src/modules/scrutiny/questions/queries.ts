import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Insertable, JSONColumnType, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import type { RecordedStep } from '../bodies.ts'
import type { Head } from '../heads.ts'
import { answererFrom, askerFrom } from '../party.ts'
import type { Party, PartyColumns } from '../party.ts'
import type { QuestionFacts, QuestionState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

interface QuestionTable extends PartyColumns<'asker'>, PartyColumns<'answerer'> {
  area_id: number
  record_id: string
  form: QuestionForm
  text: string
  why: string | null
  heads: Head[]
  asked_for: QuestionFacts['askedFor']
  meeting_id: string | null
  meeting_title: string | null
  meeting_date: OptionalDay
  drafted_by: string
  set_id: string | null
  set_number: number | null
  put_on: OptionalDay
  put_by: string | null
  answer_due: OptionalDay
  withdrawn_on: OptionalDay
  withdrawn_why: string | null
  recorded: JSONColumnType<RecordedStep[]>
  source: string | null
}

interface SetTable {
  area_id: number
  id: string
  organisation_id: string
  title: string
  tied_to: string | null
  dated: OptionalDay
  made_at: ColumnType<Temporal.Instant, Temporal.Instant, never>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_question: QuestionTable
    scrutiny_set: SetTable
  }
}

export type QuestionForm = 'question' | 'report' | 'tasking'
export type QuestionRow = Selectable<QuestionTable>
export type QuestionSet = Selectable<SetTable>

/** A question: the head that every record has, and what is particular to it. */
export interface Question {
  head: RecordHead
  row: QuestionRow
  asker: Party
  answerer: Party
  set: QuestionSet | null
  facts: QuestionFacts
}

/** The question with this key that the transaction's organisations hold, or null. */
export async function findQuestion(trx: Trx, key: RecordKey): Promise<Question | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'question') return null
  const [question] = await withParticulars(trx, key.areaId, [head])
  return question ?? null
}

/** Several questions, in the order asked for; those that are not visible are left out. */
export async function findQuestions(trx: Trx, areaId: number, ids: readonly string[]): Promise<Question[]> {
  const heads = await findRecords(trx, areaId, ids)
  const questions = await withParticulars(
    trx,
    areaId,
    heads.filter(head => head.kind === 'question'),
  )
  return questions.sort((a, b) => ids.indexOf(a.head.id) - ids.indexOf(b.head.id))
}

/** Only for heads that were read under the viewer's scope. */
async function withParticulars(trx: Trx, areaId: number, heads: readonly RecordHead[]): Promise<Question[]> {
  if (heads.length === 0) return []
  const ids = heads.map(head => head.id)
  const rows = await trx
    .selectFrom('scrutiny_question')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .execute()
  const sets = await setsById(
    trx,
    areaId,
    rows.flatMap(row => row.set_id ?? []),
  )
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.record_id)
    return head === undefined ? [] : [toQuestion(head, row, sets.get(row.set_id ?? '') ?? null)]
  })
}

function toQuestion(head: RecordHead, row: QuestionRow, set: QuestionSet | null): Question {
  return {
    head,
    row,
    asker: askerFrom(row),
    answerer: answererFrom(row),
    set,
    facts: {
      // The check on the state's word is the record layer's; the kind declares exactly these.
      state: head.state as QuestionState,
      askedFor: row.asked_for,
      hasMeeting: row.meeting_id !== null || row.meeting_title !== null,
      askerOrganisation: row.asker_organisation,
      askerPerson: row.asker_person,
      draftedBy: row.drafted_by,
    },
  }
}

async function setsById(trx: Trx, areaId: number, ids: readonly string[]): Promise<Map<string, QuestionSet>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('scrutiny_set')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}

/** Adds what is particular to a question whose record was just made. */
export async function insertQuestion(trx: Trx, row: Insertable<QuestionTable>): Promise<void> {
  await trx.insertInto('scrutiny_question').values(row).execute()
}

export async function changeQuestion(
  trx: Trx,
  key: RecordKey,
  changes: Partial<Omit<Insertable<QuestionTable>, 'recorded'>>,
): Promise<void> {
  await trx
    .updateTable('scrutiny_question')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Sets that an organisation has made, newest first. */
export async function setsOf(trx: Trx, areaId: number, organisationId: string): Promise<QuestionSet[]> {
  return trx
    .selectFrom('scrutiny_set')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .orderBy('made_at', 'desc')
    .limit(50)
    .execute()
}

/** A set of an organisation, or null. */
export async function findSet(trx: Trx, key: RecordKey, organisationId: string): Promise<QuestionSet | null> {
  const sets = await setsById(trx, key.areaId, [key.id])
  const set = sets.get(key.id)
  return set?.organisation_id === organisationId ? set : null
}

/** Ids of the questions of a set that the transaction's organisations hold, by number. */
export async function idsInSet(trx: Trx, set: RecordKey): Promise<string[]> {
  const rows = await trx
    .selectFrom('scrutiny_question as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.record_id'))
    .select('r.id')
    .where('q.area_id', '=', set.areaId)
    .where('q.set_id', '=', set.id)
    .orderBy('q.set_number')
    .execute()
  return rows.map(row => row.id)
}

export async function insertSet(trx: Trx, set: Omit<Insertable<SetTable>, 'id'>): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('scrutiny_set')
    .values({ id, ...set })
    .execute()
  return id
}

/** The next number in a set. The set's row is locked, so that two drafts never get the same. */
export async function nextInSet(trx: Trx, areaId: number, setId: string): Promise<number> {
  await trx
    .selectFrom('scrutiny_set')
    .select('id')
    .where('area_id', '=', areaId)
    .where('id', '=', setId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { last } = await trx
    .selectFrom('scrutiny_question')
    .select(e => e.fn.max('set_number').as('last'))
    .where('area_id', '=', areaId)
    .where('set_id', '=', setId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

/** Ids of the questions that the transaction's organisations hold and that are put for a meeting, in order. */
export async function idsForMeeting(trx: Trx, meetingId: string): Promise<RecordKey[]> {
  return trx
    .selectFrom('scrutiny_question as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.record_id'))
    .select(['r.area_id as areaId', 'r.id'])
    .where('q.meeting_id', '=', meetingId)
    .orderBy('q.set_number')
    .orderBy('r.reference')
    .execute()
}

/** Ids of the questions in some states that the transaction's organisations hold, the earliest due first. */
export async function idsInStates(trx: Trx, areaId: number, states: readonly QuestionState[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('scrutiny_question as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.record_id'))
    .select('r.id')
    .where('r.area_id', '=', areaId)
    .where('r.state', 'in', states)
    .orderBy(e => e.fn.coalesce('r.due_date', 'r.dated'))
    .orderBy('r.id')
    .limit(200)
    .execute()
  return rows.map(row => row.id)
}
