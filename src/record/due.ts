import type { Due } from './record.ts'

/** How a due stands on a day; computed when a page is made, never stored. */
export type Standing = 'none' | 'open' | 'soon' | 'today' | 'late' | 'condition'

/** Days before a date from which it is shown as due soon; the product's own default, not law. */
const soonDays = 7

/**
 * How a due stands.
 *
 * @param open whether something is still owed in the record's state
 * @param today the area's day: in a historical area the day of its last paper, at which nothing is late
 */
export function standingOf(
  due: Due | null,
  open: boolean,
  today: Temporal.PlainDate,
  historical = false,
): { standing: Standing; days: number } {
  if (due === null || !open) return { standing: 'none', days: 0 }
  const date = due.kind === 'condition' ? due.lookAgain : due.date
  if (date === null) return { standing: 'condition', days: 0 }
  const days = today.until(date).days
  if (days < 0) return historical ? { standing: 'open', days: 0 } : { standing: 'late', days: -days }
  if (days === 0) return { standing: 'today', days: 0 }
  return { standing: days <= soonDays ? 'soon' : 'open', days }
}
