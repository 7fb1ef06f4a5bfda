import { readForm } from '../../../platform/web/form.ts'
import type { FormResult } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { attempt, keyOf, singleField } from '../handling.ts'
import { recordAtMeeting, recordSupplementary, recordWrittenAnswer } from './at-meeting.ts'
import { findRules } from './body-rules/queries.ts'
import type { BodyRules } from './body-rules/queries.ts'
import { acceptQuestion, refuseQuestion, removeQuestion, withdrawPublicQuestion } from './decide.ts'
import { eraseAsker } from './erase.ts'
import { meetingsOfBody, nameMeeting } from './follow-meeting.ts'
import {
  meetingSchema,
  readAcceptance,
  readAtMeeting,
  readRefusal,
  readSupplementary,
  reasonSchema,
  writtenAnswerSchema,
} from './forms.ts'
import { publicQuestionPath } from './kind.ts'
import { reachedWords } from './mails.ts'
import { excerpt, handle, questionForm } from './pages.ts'
import { acceptedFor, findPublicQuestion } from './queries.ts'
import type { PublicQuestion } from './queries.ts'
import { acceptWarnings } from './rules.ts'

/** A deed that a clerk does on a form: what the form shows, how it is read, what is done and what is said after. */
interface Deed<Typed> {
  title: string
  /** What the form begins with. */
  begin?: (question: PublicQuestion) => FormFields
  /** What its template prints besides the question and the form. */
  more?: (context: WorkspaceContext, question: PublicQuestion, rules: BodyRules | null) => Promise<object>
  read: (fields: FormFields, question: PublicQuestion, rules: BodyRules | null) => FormResult<Typed>
  /** @returns the notice */
  act: (context: WorkspaceContext, question: PublicQuestion, typed: Typed) => Promise<string>
}

const here = '/scrutiny/public-questions'

function routesOf<Typed>(name: string, deed: Deed<Typed>): WorkspaceRoute[] {
  const path = `${here}/:id/${name}`
  return [
    { method: 'GET', path, permission: handle, handler: context => showDeed(context, name, deed) },
    { method: 'POST', path, permission: handle, handler: context => doDeed(context, name, deed) },
  ]
}

async function showDeed<Typed>(context: WorkspaceContext, name: string, deed: Deed<Typed>): Promise<Answer> {
  const question = await findPublicQuestion(context.trx, keyOf(context))
  return question === null ? notFound() : deedPage(context, name, deed, question, {})
}

type Given = Pick<Parameters<typeof questionForm>[3], 'faults' | 'refusals'>

async function deedPage<Typed>(
  context: WorkspaceContext,
  name: string,
  deed: Deed<Typed>,
  question: PublicQuestion,
  given: Given,
): Promise<Answer> {
  const { head, row } = question
  const rules = await rulesFor(context, question)
  const faulty = (given.faults?.length ?? 0) + (given.refusals?.length ?? 0) > 0
  const fields = faulty ? context.fields : (deed.begin?.(question) ?? {})
  // A form that comes back keeps the version it was made from, so that nobody else's change is written over.
  const version = faulty ? Number(singleField(context.fields, 'version')) : head.version
  const model = {
    title: deed.title,
    form: questionForm(head.id, name, fields, { ...given, version }),
    reference: head.reference,
    question: row,
    back: { text: head.reference, href: publicQuestionPath(head.id) },
    ...(await deed.more?.(context, question, rules)),
  }
  return page(`modules/scrutiny/public-questions/views/${name}.njk`, model, faulty ? 422 : 200)
}

const rulesFor = ({ trx }: WorkspaceContext, { head, row }: PublicQuestion) =>
  findRules(trx, { areaId: head.areaId, id: row.body_id })

async function doDeed<Typed>(context: WorkspaceContext, name: string, deed: Deed<Typed>): Promise<Answer> {
  const question = await findPublicQuestion(context.trx, keyOf(context))
  if (question === null) return notFound()
  const read = deed.read(context.fields, question, await rulesFor(context, question))
  if (!read.ok) return deedPage(context, name, deed, question, { faults: read.errors })
  return attempt(
    context,
    async () => ({
      to: publicQuestionPath(question.head.id),
      notice: await deed.act(context, question, read.value),
    }),
    { refused: refusals => deedPage(context, name, deed, question, { refusals }) },
  )
}

/** The deeds of a clerk on a question from the public. */
export const publicQuestionDeeds: readonly WorkspaceRoute[] = [
  ...routesOf('accept', {
    title: 'Accept this question',
    begin: ({ row }) => ({ title: excerpt(row.text, 100), wishes: row.wishes }),
    more: async ({ trx }, { head, row, asker, facts }, rules) => ({
      late: facts.state === 'late',
      warnings: acceptWarnings(
        { mostAtMeeting: rules?.mostAtMeeting ?? null, mostEach: rules?.mostEach ?? null },
        row.meeting_id === null
          ? { atMeeting: 0, ofAsker: 0 }
          : await acceptedFor(trx, head.areaId, row.meeting_id, asker),
      ),
    }),
    read: (fields, { facts }) => readAcceptance(fields, facts.state === 'late'),
    act: async (context, { head }, { version, ...given }) =>
      `The question is accepted. ${reachedWords(await acceptQuestion(context.trx, context, head, version, given))}`,
  }),
  ...routesOf('refuse', {
    title: 'Do not accept this question',
    more: async (_context, _question, rules) => ({ grounds: options(rules?.grounds ?? []) }),
    read: (fields, _question, rules) => readRefusal(fields, rules?.grounds ?? []),
    act: async (context, { head }, { version, ...given }) =>
      `The question is not accepted. ${reachedWords(await refuseQuestion(context.trx, context, head, version, given))}`,
  }),
  ...routesOf('withdraw', {
    title: 'Withdraw this question for its asker',
    read: fields => readForm(reasonSchema, fields),
    act: async (context, { head }, { version, reason }) =>
      `The question is withdrawn. ${reachedWords(await withdrawPublicQuestion(context.trx, context, head, version, reason))}`,
  }),
  ...routesOf('remove', {
    title: 'Remove this message as spam',
    read: fields => readForm(reasonSchema, fields),
    act: async (context, { head }, { version, reason }) => {
      await removeQuestion(context.trx, context, head, version, reason)
      return 'What it said and who sent it is gone.'
    },
  }),
  ...routesOf('meeting', {
    title: 'Name the meeting',
    begin: ({ row }) => ({ meeting: row.meeting_id ?? '' }),
    more: async ({ trx, today }, { head, row }) => {
      const meetings = await meetingsOfBody(trx, { areaId: head.areaId, id: row.body_id }, today)
      return { meetings: meetings.map(({ id, title }) => ({ value: id, text: title })) }
    },
    read: fields => readForm(meetingSchema, fields),
    act: async (context, { head }, { version, meeting }) =>
      `The meeting is named. ${reachedWords(await nameMeeting(context.trx, context, head, version, meeting))}`,
  }),
  ...routesOf('put', {
    title: 'Record what happened at the meeting',
    begin: ({ row }) => ({ how: row.wishes }),
    read: readAtMeeting,
    act: async (context, { head }, { version, what }) =>
      `It is recorded. ${reachedWords(await recordAtMeeting(context.trx, context, head, version, what))}`,
  }),
  ...routesOf('answer', {
    title: 'Record the answer in writing',
    read: fields => readForm(writtenAnswerSchema, fields),
    act: async (context, { head }, { version, answer, by, on }) => {
      const given = { answer: { text: answer, by }, on }
      return `It is recorded. ${reachedWords(await recordWrittenAnswer(context.trx, context, head, version, given))}`
    },
  }),
  ...routesOf('supplementary', {
    title: 'Record a supplementary question',
    read: readSupplementary,
    act: async (context, { head }, { version, ...given }) => {
      await recordSupplementary(context.trx, context, head, version, given)
      return 'The supplementary question is recorded.'
    },
  }),
  ...routesOf('erase', {
    title: 'Erase the asker’s contact details',
    read: fields => readForm(reasonSchema, fields),
    act: async (context, { head }, { reason }) => {
      await eraseAsker(context.trx, context, head, reason)
      return 'Who asked and how to reach them is erased.'
    },
  }),
]

const options = (texts: readonly string[]) => texts.map(text => ({ value: text, text }))
