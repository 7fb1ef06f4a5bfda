import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { itemsOf } from '../agenda/queries.ts'
import type { ItemRow } from '../agenda/queries.ts'
import { isOpen, numbered } from '../agenda/rules.ts'
import { insertSettled, publishedBodies, settledOf } from './check-queries.ts'
import { findLeaks } from './leaks.ts'
import type { Leak, PlacedText } from './leaks.ts'
import { paperRestriction, sectionsOf } from './paper-text.ts'
import { plainText } from './markdown.ts'
import { findPapers, pagesOf, placesOf } from './queries.ts'
import type { PageRow, Paper } from './queries.ts'
import { blockText } from './compare.ts'
import { parseText } from './text.ts'

/** The papers of a meeting that may still be read, each with its item. */
export interface PaperUnderItem {
  item: ItemRow & { shown: string }
  paper: Paper
}

/** The papers under the standing items of a meeting, in order. Ask only for meetings that the viewer holds. */
export async function papersUnder(trx: Trx, meeting: RecordKey): Promise<PaperUnderItem[]> {
  const items = numbered(await itemsOf(trx, meeting)).filter(item => item.withdrawn_on === null)
  const places = await placesOf(trx, meeting)
  const papers = await findPapers(
    trx,
    meeting.areaId,
    places.map(place => place.paper_id),
  )
  return items.flatMap(item =>
    places
      .filter(place => place.item_id === item.id)
      .flatMap(place => papers.filter(paper => paper.head.id === place.paper_id).map(paper => ({ item, paper }))),
  )
}

/** Everything of a meeting's papers, parted into what the public would read and what it would not. Pure. */
export function partTexts(
  items: readonly (ItemRow & { shown: string })[],
  papers: readonly PaperUnderItem[],
  pages: ReadonlyMap<string, readonly PageRow[]>,
): { withheld: PlacedText[]; open: PlacedText[] } {
  const withheld: PlacedText[] = []
  const open: PlacedText[] = []
  for (const item of items) (isOpen(item) ? open : withheld).push({ where: `Item ${item.shown}`, text: item.title })
  for (const { item, paper } of papers) {
    const closed = !isOpen(item) || paperRestriction(paper) !== null
    const name = closed ? `Item ${item.shown}, withheld paper` : `Item ${item.shown}, ${paper.head.title}`
    const put = (where: string, text: string, back: boolean) => {
      if (text.trim() !== '') (back ? withheld : open).push({ where, text })
    }
    put(name, paper.head.title, closed)
    putDocument(`${name}, document`, paper.row.document, closed)
    for (const section of sectionsOf(paper)) {
      const back = closed || section.appendix?.ground != null
      const where = `${name}, ${section.appendix === null || !back ? section.title : section.title.split(':')[0]}`
      if (section.appendix !== null) put(where, section.appendix.title, back)
      putDocument(where, section.appendix?.document ?? null, back)
      for (const block of parseText(section.source).blocks) {
        if (block.type === 'gap') continue
        const number =
          block.number === null
            ? where
            : `${where}, ${block.type === 'heading' ? 'section' : 'paragraph'} ${block.number}`
        put(number, plainText(blockText(block)), back || block.mark !== null)
      }
    }
    function putDocument(where: string, document: { fileId: string } | null, back: boolean) {
      for (const page of document === null ? [] : (pages.get(document.fileId) ?? [])) {
        put(`${where}, page ${String(page.page)}`, page.text, back)
        if (!page.alternative.includes(page.text)) put(`${where}, page ${String(page.page)}`, page.alternative, back)
      }
    }
  }
  return { withheld, open }
}

/** A finding, and whether somebody settled it. */
export interface CheckedLeak extends Leak {
  settled: string | null
}

/**
 * Looks for what is withheld in one paper of a meeting in all the others, and in what is published of the meeting
 * already, whatever version.
 */
export async function checkPapers(trx: Trx, meeting: RecordKey): Promise<CheckedLeak[]> {
  const items = numbered(await itemsOf(trx, meeting)).filter(item => item.withdrawn_on === null)
  const papers = await papersUnder(trx, meeting)
  const files = papers.flatMap(({ paper }) =>
    [paper.row.document, ...paper.appendices.map(each => each.document)].flatMap(each => (each ? [each.fileId] : [])),
  )
  const pages = Map.groupBy(await pagesOf(trx, files), page => page.file_id)
  const { withheld, open } = partTexts(items, papers, pages)
  if (withheld.length === 0) return []
  const published = await publishedBodies(trx, meeting.areaId, [meeting.id, ...papers.map(each => each.paper.head.id)])
  const before = published.map(each => ({
    where: `Published: ${each.title}, version ${String(each.version)}`,
    text: stringsOf(each.body).join('\n'),
  }))
  const settled = await settledOf(trx, meeting)
  return findLeaks(withheld, [...open, ...before]).map(leak => ({
    ...leak,
    settled: settled.get(leak.fingerprint) ?? null,
  }))
}

/** The words in a published body, without their repetition as HTML. Pure. */
export function stringsOf(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return name.startsWith('html') || /^[0-9a-f-]{36}$/.test(value) ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(each => stringsOf(each, name))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => stringsOf(each, key === 'ground' ? 'html' : key))
}

/** Decides that something withheld in one place may stand where it is printed in another, and why. */
export async function settleLeak(
  trx: Trx,
  act: Act,
  meeting: RecordKey,
  fingerprint: string,
  reason: string,
): Promise<void> {
  const leak = (await checkPapers(trx, meeting)).find(each => each.fingerprint === fingerprint)
  if (leak === undefined) throw new Refusal(['It is not printed there any more.'])
  await insertSettled(trx, meeting, { fingerprint, reason, by: act.viewer.name, at: act.now })
  await changeRecord(trx, act, meeting, null, {}, { kind: 'paper-settled', why: `${leak.openIn}: ${reason}` })
}
