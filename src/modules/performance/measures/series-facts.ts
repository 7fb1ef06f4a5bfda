import type { SeriesBreak } from '../exceptions/exceptions.ts'
import { readSeries } from '../exceptions/exceptions.ts'
import { statuses } from '../import/cells.ts'
import { drawnLimits, type Measure } from '../measure.ts'
import type { SeriesFacts } from '../overview/lines.ts'
import type { Series } from '../queries.ts'
import { readingRow } from '../readings/reading-row.ts'
import { type Figure, layOut } from '../series-data.ts'
import type { ReadingTable } from '../tables.ts'

/** How a series was read, as far as a row of a list shows it. */
export type ReadLine = {
  [
    Column in
      | 'latest_period'
      | 'latest_value'
      | 'latest_status'
      | 'year_before_value'
      | 'lower'
      | 'upper'
      | 'standing'
      | 'says'
      | 'recent'
  ]: ReadingTable[Column] | null
}

/** A reading as the facts that a row prints, in plain JSON. */
export function factsOf(
  measure: Pick<Measure, 'kind' | 'unit'>,
  line: ReadLine,
  breaks: readonly SeriesBreak[],
): SeriesFacts {
  const { latest_period: at, lower, upper } = line
  const between = at === null ? undefined : breaks.findLast(({ from }) => isWithinYear(from, at))
  const status = line.latest_status === null ? undefined : statuses[line.latest_status]
  return {
    at: at?.toString() ?? null,
    latest: line.latest_value,
    yearBefore: line.year_before_value,
    status: status === 'provisional' || status === 'withdrawn' ? status : '',
    standing: line.standing ?? 'silent',
    says: line.says ?? '',
    recent: line.recent ?? [],
    range: lower === null || upper === null ? null : drawnLimits(measure, { lower, upper }),
    broken: between === undefined ? null : { from: between.from.toString(), cause: between.cause },
  }
}

/** Whether a break lies between the figure of a year before and the latest. */
function isWithinYear(from: Temporal.PlainDate, at: Temporal.PlainDate): boolean {
  const before = at.subtract({ years: 1 })
  return Temporal.PlainDate.compare(from, at) <= 0 && Temporal.PlainDate.compare(from, before) > 0
}

/** The same from the figures themselves, where no reading of them is held: as they once stood, or as the public sees them. */
export function factsOfFigures(
  measure: Measure,
  series: Series,
  figures: readonly Figure[],
  breaks: readonly SeriesBreak[],
): SeriesFacts {
  const data = layOut(figures)
  const reading = readSeries(measure, series.breakdown, series.source, data, breaks)
  return factsOf(measure, readingRow(measure, series, data, reading), breaks)
}
