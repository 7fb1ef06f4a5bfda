import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { refuseIf } from '../refuse.ts'
import { mustFind } from './decide.ts'
import { changePublicQuestion, publicQuestionsFor } from './queries.ts'

/**
 * Puts an accepted question one place earlier at its meeting, before the one that stood there.
 *
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function putEarlier(trx: Trx, act: Act, key: RecordKey, version: number): Promise<void> {
  const { row, facts } = await mustFind(trx, key)
  refuseIf(facts.state === 'accepted' ? [] : ['It is not waiting to be put.'])
  const placed = (await publicQuestionsFor(trx, key.areaId, row.meeting_id ?? '')).filter(
    each => each.row.place !== null,
  )
  const at = placed.findIndex(each => each.head.id === key.id)
  const before = placed[at - 1]
  if (before === undefined) return
  await changeRecord(trx, act, key, version, {}, { kind: 'put-earlier' })
  // Numbered anew as a whole: places may have gaps where a question was withdrawn.
  const order = placed.toSpliced(at, 1).toSpliced(at - 1, 0, ...placed.slice(at, at + 1))
  for (const [place, each] of order.entries()) await changePublicQuestion(trx, each.head, { place: place + 1 })
}
