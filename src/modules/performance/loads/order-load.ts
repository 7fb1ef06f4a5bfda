import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Upload } from '../../../platform/web/route.ts'
import { attach } from '../../../record/files.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { createRecord } from '../../../record/records.ts'
import { insertLoad } from './load-queries.ts'

/** A CSV file in Peelian's own columns, beside the forms of national open data. */
export const ownForm = 'figures'

export const loadJob = 'performance.load'

export interface Order {
  areaId: number
  /** A form of national open data, or `ownForm`. */
  form: string
  options: object
}

/** Has files loaded by themselves once the transaction is committed; each is a record from now on. Gives the batch. */
export async function orderLoads(trx: Trx, act: Act, order: Order, uploads: readonly Upload[]): Promise<string> {
  const batch = randomUUIDv7()
  for (const [place, upload] of uploads.entries()) {
    const record = await createRecord(trx, act, {
      ...{ areaId: order.areaId, kind: 'import', title: upload.fileName, state: 'loading' },
    })
    await attach(trx, act, record, { upload }, upload.fileName)
    await orderAgain(trx, act, record, { ...order, bytes: upload.bytes.length, batch, place })
  }
  return batch
}

/** Has a file loaded that is kept already, or loaded where it was only checked before. Gives the batch. */
export async function orderAgain(
  trx: Trx,
  act: Act,
  record: RecordKey,
  order: Order & { bytes: number; batch?: string; place?: number },
): Promise<string> {
  const { form, options, bytes, batch = randomUUIDv7(), place = 0 } = order
  const { areaId, id } = record
  const organisationId = act.viewer.organisation.id
  await insertLoad(trx, act, { areaId, id, batch, place, form, options, organisationId, bytes })
  await enqueue(trx, loadJob, { areaId, id }, { singletonKey: id })
  return batch
}
