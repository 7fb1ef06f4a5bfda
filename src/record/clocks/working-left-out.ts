import type { Gap } from './arithmetic.ts'
import type { Calendar } from './calendar.ts'
import { countInWords, dayInWords, dayNumber, dayOf, daysInWords, isWeekend } from './days.ts'
import type { DayNumber } from './days.ts'
import type { ClockFacts } from './facts.ts'
import type { Measure } from './measure.ts'
import { countsBackwards, countsWorkingDays } from './rule.ts'
import type { ClockRule } from './rule.ts'

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
  const weekend: DayNumber[] = []
  const sentences: string[] = []
  for (let day = looked.first; day <= looked.last; day++) {
    if (gaps.some(gap => gap.first <= day && day <= gap.last)) continue
    const holiday = calendar.holidayOn.get(day)
    if (isWeekend(day)) weekend.push(day)
    else if (holiday) sentences.push(`${dayInWords(dayOf(day))} is left out: ${holiday.name} (${holiday.where}).`)
  }
  if (weekend.length > 0) {
    const which = weekend.length === 1 ? 'A weekend day is' : 'Saturdays and Sundays are'
    sentences.unshift(`${which} left out: ${daysInWords(weekend)}.`)
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
