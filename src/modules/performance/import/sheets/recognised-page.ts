import type { Answer, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import { keptMappings, saveReading } from '../reading-queries.ts'
import { type Draft, findDraft, saveMapping, stepPaths } from './draft.ts'
import { emptyMapping, forNextMonth } from './mapping.ts'
import { lookAt, mappingsFor } from './read-spreadsheet.ts'

/** Which kept mappings the file fits, with what differs, before anything is read by them. */
export async function showRecognised(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const found = await fitting(context, draft)
  const model = {
    title: 'A file of this shape was read before',
    back: { text: 'Back', href: paths.imports },
    file: draft.record.title,
    form: { action: stepPaths.recognised(draft.record.id), fields: {}, faults: [] },
    found: found.map(({ name, id, differences }) => ({ name, id, differences })),
  }
  return page('modules/performance/import/views/recognised.njk', model)
}

async function fitting({ trx, viewer }: WorkspaceContext, { file, record }: Draft) {
  const kept = await keptMappings(trx, record.areaId, viewer.organisation.id)
  const found =
    kept.length === 0
      ? []
      : await mappingsFor(
          file,
          kept.map(each => each.mapping),
        )
  return found.flatMap(({ index, ...rest }) => {
    const one = kept[index]
    return one === undefined ? [] : [{ ...rest, id: one.id, name: one.name }]
  })
}

/** Reads the file by the mapping that was chosen, or describes it afresh. */
export async function chooseRecognised(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const { trx, fields } = context
  const { id } = draft.record
  const chosen = (await fitting(context, draft)).find(each => each.id === fields['mapping'])
  if (chosen !== undefined) {
    await saveReading(trx, draft.record, { mapping_name: chosen.name, differences: chosen.differences })
    await saveMapping(context, draft, forNextMonth(chosen.mapping))
    const noPeriod = chosen.mapping.period === null && !saysPeriod(chosen.mapping)
    return redirect(noPeriod ? stepPaths.columns(id) : stepPaths.spellings(id))
  }
  const look = await lookAt(draft.file)
  const sheets = look.ok ? look.sheets.filter(sheet => sheet.rows > 0) : []
  await saveReading(trx, draft.record, { mapping_name: null, differences: [] })
  await saveMapping(context, draft, { ...emptyMapping, sheet: sheets[0]?.name ?? null })
  return redirect(sheets.length > 1 ? stepPaths.sheet(id) : stepPaths.columns(id))
}

function saysPeriod({ columns, headings }: Draft['mapping']): boolean {
  return columns.some(each => each.holds === 'period') || headings.some(each => each.says === 'period')
}
