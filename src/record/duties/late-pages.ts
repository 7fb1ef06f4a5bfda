import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import { areaToday } from '../areas.ts'
import { judgedHere } from '../clock-models.ts'
import { dayOfDue } from '../clock-rows.ts'
import { financialYearOf } from '../clocks/arithmetic.ts'
import { yearInWords } from '../clocks/facts.ts'
import { csvOf } from './duty-pages.ts'
import { linesOf } from './duty-lines.ts'
import type { DutyLine } from './duty-lines.ts'
import { clockPath } from './clock-page.ts'
import { keptLate, pageOfDuties } from './queries.ts'

/** A year of which lateness is told: a calendar year, or a financial year from 1 April to 31 March. */
export interface LateYear {
  kind: 'calendar' | 'financial'
  year: number
}

/** Rows of each part of the page at most; the CSV has the rest. */
const shownRows = 200
const csvRows = 5000

/**
 * What was late in a year and by how much: what was done after its day, in the year in which it was done; and in the
 * year that runs, what is still not done.
 */
export async function showLate(context: WorkspaceContext): Promise<Answer> {
  const today = await areaToday(context.trx, context.viewer.area.id, context.now)
  const year = readYear(context.query, today)
  const current = holds(year, today)
  const late = await lateIn(context, year, current, shownRows + 1)
  const judged = await judgedHere(context.trx, context.viewer.area.id, context.now)
  const done = await linesOf(context, late.done.slice(0, shownRows), judged)
  const open = await linesOf(context, late.open.slice(0, shownRows), judged)
  return page('record/duties/views/late.njk', {
    title: `What was late in ${inWords(year)}`,
    count: `${countOf(late.done.length, 'done')}${current ? `, ${countOf(late.open.length, 'still')}` : ''}`,
    current,
    done: done.map(lateLine),
    open: open.map(lateLine),
    more: { done: late.done.length > shownRows, open: late.open.length > shownRows, shown: shownRows },
    years: yearsOffered(year, today),
    csv: addressOf('/workspace/duties/late.csv', year),
  })
}

/** Both parts as one CSV. */
export async function sendLate(context: WorkspaceContext): Promise<Answer> {
  const today = await areaToday(context.trx, context.viewer.area.id, context.now)
  const year = readYear(context.query, today)
  const late = await lateIn(context, year, holds(year, today), csvRows)
  const judged = await judgedHere(context.trx, context.viewer.area.id, context.now)
  const body = await csvOf(context, [...late.open, ...late.done], judged)
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body,
    fileName: `late-${inWords(year)}.csv`.replace('/', '-'),
  }
}

async function lateIn({ trx, viewer, now }: WorkspaceContext, year: LateYear, current: boolean, limit: number) {
  const [areaId, organisation] = [viewer.area.id, viewer.organisation.id]
  const judged = await judgedHere(trx, areaId, now)
  const open = current
    ? await pageOfDuties(trx, { areaId, owedBy: [organisation] }, judged, { urgency: 'overdue', size: limit })
    : { clocks: [] }
  return { done: await keptLate(trx, areaId, organisation, daysOf(year), limit), open: open.clocks }
}

/** `year=2025` or `year=2025/26`; what makes no sense is the financial year that runs. */
export function readYear(query: WorkspaceContext['query'], today: Temporal.PlainDate): LateYear {
  const match = /^(20\d\d)(?:[/-](\d\d))?$/.exec(query['year'] ?? '')
  const year = Number(match?.[1])
  if (match === null) return { kind: 'financial', year: financialYearOf(today) }
  if (match[2] === undefined) return { kind: 'calendar', year }
  return Number(match[2]) === (year + 1) % 100 ? { kind: 'financial', year } : readYear({}, today)
}

function daysOf({ kind, year }: LateYear): { first: Temporal.PlainDate; last: Temporal.PlainDate } {
  return kind === 'calendar'
    ? { first: new Temporal.PlainDate(year, 1, 1), last: new Temporal.PlainDate(year, 12, 31) }
    : { first: new Temporal.PlainDate(year, 4, 1), last: new Temporal.PlainDate(year + 1, 3, 31) }
}

function holds(year: LateYear, day: Temporal.PlainDate): boolean {
  const { first, last } = daysOf(year)
  return Temporal.PlainDate.compare(first, day) <= 0 && Temporal.PlainDate.compare(day, last) <= 0
}

const inWords = (year: LateYear): string => yearInWords(year)

function addressOf(address: string, year: LateYear): string {
  return `${address}?year=${encodeURIComponent(inWords(year))}`
}

/** The year that runs and the four before it, of the kind that is read; and the same year of the other kind. */
function yearsOffered(year: LateYear, today: Temporal.PlainDate) {
  const latest = year.kind === 'calendar' ? today.year : financialYearOf(today)
  const other: LateYear = { kind: year.kind === 'calendar' ? 'financial' : 'calendar', year: year.year }
  const offered: LateYear[] = [0, 1, 2, 3, 4].map(back => ({ kind: year.kind, year: latest - back }))
  return {
    same: offered.map(each => ({
      text: inWords(each),
      href: addressOf('/workspace/duties/late', each),
      current: each.year === year.year,
    })),
    other: {
      text: other.kind === 'calendar' ? `The calendar year ${inWords(other)}` : `The financial year ${inWords(other)}`,
      href: addressOf('/workspace/duties/late', other),
    },
  }
}

function countOf(n: number, which: 'done' | 'still'): string {
  const number = n > shownRows ? `more than ${String(shownRows)}` : String(n)
  return which === 'done' ? `${number} done late` : `${number} still not done`
}

function lateLine({ clock, work, head, owner, days }: DutyLine) {
  return {
    work,
    href: clockPath(clock.id),
    title: head?.title ?? null,
    owner,
    due: dayOfDue(clock.due),
    done: clock.stoppedOn,
    late: lateWords(days),
    law: clock.rule.lawful,
  }
}

/** A duty counted in hours may be late by less than a day. */
function lateWords(days: number | null): string {
  if (days === null || days >= 0) return 'less than a day'
  return days === -1 ? '1 day' : `${(-days).toLocaleString('en-GB')} days`
}
