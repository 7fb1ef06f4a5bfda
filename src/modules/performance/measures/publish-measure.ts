import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { kindOf } from '../../../record/kinds.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { publishCommentaries } from '../commentary/commentary.ts'
import { publicExceptions } from '../exceptions/snapshot.ts'

/**
 * Publishes a measure with its figures and every exception that stands or has stood in them, so that the chain from
 * a question to its objective has no gap. Publishing again freezes what has changed since.
 *
 * @returns how many exceptions went with it
 * @throws Refusal with every reason where it may not be published
 */
export async function publishMeasure(trx: Trx, act: Act, key: RecordKey): Promise<number> {
  const record = await findRecord(trx, key)
  if (record === null) throw new Refusal(['This measure is not there any more.'])
  const obstacles = (await kindOf('measure').publishing?.obstacles?.(trx, record)) ?? []
  if (obstacles.length > 0) throw new Refusal(obstacles)
  await publishRecord(trx, act, key)
  const exceptions = await publicExceptions(trx, key)
  for (const each of exceptions) await publishRecord(trx, act, { areaId: each.area_id, id: each.id })
  await publishCommentaries(trx, act, key)
  return exceptions.length
}
