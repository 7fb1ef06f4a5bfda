import type { ActionModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { meetingPath } from '../paths.ts'
import { typedBackground } from './forms.ts'
import { paperRestriction, sectionsOf } from './paper-text.ts'
import { paperGroundInWords } from './parts.ts'
import { plainText } from './markdown.ts'
import { meetingPapersPath, paperPath, receivedPaperPath } from './paths.ts'
import { blockText } from './compare.ts'
import type { PageRow, Paper, PlaceRow, ReceiverRow } from './queries.ts'
import { sendingObstacles } from './rules.ts'
import { parseText } from './text.ts'
import { factsOf } from './write-paper.ts'

type May = (permission: string) => boolean

/** The particular rows of a paper's summary. */
export function paperSummary(paper: Paper, names: ReadonlyMap<string, string>): SummaryRowModel[] {
  const { row } = paper
  const rows: SummaryRowModel[] = []
  const add = (key: string, text: string | null, href?: string) => {
    if (text !== null) rows.push({ key, value: { type: 'text', text, ...(href !== undefined && { href }) } })
  }
  add('For', row.meeting_words)
  add('Author', row.author)
  add('Contact', row.contact)
  if (row.received_from !== null && row.received_id !== null) {
    add('Sent by', names.get(row.received_from) ?? null, receivedPaperPath(row.received_id))
    add('Leave to publish', row.may_publish ? 'Yes' : 'No: it stays out of what is published')
  }
  return rows
}

/** What this person may do with a paper now, and what not yet and why. */
export function paperActions(paper: Paper, may: May): ActionModel[] {
  const { head, row } = paper
  const path = paperPath(head.id)
  const own = row.received_id === null
  const offered: ActionModel[] = []
  if (own && may('meetings.write-paper')) {
    offered.push({ text: 'Write', href: `${path}/write` })
    offered.push({ text: 'Upload a document', href: `${path}/upload` })
    offered.push({ text: 'Add an appendix', href: `${path}/appendices/new` })
  }
  if (may('meetings.classify')) offered.push({ text: 'What is restricted', href: `${path}/classification` })
  if (own && may('meetings.send-paper')) {
    const reasons = sendingObstacles(factsOf(paper), { inFull: true, mayPublish: false })
    const text = 'Send it to another organisation'
    offered.push(reasons.length === 0 ? { text, href: `${path}/send` } : { text, reasons })
  }
  if (may('meetings.edit')) offered.push({ text: 'Place it on an agenda', href: `${path}/place` })
  offered.push({ text: 'As the public will see it', href: `/workspace/records/${head.id}/as-public` })
  if (head.publication === 'published') {
    offered.push({ text: 'What is public', href: `/workspace/records/${head.id}/publish` })
  }
  return offered
}

/** Where a paper stands, as its page lists it. */
export function placeLines(paper: Paper, places: readonly (PlaceRow & { meeting: string; item: string })[], may: May) {
  return places.map(place => ({
    text: `${place.meeting}: ${place.item}`,
    href: meetingPath(place.meeting_id),
    papers: meetingPapersPath(place.meeting_id),
    supplement: place.supplement,
    takeOff: may('meetings.edit') ? `${paperPath(paper.head.id)}/take-off?item=${place.item_id}` : null,
  }))
}

/** To whom it was sent, as its page lists it. */
export function receiverLines(paper: Paper, receivers: readonly ReceiverRow[], names: ReadonlyMap<string, string>) {
  return receivers.map(each => ({
    name: names.get(each.organisation_id) ?? '',
    at: each.sent_at,
    inFull: each.in_full,
    mayPublish: each.may_publish,
    changedSince: each.sent_version < paper.head.version,
    as: `${paperPath(paper.head.id)}/as-receiver?organisation=${each.organisation_id}`,
  }))
}

/** The stored words of a paper as the fields of its form. */
export function storedPaper({ head, row }: Paper): FormFields {
  return {
    title: head.title,
    'meeting-words': row.meeting_words ?? '',
    author: row.author ?? '',
    contact: row.contact ?? '',
    recommendations: row.recommendations,
    body: row.body,
    background: typedBackground(row.background),
  }
}

/** A form of a deed on a paper, as it is stored or as it came back. */
export function paperForm(
  action: string,
  paper: Pick<Paper, 'head'>,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): FormModel {
  return { action, fields, faults, refusals, version: paper.head.version }
}

/** Everything of a paper that can be marked, in reading order. */
export function markableParts(paper: Paper) {
  const path = `${paperPath(paper.head.id)}/classification`
  return {
    whole: { restriction: paperRestriction(paper), href: `${path}/paper` },
    sections: sectionsOf(paper).map(section => ({
      title: section.title,
      ...(section.appendix === null
        ? { restriction: null, href: null }
        : {
            restriction: section.appendix.ground === null ? null : paperGroundInWords(section.appendix.ground),
            href: section.appendix.kept_back ? null : `${path}/appendix?appendix=${section.appendix.id}`,
          }),
      blocks: parseText(section.source).blocks.map((block, at) => ({
        number: block.number,
        type: block.type,
        text: block.type === 'gap' ? null : plainText(blockText(block)),
        restriction: block.mark === null ? null : paperGroundInWords(paper.row.grounds[block.mark]),
        href: block.type === 'gap' ? null : `${path}/part?section=${section.id}&at=${String(at)}`,
      })),
    })),
  }
}

/** Pages of the documents of a paper that have no words of their own, and what they are called. */
export function scannedPages(paper: Paper, pages: readonly PageRow[]) {
  const documents = [
    { title: paper.head.title, document: paper.row.document },
    ...paper.appendices.map(each => ({ title: each.title, document: each.document })),
  ]
  return documents.flatMap(({ title, document }) => {
    if (document?.scanned !== true) return []
    const own = pages.filter(page => page.file_id === document.fileId)
    const silent = own.filter(page => page.alternative.startsWith(`Page ${String(page.page)} of `) && page.text === '')
    return [{ title, fileId: document.fileId, pages: document.pages, silent: silent.map(page => page.page) }]
  })
}
