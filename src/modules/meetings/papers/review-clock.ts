import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Ground } from '../../../record/classification.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { startClock, stopClock } from '../../../record/clock-store.ts'
import type { Act } from '../../../record/record.ts'
import { clerkOf } from '../clerk.ts'
import { marksOf } from './marking.ts'
import { sectionsOf } from './paper-text.ts'
import type { Paper } from './queries.ts'

/** A classification is looked at again: a clock of the software itself (statute.md section 11). */
export const reviewRule = 'CLASS-REVIEW'

/** The grounds of its own on which something of a paper is withheld. */
export function groundsInUse(paper: Paper): Ground[] {
  const { head, row, appendices } = paper
  const keys = new Set(sectionsOf(paper).flatMap(section => marksOf(section.source)))
  const all = [
    ...Object.entries(row.grounds).flatMap(([key, ground]) => (keys.has(key) ? [ground] : [])),
    ...appendices.flatMap(each => (each.ground === null ? [] : [each.ground])),
  ]
  return [...(head.ground === null ? [] : [head.ground]), ...all.flatMap(each => ('own' in each ? [each.own] : []))]
}

/** The first day on which one of some markings is to be looked at again; null where no day was given. */
export function firstReview(grounds: readonly Ground[]): Temporal.PlainDate | null {
  const days = grounds.flatMap(ground => (ground.reviewOn === undefined ? [] : [ground.reviewOn])).sort()
  return days[0] === undefined ? null : Temporal.PlainDate.from(days[0])
}

/**
 * Makes the clock of a paper's markings fit them: it runs from the day something is first withheld until all of it is
 * open, to the first day given for a review or else the length of the rule.
 */
export async function keepReviewClock(trx: Trx, act: Act, paper: Paper): Promise<void> {
  const grounds = groundsInUse(paper)
  const running = (await clocksOf(trx, paper.head)).find(
    clock => clock.rule.id === reviewRule && clock.state === 'running',
  )
  if (grounds.length === 0) return stopClock(trx, act, paper.head, reviewRule, 'All of it is open')
  const wanted = firstReview(grounds)
  if (running !== undefined && (wanted === null || String(running.due) === wanted.toString())) return
  if (running !== undefined) await stopClock(trx, act, paper.head, reviewRule, 'Another day was set')
  await startReview(trx, act, paper, wanted)
}

/** Notes that the markings of a paper were looked at and stand, and when they are looked at again. */
export async function noteReview(trx: Trx, act: Act, paper: Paper, again: Temporal.PlainDate | null): Promise<void> {
  await stopClock(trx, act, paper.head, reviewRule, 'Looked at again; it stands')
  if (groundsInUse(paper).length > 0) await startReview(trx, act, paper, again)
}

async function startReview(trx: Trx, act: Act, { head }: Paper, day: Temporal.PlainDate | null): Promise<void> {
  const agreed = day === null ? null : { kind: 'date' as const, date: day }
  const { role } = clerkOf(act)
  const owner = { ...(role !== undefined && { role }), setsDue: false as const }
  await startClock(trx, act, head, reviewRule, { from: londonDate(act.now) }, owner, agreed)
}
