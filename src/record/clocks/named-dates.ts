import { yearInWords } from './facts.ts'
import type { ClockYear } from './facts.ts'
import type { ClockRule } from './rule.ts'

/**
 * The dates that statute names for a year. A plain year is the calendar year of the dates themselves; a financial year
 * gives the one date that belongs to it. None where the law names no date for that year.
 */
export function datesOfYear(rule: ClockRule, year: ClockYear): readonly Temporal.PlainDate[] {
  const { arithmetic } = rule
  if (arithmetic.count === 'listed-dates') return listedDates(arithmetic.dates, year)
  if (arithmetic.count !== 'fixed-date') return []
  const calendarYear = year.kind === 'financial' && arithmetic.financialYear === 'ends' ? year.year + 1 : year.year
  const named = arithmetic.dates.find(date => calendarYear <= (date.throughYear ?? calendarYear))
  if (named === undefined) return []
  const date = Temporal.PlainDate.from(`${calendarYear}-${named.monthDay}`)
  return [date.subtract({ days: named.daysBefore ?? 0 })]
}

function listedDates(dates: Readonly<Record<string, string>>, year: ClockYear): readonly Temporal.PlainDate[] {
  if (year.kind === 'financial') {
    const date = dates[yearInWords(year)]
    return date === undefined ? [] : [Temporal.PlainDate.from(date)]
  }
  return Object.values(dates)
    .map(text => Temporal.PlainDate.from(text))
    .filter(date => date.year === year.year)
}
