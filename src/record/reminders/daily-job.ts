import type { Database, Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { enqueue, registerJob } from '../../platform/jobs.ts'
import { london, londonDate } from '../../platform/time.ts'
import { isSendingTime, nextRun } from './schedule.ts'
import { addressees, remind } from './send-reminders.ts'
import type { Sending } from './send-reminders.ts'
import './tables.ts'

const dailyJob = 'record.reminders'

/** How long it is kept what was told: longer than any deadline is spoken of again. */
const keptDays = 400

export interface ReminderSettings {
  db: Database
  baseUrl: string
  now: () => Temporal.Instant
  /** One line to whoever runs the program; never names a person. */
  log: (message: string) => void
}

/**
 * Says how the messages of a day are written, and puts the next run into the queue: at once where those of today were
 * missed. Called at the start of the program, before jobs begin. Several processes may do so; the job of a day is one.
 */
export async function beginReminders(settings: ReminderSettings): Promise<void> {
  const { db, now } = settings
  registerJob(dailyJob, () => runDay(settings))
  await inTransaction(db, null, async trx => {
    const moment = now()
    await scheduleAt(trx, nextRun(moment, await isFinished(trx, londonDate(moment))))
  })
}

/**
 * Writes the messages of today and puts tomorrow's run into the queue, before anything else, so that nothing that goes
 * wrong ends the chain. What went wrong for some is tried again by the jobs; the others are not written to twice.
 */
async function runDay(settings: ReminderSettings): Promise<void> {
  const { db } = settings
  const now = settings.now()
  const sending = isSendingTime(now)
  await inTransaction(db, null, trx => scheduleAt(trx, nextRun(now, sending)))
  if (sending) await writeDay(settings, londonDate(now))
}

/**
 * Writes every message of a day, once.
 *
 * @throws Error where some could not be written, after the others were
 */
export async function writeDay({ db, baseUrl, now, log }: ReminderSettings, today: Temporal.PlainDate): Promise<void> {
  if (await inTransaction(db, null, trx => isFinished(trx, today))) return
  const sending: Sending = { db, today, baseUrl }
  let written = 0
  const faults: unknown[] = []
  for (const addressee of await addressees(sending)) {
    try {
      written += await remind(sending, addressee)
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (written > 0)
    log(`Reminders of deadlines were written to ${written} ${written === 1 ? 'recipient' : 'recipients'}.`)
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} reminders could not be written`)
  await inTransaction(db, null, trx => finish(trx, today, now()))
}

async function scheduleAt(trx: Trx, startAfter: Temporal.Instant): Promise<void> {
  const day = startAfter.toZonedDateTimeISO(london).toPlainDate()
  await enqueue(trx, dailyJob, {}, { startAfter, singletonKey: day.toString() })
}

async function isFinished(trx: Trx, day: Temporal.PlainDate): Promise<boolean> {
  const row = await trx.selectFrom('reminder_day').select('day').where('day', '=', day).executeTakeFirst()
  return row !== undefined
}

async function finish(trx: Trx, day: Temporal.PlainDate, now: Temporal.Instant): Promise<void> {
  await trx
    .insertInto('reminder_day')
    .values({ day, finished_at: now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const before = day.subtract({ days: keptDays })
  await trx.deleteFrom('reminder_message').where('day', '<', before).execute()
  await trx.deleteFrom('reminder_told').where('told_on', '<', before).execute()
  await trx.deleteFrom('reminder_day').where('day', '<', before).execute()
}
