import type { Trx } from '../../../platform/database/tables.ts'
import type { Snapshot } from '../../../record/description.ts'
import { attachmentsOf } from '../../../record/files.ts'
import type { RecordKey } from '../../../record/record.ts'
import { measuresOf, openingSentence, type ReportContent } from './content.ts'
import { findReport } from './queries.ts'

/** What the public gets of a report: what was frozen with it, and its two files. */
export async function performanceReportSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const report = await findReport(trx, key)
  if (report?.row.frozen == null) throw new Error(`The report ${key.id} was not frozen before it was to be published`)
  const content = report.row.frozen
  const attachments = await attachmentsOf(trx, key)
  const files = attachments.flatMap(each => (each.released_publicly && each.file_id !== null ? [each.file_id] : []))
  return {
    body: { ...content, files: attachments.filter(each => each.released_publicly).map(fileLine) },
    summary: openingSentence(content),
    searchText: [...content.summary, ...measuresOf(content).map(({ title }) => title)].join(' '),
    facts: { period: content.period.words },
    files,
    preview: previewOf(content),
  }
}

const fileLine = ({ file_id, title }: { file_id: string | null; title: string }) => ({ id: file_id, title })

function previewOf(content: ReportContent): { heading: string; text: string }[] {
  return [
    { heading: content.title, text: [openingSentence(content), ...content.summary].join('\n\n') },
    ...measuresOf(content).flatMap(measure => measure.exceptions.map(({ text }) => ({ heading: measure.title, text }))),
  ]
}
