import { Refusal } from '../../../platform/refusals.ts'
import type { ActionModel, CellModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecord } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { stateModel } from '../../../record/words.ts'
import { breakFacts } from '../breaks/words.ts'
import { breaksFor, breaksOf } from '../breaks/breaks-queries.ts'
import { commentariesOf } from '../commentary/commentaries-of.ts'
import { commentaryRegister, writePath } from '../commentary/paths.ts'
import { figureText } from '../figures.ts'
import { measureKind } from '../kinds.ts'
import { paths } from '../paths.ts'
import { qualityPaths } from '../quality/paths.ts'
import { overviewPaths } from '../overview/paths.ts'
import { periodInWords } from '../period.ts'
import { exceptionsOfSeries, findMeasures, type HeldException, revisionsOf, seriesByIds } from '../queries.ts'
import { breakdownRoutes } from './breakdowns/workspace.ts'
import { dictionaryRoutes } from './dictionary.ts'
import { figuresCsv, figuresJson, withinWindow } from './downloads.ts'
import { heldPage } from './held-page.ts'
import { figuresModel } from './measure-page.ts'
import { daysOfChange, mainReadings } from './measure-queries.ts'
import { publishMeasure } from './publish-measure.ts'
import { askChange, askNew, doChange, doSetUp } from './set-up-pages.ts'
import { measureFacts, objectiveOf, revisionLines } from './snapshot.ts'
import { standingWords } from './words.ts'

const read = 'performance.read'
const setUp = 'performance.set-up'
const at = '/performance/measures'

/** Addresses of the measures: their register, the dictionary, each one's page with its downloads, and setting up. */
export const measureRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission: read, handler: showMeasures },
  ...dictionaryRoutes,
  { method: 'GET', path: `${at}/new`, permission: setUp, handler: askNew },
  { method: 'POST', path: `${at}/new`, permission: setUp, handler: doSetUp },
  { method: 'GET', path: `${at}/:id`, permission: read, handler: showMeasure },
  { method: 'GET', path: `${at}/:id.csv`, permission: read, handler: context => downloadMeasure(context, 'csv') },
  { method: 'GET', path: `${at}/:id.json`, permission: read, handler: context => downloadMeasure(context, 'json') },
  { method: 'GET', path: `${at}/:id/edit`, permission: setUp, handler: askChange },
  { method: 'POST', path: `${at}/:id/edit`, permission: setUp, handler: doChange },
  { method: 'POST', path: `${at}/:id/publish`, permission: 'performance.publish', handler: doPublish },
  ...breakdownRoutes,
]

const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({ areaId: viewer.area.id, id: params['id'] ?? '' })

/** The register of measures, each with its latest figure and what the rules say of it. */
export function showMeasures(context: WorkspaceContext): Promise<Answer> {
  const actions: ActionModel[] = [
    ...(context.may('performance.load') ? [{ text: 'Load figures', href: `${paths.imports}/new` }] : []),
    ...(context.may(setUp) ? [{ text: 'Set up a measure', href: `${paths.measures}/new` }] : []),
    { text: 'Dictionary of measures', href: paths.dictionary },
    { text: 'Exceptions', href: paths.exceptions },
    { text: 'Data queries', href: qualityPaths.queries },
    { text: 'Commentary', href: commentaryRegister },
    { text: 'Files loaded', href: paths.imports },
  ]
  return workspaceRegisterPage(context, measureKind, {
    address: paths.measures,
    actions,
    empty: 'Measures appear here when they are set up. Figures are then loaded from a file.',
    columns: [{ heading: 'Latest figure' }, { heading: 'What the rules say' }],
    cells: records => latestCells(context, records),
  })
}

async function latestCells(
  { trx, viewer }: WorkspaceContext,
  records: readonly RecordHead[],
): Promise<Map<string, CellModel[]>> {
  const ids = records.map(record => record.id)
  const readings = await mainReadings(trx, viewer.area.id, ids)
  const measures = await findMeasures(trx, viewer.area.id, ids)
  return new Map(
    measures.map(measure => {
      const reading = readings.get(measure.id)
      const text = reading?.latest_value == null ? '' : figureText(reading.latest_value, measure)
      const start = reading?.latest_period
      const hint = start == null ? '' : periodInWords({ frequency: measure.frequency, start })
      return [
        measure.id,
        [
          { type: 'text', text, hint },
          { type: 'state', state: standingWords[reading?.standing ?? 'silent'] },
        ],
      ]
    }),
  )
}

/** One measure: one series with its chart, its breakdowns as rows, its exceptions, revisions and source. */
export async function showMeasure(context: WorkspaceContext): Promise<Answer> {
  return measurePage(context, [])
}

async function measurePage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const { trx, query, today } = context
  const key = keyOf(context)
  const record = await findRecord(trx, key)
  const [measure] = record === null ? [] : await findMeasures(trx, key.areaId, [key.id])
  if (record === null || measure === undefined) return notFound()
  const { asOf, notice } = askedDay(query['as-of'], today)
  const { source, asked, shownIds } = await heldPage(trx, measure, query, asOf)
  const here = paths.measure(record.id)
  const kept = { ...query, 'as-of': asOf?.toString() }
  const figures = await figuresModel(source, asked, here, kept)
  const exceptions = await exceptionsOfSeries(trx, key.areaId, shownIds)
  const objective = await objectiveOf(trx, key)
  const model = {
    title: record.title,
    breadcrumbs: [{ text: 'Performance', href: overviewPaths.dashboard }],
    record: await recordModel(context, record, { actions: measureActions(context, record) }),
    facts: measureFacts(measure),
    objective,
    figures: { ...figures, notices: [...notice, ...figures.notices] },
    asOf,
    now: here,
    days: await daysOfChange(trx, shownIds),
    breaks: breakFacts(measure, breaksFor((await breaksOf(trx, key.areaId, [key.id])).get(key.id), asked.breakdown)),
    commentaries: (await commentariesOf(trx, context.viewer.organisation.id, measure)).filter(
      each => each.breakdown === '' || each.breakdown === asked.breakdown,
    ),
    write: context.may('performance.comment') ? writePath(record.id) : null,
    revisions: revisionLines(measure, await seriesByIds(trx, shownIds), await revisionsOf(trx, shownIds)),
    exceptions: exceptions
      .filter(each => each.state !== 'lapsed')
      .map(each => exceptionLine(each, context.may('scrutiny.draft-question'))),
    refusals,
  }
  return page('modules/performance/views/measure.njk', model, refusals.length > 0 ? 422 : 200)
}

/** The day as it stood on which figures are asked for; of a day that is none it says so. */
function askedDay(
  typed: string | undefined,
  today: Temporal.PlainDate,
): { asOf: Temporal.PlainDate | null; notice: readonly string[] } {
  if (typed === undefined || typed === '') return { asOf: null, notice: [] }
  const now = 'The figures are shown as they are now.'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed))
    return { asOf: null, notice: [`“${typed}” is not a day like 2018-04-01. ${now}`] }
  try {
    const asOf = Temporal.PlainDate.from(typed)
    const later = Temporal.PlainDate.compare(asOf, today) > 0
    return later ? { asOf: null, notice: [`${typed} is still to come. ${now}`] } : { asOf, notice: [] }
  } catch {
    return { asOf: null, notice: [`There is no day ${typed}. ${now}`] }
  }
}

function measureActions(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const here = paths.measure(record.id)
  return [
    ...(context.may('performance.load') ? [{ text: 'Load figures', href: `${paths.imports}/new` }] : []),
    ...(context.may('scrutiny.draft-question')
      ? [{ text: 'Draft a question about this measure', href: paths.draftQuestion(record.id) }]
      : []),
    { text: 'Compare areas', href: overviewPaths.compareMeasure(record.id) },
    { text: 'How it is broken down', href: `${here}/breakdowns` },
    { text: 'Breaks in the figures', href: `${here}/breaks` },
    ...(context.may(setUp) ? [{ text: 'Change this measure', href: `${here}/edit` }] : []),
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

/** The figures that the page shows, as a file. */
async function downloadMeasure(context: WorkspaceContext, type: 'csv' | 'json'): Promise<Answer> {
  const { trx, query, today } = context
  const key = keyOf(context)
  const [measure] = await findMeasures(trx, key.areaId, [key.id])
  if (measure === undefined) return notFound()
  const { asOf } = askedDay(query['as-of'], today)
  const { source, asked } = await heldPage(trx, measure, query, asOf)
  const series = source.series.map(each => withinWindow(each, asked))
  if (type === 'csv') return figuresCsv(measure.title, series, `${measure.reference}.csv`)
  const { title, reference } = measure
  const head = { measure: title, reference, ...measureFacts(measure), ...(asOf !== null && { asOf: asOf.toString() }) }
  return figuresJson(head, series)
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
