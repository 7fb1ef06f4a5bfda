import type { ActionModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import type { BodyRules } from './body-rules/queries.ts'
import { publicQuestionPath } from './kind.ts'
import type { PublicQuestion } from './queries.ts'
import {
  acceptObstacles,
  answerObstacles,
  eraseObstacles,
  eraseOn,
  meetingObstacles,
  publicationReasons,
  putObstacles,
  refuseObstacles,
  removeObstacles,
  supplementaryObstacles,
  withdrawObstacles,
} from './rules.ts'

export const handle = 'scrutiny.handle-public-question'

const line = (key: string, text: string): SummaryRowModel => ({ key, value: { type: 'text', text } })
const day = (key: string, date: Temporal.PlainDate): SummaryRowModel => ({ key, value: { type: 'date', date } })

const wishWords = { 'in-person': 'The asker comes and puts it', 'read-out': 'It is read out' } as const

/** The rows of a question's summary that are its own. */
export function publicQuestionSummary({ row, head }: PublicQuestion): SummaryRowModel[] {
  const meeting: SummaryRowModel[] =
    row.meeting_id === null || row.meeting_title === null
      ? [line('Meeting', 'Not named yet')]
      : [{ key: 'Meeting', value: { type: 'text', text: row.meeting_title, href: meetingList(row.meeting_id) } }]
  return [
    line('Asked of', row.body_name),
    ...meeting,
    ...(row.place === null ? [] : [line('Place', String(row.place))]),
    { key: 'Received', value: { type: 'moment', at: row.received_at } },
    ...(row.ask_by === null ? [] : [day('Last day for questions', row.ask_by)]),
    ...(head.state === 'removed' ? [] : [line('How it is put', wishWords[row.wishes])]),
    line('Reference given to the asker', row.receipt),
    ...(row.late_why === null ? [] : [line('Why the chair takes it', row.late_why)]),
    ...(row.ground === null ? [] : [line('Not accepted because', `${row.ground}. ${row.refused_why ?? ''}`)]),
    ...(row.ended_why === null ? [] : [line('Why', row.ended_why)]),
  ]
}

/** The questions to one meeting, in the order in which they are put. */
export const meetingList = (id: string): string => `/workspace/scrutiny/public-questions/meetings/${id}`

/** Who asked and how to reach them, for those who handle questions alone; null for everybody else. */
export function askerSummary(
  context: Pick<WorkspaceContext, 'may'>,
  { asker, row }: PublicQuestion,
  rules: BodyRules | null,
): SummaryRowModel[] | null {
  if (!context.may(handle) || asker === null) return null
  const name = row.shown_name === null ? 'May not be published' : 'May be published'
  return [
    { key: 'Name', value: { type: 'text', text: asker.name, hint: name } },
    ...(asker.email === null ? [] : [line('Email address', asker.email)]),
    ...(asker.address === null
      ? []
      : [{ key: 'Postal address', value: { type: 'paragraphs' as const, text: asker.address } }]),
    ...(row.ended_on === null ? [] : [day('Erased on', eraseOn(row.ended_on, rules?.keepMonths ?? 12))]),
  ]
}

/** What this person may do with a question now, and what not yet and why. */
export function publicQuestionActions(
  context: Pick<WorkspaceContext, 'may' | 'today'>,
  { head, facts, supplementaries }: PublicQuestion,
  rules: BodyRules | null,
): ActionModel[] {
  const path = publicQuestionPath(head.id)
  const offered: ActionModel[] = []
  const offer = (text: string, to: string, reasons: readonly string[]) =>
    offered.push(reasons.length === 0 ? { text, href: `${path}/${to}` } : { text, reasons })
  const offerIf = (text: string, to: string, reasons: readonly string[]) => {
    if (reasons.length === 0) offer(text, to, [])
  }
  if (context.may(handle)) {
    const waiting = refuseObstacles(facts).length === 0
    if (!facts.hasMeeting) offerIf('Name its meeting', 'meeting', meetingObstacles(facts))
    if (waiting) offer('Accept', 'accept', acceptObstacles(facts, rules?.lateAtDiscretion ?? true))
    offerIf('Do not accept', 'refuse', refuseObstacles(facts))
    if (facts.state === 'accepted')
      offer('Record what happened at the meeting', 'put', putObstacles(facts, context.today))
    offerIf('Record the answer in writing', 'answer', answerObstacles(facts))
    offerIf(
      'Record a supplementary question',
      'supplementary',
      supplementaryObstacles(facts, rules?.supplementaries ?? 0, supplementaries.length),
    )
    if (facts.hasMeeting) offerIf('Name another meeting', 'meeting', meetingObstacles(facts))
  }
  if (context.may('scrutiny.publish-public-question') && publicationReasons(facts).length === 0) {
    offered.push({ text: facts.published ? 'Publish again' : 'Publish', href: `/workspace/records/${head.id}/publish` })
  }
  if (context.may(handle)) {
    offerIf('Withdraw it for its asker', 'withdraw', withdrawObstacles(facts))
    offerIf('Remove as spam', 'remove', removeObstacles(facts))
    offerIf('Erase the asker’s contact details', 'erase', eraseObstacles(facts))
  }
  return offered
}

/** A form of a question, new or as it came back. */
export function questionForm(
  id: string,
  deed: string,
  fields: FormFields,
  given: { faults?: readonly FieldFault[]; refusals?: readonly string[]; version: number },
): FormModel {
  const { faults = [], refusals = [], version } = given
  return { action: `${publicQuestionPath(id)}/${deed}`, fields, faults, refusals, version }
}

/** The beginning of a question, for a list. */
export function excerpt(text: string | null, length = 120): string {
  const words = (text ?? '').replaceAll(/\s+/g, ' ').trim()
  return words.length <= length ? words : `${words.slice(0, length).replace(/\s\S*$/, '')}…`
}
