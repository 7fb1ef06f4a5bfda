import type { Trx } from '../../../platform/database/tables.ts'
import type { Upload, WorkspaceContext } from '../../../platform/web/route.ts'
import { type Answer, redirect } from '../../../platform/web/route.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import type { LoadReport } from '../import/load-observations.ts'
import { findLoad } from './load-queries.ts'
import { orderAgain, orderLoads, ownForm } from './order-load.ts'
import { pathOfBatch } from './workspace.ts'

/** From this size on, in bytes, a file is read by itself and followed on a page of its own. */
export const longFile = 4_000_000

/** Has a long file checked by itself; the answer leads to where that is followed. */
export async function checkLong(context: WorkspaceContext, upload: Upload): Promise<Answer> {
  const order = { areaId: context.viewer.area.id, form: ownForm, options: { dryRun: true } }
  return redirect(pathOfBatch(await orderLoads(context.trx, context, order, [upload])))
}

/** Has a long file that was checked loaded by itself. */
export async function applyLong(context: WorkspaceContext, record: RecordHead, bytes: number): Promise<Answer> {
  const order = { areaId: record.areaId, form: ownForm, options: { dryRun: false }, bytes }
  await changeRecord(context.trx, context, record, record.version, { state: 'loading' }, { kind: 'loading' })
  return redirect(pathOfBatch(await orderAgain(context.trx, context, record, order)))
}

/**
 * What checking a long file came to, as it was kept: reading it anew for each view of its page would take as long
 * again. When it is loaded everything is checked once more.
 */
export async function storedReport(trx: Trx, key: RecordKey): Promise<LoadReport | null> {
  const load = await findLoad(trx, key)
  // Written by `loadOwn` in load-file.ts and by nothing else.
  return load?.form === ownForm && load.state === 'done' ? (load.report as LoadReport | null) : null
}
