import { plural } from '../../../platform/plural.ts'
import { longDate } from '../../../platform/time.ts'
import type { StateDescription } from '../../../record/description.ts'
import { isUnderWay } from '../items/rules.ts'

/** The rule by which an organisation, or one of its bodies, colours what it raised. */
export interface ColourRule {
  /** Red when late by more than so many days. */
  redLateDays: number
  /** Red when the due moved more than so many times; null: moves do not count. */
  redMoves: number | null
  /** Amber when due within so many days, and whenever it is late at all. */
  amberWithinDays: number
  /** Whether what has no date is amber. */
  amberWithoutDate: boolean
}

/** What holds until a body sets its own rule. */
export const firstRule: ColourRule = { redLateDays: 28, redMoves: 2, amberWithinDays: 14, amberWithoutDate: true }

export type Colour = 'red' | 'amber' | 'green' | 'complete'

/** A colour is a word and a symbol first: nobody has to see it. The symbols are ones that the pages' font has. */
export const colourWords: Readonly<Record<Colour, { word: string; symbol: string; tag: StateDescription['colour'] }>> =
  {
    red: { word: 'Red', symbol: '∆', tag: 'red' },
    amber: { word: 'Amber', symbol: '◊', tag: 'yellow' },
    green: { word: 'Green', symbol: '•', tag: 'green' },
    complete: { word: 'Complete', symbol: '√', tag: 'blue' },
  }

/** What is coloured. */
export interface Coloured {
  state: string
  /** The day it is due, of a condition the day to look again; null where none is set. */
  due: Temporal.PlainDate | null
  moves: number
}

/** A colour chosen against the rule. */
export interface Override {
  colour: 'red' | 'amber' | 'green'
  why: string
  by: string
  on: Temporal.PlainDate
}

/** A colour, why it is that one with this item's own numbers, and what the rule says where one was chosen against it. */
export interface ColourResult {
  colour: Colour
  why: readonly string[]
  byRule: Colour
  override: Override | null
}

/**
 * The colour of an item under a rule, or null where it has none: a draft, or what was given up. What is closed is
 * complete, whatever was chosen before. Pure.
 */
export function colourOf(
  item: Coloured,
  rule: ColourRule,
  today: Temporal.PlainDate,
  override: Override | null = null,
): ColourResult | null {
  if (item.state === 'closed') return { colour: 'complete', why: ['It is closed.'], byRule: 'complete', override: null }
  if (!isUnderWay(item.state)) return null
  const byRule = ruled(item, rule, today)
  return { colour: override?.colour ?? byRule.colour, why: byRule.why, byRule: byRule.colour, override }
}

function ruled(item: Coloured, rule: ColourRule, today: Temporal.PlainDate): { colour: Colour; why: string[] } {
  const red = redReasons(item, rule, today)
  if (red.length > 0) return { colour: 'red', why: red }
  const amber = amberReasons(item, rule, today)
  if (amber.length > 0) return { colour: 'amber', why: amber }
  return { colour: 'green', why: [greenReason(item, rule, today)] }
}

function redReasons({ due, moves }: Coloured, rule: ColourRule, today: Temporal.PlainDate): string[] {
  const late = due === null ? 0 : daysLate(due, today)
  return [
    ...(late > rule.redLateDays
      ? [`It is ${plural(late, 'day')} late: more than ${plural(rule.redLateDays, 'day')} is red.`]
      : []),
    ...(rule.redMoves !== null && moves > rule.redMoves
      ? [`Its date has moved ${plural(moves, 'time')}: more than ${plural(rule.redMoves, 'time')} is red.`]
      : []),
  ]
}

function amberReasons({ due }: Coloured, rule: ColourRule, today: Temporal.PlainDate): string[] {
  if (due === null) return rule.amberWithoutDate ? ['No date is set, which is amber.'] : []
  const late = daysLate(due, today)
  if (late > 0) return [`It is ${plural(late, 'day')} late: late by up to ${plural(rule.redLateDays, 'day')} is amber.`]
  if (-late > rule.amberWithinDays) return []
  const left = late === 0 ? 'It is due today' : `It is due in ${plural(-late, 'day')}`
  return [`${left}: due within ${plural(rule.amberWithinDays, 'day')} is amber.`]
}

function greenReason({ due }: Coloured, rule: ColourRule, today: Temporal.PlainDate): string {
  if (due === null) return 'No date is set, which is green by this rule.'
  const left = plural(-daysLate(due, today), 'day')
  return `It is due on ${longDate(due)}, in ${left}: more than ${plural(rule.amberWithinDays, 'day')} is green.`
}

function daysLate(due: Temporal.PlainDate, today: Temporal.PlainDate): number {
  return due.until(today, { largestUnit: 'days' }).days
}

/** The rule in words, a sentence for each colour. */
export function ruleInWords(rule: ColourRule): string[] {
  const moved = rule.redMoves === null ? '' : `, or when its date has moved more than ${plural(rule.redMoves, 'time')}`
  const dateless = rule.amberWithoutDate ? ', or when no date is set' : ''
  return [
    `Red: late by more than ${plural(rule.redLateDays, 'day')}${moved}.`,
    `Amber: due within ${plural(rule.amberWithinDays, 'day')}, or late at all${dateless}.`,
    'Green: everything else that is under way.',
    'Complete: closed by the body that raised it.',
  ]
}
