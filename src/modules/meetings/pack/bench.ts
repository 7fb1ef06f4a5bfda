import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compared, information } from '../../../platform/benchmark.ts'
import type { Bench, BenchResult } from '../../../platform/benchmark.ts'
import { markup } from '../../../platform/pdf/markup.ts'
import { typstAlone } from '../../../platform/pdf/typst.ts'
import { createTypesetter } from '../../../platform/pdf/typesetting.ts'
import type { PaperPart, PlacedContent, PlacedPaper } from '../papers/placed-paper.ts'
import type { PackInput } from './input.ts'
import { makePack } from './make-pack.ts'
import type { MadePack } from './make-pack.ts'
import { packModel } from './model.ts'

const papers = 12
const sectionsOfPaper = 14
const paragraphsOfSection = 6
const boundPages = 40
/** How often each is made; the middle of the times counts. */
const times = 7

const uploaded = 'uploaded'

/** A pack of about 200 pages, 40 of them of an uploaded PDF, against Typst alone with the same input. */
export const packBench: Bench = { name: 'pack', run: progress => inFolder(folder => measure(folder, progress)) }

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'peelian-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, progress: (message: string) => void): Promise<BenchResult[]> {
  const typesetter = createTypesetter(1)
  try {
    const file = join(folder, 'uploaded.pdf')
    progress(`Making an uploaded PDF of ${String(boundPages)} pages`)
    await writeFile(file, (await makePack(typesetter, uploadInput(), null, nothing)).bytes)
    const input = benchInput()
    const readBytes = () => readFile(file)
    progress('Making the pack')
    const from = performance.now()
    const made = await makePack(typesetter, input, null, readBytes)
    const first = performance.now() - from
    const ours = await median(() => makePack(typesetter, input, null, readBytes))
    progress('The same with Typst alone')
    const source = markup({ ...packModel(input, { unbindable: new Set(), before: null }), labels: null })
    const reference = await median(async () => typstAlone(source, `${uploaded}.pdf`, await readBytes()))
    return [compared(workName(made), ours, reference, '<=2'), information('the first pack of a process (ms)', first)]
  } finally {
    await typesetter.close()
  }
}

function workName({ body }: MadePack): string {
  const pages = String(body.labels.length)
  return `an agenda pack of ${pages} pages, ${String(boundPages)} of them bound in from a file that is read (ms)`
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    const from = performance.now()
    await work()
    taken.push(performance.now() - from)
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

const nothing = () => Promise.reject(new Error('This pack binds nothing in'))

/** The pages that stand for an upload: as many papers without appendix as it has pages, but for cover and contents. */
function uploadInput(): PackInput {
  const pages = boundPages - 2
  return { ...benchInput(), items: itemsOf(pages), papers: placed(pages, () => [paragraph('1.1', 0)]) }
}

function benchInput(): PackInput {
  return {
    copy: 'open',
    title: 'A panel, 11 March 2026',
    body: 'A panel',
    author: 'A panel',
    date: '11 March 2026',
    fileName: '2026-03-11-a-panel',
    facts: [{ name: 'Place', words: [{ text: 'Shire Hall' }] }],
    howToAsk: 'Write to the clerk five working days before.',
    cancelled: null,
    items: itemsOf(papers),
    papers: [...placed(papers, paperParts), appendix()],
    addressOf: id => `https://peelian.invalid/files/${id}`,
  }
}

function itemsOf(count: number): PackInput['items'] {
  const none = { isPart: false, facts: [], considers: [], withdrawn: null, restriction: null, gap: null, notes: null }
  return Array.from({ length: count }, (_, at) => ({
    ...none,
    id: String(at),
    number: String(at + 1),
    title: `Report on subject ${String(at + 1)}`,
  }))
}

function placed(count: number, parts: () => PaperPart[]): PlacedPaper[] {
  return Array.from({ length: count }, (_, at) =>
    paper(at, null, { type: 'text', parts: parts(), backgroundPapers: [] }),
  )
}

function paper(at: number, letter: string | null, content: PlacedContent): PlacedPaper {
  const id = `${String(at)}${letter ?? ''}`
  const common = { supplement: null, author: 'An officer', contact: null, restriction: null }
  return { ...common, id, paperId: id, itemId: String(at), title: `Report ${id}`, position: 0, letter, content }
}

function appendix(): PlacedPaper {
  const pageTexts = Array.from({ length: boundPages }, (_, at) => `Page ${String(at + 1)} of the upload`)
  const file = { fileId: uploaded, name: 'upload.pdf', mediaType: 'application/pdf', size: 1, scanned: false }
  return paper(papers - 1, 'A', { type: 'file', ...file, pages: boundPages, pageTexts, before: [] })
}

function paperParts(): PaperPart[] {
  return Array.from({ length: sectionsOfPaper }, (_, section): PaperPart[] => [
    {
      type: 'heading',
      level: 2,
      number: String(section + 1),
      text: `Section ${String(section + 1)}`,
      restriction: null,
    },
    ...Array.from({ length: paragraphsOfSection }, (_each, at) =>
      paragraph(`${String(section + 1)}.${String(at + 1)}`, section * paragraphsOfSection + at),
    ),
    {
      type: 'table',
      header: ['Month', 'Calls', 'Answered in time', 'Change on the year'],
      rows: Array.from({ length: 4 }, (_each, row) => [
        `Month ${String(row)}`,
        '12,345',
        `**${String(90 + row)}%**`,
        '+2',
      ]),
      restriction: null,
    },
  ]).flat()
}

function paragraph(number: string, at: number): PaperPart {
  const text = `In period ${String(at)} the force answered calls from the public *sooner* than in the year before, and the office asked why the rest of them waited. The chief constable said that more people work at the desk by night, that training ends in May, and that the next report will show it.`
  return { type: 'paragraph', number, text: `${text} ${text}`, restriction: null }
}
