import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import { readForm, text, version } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, CellModel, RowModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { plural } from '../../../platform/plural.ts'
import { recordModel } from '../../../record/record-pages.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { explainQuery, markPutRight } from './asked.ts'
import { ruleInWords, rules } from './find.ts'
import { findContradictions } from './keep-register.ts'
import { dataQueryKind } from './kinds.ts'
import { qualityPaths } from './paths.ts'
import { findQueries, type HeldQuery } from './quality-queries.ts'
import { severityWords, verdictWord } from './words.ts'

const address = '/performance/data-queries'

export const queryRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: address, permission: 'performance.read', handler: showQueries },
  { method: 'GET', path: `${address}/rules`, permission: 'performance.read', handler: showRules },
  { method: 'POST', path: `${address}/look`, permission: 'performance.check', handler: doLook },
  { method: 'GET', path: `${address}/:id`, permission: 'performance.read', handler: showQuery },
  { method: 'GET', path: `${address}/:id/explain`, permission: 'performance.check', handler: askExplanation },
  { method: 'POST', path: `${address}/:id/explain`, permission: 'performance.check', handler: doExplain },
  { method: 'POST', path: `${address}/:id/put-right`, permission: 'performance.check', handler: doPutRight },
]

const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({
  areaId: viewer.area.id,
  id: params['id'] ?? '',
})
const breadcrumbs = [
  { text: 'Performance', href: paths.measures },
  { text: 'Data queries', href: qualityPaths.queries },
]

/** The register of what the rules found in the figures. */
function showQueries(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, dataQueryKind, {
    address: qualityPaths.queries,
    introduction: 'What in the figures contradicts something else, found by rule after each load.',
    empty: 'Contradictions in the figures appear here when figures are loaded. None has been found.',
    actions: [
      ...(context.may('performance.check')
        ? [{ text: 'Look at all figures again', post: `${qualityPaths.queries}/look` }]
        : []),
      { text: 'Claims', href: qualityPaths.claims },
      { text: 'What is looked for', href: `${qualityPaths.queries}/rules` },
    ],
    columns: [{ heading: 'What was found' }, { heading: 'How much it matters' }],
    cells: async records => {
      const ids = records.map(record => record.id)
      const found = await findQueries(context.trx, context.viewer.area.id, ids)
      return new Map(found.map(each => [each.id, cellsOf(each)]))
    },
  })
}

/** Reads every measure again: after a change of what a measure is, or of what is looked for. */
async function doLook(context: WorkspaceContext): Promise<Answer> {
  const { found, changed, lapsed } = await findContradictions(context.trx, context, context.viewer.area.id)
  const said = `${plural(found, 'contradiction')} found, ${String(changed)} changed, ${String(lapsed)} no longer borne out`
  return redirect(qualityPaths.queries, said)
}

const cellsOf = ({ sentence, severity }: HeldQuery): CellModel[] => [
  { type: 'text', text: sentence },
  { type: 'state', state: severityWords[severity] },
]

function showRules(): Answer {
  return page('modules/performance/quality/views/rules.njk', {
    title: 'What is looked for in the figures',
    breadcrumbs,
    rules: rules.map(({ inWords }) => inWords),
  })
}

function showQuery(context: WorkspaceContext): Promise<Answer> {
  return queryPage(context, [])
}

async function queryPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [query] = record === null ? [] : await findQueries(context.trx, key.areaId, [key.id])
  if (record === null || query === undefined) return notFound()
  const measure = await findRecord(context.trx, { areaId: key.areaId, id: query.measure_id })
  const model = {
    title: record.title,
    breadcrumbs,
    refusals,
    record: await recordModel(context, record, {
      summary: [
        { key: 'Measure', value: { type: 'text', text: measure?.title ?? '', href: paths.measure(query.measure_id) } },
        { key: 'What was found', value: { type: 'text', text: verdictWord(query.verdict) } },
        { key: 'How much it matters', value: { type: 'state', state: severityWords[query.severity] } },
        { key: 'Last looked at', value: { type: 'moment', at: query.checked_at } },
      ],
      actions: actionsOf(context, record),
    }),
    sentence: query.sentence,
    rule: ruleInWords(query.rule),
    settle: query.settle,
    explanation: query.explanation,
    figures: figureTable(query),
  }
  return page('modules/performance/quality/views/data-query.njk', model, refusals.length > 0 ? 422 : 200)
}

function actionsOf(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const here = qualityPaths.query(record.id)
  const open = ['found', 'asked', 'explained'].includes(record.state)
  const mayCheck = context.may('performance.check')
  return [
    ...(open && context.may('scrutiny.draft-question')
      ? [{ text: 'Draft a question from this', href: paths.draftQuestion(record.id) }]
      : []),
    ...(open && mayCheck ? [{ text: 'Explain it', href: `${here}/explain` }] : []),
    ...(record.state !== 'put-right' && mayCheck
      ? [{ text: 'Mark as put right', post: `${here}/put-right`, version: record.version }]
      : []),
    ...(context.may('performance.publish')
      ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }]
      : []),
  ]
}

/** The figures side by side, each with where it stands. */
function figureTable({ figures }: HeldQuery): { columns: object[]; rows: RowModel[] } {
  return {
    columns: [
      { heading: 'Measure' },
      { heading: 'Period' },
      { heading: 'Where it stands' },
      { heading: 'Figure', numeric: true },
    ],
    rows: figures.map(({ measure, measureId, breakdown, periodWords, source, text: value }) => ({
      cells: [
        {
          type: 'text',
          text: breakdown === '' ? measure : breakdown,
          href: paths.measure(measureId),
          hint: breakdown === '' ? '' : measure,
        },
        { type: 'text', text: periodWords },
        { type: 'text', text: source },
        { type: 'text', text: value },
      ],
    })),
  }
}

const explainForm = z.object({
  explanation: text('Say why both figures stand', 'The explanation', 2000),
  version: version(),
})

async function askExplanation(context: WorkspaceContext): Promise<Answer> {
  const [query] = await findQueries(context.trx, context.viewer.area.id, [keyOf(context).id])
  return explainPage(context, { explanation: query?.explanation ?? '' }, [])
}

async function explainPage(
  context: WorkspaceContext,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [query] = record === null ? [] : await findQueries(context.trx, key.areaId, [key.id])
  if (record === null || query === undefined) return notFound()
  const here = qualityPaths.query(record.id)
  const model = {
    title: `Explain: ${record.title}`,
    back: { text: 'Back', href: here },
    form: { action: `${here}/explain`, fields, faults, refusals, version: record.version },
    sentence: query.sentence,
  }
  return page('modules/performance/quality/views/explain.njk', model, faults.length + refusals.length > 0 ? 422 : 200)
}

async function doExplain(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const read = readForm(explainForm, context.fields)
  if (!read.ok) return explainPage(context, context.fields, read.errors)
  const { explanation, version: seen } = read.value
  return unlessRefused(
    refusals => explainPage(context, context.fields, [], refusals),
    async () => {
      await explainQuery(context.trx, context, key, seen, explanation)
      return redirect(qualityPaths.query(key.id), 'Explanation recorded')
    },
  )
}

const versionForm = z.object({ version: version() })

async function doPutRight(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const read = readForm(versionForm, context.fields)
  if (!read.ok) return queryPage(context, ['Open this page again before you mark it.'])
  return unlessRefused(
    refusals => queryPage(context, refusals),
    async () => {
      await markPutRight(context.trx, context, key, read.value.version)
      return redirect(qualityPaths.query(key.id), 'Marked as put right')
    },
  )
}

/** Shows the page again with the reasons where a deed was refused or came too late. */
export async function unlessRefused(
  again: (refusals: readonly string[]) => Promise<Answer>,
  deed: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await deed()
  } catch (refusal) {
    if (refusal instanceof StaleRecord) {
      return again(['Somebody else changed this meanwhile. Look at it as it is now, then save what you typed here.'])
    }
    if (!(refusal instanceof Refusal)) throw refusal
    return again(refusal.reasons)
  }
}
