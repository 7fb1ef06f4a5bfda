import type { Trx } from '../../../platform/database/tables.ts'
import type { Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { viewSeries } from '../measures/series-view.ts'
import { figuresOf, findExceptions, findMeasures, seriesByIds } from '../queries.ts'
import { judgementWords } from './texts.ts'

/** An exception with the chart it was found in, for its page and for the pages that ask about it. */
export async function viewException(trx: Trx, key: RecordKey) {
  const [exception] = await findExceptions(trx, key.areaId, [key.id])
  if (exception === undefined) return null
  const [measure] = await findMeasures(trx, key.areaId, [exception.measure_id])
  const [series] = await seriesByIds(trx, [exception.series_id])
  if (measure === undefined || series === undefined) return null
  const figures = await figuresOf(trx, [series.id])
  return { exception, measure, view: await viewSeries(measure, series, figures.get(series.id) ?? []) }
}

/** What the public gets of an exception: its words, its judgement, and the chart. */
export async function exceptionSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const found = await viewException(trx, key)
  const record = await findRecord(trx, key)
  if (found === null || record === null)
    throw new Error(`The exception ${key.id} is not visible to whoever publishes it`)
  const { exception, measure, view } = found
  const { chart } = view
  return {
    body: {
      text: exception.text,
      judged: exception.judged,
      judgement: judgementWords[exception.judged],
      measure: measure.title,
      says: view.says,
      chart: chart === null ? null : { ...chart, asAt: chart.asAt?.toString() ?? null },
    },
    summary: exception.text,
    searchText: measure.title,
    facts: { measure: measure.title, judgement: judgementWords[exception.judged] },
    preview: [{ heading: measure.title, text: exception.text }],
  }
}
