import type { Trx } from '../../../platform/database/tables.ts'
import { actingFor } from '../../../record/acting-for.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { refuseIf } from '../refuse.ts'
import { putReceiver, receiversOfPaper } from './queries.ts'
import { moveRequest } from './request-paper.ts'
import { sendingObstacles } from './rules.ts'
import type { SendingTerms } from './rules.ts'
import { factsOf, mustFindPaper } from './write-paper.ts'

/**
 * Sends a paper to another organisation: a frozen version, in full or with gaps, with or without leave to publish. The
 * request it was written for moves on there. Sent again, it is a further version; what was sent before stays.
 *
 * @param version the version the person saw
 * @throws Refusal with every reason where it may not be sent so
 */
export async function sendPaper(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  organisation: string,
  terms: SendingTerms,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  refuseIf(sendingObstacles(factsOf(paper), terms))
  const state = paper.head.state === 'draft' ? { state: 'sent', due: null } : {}
  const head = await changeRecord(trx, act, key, version, state, { kind: 'sent' })
  await putReceiver(trx, {
    area_id: key.areaId,
    paper_id: key.id,
    organisation_id: organisation,
    in_full: terms.inFull,
    may_publish: terms.mayPublish,
    sent_version: head.version,
    sent_at: act.now,
  })
  await releaseTo(trx, act, key, [organisation])
  await tellAsker(trx, act, organisation, { areaId: key.areaId, id: paper.row.request_id ?? key.id })
}

/** The asker's own request moves on with the paper that came for it. */
async function tellAsker(trx: Trx, act: Act, organisation: string, request: RecordKey): Promise<void> {
  await actingFor(trx, [organisation], () => moveRequest(trx, act, request, 'received'))
}

/**
 * Releases a paper to those who attend the meeting it stands before. Whom it was sent to by hand keeps those terms.
 *
 * @param inFull whether they read what is withheld: they hold the meetings of the body together
 */
export async function shareWithAttending(
  trx: Trx,
  act: Act,
  key: RecordKey,
  organisation: string,
  inFull: boolean,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  if (paper.head.classification !== 'open' && !inFull) return
  const before = (await receiversOfPaper(trx, key)).find(each => each.organisation_id === organisation)
  if (before?.sent_version === paper.head.version) return
  await putReceiver(trx, {
    area_id: key.areaId,
    paper_id: key.id,
    organisation_id: organisation,
    in_full: before?.in_full ?? inFull,
    may_publish: before?.may_publish ?? false,
    sent_version: paper.head.version,
    sent_at: act.now,
  })
  await releaseTo(trx, act, key, [organisation])
}
