import type { FieldFault } from '../../platform/web/form.ts'
import { readForm } from '../../platform/web/form.ts'
import type { ActionModel, CellModel, FormModel, PublishModel, SummaryRowModel } from '../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { Refusal, StaleRecord } from '../../platform/refusals.ts'
import { publicAddress } from '../../record/entries.ts'
import { recordModel } from '../../record/record-pages.ts'
import type { RecordHead } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { workspaceRegisterPage } from '../../record/workspace-pages.ts'
import { openedKey, staleAnswer } from '../organisations/index.ts'
import { newPlanForm, planFields, planForm, typedPlan } from './forms.ts'
import { planKind } from './kinds.ts'
import { findPlan, objectivesOf, plansOf } from './plans.ts'
import { addPlan, changePlan, makeCurrent, publishPlan } from './write-plan.ts'
import type { Objective, Plan } from './plans.ts'
import { currentFaults, progressInWords, publishingFaults, yearsInWords } from './rules.ts'
import { objectiveSnapshot, planSnapshot } from './snapshot.ts'

const top = '/workspace/plan/plans'

/** A plan with the head of its record. */
export interface OpenedPlan {
  record: RecordHead
  plan: Plan
}

interface Wrong {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

const isWrong = ({ faults = [], refusals = [] }: Wrong): boolean => faults.length + refusals.length > 0

/** The plan whose page is open, or null: missing and not one's own are the same. */
export async function openPlan(context: WorkspaceContext): Promise<OpenedPlan | null> {
  const key = openedKey(context)
  const record = key && (await findRecord(context.trx, key))
  const plan = record && (await findPlan(context.trx, record))
  return record && plan && { record, plan }
}

export async function showPlans(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, planKind, {
    address: top,
    actions: context.may('plan.edit') ? [{ text: 'Add a plan', href: `${top}/new` }] : [],
    empty: 'No plans are here yet. Add the police and crime plan, then its objectives.',
    columns: [{ heading: 'Years' }],
    cells: async () =>
      new Map(
        (await plansOf(context.trx, context.viewer.area.id)).map(plan => [
          plan.id,
          [{ type: 'text', text: yearsInWords(plan.firstYear, plan.lastYear) ?? 'Not known' }],
        ]),
      ),
  })
}

export async function showPlan(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  if (opened === null) return notFound()
  const { record, plan } = opened
  const objectives = await objectivesOf(context.trx, record.areaId, { planId: plan.id })
  const model = await recordModel(context, record, {
    actions: planActions(context, opened, objectives),
    summary: planSummary(plan),
  })
  return page('modules/plan/views/plan.njk', {
    title: record.title,
    record: model,
    vision: plan.vision,
    columns: [{ heading: 'Objective' }, { heading: 'Number' }, { heading: 'How it goes' }],
    rows: objectives.map(objective => ({ cells: objectiveCells(objective) })),
  })
}

function planSummary(plan: Plan): SummaryRowModel[] {
  return [
    { key: 'Years', value: { type: 'text', text: yearsInWords(plan.firstYear, plan.lastYear) ?? 'Not known' } },
    { key: 'Issued', value: { type: 'date', date: plan.issuedOn } },
    ...(plan.source === null ? [] : [{ key: 'Source', value: { type: 'text' as const, text: plan.source } }]),
  ]
}

function objectiveCells(objective: Objective): CellModel[] {
  const { progress } = objective
  const said = progress === null ? 'Nothing has been said yet' : progressInWords(progress.word)
  return [
    { type: 'text', text: objective.title, href: `/workspace/plan/objectives/${objective.id}` },
    { type: 'number', value: objective.number },
    { type: 'text', text: said, ...(progress !== null && { hint: progress.sentence }) },
  ]
}

function planActions(
  context: WorkspaceContext,
  { record, plan }: OpenedPlan,
  objectives: readonly Objective[],
): ActionModel[] {
  const path = `${top}/${record.id}`
  const offered = (text: string, reasons: readonly string[], action: ActionModel): ActionModel =>
    reasons.length === 0 ? action : { text, reasons }
  const current = 'Make this the current plan'
  const publish = 'Publish this plan and its objectives'
  return [
    ...(context.may('plan.edit')
      ? [
          { text: 'Add an objective', href: `${path}/objectives/new` },
          { text: 'Change', href: `${path}/change` },
          ...(plan.state === 'current'
            ? []
            : [offered(current, currentFaults(plan, objectives.length), { text: current, href: `${path}/current` })]),
        ]
      : []),
    ...(context.may('plan.publish')
      ? [offered(publish, publishingFaults(plan), { text: publish, href: `${path}/publish` })]
      : []),
  ]
}

export function newPlan(context: WorkspaceContext): Answer {
  return planPage('Add a plan', { action: `${top}/new`, fields: context.fields, faults: [] })
}

function planPage(title: string, form: FormModel): Answer {
  return page('modules/plan/views/plan-form.njk', { title, form }, isWrong(form) ? 422 : 200)
}

export async function createPlan(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const again = (wrong: Wrong) => planPage('Add a plan', { action: `${top}/new`, fields, faults: [], ...wrong })
  const read = readForm(newPlanForm, fields)
  if (!read.ok) return again({ faults: read.errors })
  try {
    const record = await addPlan(trx, context, { areaId: viewer.area.id, ...typedPlan(read.value) })
    return redirect(`${top}/${record.id}`, 'The plan was added. Now add its objectives.')
  } catch (error) {
    if (error instanceof Refusal) return again({ refusals: error.reasons })
    throw error
  }
}

export async function editPlan(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  return opened === null ? notFound() : changePage(opened, planFields(opened.plan), {})
}

function changePage({ record }: OpenedPlan, fields: FormFields, wrong: Wrong): Answer {
  const action = `${top}/${record.id}/change`
  return planPage('Change the plan', { action, fields, faults: [], ...wrong, version: record.version })
}

const labels = { title: 'Title', first: 'First year', last: 'Last year', vision: 'Vision' }

export async function savePlan(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  if (opened === null) return notFound()
  const { record, plan } = opened
  const read = readForm(planForm, context.fields)
  if (!read.ok) return changePage(opened, context.fields, { faults: read.errors })
  try {
    await changePlan(context.trx, context, record, read.value.version, typedPlan(read.value))
  } catch (error) {
    if (error instanceof Refusal) return changePage(opened, context.fields, { refusals: error.reasons })
    if (!(error instanceof StaleRecord)) throw error
    const action = `${top}/${record.id}/change`
    return staleAnswer(context, record, { action, stored: planFields(plan), labels })
  }
  return redirect(`${top}/${record.id}`, 'Saved.')
}

export async function showMakeCurrent(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  return opened === null ? notFound() : currentPage(context, opened, [])
}

async function currentPage(
  { trx }: WorkspaceContext,
  { record }: OpenedPlan,
  refusals: readonly string[],
): Promise<Answer> {
  const now = (await plansOf(trx, record.areaId)).filter(each => each.state === 'current' && each.id !== record.id)
  const form: FormModel = { action: `${top}/${record.id}/current`, fields: {}, faults: [], refusals }
  const model = { title: `Make ${record.title} the current plan`, form, replaced: now.map(each => each.title) }
  return page('modules/plan/views/make-current.njk', model, refusals.length > 0 ? 422 : 200)
}

export async function doMakeCurrent(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  if (opened === null) return notFound()
  const objectives = await objectivesOf(context.trx, opened.record.areaId, { planId: opened.plan.id })
  const reasons = currentFaults(opened.plan, objectives.length)
  if (reasons.length > 0) return currentPage(context, opened, reasons)
  await makeCurrent(context.trx, context, opened.record)
  return redirect(`${top}/${opened.record.id}`, 'This is now the current plan.')
}

export async function showPublishPlan(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  return opened === null ? notFound() : publishPage(context, opened)
}

async function publishPage(context: WorkspaceContext, { record, plan }: OpenedPlan): Promise<Answer> {
  const { trx, viewer } = context
  const everyone = { type: 'public' } as const
  const whole = await planSnapshot(trx, record, everyone)
  const objectives = await objectivesOf(trx, record.areaId, { planId: plan.id })
  const parts = await Promise.all(objectives.map(objective => objectiveSnapshot(trx, objective, everyone)))
  const reasons = publishingFaults(plan)
  const publish: PublishModel = {
    form: { action: `${top}/${record.id}/publish`, fields: {}, faults: [] },
    shown: [
      { heading: 'Plan', text: record.title },
      ...(whole.preview ?? []),
      ...parts.flatMap(part => part.preview ?? []),
    ],
    withheld: [],
    changes: [],
    address: `/${viewer.area.slug}/${publicAddress(record)}`,
    reasons,
    button: 'Publish the plan and its objectives',
  }
  const model = { title: `Publish: ${record.title}`, publish, back: { text: 'Back', href: `${top}/${record.id}` } }
  return page('modules/plan/views/publish-plan.njk', model)
}

export async function doPublishPlan(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  if (opened === null) return notFound()
  const { address } = await publishPlan(context.trx, context, opened.record)
  return redirect(`${top}/${opened.record.id}`, `Published at /${context.viewer.area.slug}/${address}`)
}
