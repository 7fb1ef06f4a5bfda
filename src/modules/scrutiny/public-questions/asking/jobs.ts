import { enqueue, registerJob } from '../../../../platform/jobs.ts'
import { inTransaction } from '../../../../platform/database/transaction.ts'
import { refreshHolidays } from '../body-rules/publish-rules.ts'
import { eraseOldAskers } from '../erase.ts'
import { carryQuestions } from './carry.ts'
import type { CarryServices } from './carry.ts'

const carrying = 'scrutiny.carry-public-questions'
const daily = 'scrutiny.look-after-public-questions'

/** How often the intake is looked at besides: what a process left that ended in between is found by this. */
const lookEvery = { minutes: 10 } as const

let wake: (() => void) | null = null

/**
 * Says that a question was left at the intake, so that it is carried in at once. It passes nothing on: what was sent is
 * read from the intake, and is carried in anyway if this is never called.
 */
export function questionLeft(): void {
  wake?.()
}

/**
 * Begins to carry questions from the intake, and to erase what the bodies' rules keep no longer: at once, whenever a
 * question is left, and again and again. Called once, before jobs begin.
 */
export async function beginPublicQuestions(services: CarryServices): Promise<void> {
  const { program, now, log } = services
  const carryAt = (key: string, startAfter?: Temporal.Instant) =>
    inTransaction(program, null, trx =>
      enqueue(trx, carrying, {}, { singletonKey: key, ...(startAfter !== undefined && { startAfter }) }),
    )
  const lookAt = (startAfter: Temporal.Instant) =>
    inTransaction(program, null, trx => enqueue(trx, daily, {}, { singletonKey: 'daily', startAfter }))
  registerJob(carrying, async () => {
    await carryAt('again', now().add(lookEvery))
    await carryQuestions(services)
  })
  registerJob(daily, async () => {
    await lookAt(now().add({ hours: 24 }))
    await inTransaction(program, null, refreshHolidays)
    await eraseOldAskers(program, now())
  })
  wake = () => {
    carryAt('left').catch(() => log('A question waits at the intake and is carried in later.'))
  }
  await carryAt('start')
  await lookAt(now())
}
