import type { Trx } from '../../../platform/database/tables.ts'
import { findArea } from '../../../record/areas.ts'
import { handOverWork, ownersOfWork } from '../../../record/hand-over.ts'
import type { Act } from '../../../record/record.ts'
import { appointmentsOf } from './people.ts'
import { whoFollows } from './rules.ts'

/**
 * Hands over what people own whose post has ended by a day: to who holds the same post now, or to the role alone. For
 * the deed that ends an appointment (of one person), and for a job of each day (of everyone, whose end may lie ahead
 * when it is recorded). In a historical area nothing is handed over.
 *
 * @returns how many deadlines and records were handed over
 */
export async function settleHandOvers(
  trx: Trx,
  act: Act,
  areaId: number,
  today: Temporal.PlainDate,
  only?: { organisationId: string; personId: string },
): Promise<number> {
  if ((await findArea(trx, areaId))?.historical !== false) return 0
  const owners = await ownersOfWork(trx, areaId, only)
  if (owners.length === 0) return 0
  const organisationIds = [...new Set(owners.map(owner => owner.organisationId))]
  const posts = (await appointmentsOf(trx, { organisationIds })).filter(post => post.areaId === areaId)
  let handedOver = 0
  for (const owner of owners) {
    const there = posts.filter(post => post.organisationId === owner.organisationId)
    const follower = whoFollows(owner, there, today)
    if (follower !== null) handedOver += await handOverWork(trx, act, areaId, owner, follower)
  }
  return handedOver
}
