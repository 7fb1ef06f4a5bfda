/** One thing on a day of the year. */
export interface YearItem {
  day: Temporal.PlainDate
  text: string
  href: string | null
  note: string | null
}

/** One month as the page draws it: its weeks, and its days that have something on them. */
export interface DrawnMonth {
  title: string
  /** Monday to Sunday; null before the first and after the last day. */
  weeks: readonly (readonly ({ day: number; marked: boolean } | null)[])[]
  days: readonly { date: Temporal.PlainDate; words: string; items: readonly Omit<YearItem, 'day'>[] }[]
}

/** The twelve months from one on, each with what lies on its days. */
export function monthsDrawn(from: Temporal.PlainYearMonth, items: readonly YearItem[]): DrawnMonth[] {
  const byMonth = Map.groupBy(items, ({ day }) => day.toPlainYearMonth().toString())
  return Array.from({ length: 12 }, (_, step) => {
    const month = from.add({ months: step })
    return drawn(month, byMonth.get(month.toString()) ?? [])
  })
}

function drawn(month: Temporal.PlainYearMonth, items: readonly YearItem[]): DrawnMonth {
  const byDay = Map.groupBy(items, ({ day }) => day.day)
  const days = [...byDay].sort(([a], [b]) => a - b)
  return {
    title: month.toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'long', year: 'numeric' }),
    weeks: weeksOf(month, day => byDay.has(day)),
    days: days.map(([day, onDay]) => {
      const date = month.toPlainDate({ day })
      const words = date.toLocaleString('en-GB', { weekday: 'short', day: 'numeric' })
      return { date, words, items: onDay.map(({ text, href, note }) => ({ text, href, note })) }
    }),
  }
}

function weeksOf(month: Temporal.PlainYearMonth, marked: (day: number) => boolean): DrawnMonth['weeks'] {
  const before = month.toPlainDate({ day: 1 }).dayOfWeek - 1
  const length = Math.ceil((before + month.daysInMonth) / 7)
  return Array.from({ length }, (_week, week) =>
    Array.from({ length: 7 }, (_day, weekday) => {
      const day = week * 7 + weekday - before + 1
      return day < 1 || day > month.daysInMonth ? null : { day, marked: marked(day) }
    }),
  )
}
