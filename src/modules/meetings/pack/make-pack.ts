import { createHash } from 'node:crypto'
import type { PdfDocument, Typeset } from '../../../platform/pdf/document.ts'
import { UnbindableFiles } from '../../../platform/pdf/typesetting.ts'
import type { Typesetter } from '../../../platform/pdf/typesetting.ts'
import { canonicalJson } from '../../../record/history.ts'
import type { PackInput } from './input.ts'
import { packModel } from './model.ts'
import type { PackModel, PackPart } from './model.ts'
import { printedNumbers } from './numbers.ts'
import type { PagedPart, PrintedNumbers } from './numbers.ts'

/** A pack as a PDF and as what its HTML page shows. */
export interface MadePack {
  bytes: Buffer
  fileName: string
  /** Whether the PDF claims to be PDF/UA-1. */
  accessible: boolean
  body: PackBody
}

/** The content of a pack with the numbers printed on its pages. */
export interface PackBody {
  title: string
  fileName: string
  watermark: string | null
  /** What is printed on each page, in order. */
  labels: readonly string[]
  parts: readonly PlacedPart[]
  accessible: boolean
  /** The numbers of every part that this pack or one before it had: none is ever given to another page. */
  kept: Readonly<Record<string, readonly string[]>>
}

/** A part of a pack, with what is printed on its pages and on the page where each of its blocks begins. */
export interface PlacedPart extends Pick<PackPart, 'key' | 'head' | 'blocks' | 'supplement' | 'records'> {
  labels: readonly string[]
  places: readonly string[]
}

/** Reads a file that a pack binds in, by its id. */
export type ReadBytes = (fileId: string) => Promise<Uint8Array>

/**
 * Makes a pack. A file whose pages cannot be bound in gets a page that says so and leads to it: no file keeps a
 * meeting from its pack.
 *
 * @param before the numbers of the published pack, which this one keeps; null where there is none
 */
export async function makePack(
  typesetter: Typesetter,
  input: PackInput,
  before: PrintedNumbers | null,
  readBytes: ReadBytes,
): Promise<MadePack> {
  const files = new Map<string, Uint8Array>()
  const unbindable = new Set<string>()
  for (;;) {
    const model = packModel(input, { unbindable, before })
    for (const name of filesOf(model)) if (!files.has(name)) files.set(name, await readBytes(fileIdOf(name)))
    for (const name of unbindable) files.delete(name)
    try {
      return await typesetModel(typesetter, model, before, files)
    } catch (fault) {
      if (!(fault instanceof UnbindableFiles)) throw fault
      for (const name of fault.names) unbindable.add(name)
    }
  }
}

/** The files that a pack would bind in, by name. */
export function filesOf(model: Pick<PackModel, 'parts'>): string[] {
  const blocks = model.parts.flatMap(part => part.blocks)
  return [...new Set(blocks.flatMap(block => (block.type === 'bound' ? [block.file] : [])))]
}

/** The file that a name of a bound page stands for. */
export const fileIdOf = (name: string): string => name.replace(/\.\w+$/, '')

async function typesetModel(
  typesetter: Typesetter,
  model: PackModel,
  before: PrintedNumbers | null,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<MadePack> {
  const document: PdfDocument = { ...model, labels: null }
  const first = await typesetter.typeset(document, files)
  const numbers = printedNumbers(pagedParts(model, first), before)
  if (isPlain(numbers.flat())) return packOf(model, first, numbers, before)
  // Printed numbers change no line, so the pages stay as they are.
  const labels = numbers.flat()
  return packOf(model, await typesetter.typeset({ ...document, labels }, files), numbers, before)
}

const isPlain = (labels: readonly string[]) => labels.every((label, at) => label === String(at + 1))

/** How many pages each part takes: it begins on a new page and goes on until the next begins. */
export function pagedParts(model: Pick<PackModel, 'parts'>, made: Pick<Typeset, 'pages' | 'places'>): PagedPart[] {
  const starts = made.places.map(places => places[0] ?? 1)
  return model.parts.map((part, at) => ({
    key: part.key,
    pages: (starts[at + 1] ?? made.pages + 1) - (starts[at] ?? 1),
  }))
}

function packOf(
  model: PackModel,
  made: Typeset,
  numbers: readonly (readonly string[])[],
  before: PrintedNumbers | null,
): MadePack {
  const labels = numbers.flat()
  const { title, fileName, watermark } = model
  const parts = model.parts.map(({ key, head, blocks, supplement, records }, at) => ({
    key,
    head,
    blocks,
    supplement,
    records,
    labels: numbers[at] ?? [],
    places: (made.places[at] ?? []).map(page => labels[page - 1] ?? ''),
  }))
  const { bytes, accessible } = made
  const kept = keptNumbers(before, parts)
  return { bytes, fileName, accessible, body: { title, fileName, watermark, labels, parts, accessible, kept } }
}

/** A part that lost pages keeps their numbers, should they come back. */
function keptNumbers(before: PrintedNumbers | null, parts: readonly PlacedPart[]): PackBody['kept'] {
  const kept = new Map(before ?? [])
  for (const { key, labels } of parts) {
    if (labels.length >= (kept.get(key)?.length ?? 0)) kept.set(key, labels)
  }
  return Object.fromEntries(kept)
}

/** The numbers of a pack by part, as a later one keeps them. */
export function numbersOf(body: Pick<PackBody, 'kept'>): PrintedNumbers {
  return new Map(Object.entries(body.kept))
}

/**
 * The pages of one supplement by themselves, numbered as they are in the whole pack, behind a page that says where
 * they belong.
 */
export async function makeSupplement(
  typesetter: Typesetter,
  whole: MadePack,
  input: PackInput,
  supplement: number,
  readBytes: ReadBytes,
): Promise<MadePack> {
  const model = supplementModel(whole, input, supplement)
  const files = new Map<string, Uint8Array>()
  for (const name of filesOf(model)) files.set(name, await readBytes(fileIdOf(name)))
  const document: PdfDocument = { ...model, labels: null }
  const first = await typesetter.typeset(document, files)
  const front = pagedParts(model, first)[0]?.pages ?? 1
  const kept = numbersOf(whole.body)
  const numbers = model.parts.map((part, at) =>
    at === 0 ? frontLabels(supplement, front) : (kept.get(part.key) ?? []),
  )
  const made = await typesetter.typeset({ ...document, labels: numbers.flat() }, files)
  return packOf(model, made, numbers, null)
}

/** The front page is no page of the pack. */
const frontLabels = (supplement: number, pages: number): string[] =>
  Array.from({ length: pages }, (_, at) => `S${String(supplement)}.${String(at + 1)}`)

function supplementModel(whole: MadePack, input: PackInput, supplement: number): PackModel {
  const name = `Supplement ${String(supplement)}`
  const title = `${name} to the agenda pack: ${input.title}`
  const parts = whole.body.parts.filter(part => part.supplement === supplement)
  const front: PackPart = {
    key: 'front',
    head: name,
    cover: true,
    supplement,
    records: [],
    blocks: [
      { type: 'heading', level: 1, words: [{ text: title }], listed: false },
      { type: 'facts', rows: input.facts },
      ...parts.map(part => ({
        type: 'paragraph' as const,
        number: null,
        words: [{ text: `${part.head}: ${pagesInWords(part.labels)}` }],
        note: null,
      })),
      { type: 'contents', title: 'Contents of this supplement' },
    ],
  }
  return {
    title,
    author: input.author,
    head: `${input.body}, ${input.date}`,
    watermark: whole.body.watermark,
    fileName: whole.fileName.replace(/\.pdf$/, `-supplement-${String(supplement)}.pdf`),
    parts: [front, ...parts],
  }
}

/** page 34, pages 47A to 47C */
export function pagesInWords(labels: readonly string[]): string {
  const [first = ''] = labels
  return labels.length <= 1 ? `page ${first}` : `pages ${first} to ${labels.at(-1) ?? ''}`
}

/** The supplements that a pack holds, in order. */
export function supplementsOf(body: Pick<PackBody, 'parts'>): number[] {
  const numbers = body.parts.flatMap(part => (part.supplement === null ? [] : [part.supplement]))
  return [...new Set(numbers)].sort((a, b) => a - b)
}

/** What tells two packs apart by what is printed in them. */
export function fingerprint(body: PackBody): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex')
}
