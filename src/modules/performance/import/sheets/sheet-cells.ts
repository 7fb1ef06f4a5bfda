import type { RowFault } from '../row-faults.ts'
import type { ReadSheet } from './sheet-worker.ts'

/** Faults of the rows that were read out of a spreadsheet, by the cells they came from. */
export function cellFaults(faults: readonly RowFault[], cells: ReadSheet['cells']): RowFault[] {
  return faults.map(fault => {
    // The first line is the header.
    const cell = cells[fault.line - 2]
    return cell === undefined ? fault : { ...fault, line: cell.row, column: cell.column }
  })
}
