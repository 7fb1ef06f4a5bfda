import { Refusal } from '../../../platform/refusals.ts'
import { type FieldFault, readForm } from '../../../platform/web/form.ts'
import type { ActionModel, FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { linkedTo } from '../../../record/links.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecord } from '../../../record/records.ts'
import { workspaceRegister } from '../../../record/register.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { stateModel } from '../../../record/words.ts'
import { measureKind, paths } from '../kinds.ts'
import { exceptionsOfMeasure, figuresOf, findMeasures, type HeldException, seriesOf } from '../queries.ts'
import { layOut } from '../series-data.ts'
import { figureText } from '../figures.ts'
import { periodInWords } from '../period.ts'
import { readSeries } from '../exceptions/exceptions.ts'
import { changedMeasureForm, emptyFields, fieldsOf, measureForm, measureOf, offered } from './forms.ts'
import { publishMeasure } from './publish-measure.ts'
import { changeMeasure, setUpMeasure } from './set-up-measure.ts'
import { measureFacts, viewMeasure } from './snapshot.ts'
import { standingWords } from './words.ts'

const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({
  areaId: viewer.area.id,
  id: params['id'] ?? '',
})

/** The register of measures, each with its latest figure and what the rules say of it. */
export function showMeasures(context: WorkspaceContext): Promise<Answer> {
  const actions: ActionModel[] = [
    ...(context.may('performance.load') ? [{ text: 'Load figures', href: `${paths.imports}/new` }] : []),
    ...(context.may('performance.set-up') ? [{ text: 'Set up a measure', href: `${paths.measures}/new` }] : []),
    { text: 'Exceptions', href: paths.exceptions },
    { text: 'Files loaded', href: paths.imports },
  ]
  return workspaceRegisterPage(context, measureKind, {
    address: paths.measures,
    title: 'Performance',
    actions,
    empty: 'Measures appear here when they are set up. Figures are then loaded from a CSV file.',
    columns: [{ heading: 'Latest figure' }, { heading: 'What the rules say' }],
    cells: records => latestCells(context, records),
  })
}

async function latestCells({ trx, viewer }: WorkspaceContext, records: readonly RecordHead[]) {
  const ids = records.map(record => record.id)
  const measures = await findMeasures(trx, viewer.area.id, ids)
  const main = (await seriesOf(trx, viewer.area.id, ids)).filter(each => each.breakdown === '')
  const figures = await figuresOf(
    trx,
    main.map(each => each.id),
  )
  return new Map(
    measures.map(measure => {
      const series = main.find(each => each.measure_id === measure.id)
      const data = layOut(series === undefined ? [] : (figures.get(series.id) ?? []))
      const last = data.figures.findLast(figure => figure?.value != null)
      const text = last?.value == null ? '' : figureText(last.value, measure)
      const reading = readSeries(measure, '', '', data)
      const now = reading.read ? reading.exceptions.find(each => each.told && each.state !== 'ended') : undefined
      const standing = now?.judged ?? (reading.read ? 'usual' : 'silent')
      return [
        measure.id,
        [
          { type: 'text', text, hint: last == null ? '' : periodInWords(last.period) },
          { type: 'state', state: standingWords[standing] },
        ],
      ] as const
    }),
  )
}

/** One measure: its charts, what the rules say, its exceptions, revisions and source. */
export async function showMeasure(context: WorkspaceContext): Promise<Answer> {
  return measurePage(context, [])
}

async function measurePage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const view = record === null ? null : await viewMeasure(context.trx, key)
  if (record === null || view === null) return notFound()
  const exceptions = await exceptionsOfMeasure(context.trx, key)
  const model = {
    title: record.title,
    breadcrumbs: [{ text: 'Performance', href: paths.measures }],
    record: await recordModel(context, record, { actions: measureActions(context, record) }),
    facts: measureFacts(view),
    objective: view.objective,
    series: view.series,
    revisions: view.revisions,
    exceptions: exceptions.map(each => exceptionLine(each, context.may('scrutiny.draft-question'))),
    refusals,
  }
  return page('modules/performance/views/measure.njk', model, refusals.length > 0 ? 422 : 200)
}

function measureActions(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const here = paths.measure(record.id)
  return [
    ...(context.may('performance.load') ? [{ text: 'Load figures', href: `${paths.imports}/new` }] : []),
    ...(context.may('scrutiny.draft-question')
      ? [{ text: 'Draft a question about this measure', href: paths.draftQuestion(record.id) }]
      : []),
    ...(context.may('performance.set-up') ? [{ text: 'Change this measure', href: `${here}/edit` }] : []),
    ...(context.may('performance.publish') ? [{ text: 'Publish with its exceptions', post: `${here}/publish` }] : []),
  ]
}

/** An exception as a line on its measure's page. */
function exceptionLine(each: HeldException, mayAsk: boolean) {
  return {
    title: each.title,
    href: paths.exception(each.id),
    text: each.text,
    state: stateModel('exception', each.state),
    ask: mayAsk ? paths.draftQuestion(each.id) : null,
  }
}

export async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  try {
    const exceptions = await publishMeasure(context.trx, context, key)
    return redirect(paths.measure(key.id), publishedWords(exceptions))
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return measurePage(context, refusal.reasons)
  }
}

function publishedWords(exceptions: number): string {
  if (exceptions === 0) return 'Published'
  return `Published, with ${exceptions.toLocaleString('en-GB')} ${exceptions === 1 ? 'exception' : 'exceptions'}`
}

export async function askNew(context: WorkspaceContext): Promise<Answer> {
  return formPage(context, null, { action: `${paths.measures}/new`, fields: emptyFields, faults: [] })
}

export async function doSetUp(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(measureForm, context.fields)
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    formPage(context, null, { action: `${paths.measures}/new`, fields: context.fields, faults, refusals })
  if (!read.ok) return again(read.errors)
  return unlessRefused(again, async () => {
    const record = await setUpMeasure(context.trx, context, measureOf(context.viewer.area.id, read.value))
    return redirect(paths.measure(record.id), 'Measure set up')
  })
}

export async function askChange(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [measure] = await findMeasures(context.trx, key.areaId, [key.id])
  if (record === null || measure === undefined) return notFound()
  const [objective] = await linkedTo(context.trx, key, 'measures')
  return changePage(context, record, fieldsOf(measure, objective?.id ?? null), [], [])
}

export async function doChange(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  if (record === null) return notFound()
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    changePage(context, record, context.fields, faults, refusals)
  const read = readForm(changedMeasureForm, context.fields)
  if (!read.ok) return again(read.errors)
  const { version, ...typed } = read.value
  return unlessRefused(again, async () => {
    await changeMeasure(context.trx, context, key, version, measureOf(key.areaId, typed))
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
