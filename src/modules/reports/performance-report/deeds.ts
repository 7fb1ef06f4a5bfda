import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { findArea } from '../../../record/areas.ts'
import { attach, releaseAttachments } from '../../../record/files.ts'
import { link } from '../../../record/links.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../../record/records.ts'
import { type Period, periodEnd, periodInWords, publishMeasure } from '../../performance/index.ts'
import { longestSummary, measuresOf, offeredSummary, type ReportContent, wordsIn } from './content.ts'
import { makeFiles, mediaTypes, periodSlug, type ReportFiles } from './files.ts'
import { gatherContent } from './gather.ts'
import { findReport, insertReport, type PerformanceReport, reportOfPeriod, updateReport } from './queries.ts'

/** What somebody asks for: the report of a period on some measures. */
export interface NewReport {
  areaId: number
  title: string
  period: Period & { frequency: 'month' | 'quarter' }
  measures: readonly string[]
}

/**
 * Sets up the report of a period with a summary that the figures offer, to be edited.
 *
 * @throws Refusal where the period has a report already
 */
export async function startReport(trx: Trx, act: Act, made: NewReport): Promise<RecordHead> {
  const { areaId, title, period, measures } = made
  if ((await reportOfPeriod(trx, areaId, period.frequency, period.start)) !== null) {
    throw new Refusal([`There is a report on ${periodInWords(period)} already.`])
  }
  const record = await createRecord(trx, act, {
    ...{ areaId, kind: 'performance-report', title, state: 'draft', dated: periodEnd(period) },
  })
  const { frequency, start } = period
  await insertReport(trx, {
    ...{ area_id: areaId, id: record.id, frequency, period_start: start, measures: [...measures], summary: '' },
  })
  const content = await contentOf(trx, act, record)
  await updateReport(trx, record, { summary: offeredSummary(content) })
  return record
}

/** What the report says as things stand now, or said when it was published. */
export async function contentOf(trx: Trx, act: Act, key: RecordKey): Promise<ReportContent> {
  const report = await findReport(trx, key)
  if (report === null) throw new Refusal(['This report is not there any more.'])
  if (report.row.frozen !== null) return report.row.frozen
  const area = await findArea(trx, key.areaId)
  return gatherContent(trx, report, { areaSlug: area?.slug ?? '', organisation: act.viewer.organisation.name })
}

/** What is written in a report by hand. */
export interface Writing {
  title: string
  summary: string
  remarks: Readonly<Record<string, string>>
  measures: readonly string[]
}

/**
 * Writes on a draft.
 *
 * @param version that the writer saw
 * @throws StaleRecord where somebody else wrote meanwhile; Refusal once it is published
 */
export async function writeReport(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  { title, summary, remarks, measures }: Writing,
): Promise<void> {
  const report = await findReport(trx, key)
  const reasons = report === null ? ['This report is not there any more.'] : writingObstacles(report.head)
  if (reasons.length > 0) throw new Refusal(reasons)
  await changeRecord(trx, act, key, version, { title, searchText: summary }, { kind: 'written' })
  await updateReport(trx, key, { summary, remarks, measures })
}

/** Why a report may not be written on any more. Pure. */
export function writingObstacles(head: Pick<RecordHead, 'state'>): string[] {
  return head.state === 'draft' ? [] : ['It is published and stays as it was on that day.']
}

/** Why a report may not be published yet. Pure. */
export function publishingObstacles({ head, row }: PerformanceReport): string[] {
  return [
    ...writingObstacles(head),
    ...(row.measures.length === 0 ? ['No measure is chosen.'] : []),
    ...(row.summary.trim() === '' ? ['The summary is empty.'] : []),
    ...(wordsIn(row.summary) > longestSummary
      ? [`The summary has more than ${String(longestSummary)} words, and would not stand on one page.`]
      : []),
  ]
}

/**
 * Publishes a report: first the figures of each of its measures as they are now, so that page and report agree; then
 * what it says is frozen and printed, and goes out with both files.
 *
 * @param siteAddress for the links in the PDF
 * @param make how the files are made
 * @throws Refusal with every reason where it may not be published
 */
export async function publishReport(
  trx: Trx,
  act: Act,
  key: RecordKey,
  siteAddress: string,
  make: (content: ReportContent, siteAddress: string) => Promise<ReportFiles> = makeFiles,
): Promise<void> {
  const report = await findReport(trx, key)
  const reasons = report === null ? ['This report is not there any more.'] : publishingObstacles(report)
  if (report === null || reasons.length > 0) throw new Refusal(reasons)
  await publishMeasures(trx, act, report)
  const content = await contentOf(trx, act, key)
  await updateReport(trx, key, { frozen: content })
  await attachFiles(trx, act, report.head, content, await make(content, siteAddress))
  await tie(trx, act, report.head, content)
  await changeRecord(trx, act, key, null, { state: 'published' }, { kind: 'published' })
  await publishRecord(trx, act, key)
}

async function publishMeasures(trx: Trx, act: Act, { row }: PerformanceReport): Promise<void> {
  const refused: string[] = []
  for (const id of row.measures) {
    const key = { areaId: row.area_id, id }
    const head = await findRecord(trx, key)
    if (head === null) continue
    try {
      await publishMeasure(trx, act, key)
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      refused.push(...fault.reasons.map(reason => `${head.title}: ${reason}`))
    }
  }
  if (refused.length > 0) throw new Refusal(refused)
}

async function attachFiles(
  trx: Trx,
  act: Act,
  record: RecordHead,
  content: ReportContent,
  files: ReportFiles,
): Promise<void> {
  const name = `performance-report-${periodSlug(content.period.text)}`
  const upload = (extension: string, mediaType: string, bytes: Buffer) => ({
    upload: { field: 'file', fileName: `${name}.${extension}`, mediaType, bytes },
  })
  const ids = [
    await attach(trx, act, record, upload('pdf', mediaTypes.pdf, files.pdf), 'The report as a PDF'),
    await attach(
      trx,
      act,
      record,
      upload('xlsx', mediaTypes.spreadsheet, files.spreadsheet),
      'The report as a spreadsheet',
    ),
  ]
  await releaseAttachments(trx, record, ids)
}

/** Ties the report to every record it speaks of, so that the chain leads from it to its sources. */
async function tie(trx: Trx, act: Act, record: RecordHead, content: ReportContent): Promise<void> {
  const { areaId } = record
  const to = (id: string, kind: string) => link(trx, act, record, 'reports-on', { areaId, id, kind })
  const questions = new Set<string>()
  for (const measure of measuresOf(content)) {
    await to(measure.id, 'measure')
    for (const { id } of measure.exceptions) if (id !== null) await to(id, 'exception')
    for (const { id } of measure.asked) questions.add(id)
  }
  for (const id of questions) await to(id, 'question')
}
