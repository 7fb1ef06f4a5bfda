import { sharedTypesetter } from '../../../platform/pdf/typesetting.ts'
import type { Typesetter } from '../../../platform/pdf/typesetting.ts'
import { createWorkers, type Workers } from '../../../platform/workers/workers.ts'
import type { ReportContent } from './content.ts'
import { drawingsOf, reportDocument } from './document.ts'

/** The report as two files. */
export interface ReportFiles {
  pdf: Buffer
  /** Whether the PDF claims to be PDF/UA-1; it is tagged in any case. */
  accessible: boolean
  spreadsheet: Buffer
}

export const mediaTypes = {
  pdf: 'application/pdf',
  spreadsheet: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

const module = import.meta.resolve('./spreadsheet.ts')
let threads: Workers | undefined

/** Makes both files, in a process and a thread of their own, so that pages are served meanwhile. */
export async function makeFiles(
  content: ReportContent,
  siteAddress: string,
  typesetter: Typesetter = sharedTypesetter(),
): Promise<ReportFiles> {
  threads ??= createWorkers(1)
  const [typeset, sheet] = await Promise.all([
    typesetter.typeset(reportDocument(content, siteAddress), drawingsOf(content)),
    threads.run({ module, name: 'makeSpreadsheet', input: content }),
  ])
  return { pdf: typeset.bytes, accessible: typeset.accessible, spreadsheet: Buffer.from(sheet as Uint8Array) }
}

/** 2026/27 Q2 as the name of a file or an address holds it: 2026-27-q2. */
export const periodSlug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
