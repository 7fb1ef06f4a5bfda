import { createProcesses } from '../../../platform/workers/workers.ts'
import { cellText, type Opened } from '../import/sheets/grid.ts'
import { readWorkbook } from '../import/sheets/read-workbook.ts'
import { followed } from '../loads/follower.ts'
import type { FigureSheet } from './figure-sheet.ts'
import type { OpenFile } from './open-form.ts'

/** Largest workbook that is read, in bytes. */
const largest = 50_000_000

/** A process of its own: a workbook is a stranger's file, and may take its reader down. */
const workers = createProcesses(1, 120_000)

/** What the process does; the bytes come as a plain array. */
export function openApart(bytes: Uint8Array): Promise<Opened> {
  return readWorkbook(Buffer.from(bytes))
}

/** The visible sheets of a workbook as lines of text, read in a process of its own. */
export async function openWorkbookFile(
  open: OpenFile,
  sheet: FigureSheet,
): Promise<{ name: string; rows: string[][] }[]> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of followed(open.file, open.follower).open()) {
    size += piece.length
    if (size > largest) break
    pieces.push(piece)
  }
  if (size > largest) {
    sheet.fault(1, '', 'This workbook is larger than 50 MB. Save the tables that are wanted as CSV files.')
    return []
  }
  if (open.follower !== undefined) open.follower.phase = 'reading'
  const task = { module: import.meta.url, name: openApart.name, input: Uint8Array.from(Buffer.concat(pieces)) }
  const opened = await workers.run(task).then(
    done => done as Opened,
    () => null,
  )
  if (opened?.ok !== true) {
    sheet.fault(1, '', 'This workbook cannot be read: it is damaged, protected by a password or too large.')
    return []
  }
  return opened.sheets
    .filter(each => !each.hidden)
    .map(each => ({ name: each.name, rows: each.rows.map(row => row.map(cellText)) }))
}
