import { z } from 'zod'
import type { Trx } from '../../../platform/database/tables.ts'
import type { StateModel } from '../../../platform/web/patterns.ts'
import { kindOf } from '../../../record/kinds.ts'
import { linkedFrom, linkedTo } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import { listReceived, type Received } from '../../../record/release.ts'
import { kindWord, stateModel } from '../../../record/words.ts'
import { findExceptions } from '../queries.ts'
import { explain } from './deeds.ts'

/*
 * What was asked about an exception, answered and judged: read from links and from what was released, without knowing
 * the module whose records they are.
 */

/** An answer as it was released to whoever asked. */
export interface GivenAnswer {
  id: string
  reference: string
  title: string
  href: string
  text: string
  by: string
  on: Temporal.PlainDate
  /** A part only; the whole is still to come. */
  part: boolean
  /** Whether its giver agrees to its publication. */
  open: boolean
}

/** A question or challenge about an exception, with what came of it. */
export interface Asked {
  kind: string
  reference: string
  title: string
  href: string
  state: StateModel
  dated: Temporal.PlainDate
  answers: readonly GivenAnswer[]
  judgements: readonly { state: StateModel; words: string; href: string }[]
}

const answerShape = z.object({
  text: z.string(),
  by: z.string(),
  on: z.object({ date: z.string() }).nullable(),
  part: z.boolean().default(false),
  ground: z.string().nullable().default(null),
})

/** What an organisation asked about an exception, earliest first, each with its answers and judgements. */
export async function askedAbout(trx: Trx, organisation: string, exception: RecordKey): Promise<Asked[]> {
  const heads = await headsFrom(trx, exception, 'asks-about')
  const asked: Asked[] = []
  for (const head of heads) {
    asked.push({
      kind: kindWord(head.kind),
      reference: head.reference,
      title: head.title,
      href: kindOf(head.kind).workspacePath(head.id),
      state: stateModel(head.kind, head.state),
      dated: head.dated,
      answers: await answersTo(trx, organisation, head),
      judgements: await judgementsOf(trx, organisation, head),
    })
  }
  return asked
}

async function headsFrom(trx: Trx, key: RecordKey, relation: string): Promise<RecordHead[]> {
  const ids = (await linkedFrom(trx, key, relation)).map(each => each.id)
  const heads = await findRecords(trx, key.areaId, ids)
  return heads.sort((a, b) => Temporal.PlainDate.compare(a.dated, b.dated) || a.reference.localeCompare(b.reference))
}

/** The answers that an organisation received to something it asked, earliest first. */
async function answersTo(trx: Trx, organisation: string, asked: RecordKey): Promise<GivenAnswer[]> {
  const ids = (await linkedFrom(trx, asked, 'answers')).map(each => each.id)
  const received = await listReceived(trx, organisation, { areaId: asked.areaId, ids })
  return received.sort((a, b) => Temporal.Instant.compare(a.sentAt, b.sentAt)).flatMap(each => toAnswer(each) ?? [])
}

function toAnswer(received: Received): GivenAnswer | null {
  const read = answerShape.safeParse(received.body)
  if (!read.success) return null
  const { text, by, on, part, ground } = read.data
  const kind = kindOf(received.kind)
  return {
    ...{ id: received.recordId, reference: received.reference, title: received.title, text, by, part },
    href: (kind.receivedPath ?? kind.workspacePath)(received.recordId),
    on: on === null ? received.dated : Temporal.PlainDate.from(on.date),
    open: ground === null,
  }
}

async function judgementsOf(trx: Trx, organisation: string, asked: RecordKey): Promise<Asked['judgements']> {
  const judgements = []
  for (const head of await headsFrom(trx, asked, 'judges')) {
    const kind = kindOf(head.kind)
    const { summary } = await kind.snapshot(trx, head, { type: 'organisation', id: organisation })
    judgements.push({ state: stateModel(head.kind, head.state), words: summary, href: kind.workspacePath(head.id) })
  }
  return judgements
}

/** Of what was asked the answers that can stand as an explanation: whole ones. */
export function wholeAnswers(asked: readonly Asked[]): GivenAnswer[] {
  return asked.flatMap(({ answers }) => answers.filter(({ part }) => !part))
}

/**
 * Records a whole answer as the explanation of every exception that its question asked about. Called when the answer
 * has been given, for the organisation that asked.
 */
export async function explainByAnswer(trx: Trx, act: Act, organisation: string, question: RecordKey): Promise<void> {
  const about = await linkedTo(trx, question, 'asks-about')
  const exceptions = await findExceptions(
    trx,
    question.areaId,
    about.map(each => each.id),
  )
  const answer = exceptions.length === 0 ? undefined : (await answersTo(trx, organisation, question)).at(-1)
  if (answer === undefined || answer.part) return
  const { text: words, by: saidBy, on: saidOn, id: fromRecord, open } = answer
  for (const each of exceptions) {
    await explain(trx, act, { areaId: each.area_id, id: each.id }, null, { words, saidBy, saidOn, fromRecord, open })
  }
}
