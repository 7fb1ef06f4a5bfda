import type { Trx } from '../../../platform/database/tables.ts'
import { publicAddress } from '../../../record/entries.ts'
import { kindOf } from '../../../record/kinds.ts'
import { linkedFrom, linkedTo } from '../../../record/links.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import { stateModel } from '../../../record/words.ts'
import {
  type ExceptionUntil,
  judgementWords,
  measureUntil,
  type MeasureUntil,
  periodEnd,
  periodInWords,
  periodText,
  publicExplanation,
} from '../../performance/index.ts'
import { changesSince } from './changes.ts'
import {
  paragraphsOf,
  type ReportContent,
  type ReportedException,
  type ReportedFigure,
  type ReportedMeasure,
  type ReportedObjective,
  type ReportedQuestion,
} from './content.ts'
import { type PerformanceReport, reportBefore } from './queries.ts'

/** Where a published record is read, below the site's own address. */
interface Place {
  areaSlug: string
  organisation: string
}

/**
 * Works out what a report says, from what the public may have: figures with small numbers hidden, exceptions as the
 * rules found them up to the end of the period, questions and answers that are published. A measure that is not there
 * any more is left out.
 */
export async function gatherContent(trx: Trx, report: PerformanceReport, place: Place): Promise<ReportContent> {
  const { head, row } = report
  const period = { frequency: row.frequency, start: row.period_start }
  const lastDay = periodEnd(period)
  const objectives = new Map<string, ReportedMeasure[]>()
  let asAt: string | null = null
  for (const id of row.measures) {
    const key = { areaId: row.area_id, id }
    const until = await measureUntil(trx, key, lastDay)
    if (until === null) continue
    const objective = await objectiveTitle(trx, key)
    const measure = await reportedMeasure(trx, key, until, place, row.remarks[id] ?? null)
    objectives.set(objective, [...(objectives.get(objective) ?? []), measure])
    asAt = later(asAt, until.asAt?.toString() ?? null)
  }
  const content = {
    ...{ title: head.title, organisation: place.organisation, asAt },
    period: { text: periodText(period), words: periodInWords(period), frequency: row.frequency },
    summary: paragraphsOf(row.summary),
    objectives: inOrder(objectives),
    changes: null,
  }
  const before = await reportBefore(trx, row)
  if (before === null) return content
  return { ...content, changes: { since: before.period.words, lines: changesSince(before, content) } }
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a)

const withoutObjective = 'Other measures'

/** By title; what serves no objective of the plan comes last. */
function inOrder(objectives: ReadonlyMap<string, ReportedMeasure[]>): ReportedObjective[] {
  return [...objectives]
    .toSorted(([a], [b]) => Number(a === withoutObjective) - Number(b === withoutObjective) || a.localeCompare(b))
    .map(([title, measures]) => ({ title, measures }))
}

/** The objective is named once it is public itself. */
async function objectiveTitle(trx: Trx, key: RecordKey): Promise<string> {
  const [objective] = await linkedTo(trx, key, 'measures')
  const record = objective === undefined ? null : await findRecord(trx, objective)
  return record?.publication === 'published' ? record.title : withoutObjective
}

async function reportedMeasure(
  trx: Trx,
  key: RecordKey,
  until: MeasureUntil,
  place: Place,
  remark: string | null,
): Promise<ReportedMeasure> {
  const { measure, series, change } = until
  const main = series.find(({ breakdown }) => breakdown === '') ?? series[0]
  const head = await findRecord(trx, key)
  const exceptions = await Promise.all(until.exceptions.map(each => reportedException(trx, each, place)))
  const heldIds = until.exceptions.flatMap(({ held }) => (held === null ? [] : [held.id]))
  return {
    ...{ id: measure.id, reference: measure.reference, title: measure.title },
    href: head === null ? '' : hrefOf(head, place),
    ...{ definition: measure.definition, source: measure.source },
    ...{ latest: main?.latest ?? '', latestPeriod: main?.latestPeriod ?? '', change },
    says: main?.says ?? [],
    standing: standingOf(until),
    chart:
      main?.chart == null || main.chart.svg === ''
        ? null
        : { ...main.chart, asAt: main.chart.asAt?.toString() ?? null },
    exceptions,
    asked: await askedAbout(trx, [key, ...heldIds.map(id => ({ areaId: key.areaId, id }))], place),
    remark,
    figures: series.flatMap(each => each.figures.map(figure => reportedFigure(each.breakdown, figure))),
  }
}

/** The part that most needs explaining speaks for the measure. */
function standingOf({ series }: MeasureUntil): ReportedMeasure['standing'] {
  const order = ['bad', 'good', 'neutral', 'usual'] as const
  return order.find(each => series.some(({ standing }) => standing === each)) ?? 'silent'
}

function reportedFigure(breakdown: string, figure: MeasureUntil['series'][number]['figures'][number]): ReportedFigure {
  const { period, value, mark, numerator, denominator, status, asAt, signals } = figure
  return { breakdown, period, value, mark, numerator, denominator, status, asAt, signals: signals.join(' ') }
}

async function reportedException(trx: Trx, each: ExceptionUntil, place: Place): Promise<ReportedException> {
  const { breakdown, headline, text, judged, held } = each
  const record = held === null ? null : await findRecord(trx, { areaId: held.area_id, id: held.id })
  return {
    ...{ breakdown, id: record?.id ?? null, headline, text, judgement: judgementWords[judged] },
    life: record === null ? 'Found in this period' : stateModel('exception', record.state).word,
    explanation: record === null ? null : await explanationOf(trx, record),
    href: record?.publication === 'published' ? hrefOf(record, place) : null,
  }
}

/** What explains it, as far as its giver let that be published: who said it, when, and what. */
async function explanationOf(trx: Trx, record: RecordHead): Promise<string | null> {
  const said = await publicExplanation(trx, record)
  if (said === null) return null
  const who = [said.by, said.on].filter(each => each !== null).join(', ')
  return who === '' ? said.text : `${who}: ${said.text}`
}

const hrefOf = (record: RecordHead, { areaSlug }: Place): string => `/${areaSlug}/${publicAddress(record)}`

/** What was asked about a measure or its exceptions, as far as it is published, the earliest first. */
async function askedAbout(trx: Trx, about: readonly RecordKey[], place: Place): Promise<ReportedQuestion[]> {
  const questions = await published(trx, about, 'asks-about')
  const told: ReportedQuestion[] = []
  for (const question of questions) {
    const { summary } = await kindOf(question.kind).snapshot(trx, question, { type: 'public' })
    const answers = await published(trx, [question], 'answers')
    const judgements = await published(trx, [question, ...answers], 'judges')
    told.push({
      ...{ id: question.id, reference: question.reference, title: question.title, summary },
      state: stateModel(question.kind, question.state).word,
      outcomes: await summaries(trx, [...answers, ...judgements]),
      href: hrefOf(question, place),
    })
  }
  return told
}

async function summaries(trx: Trx, records: readonly RecordHead[]): Promise<string[]> {
  const all: string[] = []
  for (const record of records) all.push((await kindOf(record.kind).snapshot(trx, record, { type: 'public' })).summary)
  return all.filter(summary => summary !== '')
}

/** Published records that point to any of some records by a relation, each once. */
async function published(trx: Trx, to: readonly RecordKey[], relation: string): Promise<RecordHead[]> {
  const found = new Map<string, RecordHead>()
  for (const key of to) {
    const ids = (await linkedFrom(trx, key, relation)).map(({ id }) => id)
    for (const record of await findRecords(trx, key.areaId, ids)) {
      if (record.publication === 'published') found.set(record.id, record)
    }
  }
  return [...found.values()].toSorted((a, b) => Temporal.PlainDate.compare(a.dated, b.dated))
}
