import type { Trx } from '../../../platform/database/tables.ts'
import type { Upload } from '../../../platform/web/route.ts'
import { londonDate } from '../../../platform/time.ts'
import { startClock } from '../../../record/clock-store.ts'
import { dueDay, workOut } from '../../../record/clock-work-out.ts'
import { attach } from '../../../record/files.ts'
import { link } from '../../../record/links.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { doerOf, partyColumns } from '../party.ts'
import type { Party, ScrutinyAct } from '../party.ts'
import { refreshPublished } from '../publication/published.ts'
import { questionClocks } from '../questions/put.ts'
import { gone, refuseIf } from '../refuse.ts'
import { changeChallengeRow, findChallenge, insertChallenge, replaceSubjects } from './queries.ts'
import { editChallengeObstacles, replyNotHeldObstacles, sendObstacles } from './rules.ts'

/** A formal challenge as it is written: one letter on several subjects. */
export interface ChallengeDraft {
  title: string
  letter: string
  subjects: readonly { heading: string; asks: string | null }[]
  asker: Party
  answerer: Party
}

/**
 * Drafts a formal challenge.
 *
 * @param about measures, exceptions or objectives that its subjects are about
 */
export async function draftChallenge(
  trx: Trx,
  act: ScrutinyAct,
  areaId: number,
  draft: ChallengeDraft,
  about: readonly (RecordKey & { kind: string })[] = [],
): Promise<RecordHead> {
  const head = await createRecord(trx, act, {
    areaId,
    kind: 'challenge',
    title: draft.title,
    state: 'draft',
    owner: { organisationId: act.viewer.organisation.id, role: draft.asker.role ?? 'commissioner' },
    searchText: searchText(draft),
  })
  await insertChallenge(trx, {
    area_id: areaId,
    record_id: head.id,
    letter: draft.letter,
    ...partyColumns('asker', draft.asker),
    ...partyColumns('answerer', draft.answerer),
    sent_by: null,
    reply_known: false,
    reply_note: null,
    recorded: '[]',
    source: null,
  })
  await replaceSubjects(trx, head, draft.subjects)
  for (const cause of about) await link(trx, act, head, 'asks-about', cause)
  return head
}

export function searchText({ letter, subjects }: Pick<ChallengeDraft, 'letter' | 'subjects'>): string {
  return [letter, ...subjects.flatMap(({ heading, asks }) => [heading, asks ?? ''])].join('\n')
}

/**
 * Changes a draft.
 *
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeChallenge(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number,
  draft: Omit<ChallengeDraft, 'asker'>,
): Promise<void> {
  const challenge = (await findChallenge(trx, key)) ?? gone('challenge')
  refuseIf(editChallengeObstacles(challenge.facts))
  const letter =
    challenge.row.letter === draft.letter ? {} : { letter: { from: challenge.row.letter, to: draft.letter } }
  const changes = { title: draft.title, searchText: searchText(draft) }
  await changeRecord(trx, act, key, version, changes, { kind: 'changed', details: { changes: letter } })
  await changeChallengeRow(trx, key, { letter: draft.letter, ...partyColumns('answerer', draft.answerer) })
  await replaceSubjects(trx, key, draft.subjects)
}

/** Attaches the letter itself to a draft. */
export async function attachLetter(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  upload: Upload,
  title: string,
): Promise<void> {
  const challenge = (await findChallenge(trx, key)) ?? gone('challenge')
  refuseIf(editChallengeObstacles(challenge.facts))
  await attach(trx, act, challenge.head, { upload }, title, 'letter')
}

/** Sends a formal challenge: it is released to the force, and the time to reply begins. */
export async function sendChallenge(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number | null,
): Promise<RecordHead> {
  const challenge = (await findChallenge(trx, key)) ?? gone('challenge')
  refuseIf(sendObstacles(challenge.facts, doerOf(act)))
  const today = londonDate(act.now)
  const rule = questionClocks.ofTheForce
  const place = { areaId: key.areaId, organisationId: act.viewer.organisation.id }
  const date = dueDay(await workOut(trx, place, rule, { from: today })) ?? today
  const changes = { state: 'sent', dated: today, due: { kind: 'date', date } } as const
  const head = await changeRecord(trx, act, key, version, changes, { kind: 'sent' })
  await changeChallengeRow(trx, key, { sent_on: today, sent_by: act.viewer.name, reply_due: date })
  const { organisationId, role } = challenge.answerer
  await startClock(trx, act, head, rule, { from: today }, { organisationId, role: role ?? 'chief-constable' })
  await releaseTo(trx, act, key, [challenge.answerer.organisationId])
  return head
}

/**
 * Notes that a reply is known to exist and is not held: what a paper that speaks of it says. Nothing is claimed about
 * what the reply said.
 */
export async function recordReply(trx: Trx, act: ScrutinyAct, key: RecordKey, note: string): Promise<void> {
  const challenge = (await findChallenge(trx, key)) ?? gone('challenge')
  refuseIf(replyNotHeldObstacles(challenge.facts))
  const changes = { state: 'reply-not-held', due: null }
  await changeRecord(trx, act, key, null, changes, { kind: 'reply-noted', details: { note } })
  await changeChallengeRow(trx, key, { reply_known: true, reply_note: note })
  await refreshPublished(trx, act, key)
}
