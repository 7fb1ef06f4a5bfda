import { sql } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import { longDate } from '../../platform/time.ts'
import type { HistoryModel } from '../../platform/web/patterns.ts'
import type { RunningClock } from '../clock-rows.ts'
import { eventWords } from '../words.ts'

interface Line {
  at: Temporal.Instant
  kind: string
  payload: Readonly<Record<string, unknown>>
}

/**
 * What happened to one clock, newest first: each day it had, what moved it, and who said so. What was written before
 * events named their clock is found by its rule; where the record's due was changed by hand, that is told too.
 */
export async function historyOfClock(trx: Trx, clock: RunningClock): Promise<HistoryModel[]> {
  const byHand = clock.setsDue
    ? sql`jsonb_typeof(p.payload #> '{changes,due,from}') = 'object' and e.kind not like '%.due-moved'`
    : sql`false`
  const { rows } = await sql<Line>`
    select e.at, e.kind, p.payload from event e
    join event_payload p on p.area_id = e.area_id and p.seq = e.seq
    where e.area_id = ${clock.areaId} and e.record_id = ${clock.recordId}::uuid and p.payload is not null
      and (p.payload ->> 'clock' = ${clock.id}
        or (e.kind like '%.clock-%' and not p.payload ? 'clock' and p.payload ->> 'rule' = ${clock.rule.id})
        or (${byHand}))
    order by e.seq desc limit 50`.execute(trx)
  return rows.map(historyLine)
}

function historyLine({ at, kind, payload }: Line): HistoryModel {
  const { who, why } = payload
  const changes = dayChanges(payload)
  return {
    at,
    what: eventWords({ kind }),
    ...(typeof who === 'string' && { who }),
    ...(typeof why === 'string' && { why }),
    ...(changes.length > 0 && { changes }),
  }
}

/** The day before and after, where the event moved it. */
function dayChanges({ was, now, changes }: Line['payload']): { name: string; before: string; after: string }[] {
  const [before, after] = was === undefined && now === undefined ? daysOfDue(changes) : [was, now]
  if (before === after) return []
  return [{ name: 'Its day', before: dayInWords(before), after: dayInWords(after) }]
}

function daysOfDue(changes: unknown): [unknown, unknown] {
  const due = property(changes, 'due')
  return [dayOf(property(due, 'from')), dayOf(property(due, 'to'))]
}

function dayOf(due: unknown): unknown {
  return property(due, 'date') ?? property(due, 'lookAgain') ?? null
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : null
}

/** 12 March 2026; of a moment its day and time. */
export function dayInWords(stored: unknown): string {
  if (typeof stored !== 'string') return 'no day'
  const day = longDate(Temporal.PlainDate.from(stored.slice(0, 10)))
  return stored.includes('T') ? `${day} at ${stored.slice(11, 16)}` : day
}
