import type { Limb } from './limbs.ts'
import type { ColumnType, Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import { giverFrom } from '../party.ts'
import type { Party, PartyColumns } from '../party.ts'
import type { QuestionFacts } from '../questions/rules.ts'
import type { AnswerFacts, AnswerState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

interface AnswerTable extends PartyColumns<'giver'> {
  area_id: number
  record_id: string
  answers_kind: 'question' | 'challenge'
  answers_id: string
  asker_organisation: string
  text: string
  prepared_by: string | null
  how: QuestionFacts['askedFor']
  part: boolean
  reply_by: OptionalDay
  given_on: OptionalDay
  given_by: string | null
  source: string | null
}

interface AnswerAttachmentTable {
  area_id: number
  attachment_id: string
  answer_id: string
  number: number
  withheld_limb: Limb | null
  withheld_by: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_answer: AnswerTable
    scrutiny_attachment: AnswerAttachmentTable
  }
}

/** Whether an attachment may be published, as its giver says. */
export type AttachmentConsent = Selectable<AnswerAttachmentTable>

/** An answer: the head that every record has, and what is particular to it. */
export interface Answer {
  head: RecordHead
  row: Selectable<AnswerTable>
  giver: Party
  facts: AnswerFacts
}

/** The answer with this key that the transaction's organisations hold, or null. */
export async function findAnswer(trx: Trx, key: RecordKey): Promise<Answer | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'answer') return null
  const row = await selectAnswers(trx, key.areaId).where('record_id', '=', key.id).executeTakeFirst()
  return row === undefined ? null : toAnswer(head, row)
}

/** The answers to a question or challenge that the transaction's organisations hold themselves, the earliest first. */
export async function ownAnswersTo(trx: Trx, key: RecordKey): Promise<Answer[]> {
  const rows = await selectAnswers(trx, key.areaId).where('answers_id', '=', key.id).orderBy('record_id').execute()
  const heads = await findRecords(
    trx,
    key.areaId,
    rows.map(row => row.record_id),
  )
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.record_id)
    return head === undefined ? [] : [toAnswer(head, row)]
  })
}

/** Every caller reads the heads too, under the viewer's scope. */
function selectAnswers(trx: Trx, areaId: number) {
  return trx.selectFrom('scrutiny_answer').selectAll().where('area_id', '=', areaId)
}

function toAnswer(head: RecordHead, row: Selectable<AnswerTable>): Answer {
  return {
    head,
    row,
    giver: giverFrom(row),
    facts: {
      state: head.state as AnswerState,
      text: row.text,
      part: row.part,
      hasReplyBy: row.reply_by !== null,
      giverOrganisation: row.giver_organisation,
      giverPerson: row.giver_person,
      giverRole: row.giver_role,
    },
  }
}

export async function insertAnswer(trx: Trx, row: Insertable<AnswerTable>): Promise<void> {
  await trx.insertInto('scrutiny_answer').values(row).execute()
}

export async function changeAnswerRow(
  trx: Trx,
  key: RecordKey,
  changes: Partial<Insertable<AnswerTable>>,
): Promise<void> {
  await trx
    .updateTable('scrutiny_answer')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** What the giver says of each attachment of an answer. Ask only for answers the viewer may see. */
export async function consentsOf(trx: Trx, key: RecordKey): Promise<AttachmentConsent[]> {
  return trx
    .selectFrom('scrutiny_attachment')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('answer_id', '=', key.id)
    .orderBy('number')
    .execute()
}

export async function insertConsent(trx: Trx, row: Insertable<AnswerAttachmentTable>): Promise<void> {
  await trx.insertInto('scrutiny_attachment').values(row).execute()
}

export async function changeConsent(
  trx: Trx,
  areaId: number,
  attachmentId: string,
  withheld: { withheld_limb: Limb; withheld_by: string } | { withheld_limb: null; withheld_by: null },
): Promise<void> {
  await trx
    .updateTable('scrutiny_attachment')
    .set(withheld)
    .where('area_id', '=', areaId)
    .where('attachment_id', '=', attachmentId)
    .execute()
}
