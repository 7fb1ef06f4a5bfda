import type { z } from 'zod'
import { Refusal } from '../../../../platform/refusals.ts'
import { type FieldFault, readForm } from '../../../../platform/web/form.ts'
import type { FormModel } from '../../../../platform/web/patterns.ts'
import { type Answer, type FormFields, notFound, page, redirect } from '../../../../platform/web/route.ts'
import type { WorkspaceContext, WorkspaceRoute } from '../../../../platform/web/route.ts'
import type { RecordHead, RecordKey } from '../../../../record/record.ts'
import { findRecord } from '../../../../record/records.ts'
import { paths } from '../../paths.ts'
import { seriesOf } from '../../queries.ts'
import { dimensionsOf } from './breakdown-queries.ts'
import { type Breakdown, placed } from './breakdown-tree.ts'
import { describeBreakdowns, describeDimension, removeBreakdown, removeDimension } from './describe-breakdowns.ts'
import { breakdownForm, dimensionForm, offeredAddings, removalForm, undescribedForm } from './forms.ts'
import { addingWords, knownDimensions } from './words.ts'

const at = '/performance/measures/:id/breakdowns'
const setUp = 'performance.set-up'

export const breakdownRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission: 'performance.read', handler: showBreakdowns },
  { method: 'POST', path: `${at}/dimension`, permission: setUp, handler: doDescribeDimension },
  { method: 'POST', path: `${at}/dimension/remove`, permission: setUp, handler: doRemoveDimension },
  { method: 'POST', path: `${at}/describe`, permission: setUp, handler: doDescribeSeveral },
  { method: 'GET', path: `${at}/part`, permission: setUp, handler: askPart },
  { method: 'POST', path: `${at}/part`, permission: setUp, handler: doDescribePart },
  { method: 'POST', path: `${at}/part/remove`, permission: setUp, handler: doRemovePart },
]

/** What a form came back with. */
interface Returned {
  form: 'dimension' | 'several'
  fields: FormFields
  faults: readonly FieldFault[]
  refusals?: readonly string[]
}

const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({ areaId: viewer.area.id, id: params['id'] ?? '' })
const pathOf = (id: string) => `${paths.measure(id)}/breakdowns`

async function measureHead(context: WorkspaceContext): Promise<RecordHead | null> {
  const record = await findRecord(context.trx, keyOf(context))
  return record?.kind === 'measure' ? record : null
}

async function state(context: WorkspaceContext) {
  const key = keyOf(context)
  const dimensions = (await dimensionsOf(context.trx, key.areaId, [key.id])).get(key.id) ?? []
  const described = dimensions.flatMap(each => each.breakdowns)
  const names = new Set(described.map(({ name }) => name))
  const series = await seriesOf(context.trx, key.areaId, [key.id])
  const brought = [...new Set(series.map(each => each.breakdown))].filter(name => name !== '')
  return { dimensions, described, undescribed: brought.filter(name => !names.has(name)), brought: new Set(brought) }
}

/** How a measure is broken down, and what files brought that nobody has described. */
export async function showBreakdowns(context: WorkspaceContext): Promise<Answer> {
  return breakdownsPage(context, null)
}

async function breakdownsPage(context: WorkspaceContext, returned: Returned | null): Promise<Answer> {
  const record = await measureHead(context)
  if (record === null) return notFound()
  const { dimensions, described, undescribed, brought } = await state(context)
  const here = pathOf(record.id)
  const formOf = (form: Returned['form'], action: string): FormModel =>
    returned?.form === form ? { action, ...returned } : { action, fields: {}, faults: [] }
  const model = {
    title: `How “${record.title}” is broken down`,
    back: { text: 'Back to the measure', href: paths.measure(record.id) },
    here,
    mayChange: context.may(setUp),
    dimensions: dimensions.map(each => ({
      name: each.name,
      adding: addingWords[each.adding].word,
      rows: placed(each.breakdowns).map(row => ({
        ...row,
        href: `${here}/part?name=${encodeURIComponent(row.name)}`,
        brought: brought.has(row.name),
      })),
    })),
    undescribed: undescribed.map(name => ({ value: name, text: name })),
    offered: offered(
      dimensions.map(({ name }) => name),
      described,
    ),
    dimensionForm: formOf('dimension', `${here}/dimension`),
    severalForm: formOf('several', `${here}/describe`),
  }
  return page('modules/performance/views/breakdowns.njk', model, returned === null ? 200 : 422)
}

function offered(dimensions: readonly string[], described: readonly Breakdown[]) {
  return {
    addings: offeredAddings,
    known: knownDimensions.filter(name => !dimensions.includes(name)),
    dimensions: dimensions.map(name => ({ value: name, text: name })),
    parents: described.map(({ name, dimension }) => ({ value: name, text: `${name} (${dimension})` })),
  }
}

/** Runs a deed on a visible measure; what its rules refuse comes back with the form. */
async function done(
  context: WorkspaceContext,
  again: (refusals: readonly string[]) => Promise<Answer>,
  notice: string,
  deed: (key: RecordKey) => Promise<void>,
): Promise<Answer> {
  if ((await measureHead(context)) === null) return notFound()
  const key = keyOf(context)
  try {
    await deed(key)
    return redirect(pathOf(key.id), notice)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return again(refusal.reasons)
  }
}

export async function doDescribeDimension(context: WorkspaceContext): Promise<Answer> {
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    breakdownsPage(context, { form: 'dimension', fields: context.fields, faults, refusals })
  const read = readForm(dimensionForm, context.fields)
  if (!read.ok) return again(read.errors)
  const { dimension, adding } = read.value
  return done(
    context,
    reasons => again([], reasons),
    'Kept',
    key => describeDimension(context.trx, context, key, dimension, adding),
  )
}

export function doRemoveDimension(context: WorkspaceContext): Promise<Answer> {
  return remove(context, (key, name) => removeDimension(context.trx, context, key, name))
}

export function doRemovePart(context: WorkspaceContext): Promise<Answer> {
  return remove(context, (key, name) => removeBreakdown(context.trx, context, key, name))
}

async function remove(
  context: WorkspaceContext,
  deed: (key: RecordKey, name: string) => Promise<void>,
): Promise<Answer> {
  const read = readForm(removalForm, context.fields)
  if (!read.ok) return notFound()
  const again = (refusals: readonly string[]) =>
    breakdownsPage(context, { form: 'dimension', fields: {}, faults: [], refusals })
  return done(context, again, 'Taken out', key => deed(key, read.value.name))
}

export async function doDescribeSeveral(context: WorkspaceContext): Promise<Answer> {
  const { undescribed } = await state(context)
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    breakdownsPage(context, { form: 'several', fields: context.fields, faults, refusals })
  const read = readForm(undescribedForm(undescribed), context.fields)
  if (!read.ok) return again(read.errors)
  const { names, into, within } = read.value
  return done(
    context,
    reasons => again([], reasons),
    'Described',
    key => describeBreakdowns(context.trx, context, key, names, { dimension: into, parent: within }),
  )
}

/** One breakdown: its place in the tree, or a new one that no file has brought yet. */
export async function askPart(context: WorkspaceContext): Promise<Answer> {
  const { described } = await state(context)
  const found = described.find(({ name }) => name === context.query['name'])
  const fields = found === undefined ? {} : { ...found, parent: found.parent ?? '' }
  return partPage(context, { fields, faults: [] })
}

async function partPage(context: WorkspaceContext, form: Omit<FormModel, 'action'>): Promise<Answer> {
  const record = await measureHead(context)
  if (record === null) return notFound()
  const { dimensions, described } = await state(context)
  const name = context.query['name'] ?? ''
  const known = described.some(each => each.name === name)
  const model = {
    title: known ? `Change “${name}”` : 'Add a breakdown',
    back: { text: 'Back', href: pathOf(record.id) },
    form: { action: `${pathOf(record.id)}/part${known ? `?name=${encodeURIComponent(name)}` : ''}`, ...form },
    known,
    name,
    remove: `${pathOf(record.id)}/part/remove`,
    offered: offered(
      dimensions.map(each => each.name),
      described.filter(each => each.name !== name),
    ),
  }
  const wrong = form.faults.length + (form.refusals?.length ?? 0) > 0
  return page('modules/performance/views/breakdown-form.njk', model, wrong ? 422 : 200)
}

export async function doDescribePart(context: WorkspaceContext): Promise<Answer> {
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    partPage(context, { fields: context.fields, faults, refusals })
  const read = readForm(breakdownForm satisfies z.ZodObject, context.fields)
  if (!read.ok) return again(read.errors)
  const { name, dimension, parent } = read.value
  return done(
    context,
    reasons => again([], reasons),
    'Described',
    key => describeBreakdowns(context.trx, context, key, [name], { dimension, parent }),
  )
}
