import type { Trx } from '../../../../platform/database/tables.ts'
import type { Measure } from '../../measure.ts'
import { nextPeriod, type Period, periodInWords, periodText } from '../../period.ts'
import { figuresOf, findMeasures, seriesOf } from '../../queries.ts'
import type { Figure } from '../../series-data.ts'
import { noPeriodChoices, readPeriodText } from '../sheets/period-spellings.ts'

/** Which figures are typed: measures of one frequency, a stretch of periods, and whether their parts too. */
export interface GridChoice {
  measures: readonly string[]
  from: string
  count: number
  parts: boolean
}

export interface GridCell {
  /** Its place in the form: column and period. */
  field: string
  period: Period
  held: Figure | null
  /** What is held as it would be typed; '' where nothing is. */
  shown: string
}

export interface GridColumn {
  measure: Measure
  breakdown: string
  cells: GridCell[]
}

/** Boxes on one page at most. */
export const mostCells = 600
export const mostMeasures = 8
export const mostPeriods = 60

/** The address of a grid says which figures it holds, so that it can be kept and sent. */
export function gridQuery({ measures, from, count, parts }: GridChoice): string {
  const fields = { measures: measures.join(','), from, count: String(count), ...(parts && { parts: 'yes' }) }
  return new URLSearchParams(fields).toString()
}

export function gridChoice(query: Readonly<Record<string, string | undefined>>): GridChoice {
  return {
    measures: (query['measures'] ?? '').split(',').filter(reference => reference !== ''),
    from: query['from'] ?? '',
    count: Math.min(mostPeriods, Math.max(1, Number.parseInt(query['count'] ?? '1', 10) || 1)),
    parts: query['parts'] === 'yes',
  }
}

/** The boxes of a grid with what is held in each; null where a measure is not held or the period is none of theirs. */
export async function gridOf(trx: Trx, areaId: number, choice: GridChoice): Promise<GridColumn[] | null> {
  const all = await findMeasures(trx, areaId)
  const measures = choice.measures.flatMap(reference => all.find(each => each.reference === reference) ?? [])
  const [first] = measures
  if (first === undefined || measures.some(each => each.frequency !== first.frequency)) return null
  const from = readPeriodText(choice.from, first.frequency, noPeriodChoices)
  if (!('start' in from)) return null
  const periods = [from]
  while (periods.length < choice.count) periods.push(nextPeriod(periods.at(-1) ?? from))
  const series = (
    await seriesOf(
      trx,
      areaId,
      measures.map(each => each.id),
    )
  ).filter(each => each.source === '')
  const figures = await figuresOf(
    trx,
    series.map(each => each.id),
  )
  const columns = measures.flatMap(measure => {
    const own = series.filter(each => each.measure_id === measure.id && each.breakdown !== '')
    const breakdowns = ['', ...(choice.parts ? own.map(each => each.breakdown) : [])]
    return breakdowns.map(breakdown => ({ measure, breakdown }))
  })
  return columns.slice(0, Math.max(1, Math.floor(mostCells / periods.length))).map(({ measure, breakdown }, column) => {
    const id = series.find(each => each.measure_id === measure.id && each.breakdown === breakdown)?.id
    const held = new Map(
      (id === undefined ? [] : (figures.get(id) ?? [])).map(each => [each.period.start.toString(), each]),
    )
    return {
      measure,
      breakdown,
      cells: periods.map((period, at) => cellOf(column, at, period, held.get(period.start.toString()) ?? null)),
    }
  })
}

function cellOf(column: number, at: number, period: Period, held: Figure | null): GridCell {
  const shown = held === null ? '' : held.value === null ? (held.mark ?? '') : String(held.value)
  return { field: `f-${String(column)}-${String(at)}`, period, held, shown }
}

/** A box whose figure is another than the one that is held, as it was typed. */
export interface TypedCell {
  column: GridColumn
  cell: GridCell
  text: string
}

/** Boxes in which something else stands than is held. */
export function changedCells(columns: readonly GridColumn[], typed: (field: string) => string): TypedCell[] {
  return columns.flatMap(column =>
    column.cells.flatMap(cell => {
      const text = typed(cell.field)
      return text === cell.shown ? [] : [{ column, cell, text }]
    }),
  )
}

/** What was typed, in the plain long form: one line for each box, below the header. */
export function typedForm(cells: readonly TypedCell[], status: string, asAt: string): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const lines = cells.map(({ column: { measure, breakdown }, cell, text }) =>
    [measure.reference, periodText(cell.period), quoted(text), quoted(breakdown), status, asAt].join(','),
  )
  return `${['measure,period,value,breakdown,status,as_at', ...lines].join('\n')}\n`
}

export const cellName = ({ measure, breakdown }: GridColumn, { period }: GridCell) =>
  `${measure.title}${breakdown === '' ? '' : `, ${breakdown}`}, ${periodInWords(period)}`
