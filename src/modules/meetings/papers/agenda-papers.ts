import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { papersForMeeting } from './placed.ts'
import type { PlacedPaper } from './placed-paper.ts'
import { publishedAddresses } from './queries.ts'

/** A paper or appendix as an agenda names it under its item; of a withheld one the notice alone. */
export type AgendaPaper =
  | {
      paperId: string
      title: string
      letter: string | null
      supplement: number | null
      /** The last part of its public address; null for an organisation, and for an appendix. */
      address: string | null
      restricted: string | null
      file: { name: string; mediaType: string; size: number } | null
    }
  | { paperId: string; letter: string | null; supplement: number | null; gap: { title: string | null; ground: string } }

/** The papers that an agenda names for an audience, by item. The public reads of those alone that are published. */
export async function agendaPapers(
  trx: Trx,
  meeting: RecordKey,
  audience: Audience,
): Promise<ReadonlyMap<string, AgendaPaper[]>> {
  const papers = await papersForMeeting(trx, meeting, audience.type === 'public' ? 'public' : { id: audience.id })
  const ids = papers.map(paper => paper.paperId)
  const addresses = audience.type === 'public' ? await publishedAddresses(trx, meeting.areaId, ids) : null
  const shown = papers.filter(paper => addresses === null || addresses.has(paper.paperId) || isWhollyWithheld(paper))
  return Map.groupBy(
    shown.map(each => ({ itemId: each.itemId, paper: agendaPaper(each, addresses) })),
    each => each.itemId,
  )
    .entries()
    .reduce(
      (map, [item, each]) =>
        map.set(
          item,
          each.map(({ paper }) => paper),
        ),
      new Map<string, AgendaPaper[]>(),
    )
}

const isWhollyWithheld = (paper: PlacedPaper) => paper.letter === null && paper.content.type === 'gap'

function agendaPaper(paper: PlacedPaper, addresses: ReadonlyMap<string, string> | null): AgendaPaper {
  const { paperId, letter, supplement, content } = paper
  if (content.type === 'gap') {
    return { paperId, letter, supplement, gap: { title: content.title, ground: content.ground } }
  }
  const file = content.type === 'file' ? { name: content.name, mediaType: content.mediaType, size: content.size } : null
  const address = letter === null ? (addresses?.get(paperId) ?? null) : null
  return { paperId, title: paper.title, letter, supplement, address, restricted: paper.restriction, file }
}
