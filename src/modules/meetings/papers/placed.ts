import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findBody } from '../../organisations/index.ts'
import { itemsOf } from '../agenda/queries.ts'
import { isOpen } from '../agenda/rules.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { appendixRestriction, documentsOf, neutralTitle, paperRestriction } from './paper-text.ts'
import { partsOf } from './parts.ts'
import { bytesOf, findPapers, pagesOf, placesOf } from './queries.ts'
import type { AppendixRow, PageRow, Paper, PaperDocument, PlaceRow } from './queries.ts'
import { letterOf } from './rules.ts'

import type { PaperReader, PlacedContent, PlacedPaper } from './placed-paper.ts'

export type { BackgroundPaper, PaperPart, PaperReader, PlacedContent, PlacedPaper } from './placed-paper.ts'

/**
 * The papers under the items of a meeting, in the order of the agenda, as these readers may have them. Under an item
 * that is withheld from them there are none. In the place of a paper or appendix that is withheld from them stands a
 * gap. The meeting must be one that the transaction's organisations hold.
 */
export async function papersForMeeting(trx: Trx, meeting: RecordKey, reader: PaperReader): Promise<PlacedPaper[]> {
  const found = await findMeeting(trx, meeting)
  if (found === null) return []
  const everything = await readsEverything(trx, found, reader)
  const items = (await itemsOf(trx, meeting)).filter(item => item.withdrawn_on === null)
  const places = await placesOf(trx, meeting)
  const papers = await findPapers(
    trx,
    meeting.areaId,
    places.map(place => place.paper_id),
  )
  const files = papers.flatMap(paper => documentsOf(paper).map(document => document.fileId))
  const pages = Map.groupBy(await pagesOf(trx, files), page => page.file_id)
  return items
    .filter(item => everything || isOpen(item))
    .flatMap(item => {
      const under = places
        .filter(place => place.item_id === item.id)
        .flatMap(place => papers.filter(paper => paper.head.id === place.paper_id).map(paper => ({ place, paper })))
      const hidden = new Set(
        reader === 'public' ? under.flatMap(({ paper }) => (mayBePublic(paper) ? [] : [paper.head.id])) : [],
      )
      return placedUnder(item.id, under, everything, pages)
        .filter(each => !hidden.has(each.paperId))
        .map((each, position) => ({ ...each, position }))
    })
}

/** The organisations whose meeting it is together read every paper in full; everyone else gets what the public gets. */
async function readsEverything(trx: Trx, meeting: Meeting, reader: PaperReader): Promise<boolean> {
  if (reader === 'public') return false
  if (meeting.head.holders.includes(reader.id)) return true
  const body = await findBody(trx, { areaId: meeting.head.areaId, id: meeting.row.body_id })
  return body?.holders.includes(reader.id) === true
}

/** Whether it may stand in the public pack at all, if only as a gap: its writer gave leave, and it was not taken down. */
export function mayBePublic({ head, row }: Paper): boolean {
  return row.may_publish && head.publication !== 'taken-down'
}

type Pages = ReadonlyMap<string, readonly PageRow[]>

/**
 * Pure: the papers of one item with their appendices, lettered through. A withheld paper takes its letters too, so that
 * an appendix has one letter for every reader.
 */
export function placedUnder(
  itemId: string,
  under: readonly { place: Pick<PlaceRow, 'supplement'>; paper: Paper }[],
  everything: boolean,
  pages: Pages,
): PlacedPaper[] {
  let letters = 0
  return under
    .flatMap(({ place, paper }) => {
      const restriction = paperRestriction(paper)
      const common = {
        paperId: paper.head.id,
        itemId,
        supplement: place.supplement,
        author: paper.row.author,
        contact: paper.row.contact,
      }
      const title = restriction !== null && !everything ? (paper.head.ground?.neutralTitle ?? '') : paper.head.title
      const main = { ...common, id: paper.head.id, title, letter: null }
      if (restriction !== null && !everything) {
        letters += paper.appendices.length
        const content = { type: 'gap' as const, title: paper.head.ground?.neutralTitle ?? null, ground: restriction }
        return [{ ...main, author: null, contact: null, restriction: null, content }]
      }
      return [
        { ...main, restriction, content: mainContent(paper, everything, pages) },
        ...paper.appendices.map(each => ({
          ...common,
          ...placedAppendix(paper, each, everything, pages),
          letter: letterOf(letters++),
        })),
      ]
    })
    .map((each, position) => ({ ...each, position }))
}

function mainContent({ row }: Paper, everything: boolean, pages: Pages): PlacedContent {
  const recommendations = partsOf(row.recommendations, row.grounds, everything)
  const heading = {
    type: 'heading' as const,
    level: 2 as const,
    number: null,
    text: 'Recommendations',
    restriction: null,
  }
  const parts = [
    ...(recommendations.length > 0 ? [heading, ...recommendations] : []),
    ...partsOf(row.body, row.grounds, everything),
  ]
  if (row.document !== null) return { ...fileContent(row.document, pages), before: parts }
  return { type: 'text', parts, backgroundPapers: row.background }
}

function placedAppendix({ row }: Paper, appendix: AppendixRow, everything: boolean, pages: Pages) {
  const restriction = appendixRestriction(appendix)
  if (restriction !== null && (!everything || appendix.kept_back)) {
    const title = neutralTitle(appendix.ground)
    const content: PlacedContent = { type: 'gap', title, ground: restriction }
    return { id: appendix.id, title: title ?? '', restriction: null, content }
  }
  const content: PlacedContent =
    appendix.document === null
      ? { type: 'text', parts: partsOf(appendix.body, row.grounds, everything), backgroundPapers: [] }
      : { ...fileContent(appendix.document, pages), before: partsOf(appendix.body, row.grounds, everything) }
  return { id: appendix.id, title: appendix.title, restriction, content }
}

function fileContent(document: PaperDocument, pages: Pages) {
  const { fileId, name, mediaType, size, scanned } = document
  const pageTexts = (pages.get(fileId) ?? []).map(page => page.alternative)
  return { type: 'file' as const, fileId, name, mediaType, size, pages: document.pages, pageTexts, scanned }
}

/** The bytes of a file among a meeting's papers; ask only for ids that `papersForMeeting` gave. */
export async function bytesOfPlacedFile(trx: Trx, fileId: string): Promise<Buffer> {
  return bytesOf(trx, fileId)
}
