import type { Binding } from '../claims/claim.ts'

/*
 * How people name a figure in a text or a form: the measure's reference, its breakdown between quotation marks where
 * it is not the whole area, its period, and its source where there are several:
 * M-2025-01 "North Warwickshire" 2025-09 from "Home Office"
 */

const pattern = /^([A-Z]{1,4}-\d{4}-\d{1,6})\s+(?:"([^"]*)"\s+)?([^"]+?)(?:\s+from\s+"([^"]*)")?$/

/** The figure that a text names, or null if it names none. Whether there is such a figure is not looked at. */
export function readFigureName(text: string): Binding | null {
  const match = pattern.exec(text.trim().replaceAll(/[“”]/g, '"'))
  if (match === null) return null
  const [, reference = '', breakdown = '', period = '', source = ''] = match
  return { reference, breakdown, period: period.trim(), source }
}

/** The name of a figure, which `readFigureName` reads back. */
export function writeFigureName({ reference, breakdown, period, source }: Binding): string {
  const part = breakdown === '' ? '' : ` "${breakdown}"`
  return `${reference}${part} ${period}${source === '' ? '' : ` from "${source}"`}`
}
