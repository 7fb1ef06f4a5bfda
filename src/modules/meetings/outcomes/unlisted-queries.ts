import { sql } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { OutcomeForm } from './queries.ts'

/** Which minute of which minutes a row belongs to. */
interface Place {
  minutes_id: string
  minutes_title: string
  dated: Temporal.PlainDate
  item_id: string
  item_title: string
}

/** Minutes that others have read, with their items; the policy on `record` leaves out what is not theirs. */
const place = sql`r.id as minutes_id, r.title as minutes_title, r.dated, i.id as item_id, i.title as item_title`
const read = (areaId: number) => sql`
  record r join meetings_item i on i.area_id = r.area_id
  where r.area_id = ${areaId} and r.kind = 'minutes' and r.state <> 'draft'`

/** Everything typed in minutes that were circulated. */
export async function outcomesWithin(
  trx: Trx,
  areaId: number,
): Promise<(Place & { text: string; form: OutcomeForm; lead_words: string | null; action_id: string | null })[]> {
  const { rows } = await sql<
    Place & { text: string; form: OutcomeForm; lead_words: string | null; action_id: string | null }
  >`
    select ${place}, o.text, o.form, o.lead_words, o.action_id
    from meetings_outcome o, ${read(areaId)} and o.area_id = r.area_id and o.minutes_id = r.id and o.item_id = i.id
    order by o.position`.execute(trx)
  return rows
}

/** What is written in them. */
export async function textsWithin(trx: Trx, areaId: number): Promise<(Place & { text: string })[]> {
  const { rows } = await sql<Place & { text: string }>`
    select ${place}, t.text
    from meetings_minute t, ${read(areaId)} and t.area_id = r.area_id and t.minutes_id = r.id and t.item_id = i.id
    order by i.position`.execute(trx)
  return rows
}

/** Sentences in them that somebody said raise nothing. */
export async function settledWithin(trx: Trx, areaId: number): Promise<(Place & { sentence: string })[]> {
  const { rows } = await sql<Place & { sentence: string }>`
    select ${place}, s.sentence
    from meetings_prose_settled s, ${read(areaId)}
      and s.area_id = r.area_id and s.minutes_id = r.id and s.item_id = i.id`.execute(trx)
  return rows
}
