import type { Trx } from '../../../platform/database/tables.ts'
import { longDate } from '../../../platform/time.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { breaksFor, breaksOf } from '../breaks/breaks-queries.ts'
import type { Measure } from '../measure.ts'
import { hiddenFigures, publicFigures } from '../measures/public-series.ts'
import { type SeriesView, viewSeries } from '../measures/series-view.ts'
import {
  exceptionsOfMeasure,
  figuresOf,
  findExceptions,
  findMeasures,
  type HeldException,
  type Series,
  seriesByIds,
  seriesOf,
} from '../queries.ts'
import { type DoneDeed, deedsOf, publicOnes } from './exceptions-queries.ts'
import { judgementWords } from './texts.ts'
import { standingTags } from './words.ts'

/** An exception with the chart it was found in, for its page and for the pages that ask about it. */
export async function viewException(trx: Trx, key: RecordKey) {
  const found = await foundIn(trx, key)
  if (found === null) return null
  const { measure, series } = found
  const figures = (await figuresOf(trx, [series.id])).get(series.id) ?? []
  const breaks = (await breaksOf(trx, key.areaId, [measure.id])).get(measure.id)
  return { ...found, view: await viewSeries(measure, series, figures, breaksFor(breaks, series.breakdown)) }
}

async function foundIn(trx: Trx, key: RecordKey) {
  const [exception] = await findExceptions(trx, key.areaId, [key.id])
  if (exception === undefined) return null
  const [measure] = await findMeasures(trx, key.areaId, [exception.measure_id])
  const [series] = await seriesByIds(trx, [exception.series_id])
  return measure === undefined || series === undefined ? null : { exception, measure, series }
}

/** The same as the public may see it: small counts of people are hidden, and the rules read what is left. */
async function viewForPublic(
  trx: Trx,
  measure: Measure,
  series: Series,
): Promise<{ view: SeriesView; hides: boolean }> {
  const hidden = await hiddenFigures(trx, measure, await seriesOf(trx, measure.areaId, [measure.id]))
  const figures = (await figuresOf(trx, [series.id])).get(series.id) ?? []
  const shown = hidden.undescribed.has(series.breakdown)
    ? []
    : publicFigures(measure, series.breakdown, figures, hidden)
  const breaks = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id)
  const view = await viewSeries(measure, series, shown, breaksFor(breaks, series.breakdown))
  return { view, hides: hidden.any(series.breakdown) }
}

/**
 * Of a measure's exceptions those that may be published with it: not those taken away by later figures, nor those that
 * would tell of a count too small to be shown.
 */
export async function publicExceptions(trx: Trx, key: RecordKey): Promise<HeldException[]> {
  const [measure] = await findMeasures(trx, key.areaId, [key.id])
  const held = (await exceptionsOfMeasure(trx, key)).filter(each => each.standing !== 'lapsed')
  if (measure?.disclosure == null) return held
  const hidden = await hiddenFigures(trx, measure, await seriesOf(trx, key.areaId, [key.id]))
  const series = await seriesByIds(
    trx,
    held.map(each => each.series_id),
  )
  const hiding = new Set(series.filter(each => hidden.any(each.breakdown)).map(each => each.id))
  return held.filter(each => !hiding.has(each.series_id))
}

/** Why an exception is not published because of what its figures would tell; empty where nothing stands against it. */
export async function hidingObstacles(trx: Trx, key: RecordKey): Promise<string[]> {
  const found = await foundIn(trx, key)
  if (found === null || found.measure.disclosure === null) return []
  const { measure, series } = found
  const hidden = await hiddenFigures(trx, measure, await seriesOf(trx, key.areaId, [measure.id]))
  return hidden.any(series.breakdown)
    ? ['Some of its figures are counts of people too small to be shown, and the exception would tell of them.']
    : []
}

/** The explanation that stands: the latest, unless it was not accepted. */
export function standingExplanation(deeds: readonly DoneDeed[]): DoneDeed | null {
  const latest = deeds.find(({ deed }) => deed === 'explained' || deed === 'not-accepted')
  return latest?.deed === 'explained' ? latest : null
}

/**
 * What of the explanation a reader outside may have: only what its giver let be published, and of an answer only once
 * the answer is public itself.
 */
export async function publicExplanation(
  trx: Trx,
  key: RecordKey,
): Promise<{ text: string; by: string | null; on: string | null } | null> {
  const said = standingExplanation(await deedsOf(trx, key))
  if (said === null || !said.open || said.words === null) return null
  const { from_record: from, words: text, said_by: by, said_on: on } = said
  if (from !== null && !(await publicOnes(trx, key.areaId, [from])).has(from)) return null
  return { text, by, on: on === null ? null : longDate(on) }
}

/** What an audience gets of an exception: its words, its judgement, how it stands, what explains it, and the chart. */
export async function exceptionSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const found = await foundIn(trx, key)
  if (found === null) throw new Error(`The exception ${key.id} is not visible to whoever publishes it`)
  const { exception, measure, series } = found
  const { view, hides } = await viewForPublic(trx, measure, series)
  const text = hides && audience.type === 'public' ? exception.title : exception.text
  const chart = audience.type === 'public' ? view.chart : ((await viewException(trx, key))?.view.chart ?? null)
  const explanation = await publicExplanation(trx, key)
  return {
    body: {
      text,
      judged: exception.judged,
      judgement: judgementWords[exception.judged],
      measure: measure.title,
      standing: standingTags[exception.standing].word,
      explanation,
      says: view.says,
      chart: chart === null ? null : { ...chart, asAt: chart.asAt?.toString() ?? null },
    },
    summary: text,
    searchText: [measure.title, explanation?.text ?? ''].join(' '),
    facts: { measure: measure.title, judgement: judgementWords[exception.judged] },
    preview: [
      { heading: measure.title, text },
      ...(explanation === null ? [] : [{ heading: `Explanation by ${explanation.by ?? ''}`, text: explanation.text }]),
    ],
  }
}
