import type { FieldFault } from '../../../platform/web/form.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { ActionModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import { recordModel } from '../../../record/record-pages.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { interestTables } from '../interests/table.ts'
import { openedKey } from '../opened-key.ts'
import { organisationNames, organisationsOf } from '../organisations.ts'
import { staleAnswer } from '../stale-answer.ts'
import { addBody, changeBody } from './add-body.ts'
import { bodiesOf, findBody } from './bodies.ts'
import type { Body } from './bodies.ts'
import { bodyFields, bodyForm, changeBodyForm, typedBody } from './forms.ts'
import { bodyKind } from './kind.ts'
import { memberTables } from './member-tables.ts'
import { bodyForms, formWords } from './words.ts'

const top = '/workspace/organisations/bodies'

/** A body with the head of its record. */
export interface OpenedBody {
  record: RecordHead
  body: Body
}

/** The body whose page is open, or null: missing and not one's own are the same. */
export async function openBody(context: WorkspaceContext): Promise<OpenedBody | null> {
  const key = openedKey(context)
  const record = key && (await findRecord(context.trx, key))
  const body = record && (await findBody(context.trx, record))
  return record && body && { record, body }
}

export async function showBodies(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  return workspaceRegisterPage(context, bodyKind, {
    address: top,
    actions: context.may('organisations.edit') ? [{ text: 'Add a body', href: `${top}/new` }] : [],
    empty:
      'No bodies are here yet. Add the panels, boards, committees and groups whose meetings your organisation keeps.',
    columns: [{ heading: 'Kind' }, { heading: 'Quorum' }],
    cells: async () =>
      new Map(
        (await bodiesOf(trx, viewer.area.id)).map(body => [
          body.id,
          [
            { type: 'text', text: formWords(body.form) },
            { type: 'number', value: body.quorum, mark: 'not known' },
          ],
        ]),
      ),
  })
}

export async function showBody(context: WorkspaceContext): Promise<Answer> {
  const opened = await openBody(context)
  if (opened === null) return notFound()
  const { record, body } = opened
  const model = await recordModel(context, record, {
    actions: bodyActions(context, record),
    summary: await summaryRows(context, body),
  })
  return page('modules/organisations/views/body.njk', {
    title: record.title,
    record: model,
    body,
    members: await memberTables(context, body),
    interests: await interestTables(context, { recordId: record.id }),
  })
}

async function summaryRows({ trx }: WorkspaceContext, body: Body): Promise<SummaryRowModel[]> {
  const names = await organisationNames(trx, [...body.holders, ...body.sides])
  const named = (ids: readonly string[]) => ids.flatMap(id => names.get(id) ?? []).join(', ')
  const row = (key: string, text: string | null): SummaryRowModel => ({
    key,
    value: { type: 'text', text: text ?? 'Not known' },
  })
  return [
    row('Kind', formWords(body.form)),
    row('Meetings held by', named(body.holders)),
    ...(body.sides.length > 0 ? [row('Also attending', named(body.sides))] : []),
    row('Quorum', body.quorum === null ? null : String(body.quorum)),
    row('How often it meets', body.frequency),
    row('Chair', body.chairing),
  ]
}

function bodyActions(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const edit: ActionModel[] = [
    { text: 'Add a member', href: `${top}/${record.id}/members/new` },
    { text: 'Change', href: `${top}/${record.id}/change` },
  ]
  return [
    ...(context.may('organisations.edit') ? edit : []),
    ...(context.may('organisations.publish')
      ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }]
      : []),
  ]
}

export async function newBody(context: WorkspaceContext): Promise<Answer> {
  return bodyPage(context, 'Add a body', addForm({ state: 'standing', ...context.fields }))
}

function addForm(fields: FormFields, faults: readonly FieldFault[] = []): FormModel {
  return { action: `${top}/new`, fields, faults }
}

async function bodyPage(context: WorkspaceContext, title: string, form: FormModel): Promise<Answer> {
  const model = {
    title,
    form,
    forms: bodyForms.map(value => ({ value, text: formWords(value) })),
    sides: (await otherOrganisations(context)).map(({ id, name }) => ({ value: id, text: name })),
  }
  return page('modules/organisations/views/body-form.njk', model, form.faults.length > 0 ? 422 : 200)
}

async function otherOrganisations({ trx, viewer }: WorkspaceContext) {
  return (await organisationsOf(trx, viewer.area.id)).filter(({ id }) => id !== viewer.organisation.id)
}

async function sideIds(context: WorkspaceContext): Promise<string[]> {
  return (await otherOrganisations(context)).map(({ id }) => id)
}

export async function createBody(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(bodyForm(await sideIds(context)), context.fields)
  if (!read.ok) return bodyPage(context, 'Add a body', addForm(context.fields, read.errors))
  const record = await addBody(context.trx, context, { areaId: context.viewer.area.id, ...typedBody(read.value) })
  return redirect(`${top}/${record.id}`, `${record.title} was added.`)
}

export async function editBody(context: WorkspaceContext): Promise<Answer> {
  const opened = await openBody(context)
  if (opened === null) return notFound()
  return bodyPage(context, 'Change a body', changeForm(opened.record, bodyFields(opened.body)))
}

function changeForm(record: RecordHead, fields: FormFields, faults: readonly FieldFault[] = []): FormModel {
  return { action: `${top}/${record.id}/change`, fields, faults, version: record.version }
}

const labels = {
  name: 'Name',
  purpose: 'Purpose',
  terms: 'Terms of reference',
  quorum: 'Quorum',
  frequency: 'How often it meets',
  chairing: 'Chair',
  ask: 'How to ask a question',
  complain: 'How to complain',
  register: 'Register of interests',
}

export async function saveBody(context: WorkspaceContext): Promise<Answer> {
  const opened = await openBody(context)
  if (opened === null) return notFound()
  const { record, body } = opened
  const read = readForm(changeBodyForm(await sideIds(context)), context.fields)
  if (!read.ok) return bodyPage(context, 'Change a body', changeForm(record, context.fields, read.errors))
  const changed = { ...typedBody(read.value), asAt: body.asAt }
  try {
    await changeBody(context.trx, context, record, read.value.version, changed)
  } catch (error) {
    if (!(error instanceof StaleRecord)) throw error
    return staleAnswer(context, record, {
      action: `${top}/${record.id}/change`,
      stored: bodyFields(body),
      labels,
    })
  }
  return redirect(`${top}/${record.id}`, 'Saved.')
}
