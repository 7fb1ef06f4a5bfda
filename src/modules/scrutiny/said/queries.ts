import { randomUUIDv7 } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { sayDate } from '../bodies.ts'
import type { SaidLine } from '../bodies.ts'

interface SaidTable {
  area_id: number
  id: string
  question_id: string
  number: number
  kind: SaidLine['kind']
  said_by: string
  asked: string | null
  says: string
  said_on: Temporal.PlainDate
  recorded_by: string
  action_id: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_said: SaidTable
  }
}

/** What was said at meetings to a question that was read under the viewer's scope, in the order recorded. */
export async function saidTo(trx: Trx, question: RecordKey): Promise<SaidLine[]> {
  const rows = await trx
    .selectFrom('scrutiny_said')
    .selectAll()
    .where('area_id', '=', question.areaId)
    .where('question_id', '=', question.id)
    .orderBy('number')
    .execute()
  return rows.map(row => ({
    kind: row.kind,
    by: row.said_by,
    on: sayDate(row.said_on),
    asked: row.asked,
    says: row.says,
  }))
}

/** Adds a line after those there are. The question's row must be locked by the transaction. */
export async function addSaid(trx: Trx, row: Omit<Insertable<SaidTable>, 'id' | 'number'>): Promise<void> {
  const { last } = await trx
    .selectFrom('scrutiny_said')
    .select(e => e.fn.max('number').as('last'))
    .where('area_id', '=', row.area_id)
    .where('question_id', '=', row.question_id)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('scrutiny_said')
    .values({ ...row, id: randomUUIDv7(), number: (last ?? 0) + 1 })
    .execute()
}
