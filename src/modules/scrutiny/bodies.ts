import { z } from 'zod'
import { roles } from '../../platform/access/viewer.ts'
import { longDate } from '../../platform/time.ts'

/*
 * What is frozen of this module's records, for organisations and for the public. The schemas read back what another
 * organisation sent; the snapshots are built to the same types.
 */

/** A day as data and as it is printed. */
const said = z.object({ date: z.string(), words: z.string() })
export type Said = z.infer<typeof said>

export function sayDate(date: Temporal.PlainDate): Said
export function sayDate(date: Temporal.PlainDate | null): Said | null
export function sayDate(date: Temporal.PlainDate | null): Said | null {
  return date === null ? null : { date: date.toString(), words: longDate(date) }
}

const party = z.object({
  organisationId: z.string(),
  personId: z.string().nullable(),
  role: z.enum(roles).nullable(),
  name: z.string(),
})

/** One thing that papers record of a historical question or challenge. */
const recordedStep = z.object({ on: z.string(), by: z.string(), says: z.string(), source: z.string() })
export type RecordedStep = z.infer<typeof recordedStep>

/** An answer as the page of its question names it. Of a withheld one there is the ground and nothing else. */
const answerNotice = z.object({
  publication: z.enum(['published', 'withheld', 'not-yet']),
  reference: z.string().nullable(),
  by: z.string(),
  on: said.nullable(),
  how: z.string(),
  part: z.boolean(),
  replyBy: said.nullable(),
  ground: z.string().nullable(),
})
export type AnswerNotice = z.infer<typeof answerNotice>

/** Whether the asker has judged, and whether the judgement can be read. */
const judgementNotice = z.enum(['not-due', 'not-yet-judged', 'not-published', 'published'])
export type JudgementNotice = z.infer<typeof judgementNotice>

/** What was said to a question at a meeting, as its asker's clerk recorded it. */
const saidLine = z.object({
  kind: z.enum(['answer', 'supplementary', 'undertaking']),
  by: z.string(),
  on: said,
  /** Of a supplementary: what was asked. */
  asked: z.string().nullable(),
  says: z.string(),
})
export type SaidLine = z.infer<typeof saidLine>

export const questionBody = z.object({
  form: z.enum(['question', 'report', 'tasking']),
  formWords: z.string(),
  text: z.string(),
  why: z.string().nullable(),
  heads: z.array(z.string()),
  askedBy: z.string(),
  askedOf: z.string(),
  askedFor: z.enum(['writing', 'meeting', 'both']),
  askedForWords: z.string(),
  meeting: z.string().nullable(),
  set: z.object({ title: z.string(), tiedTo: z.string().nullable(), number: z.number() }).nullable(),
  putOn: said.nullable(),
  withdrawn: z.object({ on: said, why: z.string() }).nullable(),
  answers: z.array(answerNotice),
  judgement: judgementNotice,
  said: z.array(saidLine).default([]),
  recorded: z.array(recordedStep),
  source: z.string().nullable(),
  /** For the organisation it was sent to. */
  parties: z.object({ asker: party, answerer: party }).optional(),
})
export type QuestionBody = z.infer<typeof questionBody>

const attachmentBody = z.object({
  number: z.number(),
  title: z.string(),
  fileId: z.string().nullable(),
  url: z.string().nullable(),
  type: z.string(),
  /** For the asker alone: the attachment itself, and why it may not be published. */
  id: z.string().optional(),
  ground: z.string().nullable().optional(),
})
export type AttachmentBody = z.infer<typeof attachmentBody>

export const answerBody = z.object({
  text: z.string(),
  by: z.string(),
  how: z.string(),
  on: said.nullable(),
  part: z.boolean(),
  replyBy: said.nullable(),
  corrects: z.string().nullable(),
  attachments: z.array(attachmentBody),
  /** How many attachments may be published and are not yet. */
  attachmentsToCome: z.number(),
  source: z.string().nullable(),
  /** For the asker alone: the ground on which the answer may not be published; null where it may. */
  ground: z.string().nullable().optional(),
  answers: z.object({ kind: z.enum(['question', 'challenge']), id: z.string() }).optional(),
})
export type AnswerBody = z.infer<typeof answerBody>

export const judgementBody = z.object({
  outcome: z.string(),
  words: z.string(),
  reason: z.string(),
  on: said,
  by: z.string(),
  earlier: z.array(z.object({ words: z.string(), reason: z.string(), on: said, revisedWhy: z.string() })),
})
export type JudgementBody = z.infer<typeof judgementBody>

export const challengeBody = z.object({
  letter: z.string(),
  subjects: z.array(z.object({ number: z.number(), heading: z.string(), asks: z.string().nullable() })),
  askedBy: z.string(),
  askedOf: z.string(),
  sentOn: said.nullable(),
  attachments: z.array(attachmentBody),
  replyNote: z.string().nullable(),
  answers: z.array(answerNotice),
  judgement: judgementNotice,
  recorded: z.array(recordedStep),
  source: z.string().nullable(),
  parties: z.object({ asker: party, answerer: party }).optional(),
})
export type ChallengeBody = z.infer<typeof challengeBody>
