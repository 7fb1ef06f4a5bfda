import { attachmentsOf, readFile } from '../../../record/files.ts'
import type { RecordHead } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import type { ActionModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, redirect } from '../../../platform/web/route.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { findContradictionsOfSeries } from '../quality/keep-register.ts'
import { importKind } from '../kinds.ts'
import { paths } from '../paths.ts'
import { applyLong, longFile } from '../loads/long-file.ts'
import { followedAt } from '../loads/workspace.ts'
import { fileInMemory, type ImportFile } from './csv-file.ts'
import { importPage, reportOfWaiting } from './import-page.ts'
import { loadObservations, type LoadReport } from './load-observations.ts'
import { saveReading } from './reading-queries.ts'
import { stepPaths } from './sheets/draft.ts'

export { askFile, doCheck } from './upload-page.ts'

export function showImports(context: WorkspaceContext): Promise<Answer> {
  const actions: ActionModel[] = context.may('performance.load')
    ? [
        { text: 'Load figures', href: `${paths.imports}/new` },
        { text: 'Type figures into a grid', href: paths.typing },
        { text: 'How your spreadsheets are read', href: stepPaths.mappings },
        { text: 'Places', href: paths.places },
      ]
    : []
  return workspaceRegisterPage(context, importKind, {
    address: paths.imports,
    actions,
    empty: 'Files appear here when figures are loaded.',
  })
}

interface Kept {
  record: RecordHead
  file: ImportFile | null
  /** Size of the file. */
  bytes: number
}

async function load(context: WorkspaceContext): Promise<Kept | null> {
  const key = { areaId: context.viewer.area.id, id: context.params['id'] ?? '' }
  const record = await findRecord(context.trx, key)
  if (record === null || record.kind !== 'import') return null
  // Of a spreadsheet the rows that were read out of it were added last: they are what is loaded.
  const attachment = (await attachmentsOf(context.trx, key)).at(-1)
  const kept =
    attachment?.file_id == null ? null : await readFile(context.trx, context.viewer.organisation.id, attachment.file_id)
  const bytes = kept?.bytes.length ?? 0
  return { record, file: kept === null ? null : fileInMemory(kept.name, kept.bytes), bytes }
}

/** A file: before it is applied what it would change, after that what it did. */
export async function showImport(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const follow = loaded.record.state === 'loading' ? await followedAt(context, loaded.record.id) : null
  return follow === null ? importPage(context, loaded.record, loaded.file) : redirect(follow)
}

/** Somebody has looked at the figures that look odd and says that they are right. */
export async function doConfirm(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { record, file } = loaded
  const report = await reportOfWaiting(context, record, file)
  if (report === null) return importPage(context, record, file)
  if (context.fields['right'] === undefined) {
    return importPage(context, record, file, [{ field: 'right', message: 'Tick the box if the figures are right' }])
  }
  const { trx, viewer, now } = context
  const version = Number(context.fields['version'] ?? record.version)
  const confirmed = { confirmed: [...report.doubts], confirmed_by: viewer.name, confirmed_at: now }
  await saveReading(trx, record, confirmed)
  const details = { figures: report.doubts.map(each => each.message) }
  await changeRecord(trx, context, record, version, {}, { kind: 'confirmed', details })
  return redirect(paths.import(record.id), 'Confirmed. The figures can be loaded now')
}

/** Applies a checked file, whole or not at all, and raises the exceptions that come of it. */
export async function doApply(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { record, file, bytes } = loaded
  if (record.state !== 'checked' || file === null) return importPage(context, record, file)
  if (bytes >= longFile) return applyLong(context, record, bytes)
  const report = await loadObservations(context.trx, context, file, {
    areaId: record.areaId,
    dryRun: false,
    checked: record,
  })
  if (report.loaded === null) return importPage(context, record, file)
  const { raised } = await raiseExceptions(context.trx, context, record.areaId, report.series)
  await findContradictionsOfSeries(context.trx, context, record.areaId, report.series)
  return redirect(raised > 0 ? paths.exceptions : paths.import(record.id), appliedWords(report, raised))
}

/** What a load came to, in a sentence. */
export function appliedWords({ added, changed }: LoadReport, raised: number): string {
  const parts = [
    `${added.toLocaleString('en-GB')} new ${added === 1 ? 'figure' : 'figures'}`,
    `${changed.toLocaleString('en-GB')} changed`,
    `${raised.toLocaleString('en-GB')} ${raised === 1 ? 'exception' : 'exceptions'} raised`,
  ]
  return `Loaded: ${parts.join(', ')}`
}

export async function doDrop(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  if (loaded.record.state === 'checked' || loaded.record.state === 'reading') {
    const version = Number(context.fields['version'] ?? loaded.record.version)
    await changeRecord(context.trx, context, loaded.record, version, { state: 'dropped' }, { kind: 'dropped' })
  }
  return redirect(paths.imports, 'The file was not loaded')
}
