import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { organisationsOf } from '../../organisations/index.ts'
import { refreshPublished } from '../publication/published.ts'
import { gone, refuseIf } from '../refuse.ts'
import { findRules } from './body-rules/queries.ts'
import { tellAsker } from './mails.ts'
import type { Reached } from './mails.ts'
import { acceptedFor, changePublicQuestion, deleteAsker, findPublicQuestion } from './queries.ts'
import type { PublicQuestion } from './queries.ts'
import { acceptObstacles, refuseObstacles, removeObstacles, withdrawObstacles } from './rules.ts'

/** What a clerk decides in accepting a question. */
export interface Acceptance {
  /** What it is about, as the agenda and the public have it. */
  title: string
  wishes: 'in-person' | 'read-out'
  /** For a late one: why the chair takes it. */
  lateWhy: string | null
}

/**
 * Accepts a question: it gets the next place at its meeting, whoever is to answer is given it without anything of who
 * asked, and the asker is told.
 *
 * @throws Refusal where it has no meeting, was decided already, or is late and nobody says why it is taken
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function acceptQuestion(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  given: Acceptance,
): Promise<Reached> {
  const question = await mustFind(trx, key)
  const { row, facts, asker } = question
  const rules = await findRules(trx, { areaId: key.areaId, id: row.body_id })
  refuseIf(acceptObstacles(facts, rules?.lateAtDiscretion ?? true))
  refuseIf(facts.state === 'late' && given.lateWhy === null ? ['Say why the chair takes a late question.'] : [])
  const { atMeeting } = await acceptedFor(trx, key.areaId, row.meeting_id ?? '', asker)
  await changeRecord(
    trx,
    act,
    key,
    version,
    { state: 'accepted', title: given.title, searchText: row.text ?? '' },
    { kind: 'accepted', ...(given.lateWhy !== null && { why: given.lateWhy }) },
  )
  await changePublicQuestion(trx, key, {
    wishes: given.wishes,
    late_why: given.lateWhy,
    place: atMeeting + 1,
    ...decision(act),
  })
  await sendToAnswerer(trx, act, key)
  return tellAsker(trx, act, await mustFind(trx, key), 'accepted')
}

const decision = (act: Act) => ({ decided_on: londonDate(act.now), decided_by: act.viewer.name })

/**
 * Gives the question to whoever is to answer it at the meeting: what is asked of a panel is asked of the commissioner,
 * what is asked at an office's meeting of the force. They get what the public gets.
 */
export async function sendToAnswerer(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const asked = act.viewer.organisation.kind === 'office' ? 'force' : 'office'
  const answerers = await organisationsOf(trx, key.areaId, asked)
  const others = answerers.map(each => each.id).filter(id => id !== act.viewer.organisation.id)
  if (others.length > 0) await releaseTo(trx, act, key, others)
}

/**
 * Does not accept a question, on a ground of the body's rules; the asker is told which, and why.
 *
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function refuseQuestion(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  given: { ground: string; why: string },
): Promise<Reached> {
  const { facts } = await mustFind(trx, key)
  refuseIf(refuseObstacles(facts))
  await changeRecord(trx, act, key, version, { state: 'refused', due: null }, { kind: 'refused', why: given.ground })
  await changePublicQuestion(trx, key, {
    ground: given.ground,
    refused_why: given.why,
    ...decision(act),
    ...ended(act),
  })
  return tellAsker(trx, act, await mustFind(trx, key), 'refused', { ground: given.ground, why: given.why })
}

const ended = (act: Act, why: string | null = null) => ({ ended_on: londonDate(act.now), ended_why: why })

/** Ends a question because its asker takes it back. */
export async function withdrawPublicQuestion(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  why: string,
): Promise<Reached> {
  const { facts, row } = await mustFind(trx, key)
  refuseIf(withdrawObstacles(facts))
  await changeRecord(trx, act, key, version, { state: 'withdrawn', due: null }, { kind: 'withdrawn', why })
  await changePublicQuestion(trx, key, ended(act, why))
  if (row.decided_on !== null) await sendToAnswerer(trx, act, key)
  await refreshPublished(trx, act, key)
  return tellAsker(trx, act, await mustFind(trx, key), 'withdrawn')
}

/**
 * Removes spam: what it said and who sent it are gone at once. That something was removed, by whom and why stays, and
 * nobody is written to.
 *
 * @throws Refusal once it was decided
 */
export async function removeQuestion(trx: Trx, act: Act, key: RecordKey, version: number, why: string): Promise<void> {
  const { facts } = await mustFind(trx, key)
  refuseIf(removeObstacles(facts))
  const title = 'A removed message'
  await changeRecord(trx, act, key, version, { state: 'removed', due: null, title }, { kind: 'removed', why })
  await deleteAsker(trx, key)
  await changePublicQuestion(trx, key, { text: null, shown_name: null, ...ended(act) })
}

/** The question with this key, for a deed on it. */
export async function mustFind(trx: Trx, key: RecordKey): Promise<PublicQuestion> {
  return (await findPublicQuestion(trx, key)) ?? gone('question')
}
