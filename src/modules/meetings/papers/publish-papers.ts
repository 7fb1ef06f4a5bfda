import type { Trx } from '../../../platform/database/tables.ts'
import { publishRecord, supersede } from '../../../record/publish.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { findBody } from '../../organisations/index.ts'
import { itemsOf } from '../agenda/queries.ts'
import { isOpen } from '../agenda/rules.ts'
import { partiesOf } from '../meeting/parties.ts'
import { findMeeting } from '../meeting/queries.ts'
import { checkPapers, papersUnder } from './check-papers.ts'
import { borrowedGrounds } from './mark-part.ts'
import { mayBePublic } from './placed.ts'
import { findPapers, placesOf } from './queries.ts'
import { publishingObstacles } from './rules.ts'
import { shareWithAttending } from './send-paper.ts'
import { factsOf } from './write-paper.ts'

/** Why the papers of a meeting may not be published with its agenda yet; empty where they may. */
export async function papersObstacles(trx: Trx, meeting: RecordKey): Promise<string[]> {
  const papers = (await papersUnder(trx, meeting)).map(({ paper }) => ({
    ...factsOf(paper),
    title: paper.head.title,
    borrowed: borrowedGrounds(paper),
  }))
  const leaks = await checkPapers(trx, meeting)
  return publishingObstacles(papers, leaks.filter(leak => leak.settled === null).length)
}

/** Sends the papers of a meeting to those who attend: in full to whose meeting it is too, otherwise with gaps. */
export async function sendPapers(trx: Trx, act: Act, meeting: RecordKey): Promise<void> {
  const found = await findMeeting(trx, meeting)
  if (found === null) return
  const key = { areaId: meeting.areaId, id: found.row.body_id }
  const together = (await findBody(trx, key))?.holders ?? []
  const { joint, attending } = await partiesOf(trx, key, act.viewer.organisation.id)
  const others = [...joint, ...attending].map(({ id }) => ({ id, inFull: together.includes(id) }))
  for (const { item, paper } of await papersUnder(trx, meeting)) {
    for (const { id, inFull } of others) {
      if (paper.head.holders.includes(id) || (!isOpen(item) && !inFull)) continue
      await shareWithAttending(trx, act, paper.head, id, inFull)
    }
  }
}

/**
 * Publishes the papers that stand under a meeting's open items: those that are open, and that whoever wrote them gave
 * leave to publish. What of them is withheld leaves its gap. A paper whose item was withdrawn leaves the registers.
 *
 * @param note what changed since they were published, shown beside a later version
 */
export async function publishPapers(trx: Trx, act: Act, meeting: RecordKey, note?: string): Promise<void> {
  const under = await papersUnder(trx, meeting)
  for (const { item, paper } of under) {
    if (isOpen(item) && paper.head.classification === 'open' && mayBePublic(paper)) {
      await publishRecord(trx, act, paper.head, note)
    }
  }
  const standing = new Set(under.map(({ paper }) => paper.head.id))
  const withdrawn = new Set(
    (await itemsOf(trx, meeting)).filter(each => each.withdrawn_on !== null).map(each => each.id),
  )
  const gone = (await placesOf(trx, meeting)).filter(
    place => withdrawn.has(place.item_id) && !standing.has(place.paper_id),
  )
  for (const paper of await findPapers(
    trx,
    meeting.areaId,
    gone.map(place => place.paper_id),
  )) {
    if (paper.head.publication === 'published') await supersede(trx, act, paper.head, 'Its item was withdrawn')
  }
}

/** References of the papers under an item that are public: they stand in the way of withholding it. */
export async function publishedUnder(trx: Trx, meeting: RecordKey, itemId: string): Promise<string[]> {
  return (await papersUnder(trx, meeting)).flatMap(({ item, paper }) =>
    item.id === itemId && paper.head.publication === 'published' ? [paper.head.reference] : [],
  )
}
