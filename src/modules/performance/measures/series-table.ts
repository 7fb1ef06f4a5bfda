import type { ChartModel } from '../../../platform/web/patterns.ts'
import { signalsOf } from '../analysis/process-control.ts'
import { hasOneRange, rangeInWords } from '../exceptions/exception-text.ts'
import type { Reading } from '../exceptions/exceptions.ts'
import { figureText, lineText, markInWords } from '../figures.ts'
import type { Measure } from '../measure.ts'
import { periodInWords } from '../period.ts'
import { type Figure, type SeriesData } from '../series-data.ts'
import { fill } from '../exceptions/texts.ts'
import { rulesWords, signalWords } from './words.ts'

type Cell = ChartModel['table']['rows'][number]['cells'][number]
interface Column {
  heading: string
  numeric?: true
  cell: (index: number) => Cell
}

const { columns: headings } = rulesWords
const textCell = (text: string): Cell => ({ type: 'text', text })

/** The figures of a chart as its table: with limits where they differ from period to period, or begin anew. */
export function tableOf(measure: Measure, caption: string, data: SeriesData, reading: Reading): ChartModel['table'] {
  const columns = columnsOf(measure, data, reading)
  return {
    caption,
    columns: columns.map(({ heading, numeric }) => ({ heading, ...(numeric === true && { numeric }) })),
    rows: data.periods.map((_period, i) => ({ cells: columns.map(column => column.cell(i)) })),
  }
}

function columnsOf(measure: Measure, data: SeriesData, reading: Reading): Column[] {
  const { figures, periods } = data
  const counted = figures.some(figure => figure?.denominator != null)
  const stated = figures.some(figure => statusText(figure) !== '')
  const columns: (Column | false)[] = [
    { heading: headings.period, cell: i => textCell(periods[i] === undefined ? '' : periodInWords(periods[i])) },
    { heading: headings.value, numeric: true, cell: i => textCell(valueText(measure, figures[i] ?? null)) },
    counted && {
      heading: headings.denominator,
      numeric: true,
      cell: i => ({ type: 'number', value: figures[i]?.denominator ?? null, mark: '' }),
    },
    ...readColumns(measure, reading),
    stated && { heading: headings.status, cell: i => textCell(statusText(figures[i] ?? null)) },
    { heading: headings.signals, cell: i => textCell(signalTexts(reading, i).join(', ')) },
  ]
  return columns.filter(column => column !== false)
}

function readColumns(measure: Measure, { chart }: Reading): (Column | false)[] {
  if (chart === null) return []
  const differ = !hasOneRange(chart) || chart.segments.length > 1
  return [
    chart.method === 'season-adjusted' && {
      heading: headings.adjusted,
      numeric: true,
      cell: i => textCell(Number.isNaN(chart.judged[i]) ? '' : lineText(chart.judged[i] ?? Number.NaN, measure)),
    },
    differ && {
      heading: headings.range,
      cell: i => {
        const limits = chart.limitsAt(i)
        return textCell(limits === null ? '' : rangeInWords(measure, chart, limits))
      },
    },
  ]
}

function signalTexts({ chart, breaks }: Reading, i: number): string[] {
  const here = breaks.filter(({ at }) => at === i)
  return [
    ...here.map(({ rebases }) => (rebases ? rulesWords.rebased : rulesWords.marked)),
    ...signalsOf(chart?.signals[i] ?? 0).map(name => signalWords[name]),
    ...(chart !== null && i >= chart.judgedTo && !Number.isNaN(chart.values[i]) ? [rulesWords.tooEarly] : []),
  ]
}

function valueText(measure: Measure, figure: Figure | null): string {
  return figure?.value == null ? markInWords(figure?.mark ?? null) : figureText(figure.value, measure)
}

function statusText(figure: Figure | null): string {
  if (figure === null) return ''
  const revised = figure.revision > 1 ? fill(rulesWords.revised, { revision: String(figure.revision) }) : ''
  const stated = figure.status === 'not-stated' ? '' : figure.status
  return [stated, revised].filter(part => part !== '').join(', ')
}
