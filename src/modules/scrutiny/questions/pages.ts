import type {
  ActionModel,
  CheckAnswersModel,
  DueModel,
  FormModel,
  SummaryRowModel,
} from '../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import type { ReceivedAnswer } from '../answers/received.ts'
import type { QuestionBody } from '../bodies.ts'
import { headInWords, headOptions } from '../heads.ts'
import type { Judgement } from '../judgements/queries.ts'
import { judgedQuestion, judgeObstacles, outcomeInWords } from '../judgements/rules.ts'
import { partyChoices } from '../parties.ts'
import { doerOf } from '../party.ts'
import { askedForWords, formWords } from '../words.ts'
import type { QuestionOffers } from './forms.ts'
import type { Question } from './queries.ts'
import {
  editObstacles,
  publicationReasons,
  putObstacles,
  readsAsAboutTheForce,
  readyObstacles,
  withdrawObstacles,
} from './rules.ts'
import { isAnswered } from './standing.ts'

export const questionPath = (id: string): string => `/workspace/scrutiny/questions/${id}`

const line = (key: string, text: string): SummaryRowModel => ({ key, value: { type: 'text', text } })

/** The rows of a question's summary that are its own. */
export function questionSummary({ row, set }: Question): SummaryRowModel[] {
  const { answer_due: due } = row
  return [
    line('Form', formWords[row.form]),
    line('Asked by', row.asker_name),
    line('Asked of', row.answerer_name),
    line('How to answer', askedForWords[row.asked_for]),
    ...(row.meeting_title === null ? [] : [line('Put for', row.meeting_title)]),
    ...(set === null ? [] : [line('Set', `${set.title}, number ${row.set_number ?? ''}`)]),
    ...(row.put_on === null ? [] : [{ key: 'Put on', value: { type: 'date' as const, date: row.put_on } }]),
    ...(due === null ? [] : [{ key: 'An answer was due', value: { type: 'date' as const, date: due } }]),
    ...(row.heads.length === 0 ? [] : [line('Holding to account for', row.heads.map(headInWords).join('; '))]),
  ]
}

/** The same of a question that another organisation sent. */
export function sentQuestionSummary(
  body: QuestionBody,
  sent: { dueDate: Temporal.PlainDate | null; open: boolean; working: string },
): SummaryRowModel[] {
  const due: DueModel = { date: sent.dueDate, running: sent.open, href: sent.working }
  return [
    line('Form', body.formWords),
    line('Asked by', body.askedBy),
    line('Asked of', body.askedOf),
    line('How to answer', body.askedForWords),
    ...(body.meeting === null ? [] : [line('Put for', body.meeting)]),
    ...(body.set === null ? [] : [line('Set', `${body.set.title}, number ${body.set.number}`)]),
    ...(body.putOn === null ? [] : [line('Put on', body.putOn.words)]),
    ...(sent.dueDate === null ? [] : [{ key: 'Due', value: { type: 'due' as const, due } }]),
    ...(body.heads.length === 0 ? [] : [line('Holding to account for', body.heads.join('; '))]),
  ]
}

/** What this person may do with a question now, and what not yet and why. */
export function questionActions(context: WorkspaceContext, { head, facts }: Question): ActionModel[] {
  const doer = doerOf(context)
  const path = questionPath(head.id)
  const isDraft = editObstacles(facts).length === 0
  const answered = isAnswered(facts.state) || facts.state === 'part-answered'
  const offered: ActionModel[] = []
  const offer = (text: string, to: string, reasons: readonly string[]) =>
    offered.push(reasons.length === 0 ? { text, href: `${path}/${to}` } : { text, reasons })
  if (isDraft && context.may('scrutiny.put-question')) offer('Put this question', 'put', putObstacles(facts, doer))
  if (isDraft && context.may('scrutiny.draft-question')) {
    offer('Change the draft', 'edit', [])
    if (readyObstacles(facts).length === 0) {
      offered.push({ text: 'Ask for it to be put', post: `${path}/ready`, version: head.version })
    }
  }
  if (isAnswered(facts.state) && !facts.state.startsWith('judged') && context.may('scrutiny.judge-answer')) {
    offer('Judge the answer', 'judge', judgeObstacles(judgedQuestion(facts, isAnswered), doer))
  }
  if (!isDraft && facts.state !== 'withdrawn' && context.may('scrutiny.record-said')) {
    offer('Record what was said at the meeting', 'said', [])
  }
  if (answered && context.may('scrutiny.draft-question')) {
    offered.push({ text: 'Ask a supplementary', href: `/workspace/scrutiny/questions/new?from=${head.id}` })
  }
  if (context.may('scrutiny.publish-question') && publicationReasons(facts).length === 0) {
    offer(head.publication === 'published' ? 'What is published' : 'Publish', 'publish', [])
  }
  if (context.may('scrutiny.put-question') && withdrawObstacles(facts, doer).length === 0) {
    offer('Withdraw', 'withdraw', [])
  }
  return offered
}

/** An answer as its asker reads it. */
export function answerModel({ id, reference, body }: ReceivedAnswer) {
  return {
    href: `/workspace/scrutiny/received/answers/${id}`,
    reference,
    ...body,
    attachments: body.attachments.map(each => ({
      ...each,
      href: each.url ?? `/workspace/files/${each.fileId ?? ''}`,
    })),
  }
}

/** A judgement as its holder reads it. */
export function judgementModel({ head, stands }: Judgement) {
  return {
    href: `/workspace/scrutiny/judgements/${head.id}`,
    words: outcomeInWords(stands.outcome),
    reason: stands.reason,
    on: stands.judged_on,
    by: stands.judged_by,
  }
}

/** The form of a question, new or drafted. */
export function questionForm(
  action: string,
  fields: FormFields,
  given: { faults?: readonly FieldFault[]; refusals?: readonly string[]; version?: number } = {},
): FormModel {
  const { faults = [], refusals = [], version } = given
  return { action, fields, faults, refusals, ...(version !== undefined && { version }) }
}

/** What the form of a question offers, as its template prints it. */
export function offersModel(offers: QuestionOffers) {
  return {
    answerers: partyChoices(offers.answerers),
    askers: partyChoices(offers.askers ?? []),
    heads: headOptions,
    meetings: offers.meetings.map(({ id, title }) => ({ value: id, text: title })),
    sets: offers.sets.map(({ id, title }) => ({ value: id, text: title })),
  }
}

/** Everything that others will see of a question once it is put, to be read once more. */
export function checkModel({ head, row, set }: Question, due: DueModel): CheckAnswersModel {
  const change = `${questionPath(head.id)}/edit`
  const shown = (key: string, text: string) => ({ key, value: { type: 'text' as const, text }, change })
  return {
    rows: [
      shown('Title', head.title),
      { key: 'Question', value: { type: 'paragraphs', text: row.text }, change },
      { key: 'Why it is asked', value: { type: 'paragraphs', text: row.why ?? 'No reason is given' }, change },
      shown('Form', formWords[row.form]),
      shown('Asked by', row.asker_name),
      shown('Asked of', row.answerer_name),
      shown('How to answer', askedForWords[row.asked_for]),
      ...(row.meeting_title === null ? [] : [shown('Put for', row.meeting_title)]),
      ...(set === null ? [] : [shown('Set', `${set.title}, number ${row.set_number ?? ''}`)]),
      shown('Holding to account for', row.heads.map(headInWords).join('; ') || 'No head of section 1(8) is chosen'),
      { key: 'Due', value: { type: 'due', due } },
    ],
  }
}

/** Whether to warn that a panel's question reads as one about the force. */
export function warnsOfForce(context: WorkspaceContext, text: string): boolean {
  return context.viewer.organisation.kind === 'panel' && readsAsAboutTheForce(text)
}
