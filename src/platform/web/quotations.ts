import type { Trx } from '../database/tables.ts'
import type { Viewer } from '../access/viewer.ts'
import type { FieldFault } from './form.ts'
import { escapeHtml } from './html.ts'
import type { FormFields, PublicContext } from './route.ts'

/*
 * Figures quoted in texts. Somebody writes {figure M-2025-01 2025-09} into a form; when it is saved the marker is given
 * the figure as it stands, {figure M-2025-01 2025-09 = 412}, and keeps it. On a page the figure is printed, with a note
 * once it has been revised. What a name means is known to the module that keeps figures; here is only where markers
 * are met: in what a form sends, and in what a page prints.
 */

/** A marker: the figure's name, and its text as it was when the marker was saved; null before that. */
export interface Quotation {
  name: string
  text: string | null
}

/** What stands beside a quoted figure now. */
export interface QuotationNote {
  /** The page of what it is a figure of. */
  href: string | null
  /** "revised to 418 on 3 May 2026"; null where it stands as it was. */
  note: string | null
}

/** Markers by the words between their braces. */
export type QuotationNotes = ReadonlyMap<string, QuotationNote>

/** What the module that keeps figures does for texts that quote them. */
export interface Quotations {
  /** Gives the markers of a form their figures; says by field which lead to none. */
  resolve: (
    trx: Trx,
    act: { viewer: Viewer; now: Temporal.Instant },
    fields: FormFields,
  ) => Promise<{ fields: FormFields; faults: readonly FieldFault[] }>
  /** How the figures quoted in a page stand now, as far as the viewer's organisation may know. */
  forViewer: (
    trx: Trx,
    act: { viewer: Viewer; now: Temporal.Instant },
    quoted: readonly Quotation[],
  ) => Promise<QuotationNotes>
  /** The same as the public may know it: from what is published alone. */
  forPublic: (
    context: Pick<PublicContext, 'db' | 'area' | 'asOf'>,
    quoted: readonly Quotation[],
  ) => Promise<QuotationNotes>
}

const opening = '{figure '
const marker = /\{figure ([^{}<>]{1,300})\}/g

/** Whether there is anything to look for: nearly no text quotes a figure. */
export function mayQuote(text: string | Buffer): boolean {
  return text.includes(opening)
}

function readQuotation(words: string): Quotation {
  const [, name = words, text = null] = /^(.*?)\s+=\s+(.*)$/s.exec(words) ?? []
  return { name: name.trim(), text: text?.trim() ?? null }
}

/** The words between the braces, as `QuotationNotes` has them. */
export function quotationKey({ name, text }: Quotation): string {
  return text === null ? name : `${name} = ${text}`
}

export const writeQuotation = (quotation: Quotation): string => `${opening}${quotationKey(quotation)}}`

export function quotationsIn(text: string): Quotation[] {
  return mayQuote(text) ? [...text.matchAll(marker)].map(match => readQuotation(match[1] ?? '')) : []
}

/** A text with each marker replaced by what is made of it. */
export function replaceQuotations(text: string, make: (quotation: Quotation) => string): string {
  return mayQuote(text) ? text.replaceAll(marker, (_all, words: string) => make(readQuotation(words))) : text
}

/** A text as it is read without a page round it: in a file, a feed or a PDF. */
export function withoutMarkers(text: string): string {
  return replaceQuotations(text, ({ name, text: figure }) => figure ?? name)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }
const unescape = (html: string): string => html.replaceAll(/&(#?\w+);/g, (all, name: string) => entities[name] ?? all)

const unescaped = ({ name, text }: Quotation): Quotation => ({
  name: unescape(name),
  text: text === null ? null : unescape(text),
})

/** Where HTML is data or a title and no marker may become an element; what is typed into a form stays as typed. */
const parts =
  /<textarea\b[\s\S]*?<\/textarea>|<(?:title|option|script|style|svg)\b[\s\S]*?<\/(?:title|option|script|style|svg)>|<code data-quote>[\s\S]*?<\/code>|<[^>]+>|\{figure [^{}<>]{1,300}\}/g

/** The quotations that a page prints. */
export function quotationsInHtml(html: string): Quotation[] {
  return [...html.matchAll(parts)].flatMap(([part]) => (part.startsWith('{') ? quotationsIn(part).map(unescaped) : []))
}

/** A page with each marker in its text replaced by the figure, and by its note where it has one. */
export function quotedHtml(html: string, notes: QuotationNotes): string {
  return html.replaceAll(parts, part => {
    if (part.startsWith('{')) return replaceQuotations(part, quotation => quotationHtml(unescaped(quotation), notes))
    return /^<(?:title|option)\b/.test(part) ? withoutMarkers(part) : part
  })
}

function quotationHtml(quotation: Quotation, notes: QuotationNotes): string {
  const found = notes.get(quotationKey(quotation))
  const figure = escapeHtml(quotation.text ?? quotation.name)
  const linked = found?.href == null ? figure : `<a class="govuk-link" href="${escapeHtml(found.href)}">${figure}</a>`
  const note = found?.note == null ? '' : ` <span class="peelian-hint">(${escapeHtml(found.note)})</span>`
  return `<span class="peelian-quoted">${linked}${note}</span>`
}
