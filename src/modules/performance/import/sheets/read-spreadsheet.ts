import { createProcesses } from '../../../../platform/workers/workers.ts'
import type { Mapping } from './mapping.ts'
import type { UnreadableWhy } from './grid.ts'
import type { findMapping, Look, ReadSheet, SheetFile, SheetTask, survey } from './sheet-worker.ts'

const module = import.meta.resolve('./sheet-worker.ts')

/** One process is enough: spreadsheets are read one after another, each within a minute, and pages are served meanwhile. */
const workers = createProcesses(1, 60_000)

/** A spreadsheet that took its reader down with it, or took longer than a minute. */
export class UnreadableSpreadsheet extends Error {}

async function apart<Output>(name: string, input: object): Promise<Output> {
  try {
    return (await workers.run({ module, name, input })) as Output
  } catch (fault) {
    throw new UnreadableSpreadsheet('The spreadsheet could not be read', { cause: fault })
  }
}

/** What a file holds at first sight; a file that takes its reader down is as good as damaged. */
export async function lookAt(file: SheetFile): Promise<Look> {
  try {
    return await apart<Look>('look', { file })
  } catch {
    return { ok: false, why: 'corrupt' }
  }
}

export const mappingsFor = (file: SheetFile, mappings: readonly Mapping[]) =>
  apart<Awaited<ReturnType<typeof findMapping>>>('findMapping', { file, mappings })
export const surveyOf = (task: SheetTask) => apart<Awaited<ReturnType<typeof survey>>>('survey', task)
export const readSpreadsheet = (task: SheetTask) => apart<ReadSheet>('readSheet', task)

/** Why a file could not be read, and what to do. */
export function whyInWords(name: string, why: UnreadableWhy): string {
  switch (why) {
    case 'password':
      return `“${name}” is protected by a password. Save it without the password and choose it again`
    case 'corrupt':
      return `“${name}” cannot be opened as a spreadsheet: it may be damaged. Open it, save it again and choose the new file`
    case 'too-large':
      return `“${name}” is too large to be read here. Save the one sheet that is wanted as a CSV file in the plain long form`
    case 'old-excel':
      return `“${name}” is a workbook of an old Excel. Save it as .xlsx or .csv and choose it again`
    case 'open-document':
      return `“${name}” is an OpenDocument file. Save it as .xlsx or .csv and choose it again`
    case 'nothing':
      return `There is nothing in “${name}”. Choose another file`
  }
}
