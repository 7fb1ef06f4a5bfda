import type { Trx } from '../../../platform/database/tables.ts'
import type { Act } from '../../../record/record.ts'
import { type Raised, raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { findContradictionsOfSeries } from '../quality/keep-register.ts'
import type { LoadFollower } from './follower.ts'

/** Few enough that a load can be followed and stopped in between. */
const seriesAtOnce = 100

/**
 * Reads series by the rules as `raiseExceptions` does, telling how many are read, then looks for what in them contradicts
 * something else.
 */
export async function raiseFollowed(
  trx: Trx,
  act: Act,
  areaId: number,
  series: readonly number[],
  follower: LoadFollower | undefined,
): Promise<Raised> {
  const total: Raised = { raised: 0, changed: 0, lapsed: 0 }
  if (follower !== undefined) Object.assign(follower, { phase: 'rules', series: series.length, seriesRead: 0 })
  for (let at = 0; at < series.length; at += seriesAtOnce) {
    follower?.goOn()
    const done = await raiseExceptions(trx, act, areaId, series.slice(at, at + seriesAtOnce))
    for (const key of ['raised', 'changed', 'lapsed'] as const) total[key] += done[key]
    if (follower !== undefined) follower.seriesRead = Math.min(series.length, at + seriesAtOnce)
  }
  await findContradictionsOfSeries(trx, act, areaId, series)
  return total
}
