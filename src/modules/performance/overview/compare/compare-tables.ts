import type { CellModel, ColumnModel, RowModel } from '../../../../platform/web/patterns.ts'
import { figureText, markInWords } from '../../figures.ts'
import type { Compared, ComparedFigure } from './compared.ts'
import type { ForceComparison, ForceRow, Place } from './force-comparison.ts'
import type { FunnelPlace, LocalComparison, LocalRow } from './local-comparison.ts'

type Measured = Compared['measure']

export interface CompareTable {
  columns: readonly ColumnModel[]
  rows: readonly RowModel[]
}

const cell = (text: string): CellModel => ({ type: 'text', text })
const numeric = (heading: string): ColumnModel => ({ heading, numeric: true })

const placeWords: Record<Place, string> = { own: 'The force itself', group: 'Similar force', other: 'Not in the group' }

/** Police areas as a table; the chart's points in the same order. */
export function forceTable({ measure }: Compared, { rows, comparison }: ForceComparison): CompareTable {
  const withMean = comparison !== null
  return {
    columns: [
      { heading: 'Force' },
      numeric('Figure'),
      numeric('Counted out of'),
      numeric('95% interval'),
      ...(withMean ? [numeric('From the mean')] : []),
      { heading: 'In the comparison' },
    ],
    rows: rows.map(row => ({
      cells: [
        cell(row.name),
        cell(valueText(row.figure, measure)),
        cell(outOf(row.figure)),
        cell(rangeText(row.interval, measure)),
        ...(withMean ? [cell(fromMean(row, measure))] : []),
        cell(placeWords[row.place]),
      ],
    })),
  }
}

/** The figure, or what was printed in its place. */
export function valueText(figure: ComparedFigure | null, measure: Measured): string {
  if (figure === null) return 'no figure'
  return figure.value === null ? markInWords(figure.mark ?? '') : figureText(figure.value, measure)
}

function outOf(figure: ComparedFigure | null): string {
  if (figure?.value == null || figure.numerator === undefined || figure.denominator === undefined) return ''
  return `${figure.numerator.toLocaleString('en-GB')} of ${figure.denominator.toLocaleString('en-GB')}`
}

function rangeText(range: readonly [number, number] | null, measure: Measured): string {
  return range === null ? '' : range.map(end => figureText(end, measure)).join(' to ')
}

function fromMean({ fromMean: difference }: ForceRow, { unit, decimals }: Measured): string {
  if (difference === null) return ''
  const shown = unit === 'percent' ? 'points' : unit
  const text = figureText(Math.abs(difference), { unit: shown, decimals })
  return `${text} ${difference < 0 ? 'below' : 'above'}`
}

const funnelWords: Record<FunnelPlace, string> = {
  within: 'Within what chance explains',
  'beyond-95': 'Beyond the 95% limits',
  'beyond-998': 'Beyond the 99.8% limits',
}

/** Local areas as a table; the chart's points in the same order. */
export function localTable({ measure }: Compared, { rows, why }: LocalComparison): CompareTable {
  return {
    columns: [
      { heading: 'Area' },
      numeric('Figure'),
      { heading: 'On the year before' },
      ...(why === null ? [numeric('Counted out of'), numeric('95% limits'), { heading: 'In the funnel' }] : []),
    ],
    rows: rows.map(row => ({
      cells: [
        cell(row.name),
        cell(valueText(row.figure, measure)),
        cell(row.change?.text ?? ''),
        ...(why === null ? [cell(outOf(row.figure)), cell(limitsText(row, measure)), cell(placeText(row))] : []),
      ],
    })),
  }
}

function limitsText({ inFunnel }: LocalRow, measure: Measured): string {
  return inFunnel === null ? '' : rangeText([inFunnel.limits95.lower, inFunnel.limits95.upper], measure)
}

function placeText({ inFunnel }: LocalRow): string {
  if (inFunnel === null) return 'Left out'
  const way = inFunnel.place === 'within' ? '' : inFunnel.high ? ', above' : ', below'
  return `${funnelWords[inFunnel.place]}${way}`
}
