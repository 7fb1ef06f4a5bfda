import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { figureText } from '../figures.ts'
import { type RevisedFigure, saveReading } from './reading-queries.ts'
import type { RowFault } from './row-faults.ts'
import type { ChangedFigure } from './row-writer.ts'

/** A figure before and after, as it is printed. */
export function revisedFigure({ measure, breakdown, period, before, after }: ChangedFigure): RevisedFigure {
  const text = (value: number | null) => (value === null ? 'no figure' : figureText(value, measure))
  const told = { measureId: measure.id, measure: measure.title, breakdown, period }
  return { ...told, before: text(before), after: text(after) }
}

/**
 * Keeps beside a load which figures it revised, and who let odd ones pass.
 *
 * @param confirmed what was confirmed with the load itself; null where it was confirmed before, on the record
 */
export async function tellOfLoad(
  trx: Trx,
  act: Act,
  loaded: RecordKey,
  { changes }: { changes: readonly ChangedFigure[] },
  confirmed: readonly RowFault[] | null,
): Promise<void> {
  const revised = changes.map(revisedFigure)
  const anyConfirmed = confirmed !== null && confirmed.length > 0
  if (revised.length === 0 && !anyConfirmed) return
  const by = { confirmed_by: act.viewer.name, confirmed_at: act.now }
  await saveReading(trx, loaded, { revised, ...(anyConfirmed && { confirmed: [...confirmed], ...by }) })
}
