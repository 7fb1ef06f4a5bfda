import type { DatePart } from './form.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const parts: readonly DatePart[] = ['day', 'month', 'year']

export type DateReading = { date: Temporal.PlainDate } | { message: string; parts: readonly DatePart[] }

/**
 * The date in three boxes, or what to do about it in the words of the design system's date input.
 * Months may be typed as words. Years have four figures, so that 22 is never guessed to be 2022.
 *
 * @param boxes as typed, trimmed
 * @param what the date as it stands within a sentence: "the date of the meeting"
 */
export function readDate(boxes: Readonly<Record<DatePart, string>>, what: string): DateReading {
  const missing = parts.filter(part => boxes[part] === '')
  if (missing.length === 3) return { message: `Enter ${what}`, parts }
  if (missing.length > 0) {
    return { message: `${capital(what)} must include a ${missing.join(' and a ')}`, parts: missing }
  }
  const month = readMonth(boxes.month)
  if (month === null)
    return { message: 'The month must be a number from 1 to 12, or a name like March', parts: ['month'] }
  if (!/^[12]\d{3}$/.test(boxes.year)) return { message: 'The year must have four figures, like 2023', parts: ['year'] }
  return readDay(boxes.day, month, Number(boxes.year))
}

function readDay(typed: string, month: number, year: number): DateReading {
  const day = /^\d{1,2}$/.test(typed) ? Number(typed) : 0
  if (day < 1 || day > 31) return { message: 'The day must be a number from 1 to 31', parts: ['day'] }
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month })
  if (day <= daysInMonth) return { date: Temporal.PlainDate.from({ year, month, day }) }
  const name = months[month - 1] ?? ''
  const why =
    month === 2 && day === 29
      ? `${year} is not a leap year, so February has 28 days`
      : `${name}${month === 2 ? ` ${year}` : ''} has ${daysInMonth} days`
  return { message: `There is no ${day} ${name} ${year}: ${why}`, parts: ['day'] }
}

function readMonth(typed: string): number | null {
  if (/^\d{1,2}$/.test(typed)) {
    const month = Number(typed)
    return month >= 1 && month <= 12 ? month : null
  }
  const word = typed.toLowerCase().replace(/\.$/, '')
  const at = months.findIndex(name => word.length >= 3 && name.toLowerCase().startsWith(word))
  return at === -1 ? null : at + 1
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
