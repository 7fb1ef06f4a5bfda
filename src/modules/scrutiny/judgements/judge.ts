import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { link } from '../../../record/links.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { answersReceived } from '../answers/received.ts'
import { findChallenge } from '../challenges/queries.ts'
import { challengeJudged } from '../challenges/standing.ts'
import { doerOf } from '../party.ts'
import type { Party, ScrutinyAct } from '../party.ts'
import { questionJudged } from '../questions/answered.ts'
import { findQuestion } from '../questions/queries.ts'
import { isAnswered } from '../questions/standing.ts'
import { gone, refuseIf } from '../refuse.ts'
import { findJudgement, insertWording } from './queries.ts'
import { judgedQuestion, judgeObstacles, outcomeInWords, outcomeObstacles, reviseObstacles } from './rules.ts'
import type { Judged, Outcome } from './rules.ts'

/** A judgement in words: the outcome and the reason, which is always owed. */
export interface JudgementDraft {
  outcome: Outcome
  reason: string
}

/** What may be judged: a question or challenge of one's own. */
export interface ToBeJudged {
  head: RecordHead
  kind: 'question' | 'challenge'
  judged: Judged
  answerer: Party
}

/** The question or challenge of one's own with this key, as the rules of judging see it; null where there is none. */
export async function findToBeJudged(trx: Trx, key: RecordKey): Promise<ToBeJudged | null> {
  const question = await findQuestion(trx, key)
  if (question !== null) {
    const { head, answerer } = question
    return { head, kind: 'question', answerer, judged: judgedQuestion(question.facts, isAnswered) }
  }
  const challenge = await findChallenge(trx, key)
  if (challenge === null) return null
  const { head, answerer, asker } = challenge
  const answered = head.state === 'replied' || head.state === 'judged'
  const judged = { askerOrganisation: asker.organisationId, askerPerson: asker.personId, draftedBy: '', answered }
  return { head, kind: 'challenge', answerer, judged }
}

/**
 * Records what the asker makes of the answer, and lets whoever answered know. An answer that was judged and then
 * corrected is judged anew.
 *
 * @throws Refusal where there is no whole answer yet, or this person may not judge
 */
export async function recordJudgement(
  trx: Trx,
  act: ScrutinyAct,
  on: RecordKey,
  draft: JudgementDraft,
): Promise<RecordHead> {
  const found = (await findToBeJudged(trx, on)) ?? gone('question')
  refuseIf([
    ...judgeObstacles(found.judged, doerOf(act)),
    ...outcomeObstacles(draft.outcome, act.viewer.organisation.kind),
    ...(isJudged(found) ? ['It has been judged. Revise the judgement instead.'] : []),
  ])
  const head = await createRecord(trx, act, {
    areaId: on.areaId,
    kind: 'assurance',
    title: `Judgement: ${found.head.title}`,
    state: draft.outcome,
    owner: { organisationId: act.viewer.organisation.id },
    searchText: draft.reason,
  })
  await insertWording(trx, { ...wording(act, head, found, draft), number: 1, revised_why: null })
  await tie(trx, act, head, found)
  await releaseTo(trx, act, head, [found.answerer.organisationId])
  await (found.kind === 'question' ? questionJudged(trx, act, on) : challengeJudged(trx, act, on))
  return head
}

function isJudged({ head }: ToBeJudged): boolean {
  return head.state === 'judged' || head.state === 'judged-withheld'
}

function wording(act: ScrutinyAct, head: RecordKey, { head: on, kind }: ToBeJudged, draft: JudgementDraft) {
  return {
    area_id: head.areaId,
    record_id: head.id,
    judges_kind: kind,
    judges_id: on.id,
    outcome: draft.outcome,
    reason: draft.reason,
    judged_on: londonDate(act.now),
    judged_by: act.viewer.name,
  }
}

async function tie(trx: Trx, act: ScrutinyAct, head: RecordHead, found: ToBeJudged): Promise<void> {
  await link(trx, act, head, 'judges', found.head)
  const answer = (await answersReceived(trx, act.viewer.organisation.id, found.head)).at(-1)
  if (answer !== undefined) await link(trx, act, head, 'judges', { ...answer, kind: 'answer' })
}

/**
 * Revises a judgement. The earlier wording is kept, and stays beside the new one where the judgement is published.
 *
 * @param why the reason for revising it
 * @param mayPublish whether this person may publish: a published judgement is revised in public
 */
export async function reviseJudgement(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number,
  draft: JudgementDraft & { why: string },
  mayPublish: boolean,
): Promise<void> {
  const judgement = (await findJudgement(trx, key)) ?? gone('judgement')
  const { judges_id: id } = judgement.stands
  const found = (await findToBeJudged(trx, { areaId: key.areaId, id })) ?? gone('question')
  const published = judgement.head.publication === 'published'
  refuseIf([
    ...judgeObstacles(found.judged, doerOf(act)),
    ...outcomeObstacles(draft.outcome, act.viewer.organisation.kind),
    ...reviseObstacles(published, mayPublish),
  ])
  const changes = { state: draft.outcome, dated: londonDate(act.now), searchText: draft.reason }
  const details = { changes: { judgement: { from: spoken(judgement.stands), to: spoken(draft) } } }
  await changeRecord(trx, act, key, version, changes, { kind: 'revised', why: draft.why, details })
  const number = judgement.stands.number + 1
  await insertWording(trx, { ...wording(act, key, found, draft), number, revised_why: draft.why })
  await releaseTo(trx, act, key, [found.answerer.organisationId])
  if (published) await publishRecord(trx, act, key, `Revised: ${draft.why}`)
}

function spoken({ outcome, reason }: JudgementDraft): string {
  return `${outcomeInWords(outcome)}: ${reason}`
}
