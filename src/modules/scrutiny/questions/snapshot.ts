import type { Snapshot } from '../../../record/description.ts'
import type { AnswerNotice, JudgementNotice, QuestionBody, SaidLine } from '../bodies.ts'
import { sayDate } from '../bodies.ts'
import { headInWords } from '../heads.ts'
import { askedForWords, formWords } from '../words.ts'
import type { Question } from './queries.ts'

/** How a question stands, as far as its asker knows. */
export interface Standing {
  answers: readonly (AnswerNotice & { id: string })[]
  judgement: JudgementNotice
}

/**
 * What the public may have of a question: the question, why it was asked, and how it stands. Answer and judgement are
 * published by themselves; of a withheld answer there is a gap with its ground.
 */
export function publicSnapshot(question: Question, standing: Standing, said: readonly SaidLine[]): Snapshot {
  const body = bodyOf(question, standing, said)
  return {
    ...common(question, body),
    body,
    preview: preview(body),
    gaps: standing.answers.flatMap(answer =>
      answer.publication === 'withheld' && answer.ground !== null
        ? [
            {
              id: answer.id,
              position: `Answer to ${question.head.reference}`,
              title: null,
              ground: answer.ground,
              dated: answer.on === null ? question.head.dated : Temporal.PlainDate.from(answer.on.date),
            },
          ]
        : [],
    ),
  }
}

/** What the organisation that is asked may have: the same, and the parties as data, so that it can answer. */
export function sentSnapshot(question: Question, said: readonly SaidLine[]): Snapshot {
  const body: QuestionBody = {
    ...bodyOf(question, { answers: [], judgement: 'not-due' }, said),
    parties: { asker: question.asker, answerer: question.answerer },
  }
  return { ...common(question, body), body }
}

function common(question: Question, body: QuestionBody): Pick<Snapshot, 'summary' | 'searchText' | 'facts'> {
  return {
    summary: `${body.formWords} by ${body.askedBy} to ${body.askedOf}.`,
    searchText: [body.text, body.why ?? '', body.set?.title ?? '', ...body.said.map(line => line.says)].join('\n'),
    facts: { askedBy: body.askedBy, askedOf: body.askedOf, form: question.row.form },
  }
}

function bodyOf({ row, set }: Question, standing: Standing, said: readonly SaidLine[]): QuestionBody {
  return {
    form: row.form,
    formWords: formWords[row.form],
    text: row.text,
    why: row.why,
    heads: row.heads.map(headInWords),
    askedBy: row.asker_name,
    askedOf: row.answerer_name,
    askedFor: row.asked_for,
    askedForWords: askedForWords[row.asked_for],
    meeting: row.meeting_title,
    set: set === null ? null : { title: set.title, tiedTo: set.tied_to, number: row.set_number ?? 0 },
    putOn: sayDate(row.put_on),
    withdrawn: row.withdrawn_on === null ? null : { on: sayDate(row.withdrawn_on), why: row.withdrawn_why ?? '' },
    answers: standing.answers.map(({ id: _id, ...notice }) => notice),
    judgement: standing.judgement,
    said: [...said],
    recorded: row.recorded,
    source: row.source,
  }
}

function preview(body: QuestionBody): { heading: string; text: string }[] {
  return [
    { heading: 'The question', text: body.text },
    ...(body.why === null ? [] : [{ heading: 'Why it was asked', text: body.why }]),
    { heading: 'Asked by', text: body.askedBy },
    { heading: 'Asked of', text: body.askedOf },
    ...body.said.map(({ by, says }) => ({ heading: `Said at the meeting by ${by}`, text: says })),
  ]
}
