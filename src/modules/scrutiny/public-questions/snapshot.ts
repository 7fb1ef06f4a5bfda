import type { Snapshot } from '../../../record/description.ts'
import { sayDate } from '../bodies.ts'
import type { Said } from '../bodies.ts'
import type { PublicQuestion } from './queries.ts'

/** How a question was put, as a sentence has it. */
export const putWords = { 'in-person': 'put in person', 'read-out': 'read out', 'not-put': 'not put' } as const

/** What anybody outside may have of a question from the public: never how to reach its asker. */
export interface PublicQuestionBody {
  text: string
  /** The name the asker agreed to, or null: then it is a resident's. */
  askedBy: string | null
  body: string
  meeting: string | null
  meetingOn: Said | null
  receivedOn: Said
  late: boolean
  lateWhy: string | null
  put: string | null
  answer: { text: string; by: string; on: Said | null; how: 'meeting' | 'writing' } | null
  inWriting: boolean
  supplementaries: { text: string; answer: string | null; by: string | null }[]
  withdrawn: Said | null
}

/**
 * What the public, and the organisation that is to answer, may have of a question. Built from the question alone:
 * who asked is not handed to it.
 *
 * @param receivedOn the London day on which it came in
 */
export function publicQuestionSnapshot(
  { head, row, supplementaries }: Pick<PublicQuestion, 'head' | 'row' | 'supplementaries'>,
  receivedOn: Temporal.PlainDate,
): Snapshot {
  const answered = row.answer !== null && row.answered_by !== null && row.answered_how !== null
  const body: PublicQuestionBody = {
    text: row.text ?? '',
    askedBy: row.shown_name,
    body: row.body_name,
    meeting: row.meeting_title,
    meetingOn: sayDate(row.meeting_date),
    receivedOn: sayDate(receivedOn),
    late: row.late,
    lateWhy: row.late_why,
    put: row.put_how === null ? null : putWords[row.put_how],
    answer: answered
      ? {
          text: row.answer ?? '',
          by: row.answered_by ?? '',
          on: sayDate(row.answered_on),
          how: row.answered_how ?? 'meeting',
        }
      : null,
    inWriting: head.state === 'to-be-answered',
    supplementaries: supplementaries.map(({ text, answer, answered_by: by }) => ({ text, answer, by })),
    withdrawn: head.state === 'withdrawn' ? sayDate(row.ended_on) : null,
  }
  return {
    body,
    summary: summaryOf(body),
    searchText: [body.text, body.answer?.text ?? '', ...body.supplementaries.map(each => each.text)].join('\n'),
    facts: { body: body.body, askedBy: body.askedBy ?? 'A resident' },
    preview: previewOf(body),
  }
}

function summaryOf(body: PublicQuestionBody): string {
  const who = body.askedBy ?? 'a resident'
  const answered = body.answer === null ? '' : ` Answered by ${body.answer.by}.`
  return `A question by ${who} to ${body.body}.${answered}`
}

function previewOf(body: PublicQuestionBody): { heading: string; text: string }[] {
  return [
    { heading: 'The question', text: body.text },
    { heading: 'Asked by', text: body.askedBy ?? 'A resident' },
    ...(body.meeting === null ? [] : [{ heading: 'Put to', text: body.meeting }]),
    ...(body.answer === null ? [] : [{ heading: `Answer by ${body.answer.by}`, text: body.answer.text }]),
    ...body.supplementaries.map(({ text, answer }, at) => ({
      heading: `Supplementary question ${String(at + 1)}`,
      text: answer === null ? text : `${text}\n\n${answer}`,
    })),
  ]
}
