import { sql } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import { clockRules } from '../clock-basis.ts'
import type { CalendarChange } from '../clock-basis.ts'
import { dayInWords, momentInWords } from '../clocks/days.ts'

/** A change of the calendar with its number. */
export interface ListedChange extends CalendarChange {
  seq: number
  /** Made for every area. */
  everywhere: boolean
}

/** The changes that count in an area, the latest first; in every area only those made for all where the area is 0. */
export async function listChanges(trx: Trx, areaId: number): Promise<ListedChange[]> {
  const rows = await selectChanges(trx, areaId).orderBy('seq', 'desc').execute()
  return rows.map(toListed)
}

/** One change that counts in an area, or null. */
export async function findChange(trx: Trx, areaId: number, seq: number): Promise<ListedChange | null> {
  const row = await selectChanges(trx, areaId).where('seq', '=', seq).executeTakeFirst()
  return row === undefined ? null : toListed(row)
}

/** The number of the last change made. */
export async function latestChange(trx: Trx, areaId: number): Promise<number> {
  const row = await selectChanges(trx, areaId).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.seq ?? 0
}

function selectChanges(trx: Trx, areaId: number) {
  return trx.selectFrom('calendar_change').selectAll().where('area_id', 'in', [0, areaId])
}

function toListed(row: Awaited<ReturnType<ReturnType<typeof selectChanges>['execute']>>[number]): ListedChange {
  return {
    seq: row.seq,
    everywhere: row.area_id === 0,
    date: row.date,
    change: row.change,
    name: row.name,
    whereTaken: row.where_taken,
    source: row.source,
    madeBy: row.made_by,
    madeAt: row.made_at,
  }
}

/** A deadline that moved with a change, as the history of its record says. */
export interface MovedDeadline {
  recordId: string
  /** Of the rule. */
  title: string
  was: string
  now: string
}

/**
 * What moved with a change of the calendar: those whose history the transaction's organisations may read, and how many
 * others there are. Both were written at one moment, which histories keep in milliseconds.
 */
export async function movedWith(
  trx: Trx,
  areaId: number,
  { madeAt }: Pick<ListedChange, 'madeAt'>,
): Promise<{ own: MovedDeadline[]; others: number }> {
  const at = madeAt.round('millisecond')
  const { rows } = await sql<{
    recordId: string
    rule: string | null
    was: string | null
    now: string | null
    readable: boolean
  }>`
    select e.record_id as "recordId", p.payload ->> 'rule' as rule, p.payload ->> 'was' as was,
      p.payload ->> 'now' as now, p.seq is not null as readable
    from event e left join event_payload p on p.area_id = e.area_id and p.seq = e.seq
    where e.area_id = ${areaId} and e.at = ${at} and e.kind like '%.clock-redated' order by e.seq`.execute(trx)
  const own = rows.flatMap(({ recordId, rule, was, now, readable }) =>
    readable ? [{ recordId, title: titleOf(rule), was: dayText(was), now: dayText(now) }] : [],
  )
  return { own, others: rows.length - own.length }
}

function titleOf(rule: string | null): string {
  return clockRules().get(rule ?? '')?.title ?? rule ?? ''
}

function dayText(text: string | null): string {
  if (text === null) return 'no day'
  return text.includes('T')
    ? momentInWords(Temporal.PlainDateTime.from(text))
    : dayInWords(Temporal.PlainDate.from(text))
}
