import type { RunningClock } from '../clock-rows.ts'
import { canLeaveOut } from '../clocks/check-facts.ts'

/** What may be done with a running clock. */
export const clockDeeds = ['pause', 'resume', 'extend', 'leave-out', 'cancel', 'hand-over'] as const
export type ClockDeed = (typeof clockDeeds)[number]

/** Who wants to act on a clock. */
export interface ClockActor {
  /** The role may lead work. */
  manages: boolean
  /** The organisation holds the record the clock hangs on. */
  holds: boolean
  /** The organisation owes what the clock is about. */
  owes: boolean
  /** The area is kept as its papers left it. */
  historical: boolean
}

type Clock = Pick<RunningClock, 'state' | 'agreed' | 'facts' | 'rule'>

/**
 * Whether somebody may do something with a clock now: null where it is not theirs to do or makes no sense for this
 * rule, otherwise the reasons why not yet; none means that it may be done. Whoever holds the record decides about the
 * count; whoever owes, who does it.
 */
export function deedObstacles(deed: ClockDeed, clock: Clock, actor: ClockActor): readonly string[] | null {
  if (!actor.manages || actor.historical) return null
  if (clock.state !== 'running' && clock.state !== 'paused') return null
  if (deed === 'hand-over') return actor.owes ? [] : null
  if (!actor.holds) return null
  if (deed === 'cancel') return []
  return fits(deed, clock) ? countObstacles(deed, clock) : null
}

function fits(deed: Exclude<ClockDeed, 'cancel' | 'hand-over'>, { state, rule }: Clock): boolean {
  switch (deed) {
    case 'pause':
      return state === 'running' && canLeaveOut(rule)
    case 'resume':
      return state === 'paused'
    case 'leave-out':
      return canLeaveOut(rule)
    case 'extend':
      return rule.extension !== undefined
  }
}

function countObstacles(deed: ClockDeed, clock: Clock): string[] {
  if (clock.agreed) return ['A day was agreed for this in place of the count. Change the due of its record instead.']
  if (deed === 'extend' && clock.facts.extended === true) return ['It is extended already.']
  return []
}
