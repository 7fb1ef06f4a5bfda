import { extractText, getDocumentProxy } from 'unpdf'

/** A PDF as a reader program sees it, for tests. */
export interface ReadPdf {
  /** The words of each page. */
  text: readonly string[]
  all: string
  labels: readonly string[] | null
  /** Titles of the bookmarks, those below others indented. */
  bookmarks: readonly string[]
  info: Readonly<Record<string, unknown>>
  /** Whether it says that it is tagged, and has a tree of tags. */
  tagged: boolean
  /** Whether it claims to be PDF/UA-1. */
  claims: boolean
  fonts: readonly string[]
}

interface Bookmark {
  title: string
  items: Bookmark[]
}

export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const { text } = await extractText(pdf, { mergePages: false })
  const source = bytes.toString('latin1')
  const marks: unknown = await pdf.getMarkInfo()
  const outline = ((await pdf.getOutline()) ?? []) as Bookmark[]
  return {
    text,
    all: text.join('\n'),
    labels: await pdf.getPageLabels(),
    bookmarks: bookmarksOf(outline, ''),
    info: { ...(await pdf.getMetadata()).info },
    tagged: JSON.stringify(marks).includes('"Marked":true') && source.includes('/StructTreeRoot'),
    claims: source.includes('<pdfuaid:part>1</pdfuaid:part>'),
    fonts: [...source.matchAll(/\/BaseFont \/\w+\+([\w-]+)/g)].map(match => match[1] ?? ''),
  }
}

function bookmarksOf(outline: readonly Bookmark[], indent: string): string[] {
  return outline.flatMap(({ title, items }) => [indent + title, ...bookmarksOf(items, `${indent}  `)])
}
