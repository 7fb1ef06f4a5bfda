import mammoth from 'mammoth'
import TurndownService from 'turndown'
import { extractText, getDocumentProxy } from 'unpdf'

/*
 * Reads uploaded documents. It runs in a process of its own (read-upload.ts), since a long document takes seconds: what
 * goes in and comes out is plain data, and a document that cannot be read is a value, not a failure.
 */

/** Why a document could not be read. */
export type UnreadableWhy = 'corrupt' | 'password' | 'too-large'

export type WordText =
  { ok: true; markdown: string; pictures: number; numbersRemoved: boolean } | { ok: false; why: UnreadableWhy }

/** The words of each page of a PDF; of a page that is a picture, none. */
export type PdfText = { ok: true; pages: string[] } | { ok: false; why: UnreadableWhy }

/** Most that the parts of a Word document may come to when unpacked, in bytes: a small file can hold a huge one. */
const mostUnpacked = 300_000_000
/** Most pages of a PDF: far above the longest pack, and a bound on time. */
const mostPages = 2000

/** The text of a Word document as Markdown. Pictures are counted and left out. */
export async function readWord(bytes: Uint8Array): Promise<WordText> {
  const buffer = Buffer.from(bytes)
  if (unpackedSize(buffer) > mostUnpacked) return { ok: false, why: 'too-large' }
  let pictures = 0
  const convertImage = mammoth.images.imgElement(() => {
    pictures += 1
    return Promise.resolve({ src: '' })
  })
  try {
    const { value } = await mammoth.convertToHtml({ buffer }, { convertImage })
    const { markdown, numbersRemoved } = withoutTypedNumbers(toMarkdown(value))
    return { ok: true, markdown, pictures, numbersRemoved }
  } catch {
    return { ok: false, why: 'corrupt' }
  }
}

/** What the parts of a zip file say they come to, read from its directory. */
function unpackedSize(zip: Buffer): number {
  const entry = Buffer.from('504b0102', 'hex')
  let size = 0
  for (let at = zip.indexOf(entry); at !== -1 && at + 28 <= zip.length; at = zip.indexOf(entry, at + 4)) {
    size += zip.readUInt32LE(at + 24)
  }
  return size
}

function toMarkdown(html: string): string {
  const turndown = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', emDelimiter: '*' })
  turndown.addRule('picture', { filter: 'img', replacement: () => '' })
  turndown.addRule('cell', {
    filter: ['td', 'th'],
    replacement: content =>
      `| ${content
        .trim()
        .replaceAll(/\s*\n\s*/g, ' ')
        .replaceAll('|', '\\|')} `,
  })
  turndown.addRule('row', { filter: 'tr', replacement: content => `${content}|\n` })
  turndown.addRule('rows', { filter: ['thead', 'tbody'], replacement: content => content })
  turndown.addRule('table', { filter: 'table', replacement: content => `\n\n${withRule(content)}\n\n` })
  return turndown.turndown(html)
}

/** Markdown parts the first row of a table from the others by a rule. */
function withRule(rows: string): string {
  const [first = '', ...rest] = rows.split('\n').filter(line => line.trim() !== '')
  const cells = first.replaceAll('\\|', '').split('|').length - 2
  return [first, `|${' --- |'.repeat(Math.max(1, cells))}`, ...rest].join('\n')
}

/** Without the numbers that were typed before paragraphs (3.2): the software numbers them itself. */
function withoutTypedNumbers(markdown: string): { markdown: string; numbersRemoved: boolean } {
  const without = markdown.replaceAll(/^((?:#+ )?)\d{1,2}(?:\.\d{1,2})+\\?\.?\s+/gm, '$1')
  return { markdown: without, numbersRemoved: without !== markdown }
}

/** The words of a PDF, page by page. */
export async function readPdf(bytes: Uint8Array): Promise<PdfText> {
  try {
    const document = await getDocumentProxy(Uint8Array.from(bytes))
    if (document.numPages > mostPages) return { ok: false, why: 'too-large' }
    const { text } = await extractText(document, { mergePages: false })
    return { ok: true, pages: text.map(page => page.replaceAll(/\s+/g, ' ').trim()) }
  } catch (fault) {
    const password = fault instanceof Error && fault.name === 'PasswordException'
    return { ok: false, why: password ? 'password' : 'corrupt' }
  }
}
