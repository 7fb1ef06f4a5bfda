import { z } from 'zod'
import { Refusal, StaleRecord } from '../../../../platform/refusals.ts'
import {
  date,
  dateFields,
  type FieldFault,
  optionalDate,
  readForm,
  text,
  version,
} from '../../../../platform/web/form.ts'
import type { FormModel } from '../../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { recordModel } from '../../../../record/record-pages.ts'
import { comparators } from '../held.ts'
import { overviewPaths } from '../paths.ts'
import { changeMember, enterMembers, membershipOf, removeMember, sayOwnName } from './similar-deeds.ts'
import { findSimilarGroup, type Member, namesOfDimension, type SimilarGroup } from './similar-queries.ts'
import { isMemberOn, membershipFaults, nameFault } from './similar-rules.ts'

const mayChange = 'performance.set-up'
const breadcrumbs = [
  { text: 'Performance', href: overviewPaths.dashboard },
  { text: 'Most similar forces', href: overviewPaths.similar },
]

/** The group: who is in it today, who was, and its history; or how one is entered. */
export async function showSimilar(context: WorkspaceContext): Promise<Answer> {
  return similarPage(context, [])
}

async function similarPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const { trx, viewer, today } = context
  const group = await findSimilarGroup(trx, viewer.area.id)
  const names = await namesOfDimension(trx, viewer.area.id, comparators)
  const may = context.may(mayChange)
  const shared = {
    title: 'Most similar forces',
    breadcrumbs: breadcrumbs.slice(0, 1),
    names: names.length,
    may,
    refusals,
  }
  const status = refusals.length > 0 ? 422 : 200
  if (group === null) {
    const model = { ...shared, start: may && names.length > 0 ? `${overviewPaths.similar}/own` : null }
    return page('modules/performance/views/similar-forces.njk', model, status)
  }
  const model = {
    ...shared,
    record: await recordModel(context, group.record, { summary: summaryOf(group), actions: may ? actions : [] }),
    members: group.members.map(member => memberLine(member, today, may)),
  }
  return page('modules/performance/views/similar-forces.njk', model, status)
}

const actions = [
  { text: 'Enter forces', href: `${overviewPaths.similar}/new` },
  { text: 'Change the name of the force itself', href: `${overviewPaths.similar}/own` },
]

function summaryOf({ ownName }: SimilarGroup) {
  return [{ key: 'The force itself', value: { type: 'text', text: ownName ?? 'Not said yet' } }] as const
}

function memberLine(member: Member, today: Temporal.PlainDate, may: boolean) {
  return {
    name: member.name,
    from: member.from_date,
    to: member.to_date,
    source: member.source,
    now: isMemberOn(membershipOf(member), today),
    change: may ? `${overviewPaths.similar}/${member.id}` : null,
  }
}

export async function askOwnName(context: WorkspaceContext): Promise<Answer> {
  const group = await findSimilarGroup(context.trx, context.viewer.area.id)
  return ownNamePage(context, group, { own: group?.ownName ?? '' }, [])
}

/** What the force itself may be called: as the files do, or as the area is called where the files hold only others. */
async function ownNames({ trx, viewer }: WorkspaceContext, group: SimilarGroup | null): Promise<string[]> {
  const names = await namesOfDimension(trx, viewer.area.id, comparators)
  const more = names.length === 0 ? [] : [viewer.area.name, ...(group?.ownName == null ? [] : [group.ownName])]
  return [...new Set([...names, ...more])].sort((a, b) => a.localeCompare(b, 'en-GB'))
}

async function ownNamePage(
  context: WorkspaceContext,
  group: SimilarGroup | null,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const names = await ownNames(context, group)
  const form = formOf(`${overviewPaths.similar}/own`, group, { fields, faults, refusals })
  const model = { title: 'What is the force itself called?', breadcrumbs, form, names: options(names), part: 'own' }
  return formPage(model, form)
}

const options = (names: readonly string[]) => names.map(value => ({ value, text: value }))

function formOf(
  action: string,
  group: SimilarGroup | null,
  parts: Pick<FormModel, 'fields' | 'faults'> & { refusals?: readonly string[] },
): FormModel {
  return { action, ...parts, ...(group !== null && { version: group.record.version }) }
}

function formPage(model: object, form: FormModel): Answer {
  const wrong = form.faults.length + (form.refusals?.length ?? 0) > 0
  return page('modules/performance/views/similar-forces-form.njk', model, wrong ? 422 : 200)
}

export async function doOwnName(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const group = await findSimilarGroup(trx, viewer.area.id)
  const names = await ownNames(context, group)
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    ownNamePage(context, group, fields, faults, refusals)
  const read = readForm(z.object({ own: text('Choose what the force itself is called', 'The name') }), fields)
  if (!read.ok) return again(read.errors)
  const fault = nameFault('own', read.value.own, names)
  if (fault !== null) return again([fault])
  return unlessRefused(again, async () => {
    await sayOwnName(trx, context, viewer.area.id, group === null ? null : versionIn(fields), read.value.own)
    return redirect(overviewPaths.similar, 'Name of the force itself saved')
  })
}

/** The version that the form was made from; another than any where the form did not say. */
function versionIn(fields: FormFields): number {
  return Number(fields['version'] ?? -1)
}

export async function askMembers(context: WorkspaceContext): Promise<Answer> {
  const group = await findSimilarGroup(context.trx, context.viewer.area.id)
  if (group === null) return redirect(overviewPaths.similar)
  return membersPage(context, group, {}, [])
}

async function membersPage(
  { trx, viewer }: WorkspaceContext,
  group: SimilarGroup,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const names = await namesOfDimension(trx, viewer.area.id, comparators)
  const form = formOf(`${overviewPaths.similar}/new`, group, { fields, faults, refusals })
  const offered = options(names.filter(name => name !== group.ownName))
  return formPage({ title: 'Enter forces into the group', breadcrumbs, form, names: offered, part: 'enter' }, form)
}

/** What every form of memberships asks for. */
const days = {
  from: date('the first day in the group'),
  to: optionalDate('the last day in the group'),
  source: text('Say where this is written', 'The source', 300),
  version: version(),
}

export async function doMembers(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const group = await findSimilarGroup(trx, viewer.area.id)
  if (group === null) return redirect(overviewPaths.similar)
  const again = (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    membersPage(context, group, fields, faults, refusals)
  const names = typedNames(fields)
  const known = await namesOfDimension(trx, viewer.area.id, comparators)
  const read = readForm(z.object(days), fields)
  const faults = [...namesFaults(names, known), ...(read.ok ? [] : read.errors)]
  if (!read.ok || faults.length > 0) return again(faults)
  const { from, to, source, version: opened } = read.value
  const made = names.map(name => ({ name, from, to }))
  const unfit = made.flatMap(each => membershipFaults(each, group.members.map(membershipOf), group.ownName))
  if (unfit.length > 0) return again(unfit)
  return unlessRefused(again, async () => {
    await enterMembers(trx, context, viewer.area.id, opened, made, { source })
    return redirect(
      overviewPaths.similar,
      names.length === 1 ? '1 force entered' : `${String(names.length)} forces entered`,
    )
  })
}

function typedNames({ names }: FormFields): string[] {
  const all = typeof names === 'string' ? [names] : (names ?? [])
  return [...new Set(all.map(each => each.trim()).filter(each => each !== ''))]
}

function namesFaults(names: readonly string[], known: readonly string[]): FieldFault[] {
  if (names.length === 0) return [{ field: 'names', message: 'Choose the forces that belong to the group' }]
  const fault = names.map(name => nameFault('names', name, known)).find(each => each !== null)
  return fault === undefined ? [] : [fault]
}

export async function askMember(context: WorkspaceContext): Promise<Answer> {
  const found = await memberHere(context)
  if (found === null) return notFound()
  const { from_date, to_date, source } = found.member
  return memberPage(found, { ...dateFields('from', from_date), ...dateFields('to', to_date), source }, [])
}

interface FoundMember {
  group: SimilarGroup
  member: Member
}

async function memberHere({ trx, viewer, params }: WorkspaceContext): Promise<FoundMember | null> {
  const group = await findSimilarGroup(trx, viewer.area.id)
  const member = group?.members.find(each => each.id === params['id'])
  return group === null || member === undefined ? null : { group, member }
}

function memberPage(
  { group, member }: FoundMember,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Answer {
  const action = `${overviewPaths.similar}/${member.id}`
  const form = formOf(action, group, { fields, faults, refusals })
  const remove = {
    text: `Take out ${member.name}, entered by mistake`,
    post: `${action}/remove`,
    version: group.record.version,
  }
  return formPage(
    { title: `When ${member.name} belongs to the group`, breadcrumbs, form, part: 'change', remove: [remove] },
    form,
  )
}

export async function doMember(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const found = await memberHere(context)
  if (found === null) return notFound()
  const again = async (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    memberPage(found, fields, faults, refusals)
  const read = readForm(z.object(days), fields)
  if (!read.ok) return again(read.errors)
  const { version: opened, ...changed } = read.value
  const { group, member } = found
  const others = group.members.filter(each => each.id !== member.id).map(membershipOf)
  const unfit = membershipFaults({ name: member.name, ...changed }, others, group.ownName)
  if (unfit.length > 0) return again(unfit)
  return unlessRefused(again, async () => {
    await changeMember(trx, context, viewer.area.id, opened, member.id, changed)
    return redirect(overviewPaths.similar, 'Membership changed')
  })
}

export async function doRemove(context: WorkspaceContext): Promise<Answer> {
  const found = await memberHere(context)
  if (found === null) return notFound()
  const again = (_faults: readonly FieldFault[], refusals: readonly string[] = []) => similarPage(context, refusals)
  return unlessRefused(again, async () => {
    await removeMember(context.trx, context, context.viewer.area.id, versionIn(context.fields), found.member.id)
    return redirect(overviewPaths.similar, `${found.member.name} taken out`)
  })
}

/** Shows the form again with what refused the deed, with everything that was typed. */
async function unlessRefused(
  again: (faults: readonly FieldFault[], refusals: readonly string[]) => Promise<Answer>,
  deed: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await deed()
  } catch (refusal) {
    if (refusal instanceof StaleRecord) {
      return again([], ['Somebody else changed the group meanwhile. Look at it again, then save what you typed here.'])
    }
    if (!(refusal instanceof Refusal)) throw refusal
    return again([], refusal.reasons)
  }
}
