import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import type { Act } from '../../../record/record.ts'
import type { ImportFile } from '../import/csv-file.ts'
import { loadOpenData, type OpenLoad, type OpenReport, TriedOnly } from './load-open-data.ts'
import type { OpenForm } from './open-form.ts'

/** Loads one file in a transaction of its own: all of it, or nothing. */
export async function runOpenData(
  db: Database,
  act: Act,
  form: OpenForm,
  file: ImportFile,
  load: OpenLoad,
): Promise<OpenReport> {
  try {
    return await inTransaction(db, act.viewer, trx => loadOpenData(trx, act, form, file, load))
  } catch (fault) {
    if (fault instanceof TriedOnly) return fault.report
    throw fault
  }
}
