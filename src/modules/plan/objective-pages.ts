import type { FieldFault } from '../../platform/web/form.ts'
import { dateFields, readForm } from '../../platform/web/form.ts'
import type { ActionModel, CellModel, FormModel } from '../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { Refusal, StaleRecord } from '../../platform/refusals.ts'
import { recordModel } from '../../record/record-pages.ts'
import type { RecordHead } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { workspaceRegisterPage } from '../../record/workspace-pages.ts'
import { openedKey, staleAnswer } from '../organisations/index.ts'
import { newObjectiveForm, objectiveFields, objectiveForm, progressForm } from './forms.ts'
import { objectiveKind } from './kinds.ts'
import { openPlan } from './plan-pages.ts'
import type { OpenedPlan } from './plan-pages.ts'
import { findObjective, objectivesOf } from './plans.ts'
import { addObjective, changeObjective, recordProgress } from './write-objective.ts'
import type { Objective } from './plans.ts'
import { nextNumber, progressInWords, progressWords } from './rules.ts'
import { progressOf } from './snapshot.ts'

const top = '/workspace/plan/objectives'

interface OpenedObjective {
  record: RecordHead
  objective: Objective
}

interface Wrong {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

const statusOf = ({ faults = [], refusals = [] }: Wrong): number => (faults.length + refusals.length > 0 ? 422 : 200)

async function openObjective(context: WorkspaceContext): Promise<OpenedObjective | null> {
  const key = openedKey(context)
  const record = key && (await findRecord(context.trx, key))
  const objective = record && (await findObjective(context.trx, record))
  return record && objective && { record, objective }
}

/** The register of objectives: the page the workspace opens under Plan. */
export async function showObjectives(context: WorkspaceContext): Promise<Answer> {
  const plans: ActionModel[] = [{ text: 'Plans', href: '/workspace/plan/plans' }]
  return workspaceRegisterPage(context, objectiveKind, {
    address: '/workspace/plan',
    actions: plans,
    empty: 'No objectives are here yet. Open the plans, add the police and crime plan, then its objectives.',
    columns: [{ heading: 'Plan' }, { heading: 'How it goes' }],
    cells: records => registerCells(context, records),
  })
}

async function registerCells(
  { trx, viewer }: WorkspaceContext,
  records: readonly RecordHead[],
): Promise<ReadonlyMap<string, readonly CellModel[]>> {
  const objectives = await objectivesOf(trx, viewer.area.id, { ids: records.map(record => record.id) })
  return new Map(
    objectives.map(({ id, planId, planTitle, number, progress }) => [
      id,
      [
        { type: 'text', text: planTitle, href: `/workspace/plan/plans/${planId}`, hint: `Objective ${number}` },
        { type: 'text', text: progress === null ? 'Nothing has been said yet' : progressInWords(progress.word) },
      ],
    ]),
  )
}

export async function showObjective(context: WorkspaceContext): Promise<Answer> {
  const opened = await openObjective(context)
  if (opened === null) return notFound()
  const { record, objective } = opened
  const model = await recordModel(context, record, {
    actions: objectiveActions(context, record),
    summary: [
      {
        key: 'Plan',
        value: { type: 'text', text: objective.planTitle, href: `/workspace/plan/plans/${objective.planId}` },
      },
      { key: 'Number', value: { type: 'number', value: objective.number } },
    ],
  })
  return page('modules/plan/views/objective.njk', {
    title: record.title,
    record: model,
    aim: objective.aim,
    progress: await progressOf(context.trx, record),
  })
}

function objectiveActions(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const path = `${top}/${record.id}`
  return [
    ...(context.may('plan.edit')
      ? [
          { text: 'Say how it goes', href: `${path}/progress` },
          { text: 'Change', href: `${path}/change` },
        ]
      : []),
    ...(context.may('plan.publish') ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }] : []),
  ]
}

export async function newObjective(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  if (opened === null) return notFound()
  const others = await objectivesOf(context.trx, opened.record.areaId, { planId: opened.plan.id })
  const fields = { number: String(nextNumber(others.map(other => other.number))) }
  return addPage(opened, fields, {})
}

function addPage({ record }: OpenedPlan, fields: FormFields, wrong: Wrong): Answer {
  const action = `/workspace/plan/plans/${record.id}/objectives/new`
  return objectivePage(`Add an objective to ${record.title}`, { action, fields, faults: [], ...wrong })
}

function objectivePage(title: string, form: FormModel): Answer {
  return page('modules/plan/views/objective-form.njk', { title, form }, statusOf(form))
}

export async function createObjective(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPlan(context)
  if (opened === null) return notFound()
  const read = readForm(newObjectiveForm, context.fields)
  if (!read.ok) return addPage(opened, context.fields, { faults: read.errors })
  try {
    const { areaId, id: planId } = opened.record
    await addObjective(context.trx, context, { areaId, planId, ...read.value })
  } catch (error) {
    if (error instanceof Refusal) return addPage(opened, context.fields, { refusals: error.reasons })
    throw error
  }
  return redirect(`/workspace/plan/plans/${opened.record.id}`, 'The objective was added.')
}

export async function editObjective(context: WorkspaceContext): Promise<Answer> {
  const opened = await openObjective(context)
  return opened === null ? notFound() : changePage(opened, objectiveFields(opened.objective), {})
}

function changePage({ record }: OpenedObjective, fields: FormFields, wrong: Wrong): Answer {
  const action = `${top}/${record.id}/change`
  return objectivePage('Change the objective', { action, fields, faults: [], ...wrong, version: record.version })
}

const labels = { number: 'Number', title: 'Objective', aim: 'Aim' }

export async function saveObjective(context: WorkspaceContext): Promise<Answer> {
  const opened = await openObjective(context)
  if (opened === null) return notFound()
  const { record, objective } = opened
  const read = readForm(objectiveForm, context.fields)
  if (!read.ok) return changePage(opened, context.fields, { faults: read.errors })
  try {
    await changeObjective(context.trx, context, objective, read.value.version, read.value)
  } catch (error) {
    if (error instanceof Refusal) return changePage(opened, context.fields, { refusals: error.reasons })
    if (!(error instanceof StaleRecord)) throw error
    const action = `${top}/${record.id}/change`
    return staleAnswer(context, record, { action, stored: objectiveFields(objective), labels })
  }
  return redirect(`${top}/${record.id}`, 'Saved.')
}

export async function newProgress(context: WorkspaceContext): Promise<Answer> {
  const opened = await openObjective(context)
  return opened === null ? notFound() : progressPage(opened, dateFields('dated', context.today), {})
}

function progressPage({ record }: OpenedObjective, fields: FormFields, wrong: Wrong): Answer {
  const model = {
    title: 'Say how it goes',
    objective: record.title,
    back: { text: 'Back', href: `${top}/${record.id}` },
    form: { action: `${top}/${record.id}/progress`, fields, faults: [], ...wrong },
    words: progressWords.map(value => ({ value, text: progressInWords(value) })),
  }
  return page('modules/plan/views/progress-form.njk', model, statusOf(wrong))
}

export async function createProgress(context: WorkspaceContext): Promise<Answer> {
  const opened = await openObjective(context)
  if (opened === null) return notFound()
  const read = readForm(progressForm, context.fields)
  if (!read.ok) return progressPage(opened, context.fields, { faults: read.errors })
  try {
    await recordProgress(context.trx, context, opened.record, read.value, context.today)
  } catch (error) {
    if (error instanceof Refusal) return progressPage(opened, context.fields, { refusals: error.reasons })
    throw error
  }
  const published = opened.record.publication === 'published'
  const notice = published ? 'Saved. The public sees it once you publish the objective again.' : 'Saved.'
  return redirect(`${top}/${opened.record.id}`, notice)
}
