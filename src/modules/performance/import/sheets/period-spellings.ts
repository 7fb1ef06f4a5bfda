import { type Frequency, frequencyWords, parsePeriod, type Period } from '../../period.ts'
import { type DayReading, readDay, readMonth, readQuarter, readWeek, readYear } from './period-parts.ts'

/**
 * What a person says once of how periods are spelt, because no program can know it. Null: not said.
 */
export interface PeriodChoices {
  /** `Q1 2017`: the first quarter of the calendar year, or of the financial year that begins in 2017. */
  quarter: 'calendar' | 'financial' | null
  /** `Jun-17` of a quarterly or yearly measure: the period that ends, or begins, with that month. */
  month: 'ends' | 'begins' | null
  /** `2017` of a yearly measure: the financial year that begins, or ends, in 2017. */
  year: 'begins' | 'ends' | null
  /** `03/04/2017`: 3 April, or March 4. */
  date: 'day-first' | 'month-first' | null
  /** A day of a weekly measure: the week that begins, or ends, on it. */
  week: 'begins' | 'ends' | null
}

export type PeriodQuestion = keyof PeriodChoices
export const noPeriodChoices: PeriodChoices = { quarter: null, month: null, year: null, date: null, week: null }

/** What reading a period comes to: it, or why not in words, or what must be asked first. */
export type ReadPeriod = Period | { fault: string } | { ask: PeriodQuestion }

/**
 * Reads a period in any of the spellings met in offices' spreadsheets, by what was said of them.
 *
 * @param text as the cell shows it, or as its column and row headings together show it; a day cell as ISO text
 * @param frequency of the measure: a spelling means only what fits it
 */
export function readPeriodText(text: string, frequency: Frequency, choices: PeriodChoices): ReadPeriod {
  const written = tidy(text)
  if (written === '') return { fault: 'There is no period here.' }
  const plain = parsePeriod(written)
  if (!('fault' in plain) && plain.frequency === frequency) return plain
  const read = readers[frequency](written, choices)
  return read ?? { fault: notRead(text, frequency) }
}

/** Dashes, spaces and cases of one kind: every reader below knows one spelling of each. */
function tidy(text: string): string {
  return text
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .replaceAll(/ ?- ?/g, '-')
    .replaceAll(/ ?\/ ?/g, '/')
    .replaceAll(/[,()]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .toLowerCase()
}

type Reader = (text: string, choices: PeriodChoices) => ReadPeriod | undefined

const readers: Record<Frequency, Reader> = {
  day: (text, choices) => withDay(readDay(text), choices, start => ({ frequency: 'day', start })),
  week: readWeekly,
  month: readMonthly,
  quarter: readQuarterly,
  year: readYearly,
}

function withDay(
  day: DayReading | undefined,
  choices: PeriodChoices,
  then: (day: Temporal.PlainDate) => ReadPeriod,
): ReadPeriod | undefined {
  if (day === undefined) return undefined
  if (day.certain !== null) return then(day.certain)
  if (choices.date === null) return { ask: 'date' }
  const chosen = choices.date === 'day-first' ? day.dayFirst : day.monthFirst
  return chosen === null ? { fault: 'This is no date in the order of day and month that was chosen.' } : then(chosen)
}

function readWeekly(text: string, choices: PeriodChoices): ReadPeriod | undefined {
  const numbered = readWeek(text)
  if (numbered !== undefined) return { frequency: 'week', start: numbered }
  const said = /^(w\/c|wc|week beginning|week commencing|w\/e|we|week ending):? /.exec(text)
  const which = said === null ? choices.week : /^w\/?e|ending$/.test(said[1] ?? '') ? 'ends' : 'begins'
  return withDay(readDay(text.slice(said?.[0].length ?? 0)), choices, day => {
    if (which === null) return { ask: 'week' }
    const start = which === 'begins' ? day : day.subtract({ days: 6 })
    return start.dayOfWeek === 1
      ? { frequency: 'week', start }
      : {
          fault: `Weeks run from Monday to Sunday, and ${day.toString()} does not ${which === 'begins' ? 'begin' : 'end'} one.`,
        }
  })
}

function readMonthly(text: string, choices: PeriodChoices): ReadPeriod | undefined {
  const month = readMonth(withoutYearEnding(text))
  if (month !== undefined) return { frequency: 'month', start: month }
  return withDay(readDay(text), choices, day => ({ frequency: 'month', start: day.with({ day: 1 }) }))
}

function readQuarterly(text: string, choices: PeriodChoices): ReadPeriod | undefined {
  const quarter = readQuarter(text)
  if (quarter === 'ask') {
    if (choices.quarter === null) return { ask: 'quarter' }
    return readQuarterly(`${text} ${choices.quarter}`, choices)
  }
  if (quarter !== undefined) return { frequency: 'quarter', start: quarter }
  const month = readMonth(withoutYearEnding(text))
  if (month !== undefined) return quarterOfMonth(month, isYearEnding(text) ? 'ends' : choices.month)
  return withDay(readDay(text), choices, day => quarterOfMonth(day.with({ day: 1 }), choices.month))
}

function quarterOfMonth(month: Temporal.PlainDate, which: PeriodChoices['month']): ReadPeriod {
  if (which === null) return { ask: 'month' }
  const start = which === 'begins' ? month : month.subtract({ months: 2 })
  if ((start.month - 1) % 3 === 0) return { frequency: 'quarter', start }
  return {
    fault: `Quarters ${which === 'begins' ? 'begin with January, April, July or October' : 'end with March, June, September or December'}, and this one does not.`,
  }
}

function readYearly(text: string, choices: PeriodChoices): ReadPeriod | undefined {
  const year = readYear(text)
  if (year !== undefined) return { frequency: 'year', start: year }
  const bare = /^(?:20|19)\d\d$/.exec(text)?.[0]
  if (bare !== undefined) {
    if (choices.year === null) return { ask: 'year' }
    const first = Number(bare) - (choices.year === 'ends' ? 1 : 0)
    return { frequency: 'year', start: new Temporal.PlainDate(first, 4, 1) }
  }
  const month = readMonth(withoutYearEnding(text))
  if (month !== undefined) return yearOfMonth(month, isYearEnding(text) ? 'ends' : choices.month)
  return withDay(readDay(text), choices, day => yearOfMonth(day.with({ day: 1 }), choices.month))
}

function yearOfMonth(month: Temporal.PlainDate, which: PeriodChoices['month']): ReadPeriod {
  if (which === null) return { ask: 'month' }
  const start = which === 'begins' ? month : month.subtract({ months: 11 })
  if (start.month === 4) return { frequency: 'year', start }
  return {
    fault: 'A year here runs from April to March, and this one does not: its figures belong under another measure.',
  }
}

const yearEnding =
  /^(?:(?:the )?(?:year|12 months|twelve months|quarter|qtr|3 months|month)[- ]?(?:ending|ended|end|to)|y\/?e|q\/?e|m\/?e)[:.]? /

function isYearEnding(text: string): boolean {
  return yearEnding.test(text)
}

function withoutYearEnding(text: string): string {
  return text.replace(yearEnding, '')
}

function notRead(text: string, frequency: Frequency): string {
  const { adverb, example } = frequencyWords[frequency]
  const shown = text.trim().slice(0, 40)
  if (/^[£-]?[\d.,]+%?$/.test(shown) && !/^\d{4}$/.test(shown)) {
    return `“${shown}” is a figure and no period. Have two columns changed places?`
  }
  return `“${shown}” is no period of a measure that is measured ${adverb}: write it like ${example}.`
}
