import { sql } from 'kysely'
import type { ColumnType, Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import type { PublicQuestionFacts, PublicQuestionState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>

interface PublicQuestionTable {
  area_id: number
  record_id: string
  message_id: string
  receipt: string
  body_id: string
  body_name: string
  meeting_id: string | null
  meeting_title: string | null
  meeting_date: OptionalDay
  text: string | null
  shown_name: string | null
  wishes: 'in-person' | 'read-out'
  received_at: ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
  ask_by: OptionalDay
  late: ColumnType<boolean, boolean | undefined, boolean>
  late_why: Optional<string>
  place: Optional<number>
  decided_on: OptionalDay
  decided_by: Optional<string>
  ground: Optional<string>
  refused_why: Optional<string>
  put_how: Optional<'in-person' | 'read-out' | 'not-put'>
  answer: Optional<string>
  answered_by: Optional<string>
  answered_on: OptionalDay
  answered_how: Optional<'meeting' | 'writing'>
  ended_on: OptionalDay
  ended_why: Optional<string>
}

interface AskerTable {
  area_id: number
  record_id: string
  organisation_id: string
  name: string
  email: string | null
  address: string | null
}

interface SupplementaryTable {
  area_id: number
  record_id: string
  number: number
  text: string
  answer: string | null
  answered_by: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_public_question: PublicQuestionTable
    scrutiny_public_question_asker: AskerTable
    scrutiny_public_question_supplementary: SupplementaryTable
  }
}

export type PublicQuestionRow = Selectable<PublicQuestionTable>
export type Supplementary = Selectable<SupplementaryTable>

/** Who asked and how to reply: for whoever handles the question, and for nobody else. */
export type Asker = Pick<Selectable<AskerTable>, 'name' | 'email' | 'address'>

/** A question from the public: the head that every record has, and what is particular to it. */
export interface PublicQuestion {
  head: RecordHead
  row: PublicQuestionRow
  /** Null once the contact details are erased. */
  asker: Asker | null
  supplementaries: readonly Supplementary[]
  facts: PublicQuestionFacts
}

/** The question with this key that the transaction's organisations hold, or null. */
export async function findPublicQuestion(trx: Trx, key: RecordKey): Promise<PublicQuestion | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'public-question') return null
  const [found] = await withParticulars(trx, key.areaId, [head])
  return found ?? null
}

/** Several questions, in the order asked for; those that are not visible are left out. */
export async function findPublicQuestions(trx: Trx, areaId: number, ids: readonly string[]): Promise<PublicQuestion[]> {
  const heads = (await findRecords(trx, areaId, ids)).filter(head => head.kind === 'public-question')
  const found = await withParticulars(trx, areaId, heads)
  return found.sort((a, b) => ids.indexOf(a.head.id) - ids.indexOf(b.head.id))
}

/** Only for heads that were read under the viewer's scope. */
async function withParticulars(trx: Trx, areaId: number, heads: readonly RecordHead[]): Promise<PublicQuestion[]> {
  if (heads.length === 0) return []
  const ids = heads.map(head => head.id)
  const rows = await trx
    .selectFrom('scrutiny_public_question')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .execute()
  const askers = await trx
    .selectFrom('scrutiny_public_question_asker')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .execute()
  const more = await trx
    .selectFrom('scrutiny_public_question_supplementary')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .orderBy('number')
    .execute()
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.record_id)
    if (head === undefined) return []
    const asker = askers.find(each => each.record_id === row.record_id) ?? null
    const supplementaries = more.filter(each => each.record_id === row.record_id)
    return [{ head, row, asker, supplementaries, facts: factsOf(head, row, asker !== null) }]
  })
}

function factsOf(head: RecordHead, row: PublicQuestionRow, reachable: boolean): PublicQuestionFacts {
  return {
    // The check on the state's word is the record layer's; the kind declares exactly these.
    state: head.state as PublicQuestionState,
    hasMeeting: row.meeting_id !== null,
    meeting: row.meeting_date,
    reachable,
    published: head.publication === 'published',
  }
}

/** Adds what is particular to a question whose record was just made, and who asked it. */
export async function insertPublicQuestion(
  trx: Trx,
  row: Insertable<PublicQuestionTable>,
  asker: Insertable<AskerTable>,
): Promise<void> {
  await trx.insertInto('scrutiny_public_question').values(row).execute()
  await trx.insertInto('scrutiny_public_question_asker').values(asker).execute()
}

export async function changePublicQuestion(
  trx: Trx,
  key: RecordKey,
  changes: Updateable<PublicQuestionTable>,
): Promise<void> {
  await trx
    .updateTable('scrutiny_public_question')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Takes away who asked. */
export async function deleteAsker(trx: Trx, key: RecordKey): Promise<void> {
  await trx
    .deleteFrom('scrutiny_public_question_asker')
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

export async function insertSupplementary(trx: Trx, row: Insertable<SupplementaryTable>): Promise<void> {
  await trx.insertInto('scrutiny_public_question_supplementary').values(row).execute()
}

/** Whether a message of the public site has been carried in before. */
export async function isCarried(trx: Trx, messageId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('scrutiny_public_question')
    .select('record_id')
    .where('message_id', '=', messageId)
    .executeTakeFirst()
  return row !== undefined
}

/** The questions to a meeting that the transaction's organisations hold, in the order in which they are put. */
export async function publicQuestionsFor(trx: Trx, areaId: number, meetingId: string): Promise<PublicQuestion[]> {
  const rows = await held(trx, areaId)
    .where('q.meeting_id', '=', meetingId)
    .orderBy(sql`q.place nulls last`)
    .orderBy('q.received_at')
    .orderBy('r.id')
    .execute()
  return findPublicQuestions(
    trx,
    areaId,
    rows.map(row => row.id),
  )
}

function held(trx: Trx, areaId: number) {
  return trx
    .selectFrom('scrutiny_public_question as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.record_id'))
    .select('r.id')
    .where('r.area_id', '=', areaId)
}

/** How many questions to a meeting are accepted, and how many of them come from one person. */
export async function acceptedFor(
  trx: Trx,
  areaId: number,
  meetingId: string,
  asker: Asker | null,
): Promise<{ atMeeting: number; ofAsker: number }> {
  const accepted = (await publicQuestionsFor(trx, areaId, meetingId)).filter(each => each.row.place !== null)
  const ofAsker = accepted.filter(each => asker !== null && each.asker !== null && isSamePerson(each.asker, asker))
  return { atMeeting: accepted.length, ofAsker: ofAsker.length }
}

function isSamePerson(a: Asker, b: Asker): boolean {
  const folded = (text: string | null) => text?.trim().toLowerCase() ?? ''
  return a.email === null ? folded(a.name) === folded(b.name) : folded(a.email) === folded(b.email)
}

/** Ended questions whose asker's contact details the body's rule keeps no longer. */
export async function askersToErase(trx: Trx, today: Temporal.PlainDate): Promise<RecordKey[]> {
  return trx
    .selectFrom('scrutiny_public_question as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.record_id'))
    .innerJoin('scrutiny_public_question_asker as a', join =>
      join.onRef('a.area_id', '=', 'q.area_id').onRef('a.record_id', '=', 'q.record_id'),
    )
    .leftJoin('scrutiny_public_question_rule as b', join =>
      join.onRef('b.area_id', '=', 'q.area_id').onRef('b.body_id', '=', 'q.body_id'),
    )
    .select(['q.area_id as areaId', 'q.record_id as id'])
    .where(sql<boolean>`q.ended_on + make_interval(months => coalesce(b.keep_months, 12)) <= ${today}::date`)
    .execute()
}
