import { writeCsv } from '../../../platform/web/csv.ts'
import type { Answer } from '../../../platform/web/route.ts'
import { inOrder, type MeasureFacts, overviewRow } from './lines.ts'

const columns = [
  ...['measure', 'reference', 'objective', 'part', 'period', 'value', 'unit', 'status'],
  ...['year_before', 'change', 'change_unit', 'state', 'what_the_rules_say', 'address'],
] as const

/** What a download says besides its rows. */
export interface DownloadParts {
  /** Of the file, without its ending. */
  fileName: string
  /** "North Warwickshire", or '' for the whole area. */
  part: string
  baseUrl: string
  /** The sentence on every page of a demonstration or historical area. */
  banner: string | null
}

/** The measures shown, as CSV: the same rows as on the page, in the same order. */
export function overviewCsv(measures: readonly MeasureFacts[], parts: DownloadParts): Answer {
  const rows = ordered(measures).map(({ facts, row }) => [
    ...[row.title, row.reference, row.objective, parts.part, facts.series?.at ?? null, facts.series?.latest ?? null],
    ...[facts.measure.unit, row.status, facts.series?.yearBefore ?? null, row.changeAmount, row.changeUnit],
    ...[row.standing.word, row.says, parts.baseUrl + row.href],
    ...(parts.banner === null ? [] : [parts.banner]),
  ])
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body: writeCsv(parts.banner === null ? columns : [...columns, 'note'], rows),
    fileName: `${parts.fileName}.csv`,
  }
}

/** The same as JSON, with the figures of the small lines. */
export function overviewJson(measures: readonly MeasureFacts[], parts: DownloadParts): Answer {
  const body = {
    ...(parts.part !== '' && { part: parts.part }),
    ...(parts.banner !== null && { note: parts.banner }),
    measures: ordered(measures).map(({ facts, row }) => ({
      measure: row.title,
      reference: row.reference,
      objective: row.objective,
      ...facts.measure,
      period: facts.series?.at ?? null,
      value: facts.series?.latest ?? null,
      status: row.status === '' ? null : row.status,
      yearBefore: facts.series?.yearBefore ?? null,
      change: row.changeAmount,
      changeUnit: row.changeUnit === '' ? null : row.changeUnit,
      changeInWords: row.change,
      state: row.standing.word,
      says: row.says,
      recent: facts.series?.recent ?? [],
      partsOutOfTheOrdinary: facts.parts.map(({ dimension, parts: all, outCount }) => ({
        dimension,
        parts: all,
        outCount,
      })),
      address: parts.baseUrl + row.href,
    })),
  }
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}

function ordered(measures: readonly MeasureFacts[]) {
  const facts = measures.map(each => ({ facts: each, row: overviewRow(each) }))
  const places = new Map(inOrder(facts.map(({ row }) => row)).map((row, at) => [row, at]))
  return facts.toSorted((a, b) => (places.get(a.row) ?? 0) - (places.get(b.row) ?? 0))
}
