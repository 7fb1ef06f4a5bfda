import type { Gap } from './arithmetic.ts'
import type { Calendar } from './calendar.ts'
import { countInWords, dayInWords, dayNumber, dayOf, daysInWords, isWeekend } from './days.ts'
import type { DayNumber } from './days.ts'
import type { ClockFacts, Pause } from './facts.ts'
import type { Measure } from './measure.ts'
import { countsBackwards, countsWorkingDays } from './rule.ts'
import type { ClockRule } from './rule.ts'

/** Days that a count left out, both included; a single day where `until` is null. */
export interface DaysLeftOut {
  on: Temporal.PlainDate
  until: Temporal.PlainDate | null
  /** "a weekend", "Good Friday (England and Wales)", "the clock stood still" */
  why: string
}

/** Every day that the count left out, in order: one row for a weekend, a bank holiday, a pause or another stretch. */
export function daysLeftOut(
  rule: ClockRule,
  facts: ClockFacts,
  measured: Measure,
  calendar: Calendar,
): readonly DaysLeftOut[] {
  const looked = daysLookedAt(rule, measured)
  const stretches = [
    ...(facts.leftOut ?? []).map(days => stretchRow(days.from, days.to, days.why ?? 'these days do not count')),
    ...(facts.paused ?? []).flatMap(pause => pauseRow(rule, pause)),
  ]
  const rows = [...stretches, ...(looked === null ? [] : daysOffRows(looked, measured.gaps, calendar))]
  return rows.sort((a, b) => Temporal.PlainDate.compare(a.on, b.on))
}

function stretchRow(on: Temporal.PlainDate, last: Temporal.PlainDate, why: string): DaysLeftOut {
  return { on, until: last.equals(on) ? null : last, why }
}

/** A pause that ended on its first day left nothing out; one that goes on has no end to name. */
function pauseRow(rule: ClockRule, { from, to }: Pause): readonly DaysLeftOut[] {
  const last = to === null || rule.pauseLeavesOutLastDay ? to : to.subtract({ days: 1 })
  if (last === null || Temporal.PlainDate.compare(last, from) < 0) return []
  return [stretchRow(from, last, 'the clock stood still')]
}

function daysOffRows(looked: Gap, gaps: readonly Gap[], calendar: Calendar): readonly DaysLeftOut[] {
  const rows: DaysLeftOut[] = []
  for (let day = looked.first; day <= looked.last; day++) {
    if (gaps.some(gap => gap.first <= day && day <= gap.last)) continue
    const before = rows.at(-1)
    const on = dayOf(day)
    const holiday = calendar.holidayOn.get(day)
    if (isWeekend(day)) {
      if (before?.why === weekend && before.on.add({ days: 1 }).equals(on)) before.until = on
      else rows.push({ on, until: null, why: weekend })
    } else if (holiday) rows.push({ on, until: null, why: `${holiday.name} (${holiday.where})` })
  }
  return rows
}

const weekend = 'a weekend'

/** Each day that the count left out between start and end, and why: weekends together, each bank holiday by name. */
export function whatWasLeftOut(
  rule: ClockRule,
  facts: ClockFacts,
  measured: Measure,
  calendar: Calendar,
): readonly string[] {
  const looked = daysLookedAt(rule, measured)
  return [...stretches(rule, facts, measured), ...(looked === null ? [] : daysOff(looked, measured.gaps, calendar))]
}

/** The days among which weekends and bank holidays were left out, where the rule leaves them out at all. */
function daysLookedAt(rule: ClockRule, measured: Measure): Gap | null {
  const { start, due, unrolled } = measured
  if (due === null || start === null) return null
  if (unrolled !== null) return unrolled === due ? null : { first: unrolled, last: due }
  if (!countsWorkingDays(rule)) return null
  if (countsBackwards(rule)) return { first: due, last: start - 1 }
  return { first: rule.arithmetic.count === 'working-days-beginning-with' ? start : start + 1, last: due }
}

function daysOff(looked: Gap, gaps: readonly Gap[], calendar: Calendar): readonly string[] {
  const weekends: DayNumber[] = []
  const sentences: string[] = []
  for (let day = looked.first; day <= looked.last; day++) {
    if (gaps.some(gap => gap.first <= day && day <= gap.last)) continue
    const holiday = calendar.holidayOn.get(day)
    if (isWeekend(day)) weekends.push(day)
    else if (holiday) sentences.push(`${dayInWords(dayOf(day))} is left out: ${holiday.name} (${holiday.where}).`)
  }
  if (weekends.length > 0) {
    const which = weekends.length === 1 ? 'A weekend day is' : 'Saturdays and Sundays are'
    sentences.unshift(`${which} left out: ${daysInWords(weekends)}.`)
  }
  return sentences
}

function stretches(rule: ClockRule, facts: ClockFacts, measured: Measure): readonly string[] {
  const sentences = (facts.leftOut ?? []).map(days => {
    const gap = { first: dayNumber(days.from), last: dayNumber(days.to) }
    return `${stretchInWords(gap)} left out: ${days.why ?? 'these days do not count'}.${effect(gap, measured)}`
  })
  for (const pause of facts.paused ?? []) {
    if (pause.to === null) continue
    const asked = dayNumber(pause.from)
    const last = dayNumber(pause.to) - (rule.pauseLeavesOutLastDay ? 0 : 1)
    sentences.push(
      last < asked
        ? `A pause on ${dayInWords(pause.from)} ended the same day and changes nothing.`
        : `${stretchInWords({ first: asked, last })} left out: the clock stood still.${effect({ first: asked, last }, measured)}`,
    )
  }
  return sentences
}

function stretchInWords(gap: Gap): string {
  if (gap.first === gap.last) return `${dayInWords(dayOf(gap.first))} is`
  const days = countInWords(gap.last - gap.first + 1, 'day')
  return `${dayInWords(dayOf(gap.first))} to ${dayInWords(dayOf(gap.last))} (${days}) are`
}

function effect(gap: Gap, measured: Measure): string {
  const { start, due } = measured
  const outside = start !== null && due !== null && (gap.last < start || gap.first > due)
  return outside ? ' They lie outside the period and change nothing.' : ''
}
