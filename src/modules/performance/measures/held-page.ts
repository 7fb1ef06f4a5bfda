import type { Trx } from '../../../platform/database/tables.ts'
import { breaksFor, breaksOf, type HeldBreak } from '../breaks/breaks-queries.ts'
import type { Measure } from '../measure.ts'
import { parsePeriod } from '../period.ts'
import { figuresOf } from '../queries.ts'
import type { Figure } from '../series-data.ts'
import { type ReadSeries, readSeriesOf } from './breakdowns/breakdown-queries.ts'
import { type Asked, type PageSeries, type PageSource, type Part, readAsked } from './measure-page.ts'
import { figuresAsOf } from './measure-queries.ts'
import { type Hidden, hiddenFigures } from './public-series.ts'
import { factsOf, factsOfFigures } from './series-facts.ts'
import { viewSeries } from './series-view.ts'
import { placedDimensions, printedOf, withTimes } from './snapshot.ts'

/** What the workspace shows of a measure's figures. */
export interface HeldPage {
  source: PageSource
  asked: Asked
  /** The series that are shown. */
  shownIds: readonly number[]
}

/**
 * A measure's figures as its page in the workspace asks for them: one breakdown read and drawn, the others as rows.
 *
 * @param asOf the day as it stood on which they are shown; null for now
 */
export async function heldPage(
  trx: Trx,
  measure: Measure,
  query: Readonly<Record<string, string | undefined>>,
  asOf: Temporal.PlainDate | null,
): Promise<HeldPage> {
  const rows = await readSeriesOf(trx, { areaId: measure.areaId, id: measure.id })
  const asked = readAsked(query, [...new Set(rows.map(each => each.breakdown))])
  const shown = rows.filter(each => each.breakdown === asked.breakdown)
  const breaks = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id)
  const figures = await figuresFor(trx, rows, shown, asOf)
  const hidden = await hiddenFigures(
    trx,
    measure,
    rows.map(each => seriesOfRow(measure, each)),
  )
  const series: PageSeries[] = []
  for (const each of shown) {
    const view = await viewSeries(
      measure,
      seriesOfRow(measure, each),
      figures.get(each.id) ?? [],
      breaksFor(breaks, each.breakdown),
    )
    series.push(markHidden(withTimes(measure, view), hidden))
  }
  return {
    source: {
      measure: printedOf(measure),
      dimensions: await placedDimensions(trx, { areaId: measure.areaId, id: measure.id }),
      parts: rows.map(row => partOf(measure, row, { asOf, figures, breaks })),
      series: series.filter(each => each.figures.length > 0),
    },
    asked,
    shownIds: shown.map(each => each.id),
  }
}

/** The figures of what is shown; of everything where no reading says how it stood. */
function figuresFor(
  trx: Trx,
  rows: readonly ReadSeries[],
  shown: readonly ReadSeries[],
  asOf: Temporal.PlainDate | null,
): Promise<ReadonlyMap<number, readonly Figure[]>> {
  const ids = (list: readonly ReadSeries[]) => list.map(each => each.id)
  if (asOf !== null) return figuresAsOf(trx, ids(rows), asOf)
  return figuresOf(trx, [...new Set([...ids(shown), ...ids(rows.filter(({ standing }) => standing === null))])])
}

const seriesOfRow = (measure: Measure, { id, breakdown, source }: ReadSeries) => ({
  ...{ id, breakdown, source },
  area_id: measure.areaId,
  measure_id: measure.id,
})

function partOf(
  measure: Measure,
  row: ReadSeries,
  held: {
    asOf: Temporal.PlainDate | null
    figures: ReadonlyMap<number, readonly Figure[]>
    breaks: readonly HeldBreak[] | undefined
  },
): Part {
  const breaks = breaksFor(held.breaks, row.breakdown)
  const { breakdown, source } = row
  const facts =
    held.asOf === null && row.standing !== null
      ? factsOf(measure, row, breaks)
      : factsOfFigures(measure, seriesOfRow(measure, row), held.figures.get(row.id) ?? [], breaks)
  return { breakdown, source, facts }
}

/** Beside a count that the public is not shown, the word for it. */
function markHidden(series: PageSeries, hidden: Hidden): PageSeries {
  const { chart } = series
  if (chart === null || !hidden.any(series.breakdown)) return series
  const rows = chart.table.rows.map((row, i) => {
    const period = parsePeriod(series.figures[i]?.period ?? '')
    if ('fault' in period || !hidden.has(series.breakdown, period.start)) return row
    return {
      cells: row.cells.map((cell, c) =>
        c === 1 && cell.type === 'text' ? { ...cell, hint: 'not shown to the public' } : cell,
      ),
    }
  })
  return { ...series, chart: { ...chart, table: { ...chart.table, rows } } }
}
