import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { linkedTo } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { contradictionsIn } from './find.ts'
import { findQueries, updateQuery } from './quality-queries.ts'
import { forEachSubject } from './subjects.ts'

/** Moves on every data query that a question asks about. Called when the question has been put. */
export async function noteAsked(trx: Trx, act: Act, question: RecordKey): Promise<void> {
  const about = await linkedTo(trx, question, 'asks-about')
  const found = await findQueries(
    trx,
    question.areaId,
    about.map(each => each.id),
  )
  for (const { area_id: areaId, id } of found.filter(each => each.state === 'found')) {
    await changeRecord(trx, act, { areaId, id }, null, { state: 'asked' }, { kind: 'asked' })
  }
}

const explainable = ['found', 'asked', 'explained']

/**
 * Records why the figures are as they are: both are right, and count different things.
 *
 * @throws Refusal once the figures no longer bear the query out
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function explainQuery(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  explanation: string,
): Promise<void> {
  const record = await standing(trx, key)
  if (!explainable.includes(record.state)) throw new Refusal(['There is nothing to explain: the figures agree now.'])
  await changeRecord(trx, act, key, version, { state: 'explained' }, { kind: 'explained', why: explanation })
  await updateQuery(trx, key, { explanation })
}

/**
 * Says that what was found has been put right. The rules look again first: only figures put something right.
 *
 * @throws Refusal with what they still find
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function markPutRight(trx: Trx, act: Act, key: RecordKey, version: number): Promise<void> {
  const record = await standing(trx, key)
  if (record.state === 'put-right') throw new Refusal(['It is marked as put right already.'])
  const [query] = await findQueries(trx, key.areaId, [key.id])
  if (query === undefined) throw new Refusal(['This data query is not there any more.'])
  let still: string | null = null
  await forEachSubject(trx, key.areaId, [query.measure_id], async subjects => {
    const same = contradictionsIn(subjects).find(
      each => each.measureId === query.measure_id && each.identity === query.identity,
    )
    still = same?.sentence ?? still
  })
  if (still !== null) {
    throw new Refusal([`The figures still say so: ${String(still)}`, 'Load the figures as they should be first.'])
  }
  await changeRecord(trx, act, key, version, { state: 'put-right' }, { kind: 'put-right' })
  await updateQuery(trx, key, { checked_at: act.now })
}

async function standing(trx: Trx, key: RecordKey): Promise<RecordHead> {
  const record = await findRecord(trx, key)
  if (record?.kind !== 'data-query') throw new Refusal(['This data query is not there any more.'])
  return record
}
