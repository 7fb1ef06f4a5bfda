import type { FieldFault } from '../../../platform/web/form.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { ActionModel, CellModel, FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import { recordModel } from '../../../record/record-pages.ts'
import type { RecordHead } from '../../../record/record.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { seatsOfPerson } from '../bodies/bodies.ts'
import { capacityWords } from '../bodies/words.ts'
import { interestTables } from '../interests/table.ts'
import { openedKey } from '../opened-key.ts'
import { organisationNames } from '../organisations.ts'
import { staleAnswer } from '../stale-answer.ts'
import { table, textCell } from '../tables.ts'
import type { TableModel } from '../tables.ts'
import { termWords } from '../terms.ts'
import { addOfficeHolder, addPerson } from './add-person.ts'
import { changePerson } from './change-person.ts'
import { newPersonForm, personFields, personForm, typedPerson } from './forms.ts'
import { officeHolderKind } from './kind.ts'
import { officeHolderOf, officeHoldersOf } from './office-holders.ts'
import { appointmentsOf, findPersons, personsCalled } from './people.ts'
import type { Appointment, Person } from './people.ts'
import { findOfficeHolder } from './standing.ts'

const top = '/workspace/organisations/people'

/** An office-holder with the person behind the record. */
export interface OpenedPerson {
  record: RecordHead
  person: Person
  about: string | null
}

/** The office-holder whose page is open, or null: missing and not one's own are the same. */
export async function openPerson(context: WorkspaceContext): Promise<OpenedPerson | null> {
  const { trx } = context
  const key = openedKey(context)
  const record = key && (await findOfficeHolder(trx, key))
  const holder = record && (await officeHolderOf(trx, record))
  const [person] = holder === null ? [] : await findPersons(trx, [holder.personId])
  if (record === null || holder === null || person === undefined) return null
  return { record, person, about: holder.about }
}

export async function showPeople(context: WorkspaceContext): Promise<Answer> {
  const actions: ActionModel[] = context.may('organisations.edit') ? [{ text: 'Add a person', href: `${top}/new` }] : []
  return workspaceRegisterPage(context, officeHolderKind, {
    address: top,
    actions,
    empty: 'Nobody is here yet. Add the people who hold posts in your organisation or sit on its bodies.',
    columns: [{ heading: 'Post' }],
    cells: records => postCells(context, records),
  })
}

async function postCells(
  { trx, viewer }: WorkspaceContext,
  records: readonly RecordHead[],
): Promise<ReadonlyMap<string, readonly CellModel[]>> {
  const ids = new Set(records.map(record => record.id))
  const holders = (await officeHoldersOf(trx, viewer.area.id)).filter(holder => ids.has(holder.id))
  const posts = await appointmentsOf(trx, { personIds: holders.map(holder => holder.personId) })
  const titleOf = (personId: string) => posts.find(post => post.personId === personId)?.title ?? ''
  return new Map(holders.map(holder => [holder.id, [{ type: 'text', text: titleOf(holder.personId) }]]))
}

export async function showPerson(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPerson(context)
  if (opened === null) return notFound()
  const { record, person, about } = opened
  const named = person.publicName === null ? 'No: the public reads the role alone' : 'Yes'
  const model = await recordModel(context, record, {
    actions: personActions(context, record),
    summary: [
      { key: 'Named in public', value: { type: 'text', text: named } },
      ...(person.alsoPrinted.length > 0
        ? [{ key: 'Also printed as', value: { type: 'text' as const, text: person.alsoPrinted.join(', ') } }]
        : []),
    ],
  })
  return page('modules/organisations/views/person.njk', {
    title: record.title,
    record: model,
    about,
    tables: [
      ...(await postTable(context, person)),
      ...(await seatTable(context, person)),
      ...(await interestTables(context, { personId: person.id })),
    ],
  })
}

function personActions(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const edit: ActionModel[] = [
    { text: 'Add a post', href: `${top}/${record.id}/posts/new` },
    { text: 'Change', href: `${top}/${record.id}/change` },
  ]
  return [
    ...(context.may('organisations.edit') ? edit : []),
    ...(context.may('organisations.manage-users')
      ? [{ text: 'Who signs in as this person', href: `${top}/${record.id}/sign-in` }]
      : []),
    ...(context.may('organisations.publish')
      ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }]
      : []),
  ]
}

async function postTable(context: WorkspaceContext, person: Person): Promise<TableModel[]> {
  const { trx, viewer } = context
  const posts = await appointmentsOf(trx, { personIds: [person.id] })
  const names = await organisationNames(
    trx,
    posts.flatMap(post => post.organisationId ?? []),
  )
  const mayEnd = (post: Appointment) =>
    context.may('organisations.edit') &&
    post.term.ended === null &&
    [post.organisationId, post.recordedBy].includes(viewer.organisation.id)
  const rows = posts.map(post => [
    textCell(post.title),
    textCell(names.get(post.organisationId ?? '') ?? 'Not known'),
    textCell(termWords(post.term)),
    textCell(post.source),
    mayEnd(post) ? textCell('End this post', `/workspace/organisations/appointments/${post.id}/end`) : textCell(''),
  ])
  return rows.length === 0 ? [] : [table('Posts', ['Post', 'Organisation', 'When', 'Source', 'Change'], rows)]
}

async function seatTable({ trx, viewer }: WorkspaceContext, person: Person): Promise<TableModel[]> {
  const seats = await seatsOfPerson(trx, person.id, viewer.area.id)
  const rows = seats.map(seat => [
    textCell(seat.bodyName, `/workspace/organisations/bodies/${seat.bodyId}`),
    textCell(seat.title ?? capacityWords(seat.capacity)),
    textCell(seat.authority),
    textCell(termWords(seat.term)),
  ])
  return rows.length === 0 ? [] : [table('Member of', ['Body', 'Capacity', 'Sits for', 'When'], rows)]
}

export function newPerson(context: WorkspaceContext): Answer {
  return personPage(newForm(context.fields), 'Add a person', [])
}

function newForm(fields: FormFields, faults: readonly FieldFault[] = []): FormModel {
  return { action: `${top}/new`, fields, faults }
}

function personPage(form: FormModel, title: string, matches: readonly object[]): Answer {
  const view = 'modules/organisations/views/person-form.njk'
  return page(view, { title, form, matches }, form.faults.length > 0 ? 422 : 200)
}

/** Two offices may share a person: somebody of the same public name is either the same person or said not to be. */
export async function createPerson(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const read = readForm(newPersonForm, fields)
  if (!read.ok) return personPage(newForm(fields, read.errors), 'Add a person', [])
  const typed = typedPerson(read.value)
  const known = typed.publicName === null ? [] : await personsCalled(trx, typed.publicName)
  const same = known.find(person => person.id === read.value.same)
  if (known.length > 0 && same === undefined && read.value.same !== 'another') {
    const faults = [{ field: 'same', message: 'Choose whether this is somebody already known' }]
    return personPage(
      newForm(fields, faults),
      'Add a person',
      await matchOptions(
        context,
        known.map(each => each.id),
      ),
    )
  }
  const { about } = read.value
  const record =
    same === undefined
      ? (await addPerson(trx, context, { areaId: viewer.area.id, about, ...typed })).record
      : await addOfficeHolder(trx, context, { areaId: viewer.area.id, about, personId: same.id })
  return redirect(`${top}/${record.id}`, `${record.title} was added.`)
}

async function matchOptions({ trx }: WorkspaceContext, ids: readonly string[]) {
  const posts = await appointmentsOf(trx, { personIds: ids })
  const names = await organisationNames(
    trx,
    posts.flatMap(post => post.organisationId ?? []),
  )
  const options = (await findPersons(trx, ids)).map(person => {
    const held = posts.filter(post => post.personId === person.id)
    const hint = held.map(post => `${post.title}, ${names.get(post.organisationId ?? '') ?? 'not known where'}`)
    return { value: person.id, text: person.name, hint: hint.join('; ') || 'No post is recorded' }
  })
  return [...options, { value: 'another', text: 'Somebody else of the same name', hint: '' }]
}

export async function editPerson(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPerson(context)
  if (opened === null) return notFound()
  return personPage(changeForm(opened, personFields(opened.person, opened.about)), 'Change a person', [])
}

function changeForm({ record }: OpenedPerson, fields: FormFields, faults: readonly FieldFault[] = []): FormModel {
  return { action: `${top}/${record.id}/change`, fields, faults, version: record.version }
}

const labels = { name: 'Name', printed: 'Other spellings', about: 'About' }

export async function savePerson(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPerson(context)
  if (opened === null) return notFound()
  const { record, person, about } = opened
  const read = readForm(personForm, context.fields)
  if (!read.ok) return personPage(changeForm(opened, context.fields, read.errors), 'Change a person', [])
  const changed = { ...typedPerson(read.value), about: read.value.about }
  try {
    await changePerson(context.trx, context, { record, personId: person.id, version: read.value.version }, changed)
  } catch (error) {
    if (!(error instanceof StaleRecord)) throw error
    const stored = personFields(person, about)
    return staleAnswer(context, record, { action: `${top}/${record.id}/change`, stored, labels })
  }
  return redirect(`${top}/${record.id}`, 'Saved.')
}
