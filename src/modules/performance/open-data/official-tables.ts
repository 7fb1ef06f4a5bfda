import { openWorkbookFile } from './open-workbook.ts'
import { type OpenForm, readLines } from './open-form.ts'
import { OfficialTable, tableOf } from './official-table.ts'

/** The tables of police force areas (P1 to P4) and community safety partnerships (C2 to C5), as a workbook or as CSV. */
export const officialTables: OpenForm = {
  name: 'official-tables',
  title: 'Police force area tables (ONS)',
  files: 'The workbook of the year, or its tables P1 to P4 and C2 to C5 saved as CSV.',
  workbooks: true,
  async read(open, setting, sheet) {
    const tables = open.workbook
      ? await openWorkbookFile(open, sheet)
      : [{ name: open.file.name, rows: await readLines(open, sheet) }]
    if (sheet.faultCount > 0) return
    const left: string[] = []
    let read = 0
    for (const { name, rows } of tables) {
      open.follower?.goOn()
      const table = tableOf(rows)
      if (table === null) left.push(name.trim())
      else {
        new OfficialTable(sheet, setting, table).read(rows)
        read++
      }
    }
    if (read === 0) {
      sheet.fault(
        1,
        '',
        'None of the tables P1, P2, P3, P4, C2, C3, C4 or C5 is here: their first rows say “Table P1: …”.',
      )
    } else if (left.length > 0) sheet.notice(`Sheets that are not read: ${left.join(', ')}.`)
  },
}
