import { dateFields } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, FormModel, RegisterModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { stateModel } from '../../../record/words.ts'
import { attempt, keyOf, singleField } from '../handling.ts'
import { askersFor, partyChoices, valueOf } from '../parties.ts'
import { doerOf } from '../party.ts'
import { draftQuestion } from '../questions/draft.ts'
import { offersModel, questionPath, warnsOfForce } from '../questions/pages.ts'
import { setsOf } from '../questions/queries.ts'
import { offersFor } from '../questions/workspace.ts'
import { addSet } from './add-set.ts'
import { readSet, readSetQuestion } from './forms.ts'
import type { SetOffers } from './forms.ts'
import { findWholeSet, putSet, putSetObstacles, seenOf, toBePut } from './put-set.ts'
import type { SetWithQuestions } from './put-set.ts'

const here = '/scrutiny/question-sets'
const sets = `/workspace${here}`
const draft = 'scrutiny.draft-question'
const view = (name: string) => `modules/scrutiny/views/${name}.njk`

/** Questions put together, numbered, because of one report or for one meeting. */
export const setRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: here, permission: 'scrutiny.read', handler: showSets },
  { method: 'GET', path: `${here}/new`, permission: draft, handler: () => newPage({}, []) },
  { method: 'POST', path: here, permission: draft, handler: doAddSet },
  { method: 'GET', path: `${here}/:id`, permission: 'scrutiny.read', handler: showSet },
  { method: 'POST', path: `${here}/:id`, permission: draft, handler: doAddQuestion },
  { method: 'GET', path: `${here}/:id/put`, permission: 'scrutiny.put-question', handler: context => putPage(context) },
  { method: 'POST', path: `${here}/:id/put`, permission: 'scrutiny.put-question', handler: doPut },
]

async function showSets(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const found = await setsOf(trx, viewer.area.id, viewer.organisation.id)
  const register: RegisterModel = {
    title: 'Sets of questions',
    count: found.length === 1 ? '1 set' : `${String(found.length)} sets`,
    address: sets,
    columns: ['Set', 'Tied to', 'Date'].map(heading => ({ heading })),
    rows: found.map(set => ({
      cells: [
        { type: 'text', text: set.title, href: `${sets}/${set.id}` },
        { type: 'text', text: set.tied_to ?? '' },
        { type: 'date', date: set.dated, otherwise: '' },
      ],
    })),
    actions: context.may(draft) ? [{ text: 'Begin a set', href: `${sets}/new` }] : [],
    empty: 'Several questions that are put because of one report or for one meeting stand here as a numbered set.',
  }
  return page(view('register'), {
    title: register.title,
    register,
    back: { text: 'Questions', href: '/workspace/scrutiny/questions' },
  })
}

function newPage(fields: FormFields, faults: readonly FieldFault[]): Answer {
  const form: FormModel = { action: sets, fields, faults }
  const back = { text: 'Sets of questions', href: sets }
  return page(view('set-new'), { title: 'Begin a set of questions', form, back }, faults.length > 0 ? 422 : 200)
}

async function doAddSet(context: WorkspaceContext): Promise<Answer> {
  const read = readSet(context.fields)
  if (!read.ok) return newPage(context.fields, read.errors)
  const id = await addSet(context.trx, context, { areaId: context.viewer.area.id, ...read.value })
  return redirect(`${sets}/${id}`, 'The set is begun. Add its questions one after the other.')
}

async function setOffers(context: WorkspaceContext): Promise<SetOffers> {
  const { trx, viewer, today } = context
  return { ...(await offersFor(context)), askers: await askersFor(trx, viewer, today) }
}

async function showSet(context: WorkspaceContext): Promise<Answer> {
  const found = await findWholeSet(context.trx, keyOf(context), context.viewer.organisation.id)
  if (found === null) return notFound()
  const offers = await setOffers(context)
  return setPage(context, found, offers, likeTheLast(found, offers), [])
}

/** The next question of a set begins like the last: the same meeting, the same person asked. */
function likeTheLast({ questions, set }: SetWithQuestions, offers: SetOffers): FormFields {
  const last = questions.at(-1)
  const asker = offers.askers[0]?.value ?? ''
  if (last === undefined) {
    const meeting = offers.meetings.find(each => each.title === set.tied_to)?.id ?? ''
    return { asker, answerer: offers.answerers[0]?.value ?? '', 'asked-for': 'meeting', meeting }
  }
  const offered = offers.meetings.some(meeting => meeting.id === last.row.meeting_id)
  return {
    asker: valueOf(offers.askers, last.asker) || asker,
    answerer: valueOf(offers.answerers, last.answerer),
    'asked-for': last.row.asked_for,
    meeting: offered ? (last.row.meeting_id ?? '') : '',
    'meeting-title': offered ? '' : (last.row.meeting_title ?? ''),
    ...dateFields('meeting-date', offered ? null : last.row.meeting_date),
  }
}

function setPage(
  context: WorkspaceContext,
  { set, questions }: SetWithQuestions,
  offers: SetOffers,
  fields: FormFields,
  faults: readonly FieldFault[],
): Answer {
  const form: FormModel = { action: `${sets}/${set.id}`, fields, faults }
  const model = {
    title: set.title,
    set,
    actions: setActions(context, set.id, questions),
    questions: questions.map(({ head, row }) => ({
      number: row.set_number,
      title: head.title,
      href: questionPath(head.id),
      reference: head.reference,
      by: row.asker_name,
      text: row.text,
      state: stateModel(head.kind, head.state),
    })),
    form: context.may(draft) ? form : null,
    next: questions.length + 1,
    offers: { ...offersModel(offers), askers: partyChoices(offers.askers) },
    warning: warnsOfForce(context, singleField(fields, 'text')),
    back: { text: 'Sets of questions', href: sets },
  }
  return page(view('set'), model, faults.length > 0 ? 422 : 200)
}

function setActions(context: WorkspaceContext, id: string, questions: SetWithQuestions['questions']): ActionModel[] {
  if (!context.may('scrutiny.put-question') || toBePut(questions).length === 0) return []
  const reasons = putSetObstacles(questions, doerOf(context))
  const text = 'Put the questions of this set'
  return [reasons.length === 0 ? { text, href: `${sets}/${id}/put` } : { text, reasons }]
}

async function doAddQuestion(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const found = await findWholeSet(trx, keyOf(context), viewer.organisation.id)
  if (found === null) return notFound()
  const offers = await setOffers(context)
  const read = readSetQuestion(fields, offers)
  if (!read.ok) return setPage(context, found, offers, fields, read.errors)
  const { id } = found.set
  await draftQuestion(trx, context, viewer.area.id, { ...read.value, set: { id } })
  return redirect(`${sets}/${id}`, `Number ${String(found.questions.length + 1)} is drafted.`)
}

/** Everything that is put, to be read once more. */
async function putPage(context: WorkspaceContext, refusals: readonly string[] = []): Promise<Answer> {
  const found = await findWholeSet(context.trx, keyOf(context), context.viewer.organisation.id)
  if (found === null) return notFound()
  const { set, questions } = found
  const drafts = toBePut(questions)
  const form: FormModel = { action: `${sets}/${set.id}/put`, fields: {}, faults: [], refusals }
  const model = {
    title: 'Check the questions before you put them',
    form,
    seen: seenOf(questions),
    reasons: putSetObstacles(questions, doerOf(context)),
    drafts: drafts.map(({ row }) => ({
      number: row.set_number,
      text: row.text,
      by: row.asker_name,
      of: row.answerer_name,
      meeting: row.meeting_title,
    })),
    back: { text: set.title, href: `${sets}/${set.id}` },
  }
  return page(view('set-put'), model, refusals.length > 0 ? 422 : 200)
}

async function doPut(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  if ((await findWholeSet(context.trx, key, context.viewer.organisation.id)) === null) return notFound()
  return attempt(
    context,
    async () => {
      const n = await putSet(context.trx, context, key, singleField(context.fields, 'seen'))
      return { to: `${sets}/${key.id}`, notice: n === 1 ? 'One question is put.' : `${String(n)} questions are put.` }
    },
    { refused: reasons => putPage(context, reasons) },
  )
}
