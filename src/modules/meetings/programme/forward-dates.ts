/** A meeting of a body as it is put into the forward calendar. */
export interface ForwardDate {
  date: Temporal.PlainDate
  /** London time of day: `10:00`. */
  starts: string | null
  place: string | null
}

export interface ForwardFault {
  line: number
  message: string
}

const dateParts = /^(\d{1,2})(?:st|nd|rd|th)?[ /.-](\p{L}+|\d{1,2})[ /.-](\d{4})$/u
const months = 'january february march april may june july august september october november december'.split(' ')
const timeOfDay = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/

/**
 * Reads forward dates as they are typed, one a line: the date, then a time and a place, with commas between them:
 * `21 November 2014, 11:00, Elizabeth House, Stratford-upon-Avon`. A line without a place takes the next of the
 * places in rotation; a line without a time takes the usual one.
 *
 * @param text what was typed
 * @param usual the usual time, and the places that take turns
 * @returns the dates, or every bad line with what is wrong in it: then none is taken
 */
export function readForwardDates(
  text: string,
  usual: { starts: string | null; places: readonly string[] },
): { dates: ForwardDate[] } | { faults: ForwardFault[] } {
  const lines = text.split('\n').map((line, at) => ({ line: at + 1, text: line.trim() }))
  const read = lines.filter(each => each.text !== '').map(each => ({ ...each, ...readLine(each.text) }))
  const faults = read.flatMap(({ line, fault }) => (fault === undefined ? [] : [{ line, message: fault }]))
  const dates = read.flatMap(({ line, found }) => (found === undefined ? [] : [{ line, ...found }]))
  faults.push(...repeated(dates))
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line) }
  let turn = 0
  return {
    dates: dates.map(({ date, starts, place }) => ({
      date,
      starts: starts ?? usual.starts,
      place: place ?? usual.places[turn++ % Math.max(usual.places.length, 1)] ?? null,
    })),
  }
}

function readLine(text: string): { found?: ForwardDate; fault?: string } {
  const [day = '', ...rest] = text.split(',').map(part => part.trim())
  const date = readDay(day)
  if (date === null) return { fault: `“${day}” is not a date. Write it like 21 November 2014.` }
  const [first] = rest
  const time = first === undefined ? null : timeOfDay.exec(first)
  const starts = time === null ? null : `${(time[1] ?? '').padStart(2, '0')}:${time[2] ?? ''}`
  const place = rest.slice(time === null ? 0 : 1).join(', ')
  return { found: { date, starts, place: place === '' ? null : place } }
}

function readDay(text: string): Temporal.PlainDate | null {
  const parts = dateParts.exec(text)
  if (parts === null) return isoDay(text)
  const [, day = '', named = '', year = ''] = parts
  const month = /^\d+$/.test(named) ? Number(named) : months.findIndex(each => each.startsWith(named.toLowerCase())) + 1
  if (month === 0 || (named.length < 3 && !/^\d+$/.test(named))) return null
  try {
    return Temporal.PlainDate.from({ year: Number(year), month, day: Number(day) }, { overflow: 'reject' })
  } catch {
    return null
  }
}

function isoDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}

function repeated(dates: readonly { line: number; date: Temporal.PlainDate }[]): ForwardFault[] {
  return dates.flatMap(({ line, date }) => {
    const before = dates.find(other => other.line < line && other.date.equals(date))
    return before === undefined ? [] : [{ line, message: `This is the date of line ${String(before.line)} again.` }]
  })
}
