import type { Trx } from '../platform/database/tables.ts'
import { addHoliday, loadCalendars, loadElections, loadRules, removeHoliday } from './clocks/index.ts'
import type { Calendars, ClockBasis, ClockRules } from './clocks/index.ts'

let shipped: { rules: ClockRules; basis: ClockBasis } | undefined

/** Rules, calendars and elections as this version brings them, read once. */
function clockData() {
  shipped ??= { rules: loadRules(), basis: { calendars: loadCalendars(), elections: loadElections() } }
  return shipped
}

/** Every rule by its identifier. */
export function clockRules(): ClockRules {
  return clockData().rules
}

/** Calendars and elections as this version brings them, without what an area has changed. */
export function shippedBasis(): ClockBasis {
  return clockData().basis
}

/** A bank holiday proclaimed or withdrawn since this version was made. Area 0 stands for every area. */
export interface CalendarChange {
  date: Temporal.PlainDate
  change: 'added' | 'removed'
  name: string
  /** The part of the kingdom that takes the day: England and Wales, Scotland, Northern Ireland. */
  whereTaken: string
  source: string
  madeBy: string
  madeAt: Temporal.Instant
}

/** The changes that count in an area, in the order they were made. */
export async function calendarChanges(trx: Trx, areaId: number): Promise<CalendarChange[]> {
  const rows = await trx
    .selectFrom('calendar_change')
    .selectAll()
    .where('area_id', 'in', [0, areaId])
    .orderBy('seq')
    .execute()
  return rows.map(row => ({
    date: row.date,
    change: row.change,
    name: row.name,
    whereTaken: row.where_taken,
    source: row.source,
    madeBy: row.made_by,
    madeAt: row.made_at,
  }))
}

/** Making a calendar indexes every day to 2100, so the few that are in use are kept. */
const known = new Map<string, ClockBasis>()

/** What an area's clocks are counted with: the shipped calendars with the changes made here. */
export async function clockBasis(trx: Trx, areaId: number): Promise<ClockBasis> {
  const { basis } = clockData()
  const changes = await calendarChanges(trx, areaId)
  if (changes.length === 0) return basis
  const key = JSON.stringify(changes.map(({ date, change, name, whereTaken }) => [date, change, name, whereTaken]))
  let changed = known.get(key)
  if (changed === undefined) {
    changed = { ...basis, calendars: changes.reduce(withChange, basis.calendars) }
    known.set(key, changed)
  }
  return changed
}

/**
 * Calendars with one more change.
 *
 * @throws ClockFault where the day to add is a bank holiday already, or the day to take away is none
 */
export function withChange(
  calendars: Calendars,
  { date, change, name, whereTaken }: Pick<CalendarChange, 'date' | 'change' | 'name' | 'whereTaken'>,
): Calendars {
  return change === 'added' ? addHoliday(calendars, { date, name, where: whereTaken }) : removeHoliday(calendars, date)
}
