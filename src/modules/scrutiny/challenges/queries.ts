import type { ColumnType, Insertable, JSONColumnType, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import { attachmentsOf } from '../../../record/files.ts'
import type { Attachment } from '../../../record/files.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import type { RecordedStep } from '../bodies.ts'
import { answererFrom, askerFrom } from '../party.ts'
import type { Party, PartyColumns } from '../party.ts'
import type { ChallengeFacts, ChallengeState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

interface ChallengeTable extends PartyColumns<'asker'>, PartyColumns<'answerer'> {
  area_id: number
  record_id: string
  letter: string
  sent_on: OptionalDay
  sent_by: string | null
  reply_due: OptionalDay
  reply_known: boolean
  reply_note: string | null
  recorded: JSONColumnType<RecordedStep[]>
  source: string | null
}

interface SubjectTable {
  area_id: number
  record_id: string
  number: number
  heading: string
  asks: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_challenge: ChallengeTable
    scrutiny_challenge_subject: SubjectTable
  }
}

export type Subject = Selectable<SubjectTable>

/** A challenge: its head, its letter, and the subjects in their order. */
export interface Challenge {
  head: RecordHead
  row: Selectable<ChallengeTable>
  subjects: readonly Subject[]
  letters: readonly Attachment[]
  asker: Party
  answerer: Party
  facts: ChallengeFacts
}

/** The challenge with this key that the transaction's organisations hold, or null. */
export async function findChallenge(trx: Trx, key: RecordKey): Promise<Challenge | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'challenge') return null
  const here = { area_id: key.areaId, record_id: key.id }
  const row = await trx
    .selectFrom('scrutiny_challenge')
    .selectAll()
    .where(e => e.and(here))
    .executeTakeFirst()
  if (row === undefined) return null
  const subjects = await trx
    .selectFrom('scrutiny_challenge_subject')
    .selectAll()
    .where(e => e.and(here))
    .orderBy('number')
    .execute()
  return toChallenge(head, row, subjects, await attachmentsOf(trx, key))
}

function toChallenge(
  head: RecordHead,
  row: Selectable<ChallengeTable>,
  subjects: readonly Subject[],
  letters: readonly Attachment[],
): Challenge {
  return {
    head,
    row,
    subjects,
    letters,
    asker: askerFrom(row),
    answerer: answererFrom(row),
    facts: {
      state: head.state as ChallengeState,
      subjects: subjects.length,
      hasLetter: row.letter.trim() !== '' || letters.length > 0,
      askerOrganisation: row.asker_organisation,
    },
  }
}

export async function insertChallenge(trx: Trx, row: Insertable<ChallengeTable>): Promise<void> {
  await trx.insertInto('scrutiny_challenge').values(row).execute()
}

export async function changeChallengeRow(
  trx: Trx,
  key: RecordKey,
  changes: Partial<Omit<Insertable<ChallengeTable>, 'recorded'>>,
): Promise<void> {
  await trx
    .updateTable('scrutiny_challenge')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Puts these subjects in the place of whatever the challenge had, numbered from one. */
export async function replaceSubjects(
  trx: Trx,
  key: RecordKey,
  subjects: readonly { heading: string; asks: string | null }[],
): Promise<void> {
  await trx
    .deleteFrom('scrutiny_challenge_subject')
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
  if (subjects.length === 0) return
  await trx
    .insertInto('scrutiny_challenge_subject')
    .values(subjects.map((subject, at) => ({ area_id: key.areaId, record_id: key.id, number: at + 1, ...subject })))
    .execute()
}
