/**
 * Days as whole numbers (days since 1 January 1970), so that counting a hundred thousand clocks is plain arithmetic,
 * and days in words for the people who read the working.
 */

/** Whole days since 1 January 1970, negative before it. */
export type DayNumber = number

const millisecondsADay = 86_400_000

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
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

/** The number of a calendar day. */
export function dayNumber(date: Temporal.PlainDate): DayNumber {
  return Date.UTC(date.year, date.month - 1, date.day) / millisecondsADay
}

/** The calendar day of a number. */
export function dayOf(day: DayNumber): Temporal.PlainDate {
  const date = new Date(day * millisecondsADay)
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/** 0 for Sunday to 6 for Saturday. */
function weekday(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7
}

export function isWeekend(day: DayNumber): boolean {
  return weekday(day) === 0 || weekday(day) === 6
}

/** March */
function monthInWords(date: Temporal.PlainDate): string {
  return months[date.month - 1] ?? ''
}

/** Friday 26 September 2014 */
export function dayInWords(date: Temporal.PlainDate): string {
  return `${weekdays[date.dayOfWeek % 7] ?? ''} ${dateInWords(date)}`
}

/** 26 September 2014 */
export function dateInWords(date: Temporal.PlainDate): string {
  return `${date.day} ${monthInWords(date)} ${date.year}`
}

/** 10:05 on Friday 26 September 2014 */
export function momentInWords(moment: Temporal.PlainDateTime): string {
  const time = moment.toPlainTime().toString({ smallestUnit: moment.second === 0 ? 'minute' : 'second' })
  return `${time} on ${dayInWords(moment.toPlainDate())}`
}

/** "6, 7 and 13 December 2014; 3 January 2015": many days, the month said once. */
export function daysInWords(days: readonly DayNumber[]): string {
  const groups = new Map<string, number[]>()
  for (const date of days.map(dayOf)) {
    const month = `${monthInWords(date)} ${date.year}`
    groups.set(month, [...(groups.get(month) ?? []), date.day])
  }
  return [...groups].map(([month, inMonth]) => `${listInWords(inMonth.map(String))} ${month}`).join('; ')
}

/** "a", "a and b", "a, b and c" */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

/** "1 working day", "20 working days" */
export function countInWords(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
