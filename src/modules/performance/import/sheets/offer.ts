import { frequencies } from '../../period.ts'
import { cellAt, cellText, labelAt, type Sheet, widthOf } from './grid.ts'
import { headingOf } from './layout.ts'
import type { Holds, Layout, Says } from './mapping.ts'
import { noPeriodChoices, readPeriodText } from './period-spellings.ts'

/** Whether a text can be a period of any frequency: a heading that does is one over figures. */
export function isPeriodLike(text: string): boolean {
  return text !== '' && frequencies.some(frequency => !('fault' in readPeriodText(text, frequency, noPeriodChoices)))
}

const words: readonly (readonly [Holds, RegExp])[] = [
  ['measure', /^(measure|indicator|metric|kpi|crime type|offence( group| type)?|performance measure)s?$/i],
  [
    'period',
    /^(period|month|quarter|qtr|year|date|week|financial year|reporting period|year ending|month ending|w\/c)$/i,
  ],
  [
    'breakdown',
    /^(breakdown|force|force name|police force|area|district|borough|lpa|csp|local policing area|ward|team|station|ethnicity|ethnic group|age( group)?|sex|gender)$/i,
  ],
  ['figures', /^(value|figure|count|number|total|result|volume|actual|rate|percentage|%|amount)s?$/i],
  ['numerator', /^numerator$/i],
  ['denominator', /^(denominator|base|respondents|number asked|n)$/i],
  ['status', /^status$/i],
  ['as_at', /^(as[ _]at|as of|figures correct as of|extracted( on)?)$/i],
  ['source', /^source$/i],
]

/** What a sheet looks like at first sight, to be put right by a person: rows of headings, and what columns hold. */
export function offerLayout(sheet: Sheet): Pick<Layout, 'headings' | 'firstRow' | 'columns'> {
  const width = widthOf(sheet)
  const heading = headingRow(sheet, width)
  const firstRow = firstRowBelow(sheet, heading, width)
  const rows = Array.from({ length: Math.max(1, Math.min(3, firstRow - heading)) }, (_, i) => heading + i)
  const headings = rows.map(row => ({ row, says: offerSays(sheet, row, width) }))
  const columns = Array.from({ length: width }, (_, i) => {
    const text = headingOf(sheet, headings, i + 1)
    return { heading: text, holds: offerHolds(sheet, headings, i + 1, text, firstRow) }
  })
  return { headings, firstRow, columns }
}

/** The first row in which at least half of the columns, and two at least, hold words: titles stand in one cell. */
function headingRow(sheet: Sheet, width: number): number {
  const wide = sheet.rows.findIndex(row => {
    const filled = row.filter(cell => cell !== null).length
    return filled >= 2 && filled * 2 >= Math.min(width, 20)
  })
  return wide === -1 ? 1 : wide + 1
}

function firstRowBelow(sheet: Sheet, heading: number, width: number): number {
  for (let row = heading + 1; row <= Math.min(sheet.rows.length, heading + 4); row++) {
    const figures = Array.from({ length: width }, (_, i) => cellAt(sheet, row, i + 1)).filter(isFigure).length
    if (figures > 0 && !isPeriodRow(sheet, row, width)) return row
  }
  return heading + 1
}

function isFigure(cell: ReturnType<typeof cellAt>): boolean {
  if (typeof cell === 'number') return true
  if (typeof cell === 'string') return /^[-£(]?[\d.,]+[%)]?$/.test(cell.trim())
  return cell !== null && 'percent' in cell
}

function isPeriodRow(sheet: Sheet, row: number, width: number): boolean {
  const texts = Array.from({ length: width }, (_, i) => cellText(labelAt(sheet, row, i + 1))).filter(
    text => text !== '',
  )
  return texts.filter(isPeriodLike).length * 2 > texts.length
}

function offerSays(sheet: Sheet, row: number, width: number): Says {
  const texts = Array.from({ length: width }, (_, i) => cellText(labelAt(sheet, row, i + 1))).filter(
    text => text !== '',
  )
  const periods = texts.filter(isPeriodLike).length
  return periods >= 2 || (periods === 1 && texts.length <= 3) ? 'period' : 'names'
}

function offerHolds(sheet: Sheet, headings: Layout['headings'], column: number, text: string, firstRow: number): Holds {
  const named = words.find(([, pattern]) => pattern.test(text))?.[0]
  if (named !== undefined) return named
  const overPeriod = headings.some(
    ({ row, says }) => says === 'period' && isPeriodLike(cellText(labelAt(sheet, row, column))),
  )
  if (overPeriod) return 'figures'
  const below = Array.from({ length: 20 }, (_, i) => cellAt(sheet, firstRow + i, column)).filter(cell => cell !== null)
  return below.length > 0 && below.filter(isFigure).length * 2 > below.length ? 'figures' : 'nothing'
}
