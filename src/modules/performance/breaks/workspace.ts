import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findRecord, isIdentity } from '../../../record/records.ts'
import { paths } from '../paths.ts'
import type { Measure } from '../measure.ts'
import { frequencyWords } from '../period.ts'
import { findMeasures, type HeldException, seriesOf } from '../queries.ts'
import { changeBreak, enterBreak, type NewBreak, takeBackBreak } from './breaks.ts'
import { breaksOf, findBreak, type HeldBreak } from './breaks-queries.ts'
import { fieldsOf, readBreak, readTakingBack } from './forms.ts'
import { type BreakPreview, fewestAfter, previewBreak } from './preview.ts'
import { breakFacts, causes, causeWords } from './words.ts'

const at = '/performance/measures/:id/breaks'
const setUp = 'performance.set-up'

/** Where a measure's breaks are listed, entered, changed and taken back. */
export const breakRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission: 'performance.read', handler: showBreaks },
  { method: 'GET', path: `${at}/new`, permission: setUp, handler: askBreak },
  { method: 'POST', path: `${at}/new`, permission: setUp, handler: doBreak },
  { method: 'GET', path: `${at}/:break/edit`, permission: setUp, handler: askBreak },
  { method: 'POST', path: `${at}/:break/edit`, permission: setUp, handler: doBreak },
  { method: 'GET', path: `${at}/:break/take-back`, permission: setUp, handler: askTakingBack },
  { method: 'POST', path: `${at}/:break/take-back`, permission: setUp, handler: doTakeBack },
]

interface Loaded {
  record: RecordHead
  measure: Measure
  /** The break that the address names; null where one is entered. */
  held: HeldBreak | null
}

const pathOf = (measure: string) => `${paths.measure(measure)}/breaks`

async function load({ trx, viewer, params }: WorkspaceContext): Promise<Loaded | null> {
  const key = { areaId: viewer.area.id, id: params['id'] ?? '' }
  const record = await findRecord(trx, key)
  const [measure] = record === null ? [] : await findMeasures(trx, key.areaId, [key.id])
  if (record === null || measure === undefined) return null
  const id = params['break']
  if (id === undefined) return { record, measure, held: null }
  const held = isIdentity(id) ? await findBreak(trx, { areaId: key.areaId, id }) : null
  return held?.measureId === measure.id ? { record, measure, held } : null
}

async function showBreaks(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { record, measure } = loaded
  const here = pathOf(record.id)
  const breaks = (await breaksOf(context.trx, record.areaId, [record.id])).get(record.id) ?? []
  const facts = breakFacts(measure, breaks)
  const actions: ActionModel[] = context.may(setUp) ? [{ text: 'Enter a break', href: `${here}/new` }] : []
  return page('modules/performance/views/breaks.njk', {
    title: `Breaks in “${record.title}”`,
    back: { text: 'Back to the measure', href: paths.measure(record.id) },
    actions,
    breaks: breaks.map((each, i) => ({
      ...each,
      ...facts[i],
      ...(context.may(setUp) && { change: `${here}/${each.id}/edit`, takeBack: `${here}/${each.id}/take-back` }),
    })),
  })
}

async function askBreak(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { measure, held } = loaded
  return formPage(context, loaded, held === null ? {} : fieldsOf(measure, held), {})
}

interface Returned {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

async function formPage(
  context: WorkspaceContext,
  { record, measure, held }: Loaded,
  fields: FormFields,
  { faults = [], refusals = [] }: Returned,
): Promise<Answer> {
  const here = pathOf(record.id)
  const action = held === null ? `${here}/new` : `${here}/${held.id}/edit`
  const form: FormModel = { action, fields, faults, refusals, version: record.version }
  return page(
    'modules/performance/views/break-form.njk',
    {
      title: held === null ? 'Enter a break' : 'Change this break',
      back: { text: 'Back to the breaks', href: here },
      ...{ measure: record.title, form, period: frequencyWords[measure.frequency] },
      breakdowns: (await breakdownsOf(context, record)).map(name => ({ value: name, text: name })),
      causes: causes.map(value => ({ value, text: causeWords[value].word, hint: causeWords[value].hint })),
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

/** The parts that the measure has figures of; the whole area is no part. */
async function breakdownsOf({ trx }: WorkspaceContext, record: RecordHead): Promise<string[]> {
  const series = await seriesOf(trx, record.areaId, [record.id])
  return [...new Set(series.map(each => each.breakdown))].filter(name => name !== '')
}

/** Said where somebody else changed the measure while the form was being filled in. */
const changedMeanwhile =
  'The measure was changed after you opened this page. Look at this once more, then send it again.'

/** First what it would do is shown; it is saved from there, and going back keeps what was typed. */
async function doBreak(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { record, measure, held } = loaded
  const read = readBreak(context.fields, measure, await breakdownsOf(context, record))
  if (!read.ok) return formPage(context, loaded, context.fields, { faults: read.errors })
  if (context.fields['step'] === 'back') return formPage(context, loaded, context.fields, {})
  const preview = await previewBreak(context.trx, measure, read.value, held?.id ?? null)
  if (context.fields['step'] !== 'save') return previewPage(context, loaded, read.value, preview, {})
  if (preview.clears.length > 0 && context.fields['sure'] === undefined) {
    const message = 'Tick this only if the cause is known and expected to last; otherwise do not enter the break'
    return previewPage(context, loaded, read.value, preview, { faults: [{ field: 'sure', message }] })
  }
  return attempt(
    loaded,
    () => save(context, loaded, read.value),
    refusals => previewPage(context, loaded, read.value, preview, { refusals }),
  )
}

async function save(context: WorkspaceContext, { record, held }: Loaded, typed: NewBreak): Promise<string> {
  const version = Number(context.fields['version'] ?? 0)
  if (held === null) {
    await enterBreak(context.trx, context, record, version, typed)
    return 'The break is entered and the figures are read anew'
  }
  await changeBreak(context.trx, context, record, version, held.id, typed)
  return 'The break is changed and the figures are read anew'
}

async function attempt(
  { record }: Loaded,
  deed: () => Promise<string>,
  refused: (reasons: readonly string[]) => Promise<Answer> | Answer,
): Promise<Answer> {
  try {
    const notice = await deed()
    return redirect(pathOf(record.id), notice)
  } catch (fault) {
    if (fault instanceof StaleRecord) return refused([changedMeanwhile])
    if (!(fault instanceof Refusal)) throw fault
    return refused(fault.reasons)
  }
}

function previewPage(
  context: WorkspaceContext,
  { record, measure, held }: Loaded,
  typed: NewBreak,
  preview: BreakPreview,
  { faults = [], refusals = [] }: Returned,
): Answer {
  const here = pathOf(record.id)
  const action = held === null ? `${here}/new` : `${here}/${held.id}/edit`
  const form: FormModel = { action, fields: context.fields, faults, refusals, version: record.version }
  const kept = ['from', 'breakdown', 'cause', 'reason', 'rebases'] as const
  const [fact] = breakFacts(measure, [asHeld(typed)])
  return page(
    'modules/performance/views/break-preview.njk',
    {
      title: 'What this break would do',
      back: { text: 'Back to the breaks', href: here },
      ...{ measure: record.title, form, fact, preview: previewModel(preview), fewestAfter },
      kept: kept.map(name => ({ name, value: single(context.fields[name]) })),
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

const nowhere = {
  id: '',
  areaId: 0,
  measureId: '',
  enteredBy: '',
  enteredAt: Temporal.Instant.fromEpochMilliseconds(0),
}
const asHeld = (typed: NewBreak): HeldBreak => ({ ...nowhere, ...typed })
const single = (value: FormFields[string]): string => (typeof value === 'string' ? value : (value?.at(-1) ?? ''))

/** Series on one page at most; what a break does to further ones is told by their number. */
const mostSeries = 40

function previewModel({ series, clears, clearsGood }: BreakPreview) {
  const line = ({ id, title }: HeldException) => ({ text: title, href: paths.exception(id) })
  return {
    series: series.slice(0, mostSeries),
    more: Math.max(0, series.length - mostSeries),
    short: series.filter(({ figures }) => figures.after < fewestAfter).length,
    clears: clears.map(line),
    clearsGood: clearsGood.map(line),
  }
}

async function askTakingBack(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  return loaded === null ? notFound() : takingBackPage(context, loaded, {})
}

async function takingBackPage(
  context: WorkspaceContext,
  { record, measure, held }: Loaded,
  { faults = [], refusals = [] }: Returned,
): Promise<Answer> {
  if (held === null) return notFound()
  const here = pathOf(record.id)
  const action = `${here}/${held.id}/take-back`
  const form: FormModel = { action, fields: context.fields, faults, refusals, version: record.version }
  const preview = await previewBreak(context.trx, measure, null, held.id)
  return page(
    'modules/performance/views/break-take-back.njk',
    {
      title: 'Take this break back',
      back: { text: 'Back to the breaks', href: here },
      ...{ measure: record.title, form, fact: breakFacts(measure, [held])[0], preview: previewModel(preview) },
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

async function doTakeBack(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  const held = loaded?.held ?? null
  if (loaded === null || held === null) return notFound()
  const read = readTakingBack(context.fields)
  if (!read.ok) return takingBackPage(context, loaded, { faults: read.errors })
  const version = Number(context.fields['version'] ?? 0)
  return attempt(
    loaded,
    async () => {
      await takeBackBreak(context.trx, context, loaded.record, version, held.id, read.value)
      return 'The break is taken back and the figures are read anew'
    },
    refusals => takingBackPage(context, loaded, { refusals }),
  )
}
