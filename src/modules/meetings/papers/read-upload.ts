import { createProcesses } from '../../../platform/workers/workers.ts'
import type { Upload } from '../../../platform/web/route.ts'
import type { PdfText, UnreadableWhy, WordText } from './read-document.ts'

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const pdfType = 'application/pdf'
const module = import.meta.resolve('./read-document.ts')

/** One process is enough: documents are read one after another, each within a minute, and pages are served meanwhile. */
const workers = createProcesses(1, 60_000)

/** What was found in an upload. */
export type ReadUpload =
  | { type: 'text'; markdown: string; notes: string[] }
  /** A PDF, with the words of each page. */
  | { type: 'pdf'; pages: string[]; scanned: boolean }
  /** Something else that stands as a file: a spreadsheet, a picture. */
  | { type: 'file' }
  | { type: 'unreadable'; message: string }

/** A page counts as read when it has more words than a stamp or a page number. */
const fewestLetters = 20

/** Reads an uploaded document, in a process of its own: it may come from anybody. */
export async function readUpload(upload: Upload): Promise<ReadUpload> {
  if (upload.mediaType === wordType) return readWordUpload(upload)
  if (upload.mediaType === pdfType) return readPdfUpload(upload)
  return { type: 'file' }
}

async function readWordUpload(upload: Upload): Promise<ReadUpload> {
  const read = (await apart('readWord', upload)) as WordText
  if (!read.ok) return { type: 'unreadable', message: whyInWords(upload.fileName, read.why, 'Word document') }
  const notes: string[] = []
  if (read.pictures > 0) {
    notes.push(
      read.pictures === 1
        ? 'One picture was left out. Add it as an appendix, and say in the text what it shows.'
        : `${String(read.pictures)} pictures were left out. Add them as appendices, and say in the text what they show.`,
    )
  }
  if (read.numbersRemoved) notes.push('Paragraph numbers that were typed were removed: paragraphs are numbered here.')
  return { type: 'text', markdown: read.markdown, notes }
}

async function readPdfUpload(upload: Upload): Promise<ReadUpload> {
  const read = (await apart('readPdf', upload)) as PdfText
  if (!read.ok) return { type: 'unreadable', message: whyInWords(upload.fileName, read.why, 'PDF') }
  return { type: 'pdf', pages: read.pages, scanned: isScanned(read.pages) }
}

/** Pure: whether most pages of a document have no words, so that it is a picture of a paper. */
export function isScanned(pages: readonly string[]): boolean {
  return pages.filter(page => page.length < fewestLetters).length * 2 > pages.length
}

async function apart(name: string, upload: Upload): Promise<unknown> {
  try {
    return await workers.run({ module, name, input: new Uint8Array(upload.bytes) })
  } catch {
    // A document that takes its reader down with it is as good as corrupt.
    return { ok: false, why: 'corrupt' } satisfies PdfText
  }
}

function whyInWords(fileName: string, why: UnreadableWhy, what: string): string {
  switch (why) {
    case 'password':
      return `“${fileName}” is protected by a password. Save it without the password and choose it again`
    case 'corrupt':
      return `“${fileName}” cannot be opened as a ${what}: it may be damaged. Open it, save it again and choose the new file`
    case 'too-large':
      return `“${fileName}” is too long to be read. Send it in parts`
  }
}

/**
 * What a page of a PDF is called for those who cannot see it: how its words begin, or, where it has none, its place.
 *
 * @param page from 1
 */
export function alternativeText(words: string, page: number, of: number, title: string): string {
  const place = `Page ${String(page)} of ${String(of)} of ${title}`
  if (words.length < fewestLetters) return place
  const begins = words.length <= 200 ? words : `${words.slice(0, 200).replace(/\s+\S*$/, '')} …`
  return `${place}: ${begins}`
}

/** The part of a text under a heading "Recommendations", and the rest: papers begin with what is asked of the reader. */
export function splitRecommendations(text: string): { recommendations: string; body: string } {
  const lines = text.split('\n')
  const from = lines.findIndex(line => /^#+\s+\**(?:\d+\\?\.?\s*)?recommendations?\**:?\s*$/i.test(line))
  if (from === -1) return { recommendations: '', body: text }
  const level = lines[from]?.indexOf(' ') ?? 1
  const next = lines.findIndex((line, at) => at > from && new RegExp(`^#{1,${String(level)}}\\s`).test(line))
  const to = next === -1 ? lines.length : next
  return {
    recommendations: lines
      .slice(from + 1, to)
      .join('\n')
      .trim(),
    body: [...lines.slice(0, from), ...lines.slice(to)].join('\n').trim(),
  }
}
