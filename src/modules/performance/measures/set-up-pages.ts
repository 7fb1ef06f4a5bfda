import { Refusal } from '../../../platform/refusals.ts'
import { type FieldFault, readForm } from '../../../platform/web/form.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { workspaceRegister } from '../../../record/register.ts'
import { defaultRules } from '../analysis/process-control.ts'
import { paths } from '../paths.ts'
import { findMeasures } from '../queries.ts'
import { offered } from './form-words.ts'
import { changedMeasureForm, emptyFields, faultsOf, fieldsOf, measureForm, measureOf } from './forms.ts'
import { measureObstacles } from './measure-obstacles.ts'
import { changeMeasure, setUpMeasure } from './set-up-measure.ts'
import { objectiveOf } from './snapshot.ts'

const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({ areaId: viewer.area.id, id: params['id'] ?? '' })

export async function askNew(context: WorkspaceContext): Promise<Answer> {
  return formPage(context, null, { action: `${paths.measures}/new`, fields: emptyFields, faults: [] })
}

export async function doSetUp(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(measureForm, context.fields)
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    formPage(context, null, { action: `${paths.measures}/new`, fields: context.fields, faults, refusals })
  if (!read.ok) return again(read.errors)
  const made = measureOf(context.viewer.area.id, read.value, defaultRules)
  const obstacles = measureObstacles(made)
  if (obstacles.length > 0) return again(faultsOf(obstacles))
  return unlessRefused(again, async () => {
    const record = await setUpMeasure(context.trx, context, made)
    return redirect(paths.measure(record.id), 'Measure set up')
  })
}

export async function askChange(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [measure] = await findMeasures(context.trx, key.areaId, [key.id])
  if (record === null || measure === undefined) return notFound()
  const objective = await objectiveOf(context.trx, key)
  return changePage(context, record, fieldsOf(measure, objective?.id ?? null), [], [])
}

export async function doChange(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [before] = await findMeasures(context.trx, key.areaId, [key.id])
  if (record === null || before === undefined) return notFound()
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    changePage(context, record, context.fields, faults, refusals)
  const read = readForm(changedMeasureForm, context.fields)
  if (!read.ok) return again(read.errors)
  const { version, ...typed } = read.value
  const changes = measureOf(key.areaId, typed, before.rules)
  const obstacles = measureObstacles({ ...before, ...changes })
  if (obstacles.length > 0) return again(faultsOf(obstacles))
  return unlessRefused(again, async () => {
    await changeMeasure(context.trx, context, key, version, changes)
    return redirect(paths.measure(key.id), 'Measure changed')
  })
}

function changePage(
  context: WorkspaceContext,
  record: RecordHead,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[],
): Promise<Answer> {
  const action = `${paths.measure(record.id)}/edit`
  return formPage(context, record, { action, fields, faults, refusals, version: record.version })
}

/** Shows the form again with the rule's reasons where the deed was refused. */
async function unlessRefused(
  again: (faults: readonly FieldFault[], refusals: readonly string[]) => Promise<Answer>,
  deed: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await deed()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return again([], refusal.reasons)
  }
}

async function formPage(context: WorkspaceContext, record: RecordHead | null, form: FormModel): Promise<Answer> {
  const { trx, viewer } = context
  const query = { sort: 'title', descending: false, size: 200 } as const
  const objectives = await workspaceRegister(trx, viewer.organisation.id, viewer.area.id, 'objective', query)
  const model = {
    title: record === null ? 'Set up a measure' : `Change “${record.title}”`,
    back: { text: 'Back', href: record === null ? paths.measures : paths.measure(record.id) },
    form,
    offered: { ...offered, objectives: objectives.rows.map(each => ({ value: each.id, text: each.title })) },
    button: record === null ? 'Set up this measure' : 'Save',
  }
  return page(
    'modules/performance/views/measure-form.njk',
    model,
    form.faults.length + (form.refusals?.length ?? 0) > 0 ? 422 : 200,
  )
}
