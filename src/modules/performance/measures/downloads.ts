import { writeCsv } from '../../../platform/web/csv.ts'
import type { Answer } from '../../../platform/web/route.ts'
import type { Asked, PageSeries } from './measure-page.ts'

/** The columns of a download: those of the long form that is also loaded, then what the rules say. */
const columns = [
  ...['measure', 'period', 'value', 'breakdown', 'numerator', 'denominator', 'status', 'as_at', 'source', 'mark'],
  ...['signals', 'average', 'lower_limit', 'upper_limit', 'without_season', 'revision'],
]

type Downloaded = Pick<PageSeries, 'breakdown' | 'source' | 'figures'>

/**
 * The figures that a page shows as a file.
 *
 * @param note said on every row of a demonstration or historical area
 */
export function figuresCsv(
  title: string,
  series: readonly Downloaded[],
  fileName: string,
  note: string | null = null,
): Answer {
  const rows = series.flatMap(each =>
    each.figures.map(figure => [
      ...[title, figure.period, figure.value, each.breakdown, figure.numerator, figure.denominator],
      ...[figure.status === 'not-stated' ? '' : figure.status, figure.asAt, each.source, figure.mark],
      ...[figure.signals.join(' '), figure.centre ?? null, figure.lower ?? null, figure.upper ?? null],
      ...[figure.adjusted ?? null, figure.revision],
      ...(note === null ? [] : [note]),
    ]),
  )
  const headings = note === null ? columns : [...columns, 'note']
  return { type: 'content', mediaType: 'text/csv; charset=utf-8', body: writeCsv(headings, rows), fileName }
}

/** The same as data, with the words of the page; pictures are left out. */
export function figuresJson(head: object, series: readonly PageSeries[]): Answer {
  const body = { ...head, series: series.map(each => ({ ...each, chart: undefined })) }
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}

/** Of some series the periods that were asked for; all where the address names none that is there. */
export function withinWindow<Each extends Pick<PageSeries, 'figures'>>(
  series: Each,
  { from, to }: Pick<Asked, 'from' | 'to'>,
): Each {
  const place = (period: string) => series.figures.findIndex(each => each.period === period)
  const first = Math.max(0, place(from))
  const last = place(to) < 0 ? series.figures.length - 1 : place(to)
  return first > last ? series : { ...series, figures: series.figures.slice(first, last + 1) }
}
