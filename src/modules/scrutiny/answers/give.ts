import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { actingFor } from '../../../record/acting-for.ts'
import { linkedTo } from '../../../record/links.ts'
import type { RecordChanges } from '../../../record/records.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { challengeReplied } from '../challenges/standing.ts'
import { doerOf } from '../party.ts'
import type { ScrutinyAct } from '../party.ts'
import { questionAnswered } from '../questions/answered.ts'
import { gone, refuseIf } from '../refuse.ts'
import { withholdAttachments } from './attachments.ts'
import { changeAnswerRow, findAnswer } from './queries.ts'
import type { Answer } from './queries.ts'
import type { Limb } from './limbs.ts'
import { findAwaiting } from './prepare.ts'
import { giveObstacles } from './rules.ts'

/** What the giver says about publishing an answer: it may be, or not on a limb of article 2(2) of the Order. */
export interface Consent {
  /** Null where the answer may be published. */
  withheld: Limb | null
  /** Attachments that may not, with the limb of each; all others may. */
  withheldAttachments: ReadonlyMap<string, Limb>
}

/** Everything may be published: what holds unless the giver says otherwise. */
export const everythingOpen: Consent = { withheld: null, withheldAttachments: new Map() }

/**
 * Gives an answer: it is released to the asker, and moves the asker's question on.
 *
 * @param version the version that was read on the page before; null where nobody read one
 * @throws Refusal where this person may not give it, or it says nothing yet
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function giveAnswer(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number | null,
  consent: Consent = everythingOpen,
): Promise<RecordHead> {
  const answer = (await findAnswer(trx, key)) ?? gone('answer')
  const asked = await findAwaiting(trx, act.viewer.organisation.id, { areaId: key.areaId, id: answer.row.answers_id })
  refuseIf([...withdrawnMeanwhile(asked?.state), ...giveObstacles(answer.facts, doerOf(act))])
  const today = londonDate(act.now)
  const changes: RecordChanges = { state: 'given', due: null, dated: today, ...classified(consent.withheld, act) }
  const head = await changeRecord(trx, act, key, version, changes, { kind: 'given' })
  await changeAnswerRow(trx, key, { given_on: today, given_by: act.viewer.name })
  await withholdAttachments(trx, act, key, consent.withheldAttachments)
  await markCorrected(trx, act, key)
  await releaseTo(trx, act, key, [answer.row.asker_organisation])
  await moveAskersRecordOn(trx, act, answer, consent.withheld === null)
  return head
}

function withdrawnMeanwhile(sentState: string | undefined): string[] {
  return sentState === 'withdrawn' ? ['The question was withdrawn meanwhile.'] : []
}

function classified(limb: Limb | null, act: ScrutinyAct): RecordChanges {
  if (limb === null) return {}
  return { classification: 'withheld', ground: { code: 'article-2-2', limb, decidedBy: act.viewer.name } }
}

async function markCorrected(trx: Trx, act: ScrutinyAct, key: RecordKey): Promise<void> {
  for (const earlier of await linkedTo(trx, key, 'corrects')) {
    const head = await findRecord(trx, earlier)
    if (head?.state === 'given')
      await changeRecord(trx, act, earlier, null, { state: 'corrected' }, { kind: 'corrected' })
  }
}

/** The one place where the giver's act reaches into the asker's records. */
async function moveAskersRecordOn(trx: Trx, act: ScrutinyAct, { row }: Answer, open: boolean): Promise<void> {
  const asked = { areaId: row.area_id, id: row.answers_id }
  await actingFor(trx, [row.asker_organisation], () =>
    row.answers_kind === 'question'
      ? questionAnswered(trx, act, asked, { part: row.part, open })
      : challengeReplied(trx, act, asked),
  )
}
