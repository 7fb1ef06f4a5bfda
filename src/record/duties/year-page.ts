import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import { areaToday } from '../areas.ts'
import { clockBasis, clockRules } from '../clock-basis.ts'
import { lawModel } from '../clock-models.ts'
import { dayOfDue } from '../clock-rows.ts'
import { statusWords } from '../clock-words.ts'
import { loadOwners } from '../clocks/index.ts'
import { kindOf } from '../kinds.ts'
import { headsOf, workWords } from './clock-heads.ts'
import { clockPath } from './clock-page.ts'
import { monthsDrawn } from './year-drawn.ts'
import type { YearItem } from './year-drawn.ts'
import { yearAhead } from './year-ahead.ts'
import type { YearAhead, YearDate, YearlyRule } from './year-ahead.ts'
import { clocksBetween, clocksByDay, datedAhead } from './year-queries.ts'
import type { Days } from './year-queries.ts'

const address = '/workspace/duties/year'

/** As many running clocks as are named one by one; of more, only how many end on each day. */
const named = 200

/**
 * The year ahead of an organisation on one page: what law and convention date by themselves, what is planned, and the
 * clocks that run; apart from them what has no day.
 */
export async function showYear(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, now } = context
  const today = await areaToday(trx, viewer.area.id, now)
  const from = readMonth(context.query['from'], today)
  const days = {
    first: from.toPlainDate({ day: 1 }),
    last: from.add({ months: 12 }).toPlainDate({ day: 1 }).subtract({ days: 1 }),
  }
  const ahead = yearAhead(viewer.organisation.kind, from, clockRules(), await clockBasis(trx, viewer.area.id))
  const clocks = await clocksBetween(trx, viewer.area.id, viewer.organisation.id, days, named + 1)
  const running = new Set(clocks.map(clock => `${clock.rule.id} ${String(dayOfDue(clock.due))}`))
  const rules = new Set(clocks.map(clock => clock.rule.id))
  const byRule = ahead.dates.filter(({ rule, day }) => rule === null || !running.has(`${rule.id} ${day.toString()}`))
  const items = [
    ...byRule.map(dateItem),
    ...(await clockItems(context, clocks, days)),
    ...(await plannedItems(context, days)),
  ]
  return page('record/duties/views/year.njk', {
    title: 'The year ahead',
    period: `${monthWords(from)} to ${monthWords(from.add({ months: 11 }))}`,
    months: monthsDrawn(from, items),
    nothing: items.length === 0,
    withoutDay: ahead.withoutDay.filter(({ rule }) => !rules.has(rule.id)).map(yearlyModel),
    monthly: ahead.monthly.map(yearlyModel),
    worked: workedOut(ahead),
    choices: monthChoices(from, today),
    previous: `${address}?from=${from.subtract({ months: 1 }).toString()}`,
    next: `${address}?from=${from.add({ months: 1 }).toString()}`,
  })
}

/** `from=2026-09`; what makes no sense is this month. Years are those the calendars can count in. */
function readMonth(typed: string | undefined, today: Temporal.PlainDate): Temporal.PlainYearMonth {
  const match = /^20[0-8]\d-(0[1-9]|1[0-2])$/.exec(typed ?? '')
  return match === null ? today.toPlainYearMonth() : Temporal.PlainYearMonth.from(match[0])
}

function monthWords(month: Temporal.PlainYearMonth): string {
  return month.toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'long', year: 'numeric' })
}

/** From half a year ago to a year and a half ahead, and the month that is shown. */
function monthChoices(from: Temporal.PlainYearMonth, today: Temporal.PlainDate) {
  const now = today.toPlainYearMonth()
  const months = Array.from({ length: 25 }, (_, step) => now.add({ months: step - 6 }))
  const all = months.some(month => month.equals(from)) ? months : [from, ...months]
  return all.map(month => ({ value: month.toString(), text: monthWords(month), selected: month.equals(from) }))
}

function dateItem({ day, planBy, title, rule, own }: YearDate): YearItem {
  return {
    day,
    text: title,
    href: rule === null ? '#elections' : `#rule-${rule.id}`,
    note: noteOf(own || rule === null ? null : rule.owner, planBy),
  }
}

let owners: Readonly<Record<string, string>> | undefined

function noteOf(other: string | null, planBy: Temporal.PlainDate | null): string | null {
  owners ??= loadOwners()
  const notes = [
    ...(other === null ? [] : [`for the ${owners[other] ?? other} to do`]),
    ...(planBy === null
      ? []
      : [
          `no working day: plan by ${planBy.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })}`,
        ]),
  ]
  return notes.length === 0 ? null : notes.join('; ')
}

async function clockItems(
  { trx, viewer }: WorkspaceContext,
  clocks: Awaited<ReturnType<typeof clocksBetween>>,
  days: Days,
): Promise<YearItem[]> {
  if (clocks.length > named) {
    const counts = await clocksByDay(trx, viewer.area.id, viewer.organisation.id, days)
    return counts.map(({ day, count }) => ({
      day,
      text: count === 1 ? '1 deadline' : `${count.toLocaleString('en-GB')} deadlines`,
      href: '/workspace/duties',
      note: null,
    }))
  }
  const heads = await headsOf(trx, viewer.organisation.id, clocks)
  return clocks.flatMap(clock => {
    const day = dayOfDue(clock.due)
    if (day === null) return []
    const text = workWords(clock, heads.get(clock.recordId))
    return [{ day, text, href: clockPath(clock.id), note: null }]
  })
}

async function plannedItems({ trx, viewer }: WorkspaceContext, days: Days): Promise<YearItem[]> {
  const planned = await datedAhead(trx, viewer.area.id, viewer.organisation.id, days, named)
  return planned.map(({ id, kind, title, dated, received }) => {
    const { workspacePath, receivedPath } = kindOf(kind)
    const path = received ? (receivedPath ?? workspacePath) : workspacePath
    return { day: dated, text: title, href: path(id), note: kindOf(kind).word }
  })
}

function yearlyModel({ title, rule, when }: YearlyRule) {
  return {
    title,
    when,
    law: lawModel(rule.source),
    sentence: rule.sentence,
    note: rule.note ?? null,
    known: statusWords[rule.status],
  }
}

/** The working of each rule once, with every day it gives in the year. */
function workedOut({ dates }: YearAhead) {
  const elections = dates.filter(({ rule }) => rule === null)
  const byRule = Map.groupBy(
    dates.filter(({ rule }) => rule !== null),
    ({ rule }) => rule,
  )
  const rules = [...byRule].flatMap(([rule, days]) => {
    if (rule === null) return []
    return [
      {
        id: `rule-${rule.id}`,
        title: days[0]?.title ?? rule.title,
        sentence: rule.sentence,
        law: lawModel(rule.source),
        known: statusWords[rule.status],
        days: days.map(({ day, working }) => ({ day, working: working.slice(1) })),
      },
    ]
  })
  return { rules, elections: elections.map(({ day, source, working }) => ({ day, law: lawModel(source), working })) }
}
