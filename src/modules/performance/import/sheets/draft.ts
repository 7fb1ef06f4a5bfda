import { createHash } from 'node:crypto'
import { attach, attachmentsOf, readFile } from '../../../../record/files.ts'
import type { RecordHead } from '../../../../record/record.ts'
import { createRecord, findRecord } from '../../../../record/records.ts'
import type { Answer, Upload, WorkspaceContext } from '../../../../platform/web/route.ts'
import { redirect } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import type { KnownMeasure } from '../check-rows.ts'
import { knownMeasures } from '../queries.ts'
import { findReading, type ImportReading, keptMappings, saveReading } from '../reading-queries.ts'
import { emptyMapping, type Mapping, mappingSchema } from './mapping.ts'
import { mappingsFor, readSpreadsheet, surveyOf } from './read-spreadsheet.ts'
import type { Look, ReadSheet, SheetFile } from './sheet-worker.ts'
import type { Survey } from './survey.ts'

/** A spreadsheet that is being described: nothing of it is loaded yet. */
export interface Draft {
  record: RecordHead
  reading: ImportReading
  mapping: Mapping
  file: SheetFile
}

/** Addresses of the steps in which a spreadsheet is described. */
export const stepPaths = {
  sheet: (id: string) => `${paths.import(id)}/sheet`,
  columns: (id: string) => `${paths.import(id)}/columns`,
  labels: (id: string) => `${paths.import(id)}/labels`,
  spellings: (id: string) => `${paths.import(id)}/spellings`,
  rows: (id: string) => `${paths.import(id)}/rows`,
  recognised: (id: string) => `${paths.import(id)}/recognised`,
  mappings: '/workspace/performance/mappings',
}

/** The spreadsheet of an address, while it is being described; null where there is none that the viewer holds. */
export async function findDraft({ trx, viewer, params }: WorkspaceContext): Promise<Draft | null> {
  const key = { areaId: viewer.area.id, id: params['id'] ?? '' }
  const record = await findRecord(trx, key)
  if (record?.kind !== 'import' || record.state !== 'reading') return null
  const [attachment] = await attachmentsOf(trx, key)
  const kept = attachment?.file_id == null ? null : await readFile(trx, viewer.organisation.id, attachment.file_id)
  const reading = await findReading(trx, key)
  if (kept === null || reading === undefined) return null
  const mapping = reading.mapping === null ? emptyMapping : mappingSchema.parse(reading.mapping)
  return { record, reading, mapping, file: { name: kept.name, bytes: kept.bytes } }
}

/** Keeps a spreadsheet to be described, and goes to the first step: what is known of its shape, or what it holds. */
export async function beginDescribing(
  context: WorkspaceContext,
  upload: Upload,
  { sheets }: Extract<Look, { ok: true }>,
): Promise<Answer> {
  const { trx, viewer } = context
  const made = { areaId: viewer.area.id, kind: 'import', title: upload.fileName, state: 'reading' }
  const record = await createRecord(trx, context, made)
  await attach(trx, context, record, { upload }, upload.fileName)
  const sha256 = createHash('sha256').update(upload.bytes).digest()
  const withFigures = sheets.filter(sheet => sheet.rows > 0)
  const [only] = withFigures
  const mapping: Mapping = {
    ...emptyMapping,
    sheet: only?.name ?? null,
    ...(only !== undefined && { headings: only.offered.headings, firstRow: only.offered.firstRow }),
  }
  await saveReading(trx, record, { file_name: upload.fileName, sha256, mapping })
  const file: SheetFile = { name: upload.fileName, bytes: upload.bytes }
  const kept = await keptMappings(trx, record.areaId, viewer.organisation.id)
  const known =
    kept.length === 0
      ? []
      : await mappingsFor(
          file,
          kept.map(each => each.mapping),
        )
  if (known.length > 0) return redirect(stepPaths.recognised(record.id))
  return redirect(withFigures.length > 1 ? stepPaths.sheet(record.id) : stepPaths.columns(record.id))
}

/** Where each row that was read out of a spreadsheet stands in it; none for a file in the plain form. */
export async function cellsOf(
  { trx, viewer }: WorkspaceContext,
  record: RecordHead,
  reading: ImportReading | undefined,
): Promise<ReadSheet['cells']> {
  const [attachment] = await attachmentsOf(trx, record)
  if (reading?.mapping == null || attachment?.file_id == null) return []
  const kept = await readFile(trx, viewer.organisation.id, attachment.file_id)
  if (kept === null) return []
  const measures = await knownMeasures(trx, record.areaId)
  const { cells } = await readSpreadsheet({ file: kept, mapping: mappingSchema.parse(reading.mapping), measures })
  return cells
}

export async function saveMapping(context: WorkspaceContext, { record }: Draft, mapping: Mapping): Promise<void> {
  await saveReading(context.trx, record, { mapping })
}

/** What is asked about a draft: every question of spelling, and what is still open. */
export async function surveyDraft(
  context: WorkspaceContext,
  { file }: Draft,
  mapping: Mapping,
): Promise<{ all: Survey; open: Survey; measures: KnownMeasure[] }> {
  const measures = await knownMeasures(context.trx, context.viewer.area.id)
  return { ...(await surveyOf({ file, mapping, measures })), measures }
}

/** Labels whose meaning has not been said. */
export function unsaidLabels(survey: Survey, mapping: Mapping): string[] {
  return [
    ...survey.measureLabels.filter(({ name }) => !Object.hasOwn(mapping.measures, name)),
    ...survey.breakdownLabels.filter(({ name }) => !Object.hasOwn(mapping.breakdowns, name)),
  ].map(({ name }) => name)
}
