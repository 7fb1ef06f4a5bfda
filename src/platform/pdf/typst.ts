import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { join } from 'node:path'
import { spellingOut } from './coverage.ts'
import type { PdfDocument, Typeset } from './document.ts'
import { withText } from './document-text.ts'
import { readFonts } from './fonts.ts'
import { markup } from './markup.ts'
import { withPageLabels } from './page-labels.ts'

/*
 * What runs in a process of its own: the compiler reads files of strangers, and a damaged one can end the process.
 */

/** The folder that Typst takes for its own. Nothing lies there: it is handed all it may read. */
const nowhere = join(import.meta.dirname, 'nothing')

interface Opened {
  typst: NodeCompiler
  spellOut: (text: string) => string
}

let opened: Promise<Opened> | undefined

/** The compiler with our typefaces, made at first use: it holds some 60 MB. */
async function open(): Promise<Opened> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const fontBlobs = await readFonts()
  return {
    typst: NodeCompiler.create({ workspace: nowhere, fontArgs: [{ fontBlobs }] }),
    spellOut: spellingOut(fontBlobs),
  }
}

interface File {
  name: string
  bytes: Uint8Array
}

/** Runs some work on the compiler with these files at hand, and forgets everything afterwards. */
async function withFiles<T>(files: readonly File[], work: (opened: Opened) => T): Promise<T> {
  const compiler = await (opened ??= open())
  try {
    for (const { name, bytes } of files) compiler.typst.mapShadow(join(nowhere, name), Buffer.from(bytes))
    return work(compiler)
  } finally {
    compiler.typst.resetShadow()
    compiler.typst.evictCache(0)
  }
}

/** A document and the files it binds in as a PDF, with the pages its blocks are on. */
export function typeset({ document, files }: { document: PdfDocument; files: readonly File[] }): Promise<Typeset> {
  return withFiles(files, ({ typst, spellOut }) => {
    const made = compiled(typst, markup(withText(document, spellOut)))
    const { bytes, accessible } = exported(typst, made, files.every(isDrawing))
    const shape = document.parts.map(part => part.blocks.length)
    return {
      bytes: document.labels === null ? bytes : withPageLabels(bytes, document.labels),
      pages: made.numOfPages,
      places: placesOf(typst, made, shape),
      accessible,
    }
  })
}

function compiled(typst: NodeCompiler, source: string): NodeTypstDocument {
  const result = typst.compile({ mainFileContent: source })
  if (result.result !== null) return result.result
  throw new Error(`The document could not be typeset: ${faultsOf(result.takeError()?.shortDiagnostics)}`)
}

function faultsOf(diagnostics: unknown): string {
  return JSON.stringify(diagnostics ?? 'no reason given').slice(0, 2000)
}

/** Our own drawings carry no pages of strangers, which the standard does not allow. */
const isDrawing = ({ name }: File): boolean => name.endsWith('.svg')

/** With the claim of PDF/UA-1 where the document keeps it; otherwise tagged alike, without the claim. */
function exported(typst: NodeCompiler, document: NodeTypstDocument, claims: boolean) {
  if (claims) {
    try {
      return { bytes: typst.pdf(document, { pdfStandard: 'ua-1' }), accessible: true }
    } catch {
      // What the standard does not allow and this software does not foresee: tagged all the same.
    }
  }
  return { bytes: typst.pdf(document), accessible: false }
}

/** The compiler's own order is that of the document: part by part, block by block. */
function placesOf(typst: NodeCompiler, document: NodeTypstDocument, shape: readonly number[]): number[][] {
  const [found] = typst.query(document, { selector: '<places>' }) as { value: number[] }[]
  const pages = found?.value ?? []
  let from = 0
  return shape.map(count => pages.slice(from, (from += count)))
}

/**
 * Tries whether pages of a file can be bound in.
 *
 * @throws if they cannot, or ends the process
 */
export function tryFile({ file, pages }: { file: File; pages: readonly number[] }): Promise<void> {
  const source = pages.map(page => `#image("/${file.name}", page: ${String(page)}, alt: "page")`).join('\n')
  return withFiles([file], ({ typst }) => {
    typst.pdf(compiled(typst, source))
  })
}

/** The bare work of the compiler on a source and a file, for comparison: nothing is made of what comes out. */
export function typstAlone(source: string, name: string, bytes: Uint8Array): Promise<Buffer> {
  return withFiles([{ name, bytes }], ({ typst }) => typst.pdf(compiled(typst, source)))
}
