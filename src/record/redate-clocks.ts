import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { longDate } from '../platform/time.ts'
import { actingFor } from './acting-for.ts'
import { clockBasis, withChange } from './clock-basis.ts'
import type { CalendarChange } from './clock-basis.ts'
import { dayOfDue, toClock } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { moved } from './clock-work-out.ts'
import { ClockFault, computeClock, redate } from './clocks/index.ts'
import type { ClockBasis, MovedClock } from './clocks/index.ts'
import { refreshEntries } from './entries.ts'
import { recordEvent } from './history.ts'
import type { Act } from './record.ts'
import { findRecords } from './records.ts'
import { everyOrganisation } from './system-act.ts'

/** A clock whose day moved with the calendar, for the person who changed it to see. */
export interface RedatedClock {
  clock: RunningClock
  was: RunningClock['due']
  now: RunningClock['due']
}

/**
 * Adds or takes away a bank holiday, and dates every running clock again that it touches: of one area, or of all where
 * the area is 0. The old day of each clock stays in the history of its record.
 *
 * @returns what moved
 * @throws Refusal where the day is a bank holiday already, or is none
 */
export async function changeCalendar(
  trx: Trx,
  act: Act,
  areaId: number,
  change: Omit<CalendarChange, 'madeBy' | 'madeAt'>,
): Promise<RedatedClock[]> {
  const organisations = await everyOrganisation(trx)
  const areas = areaId === 0 ? await everyArea(trx) : [areaId]
  for (const area of areas) await checkChange(trx, area, change)
  await trx
    .insertInto('calendar_change')
    .values({
      area_id: areaId,
      date: change.date,
      change: change.change,
      name: change.name,
      where_taken: change.whereTaken,
      source: change.source,
      made_by: act.viewer.name,
      made_at: act.now,
    })
    .execute()
  const redated: RedatedClock[] = []
  for (const area of areas) {
    recordEvent(trx, act, {
      areaId: area,
      holders: organisations,
      kind: `calendar.holiday-${change.change}`,
      payload: { date: change.date, name: change.name, source: change.source },
    })
    redated.push(...(await actingFor(trx, organisations, () => redateArea(trx, act, area, change))))
  }
  return redated
}

/**
 * What a change of the calendar would move, without changing anything: for whoever is about to make it.
 *
 * @throws Refusal where the day is a bank holiday already, or is none
 */
export async function previewCalendar(
  trx: Trx,
  areaId: number,
  change: Pick<CalendarChange, 'date' | 'change' | 'name' | 'whereTaken'>,
): Promise<RedatedClock[]> {
  const organisations = await everyOrganisation(trx)
  const moving: RedatedClock[] = []
  for (const area of areaId === 0 ? await everyArea(trx) : [areaId]) {
    const basis = await checkChange(trx, area, change)
    const found = await actingFor(trx, organisations, () => movedBy(trx, area, change.date, basis))
    moving.push(...found.map(asRedated))
  }
  return moving
}

async function everyArea(trx: Trx): Promise<number[]> {
  const rows = await trx.selectFrom('area').select('id').where('historical', '=', false).orderBy('id').execute()
  return rows.map(row => row.id)
}

/** What clocks would be counted with after the change. */
async function checkChange(
  trx: Trx,
  areaId: number,
  change: Pick<CalendarChange, 'date' | 'change' | 'name' | 'whereTaken'>,
): Promise<ClockBasis> {
  const basis = await clockBasis(trx, areaId)
  try {
    return { ...basis, calendars: withChange(basis.calendars, change) }
  } catch (fault) {
    throw fault instanceof ClockFault ? new Refusal([fault.message]) : fault
  }
}

/** Run for every organisation: a calendar is nobody's own. */
async function redateArea(
  trx: Trx,
  act: Act,
  areaId: number,
  change: Pick<CalendarChange, 'date' | 'name' | 'change'>,
): Promise<RedatedClock[]> {
  const basis = await clockBasis(trx, areaId)
  const found = await movedBy(trx, areaId, change.date, basis)
  await writeMoved(trx, act, found, basis)
  const why = `${change.name}, ${longDate(change.date)}, was ${change.change} as a bank holiday`
  for (const { id: clock, due } of found) {
    recordEvent(trx, act, {
      areaId,
      id: clock.recordId,
      holders: clock.holders,
      kind: `${clock.recordKind}.clock-redated`,
      payload: { clock: clock.id, rule: clock.rule.id, why, ...moved(clock.due, due) },
    })
  }
  await moveRecords(trx, act, areaId, found)
  return found.map(asRedated)
}

function asRedated({ id: clock, due }: MovedClock<RunningClock>): RedatedClock {
  return { clock, was: clock.due, now: due }
}

/** The running clocks of an area whose day moves where they are counted with a basis. */
async function movedBy(trx: Trx, areaId: number, date: Temporal.PlainDate, basis: ClockBasis) {
  const clocks = await touchedBy(trx, areaId, date)
  return redate(
    clocks.map(clock => ({ ...clock, id: clock })),
    basis,
  )
}

/** A day can move only a clock that runs across it, or whose end lies so near that it rolls or is planned round it. */
async function touchedBy(trx: Trx, areaId: number, date: Temporal.PlainDate): Promise<RunningClock[]> {
  const reach = 14
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('state', 'in', ['running', 'paused'])
    .where('agreed', '=', false)
    .where(sql<boolean>`least(started_on, due) - ${reach}::integer <= ${date}::date`)
    .where(sql<boolean>`greatest(started_on, due) + ${reach}::integer >= ${date}::date`)
    .execute()
  return rows.map(toClock)
}

/** As many clocks and records as one statement changes: after a proclamation there may be very many. */
const atOnce = 1000

/** While the database writes one thousand, the working of the next is put into words. */
async function writeMoved(
  trx: Trx,
  act: Act,
  found: readonly MovedClock<RunningClock>[],
  basis: ClockBasis,
): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve()
  for (const part of parts(found)) {
    const rows = part.map(({ id: clock, due, planBy, uncertain }) => ({
      area: clock.areaId,
      id: clock.id,
      due: dayOfDue(due)?.toString() ?? null,
      plan: planBy?.toString() ?? null,
      uncertain,
      working: computeClock(clock.rule, clock.facts, basis).working,
    }))
    await writing
    writing = sql`
      update clock c set due = m.due, plan_by = m.plan, uncertain = m.uncertain, working = m.working,
        sequence = c.sequence + 1, updated_at = ${act.now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as m(area smallint, id uuid, due date, plan date, uncertain boolean, working jsonb)
      where c.area_id = m.area and c.id = m.id`.execute(trx)
  }
  await writing
}

/** The due of each record follows its clock, and its public entry the due and the working. */
async function moveRecords(
  trx: Trx,
  act: Act,
  areaId: number,
  found: readonly MovedClock<RunningClock>[],
): Promise<void> {
  for (const part of parts(found)) {
    const days = part
      .filter(({ id: clock }) => clock.setsDue)
      .map(({ id: clock, due }) => ({ id: clock.recordId, due: dayOfDue(due)?.toString() ?? null }))
    await sql`
      update record r set due_date = m.due, version = r.version + 1, updated_at = ${act.now}
      from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as m(id uuid, due date)
      where r.area_id = ${areaId} and r.id = m.id and r.due_kind = 'date'
        and r.due_date is distinct from m.due`.execute(trx)
    const published = await publishedAmong(
      trx,
      areaId,
      part.map(({ id: clock }) => clock.recordId),
    )
    await refreshEntries(trx, act, areaId, await findRecords(trx, areaId, published))
  }
}

async function publishedAmong(trx: Trx, areaId: number, ids: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('record')
    .select('id')
    .where('area_id', '=', areaId)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .where('publication', '=', 'published')
    .execute()
  return rows.map(row => row.id)
}

function parts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, at) => all.slice(at * atOnce, (at + 1) * atOnce))
}
