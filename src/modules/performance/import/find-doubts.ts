import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { RowChecker } from './check-rows.ts'
import { doubtsOf } from './doubts.ts'
import { usualOf } from './queries.ts'
import { findReading } from './reading-queries.ts'
import type { RowFault } from './row-faults.ts'
import type { RowWriter } from './row-writer.ts'

/** Series that are compared with what is held at most: a file of more is no clerk's spreadsheet. */
const mostCompared = 5000

/** What of a file that was read looks odd beside what was held before it. */
export async function findDoubts(trx: Trx, checker: RowChecker, writer: RowWriter): Promise<RowFault[]> {
  if (checker.samples === undefined || checker.faultCount > 0) return []
  const held = writer.heldSeries().slice(0, mostCompared)
  // What was written a moment ago must not count as usual: it is told apart by the number of the load.
  const usual = await usualOf(
    trx,
    held.map(each => each.id),
    writer.importNumber,
  )
  const byId = new Map(usual.map(each => [each.id, each]))
  const byNumber = held.flatMap(({ number, id }) => {
    const found = byId.get(id)
    return found === undefined ? [] : [[number, found] as const]
  })
  return doubtsOf(checker.series, checker.samples, new Map(byNumber))
}

/** Those that were confirmed on the record under which the file was checked: the same words about the same figure. */
export async function confirmedAmong(
  trx: Trx,
  found: readonly RowFault[],
  checked: RecordKey | undefined,
): Promise<RowFault[]> {
  if (found.length === 0 || checked === undefined) return []
  const said = (await findReading(trx, checked))?.confirmed ?? []
  return found.filter(each => said.some(other => other.message === each.message))
}

/** Doubts that are not among those confirmed. */
export function without(found: readonly RowFault[], confirmed: readonly RowFault[]): RowFault[] {
  return found.filter(each => !confirmed.includes(each))
}
