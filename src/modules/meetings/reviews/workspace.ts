import { z } from 'zod'
import { chosenId, date, optionalId, optionalText, readForm, text, version } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel } from '../../../platform/web/patterns.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { bodiesOf } from '../../organisations/index.ts'
import { meetingsOfBody } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath, programmePath, reviewPath, reviewsPath } from '../paths.ts'
import { orOvertaken, overtakenPage } from '../stale.ts'
import { reviewKind } from './kind.ts'
import { findReview } from './queries.ts'
import type { Review } from './queries.ts'
import { addSession, adoptReview, endReview, startReview, stepOn, writeReview } from './reviews.ts'
import { changingObstacles, nextStep, reviewStates, steppingObstacles } from './rules.ts'

const views = 'modules/meetings/views'
const edit = 'meetings.edit'

export const reviewsWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/reviews', permission: 'meetings.read', handler: showRegister },
  { method: 'GET', path: '/meetings/reviews/new', permission: edit, handler: context => newPage(context, []) },
  { method: 'POST', path: '/meetings/reviews/new', permission: edit, handler: doStart },
  { method: 'GET', path: '/meetings/reviews/:id', permission: 'meetings.read', handler: showReview },
  { method: 'GET', path: '/meetings/reviews/:id/write', permission: edit, handler: askWrite },
  { method: 'POST', path: '/meetings/reviews/:id/write', permission: edit, handler: doWrite },
  { method: 'GET', path: '/meetings/reviews/:id/session', permission: edit, handler: askSession },
  { method: 'POST', path: '/meetings/reviews/:id/session', permission: edit, handler: doSession },
  { method: 'POST', path: '/meetings/reviews/:id/step', permission: edit, handler: doStep },
  { method: 'GET', path: '/meetings/reviews/:id/adopt', permission: 'meetings.agree', handler: askAdopt },
  { method: 'POST', path: '/meetings/reviews/:id/adopt', permission: 'meetings.agree', handler: doAdopt },
  { method: 'GET', path: '/meetings/reviews/:id/end', permission: edit, handler: askEnd },
  { method: 'POST', path: '/meetings/reviews/:id/end', permission: edit, handler: doEnd },
]

const newForm = z.object({
  body: chosenId('Choose the body whose review it is'),
  group: optionalId('Choose the working group again'),
  title: text('Enter what the review is called', 'The title'),
  scope: text('Say what the review is to find out', 'The scope', 5000),
})
const writeForm = z.object({
  version: version(),
  scope: text('Say what the review is to find out', 'The scope', 5000),
  survey: optionalText('The survey', 2000),
  answers: optionalText('The number', 10).refine(typed => typed === null || /^\d+$/.test(typed), {
    message: 'Enter the number of answers in figures',
  }),
  findings: optionalText('The findings', 20_000),
  recommendations: optionalText('The recommendations', 20_000),
})
const sessionForm = z.object({
  held: date('the date of the session'),
  subject: text('Say what the session was about', 'The subject'),
  notes: optionalText('The notes', 10_000),
  witnesses: optionalText('Who gave evidence', 5000),
})
const adoptForm = z.object({ version: version(), at: chosenId('Choose the meeting that adopted it') })
const endForm = z.object({ version: version(), why: text('Say why it is ended', 'The reason', 500) })

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  const actions = context.may(edit) ? [{ text: 'Set up a review', href: `${reviewsPath}/new` }] : []
  return workspaceRegisterPage(context, reviewKind, {
    address: reviewsPath,
    actions: [...actions, { text: 'Work programme', href: programmePath }],
    empty: 'Task and finish reviews appear here when a body sets one up.',
  })
}

async function newPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const bodies = (await bodiesOf(context.trx, context.viewer.area.id)).filter(body => body.state === 'standing')
  const choice = (body: (typeof bodies)[number]) => ({ value: body.id, text: body.name })
  const model = {
    title: 'Set up a task and finish review',
    form: { action: `${reviewsPath}/new`, fields: context.fields, faults },
    bodies: bodies.map(choice),
    groups: bodies.filter(body => body.form === 'working-group').map(choice),
    back: { text: 'Back', href: reviewsPath },
  }
  return page(`${views}/new-review.njk`, model, faults.length > 0 ? 422 : 200)
}

async function doStart(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(newForm, context.fields)
  if (!read.ok) return newPage(context, read.errors)
  const { body: bodyId, group: groupId, title, scope } = read.value
  const made = { areaId: context.viewer.area.id, bodyId, groupId, title, scope }
  const record = await startReview(context.trx, context, made)
  return redirect(reviewPath(record.id), 'The review is set up.')
}

function load(context: WorkspaceContext): Promise<Review | null> {
  return findReview(context.trx, openedKey(context))
}

async function showReview(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  const { head, row, sessions } = review
  const bodies = await bodiesOf(context.trx, context.viewer.area.id)
  const nameOf = (id: string | null) => bodies.find(body => body.id === id)?.name ?? null
  const group = nameOf(row.group_id)
  return page(`${views}/review.njk`, {
    title: head.title,
    breadcrumbs: [{ text: 'Task and finish reviews', href: reviewsPath }],
    record: await recordModel(context, head, {
      summary: [
        { key: 'Body', value: { type: 'text', text: nameOf(row.body_id) ?? '' } },
        ...(group === null ? [] : [{ key: 'Working group', value: { type: 'text' as const, text: group } }]),
      ],
      actions: reviewActions(review, permission => context.may(permission)),
    }),
    review: row,
    sessions,
    adoptedAt: row.adopted_at === null ? null : meetingPath(row.adopted_at),
  })
}

function reviewActions({ head, facts }: Review, may: (permission: string) => boolean): ActionModel[] {
  const path = reviewPath(head.id)
  const offered: ActionModel[] = []
  const step = nextStep(facts.state)
  if (may(edit) && step !== null) {
    const reasons = steppingObstacles(facts)
    const go = `Go on to: ${reviewStates[step].word.toLowerCase()}`
    offered.push(
      reasons.length === 0 ? { text: go, post: `${path}/step`, version: head.version } : { text: go, reasons },
    )
  }
  if (may('meetings.agree') && facts.state === 'reported') {
    offered.push({ text: 'Record that the body adopted it', href: `${path}/adopt` })
  }
  if (may(edit) && changingObstacles(facts).length === 0) {
    offered.push({ text: 'Record an evidence session', href: `${path}/session` })
    offered.push({ text: 'Write scope, survey and findings', href: `${path}/write` })
    offered.push({ text: 'End it without a report', href: `${path}/end` })
  }
  if (may('meetings.publish')) offered.push({ text: 'Publish it', href: `/workspace/records/${head.id}/publish` })
  return offered
}

/** The page of one form of a review, empty or with what came back. */
function formPage(
  { head }: Review,
  step: string,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  more: { refusals?: readonly string[]; meetings?: readonly { value: string; text: string }[] } = {},
): Answer {
  const { refusals = [], ...rest } = more
  const model = {
    title: head.title,
    form: { action: `${reviewPath(head.id)}/${step}`, fields, faults, refusals, version: head.version },
    back: { text: 'Back', href: reviewPath(head.id) },
    ...rest,
  }
  return page(`${views}/review-${step}.njk`, model, faults.length + refusals.length > 0 ? 422 : 200)
}

function storedTexts({ row }: Review): FormFields {
  return {
    scope: row.scope,
    survey: row.survey ?? '',
    answers: row.survey_answers === null ? '' : String(row.survey_answers),
    findings: row.findings ?? '',
    recommendations: row.recommendations ?? '',
  }
}

async function askWrite(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  return review === null ? notFound() : formPage(review, 'write', storedTexts(review))
}

async function doWrite(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  const read = readForm(writeForm, context.fields)
  if (!read.ok) return formPage(review, 'write', context.fields, read.errors)
  const { version: seen, answers, ...texts } = read.value
  return orOvertaken(
    async () => {
      const surveyAnswers = answers === null ? null : Number(answers)
      await writeReview(context.trx, context, review.head, seen, { ...texts, surveyAnswers })
      return redirect(reviewPath(review.head.id), 'Saved.')
    },
    async () => overtakenReview(context, review),
  )
}

function overtakenReview({ fields }: WorkspaceContext, review: Review): Answer {
  const labels = {
    scope: 'Scope',
    survey: 'Survey',
    answers: 'Answers',
    findings: 'Findings',
    recommendations: 'Recommendations',
  }
  const stored = storedTexts(review)
  return overtakenPage({
    title: review.head.title,
    action: `${reviewPath(review.head.id)}/write`,
    fields,
    version: review.head.version,
    changed: 'Someone else changed this review.',
    rows: Object.entries(labels).map(([field, label]) => ({ field, label, now: String(stored[field] ?? '') })),
    current: reviewPath(review.head.id),
  })
}

async function askSession(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  return review === null ? notFound() : formPage(review, 'session', {})
}

async function doSession(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  const read = readForm(sessionForm, context.fields)
  if (!read.ok) return formPage(review, 'session', context.fields, read.errors)
  const { held: heldOn, subject, notes, witnesses } = read.value
  const session = { heldOn, subject, notes, witnesses: witnessesOf(witnesses) }
  await addSession(context.trx, context, review.head, session)
  return redirect(reviewPath(review.head.id), 'The session is recorded.')
}

/** One witness a line, the category before a colon: `Anti-social behaviour: Victim Support`. */
function witnessesOf(typed: string | null): { category: string; witness: string }[] {
  return (typed ?? '').split('\n').flatMap(line => {
    const [first = '', ...rest] = line.split(':').map(part => part.trim())
    if (first === '') return []
    return [rest.length === 0 ? { category: 'Other', witness: first } : { category: first, witness: rest.join(': ') }]
  })
}

async function doStep(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  await stepOn(context.trx, context, review.head, null)
  return redirect(reviewPath(review.head.id), 'The review went on.')
}

async function meetingsFor({ trx, viewer }: WorkspaceContext, { row }: Review) {
  const meetings = await meetingsOfBody(trx, { areaId: viewer.area.id, id: row.body_id })
  return meetings.filter(({ state }) => state !== 'cancelled').map(({ head }) => ({ value: head.id, text: head.title }))
}

async function askAdopt(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  return formPage(review, 'adopt', {}, [], { meetings: await meetingsFor(context, review) })
}

async function doAdopt(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  const meetings = await meetingsFor(context, review)
  const read = readForm(adoptForm, context.fields)
  if (!read.ok) return formPage(review, 'adopt', context.fields, read.errors, { meetings })
  const at = { areaId: review.head.areaId, id: read.value.at }
  try {
    await adoptReview(context.trx, context, review.head, read.value.version, at, context.today)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return formPage(review, 'adopt', context.fields, [], { meetings, refusals: error.reasons })
  }
  return redirect(reviewPath(review.head.id), 'Adopted. Its recommendations are the body’s now.')
}

async function askEnd(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  return review === null ? notFound() : formPage(review, 'end', {})
}

async function doEnd(context: WorkspaceContext): Promise<Answer> {
  const review = await load(context)
  if (review === null) return notFound()
  const read = readForm(endForm, context.fields)
  if (!read.ok) return formPage(review, 'end', context.fields, read.errors)
  await endReview(context.trx, context, review.head, read.value.version, read.value.why)
  return redirect(reviewPath(review.head.id), 'The review is ended.')
}
