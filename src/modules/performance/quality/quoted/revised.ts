import { longDate } from '../../../../platform/time.ts'
import { readPrinted } from '../claims/printed.ts'
import { roundsTo } from '../precision.ts'

/** A value that a quoted figure has had, and from which day. */
export interface QuotedValue {
  value: number | null
  text: string
  on: Temporal.PlainDate | null
}

/**
 * What stands beside a quoted figure, from every value that it has had. Pure.
 *
 * @param quoted as it was printed when the text was saved
 * @param values earliest first; the last is what holds now
 * @returns null where the figure never had that value: then nothing is said of it at all. `note` is null where it
 *   stands as it was
 */
export function noteOn(quoted: string, values: readonly QuotedValue[]): { note: string | null } | null {
  const now = values.at(-1)
  if (now === undefined || !values.some(each => isSame(quoted, each))) return null
  if (isSame(quoted, now)) return { note: null }
  const on = now.on === null ? '' : ` on ${longDate(now.on)}`
  return { note: now.value === null ? `withdrawn${on}` : `revised to ${now.text}${on}` }
}

/** Whether a printed text is the print of a value. */
function isSame(quoted: string, { value, text }: QuotedValue): boolean {
  if (quoted === text) return true
  const read = readPrinted(quoted.replace(/ percentage points?$/, ''))
  return value !== null && read?.value != null && roundsTo(value, read.value, Math.min(read.step, 1))
}
