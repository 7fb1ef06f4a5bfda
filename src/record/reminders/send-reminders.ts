import { createHash } from 'node:crypto'
import { seatedUsers } from '../../platform/access/seated-users.ts'
import type { SeatedUser } from '../../platform/access/seated-users.ts'
import type { Database, Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { composeListMail, sendMail } from '../../platform/mail.ts'
import type { Mail } from '../../platform/mail.ts'
import { dayInWords, momentInWords } from '../clocks/days.ts'
import { dailyMessage, toldKey } from './daily-message.ts'
import type { DailyMessage, Heading } from './daily-message.ts'
import { dutiesOf, goingOutside, owedBy } from './duties.ts'
import type { WordedDuty } from './duties.ts'
import { isToldBefore, placesWithAddresses } from './settings.ts'
import type { ReminderPlace } from './settings.ts'
import './tables.ts'

/** When and from where messages are written. */
export interface Sending {
  db: Database
  /** The day in London. */
  today: Temporal.PlainDate
  /** The site's own address, without a slash at the end. */
  baseUrl: string
}

const views = {
  person: { words: 'record/reminders/views/mail.njk', page: 'record/reminders/views/mail-page.njk' },
  outside: { words: 'record/reminders/views/mail-outside.njk', page: 'record/reminders/views/mail-outside-page.njk' },
}

/** Somebody a message of the day may be written to. */
type Addressee = { user: SeatedUser } | { place: Awaited<ReturnType<typeof placesWithAddresses>>[number] }

/** Everybody to whom something could be written on a day: whoever has a seat, and organisations with addresses outside. */
export function addressees({ db, today }: Sending): Promise<Addressee[]> {
  return inTransaction(db, null, async trx => {
    const users = await seatedUsers(trx, today)
    const places = await placesWithAddresses(trx)
    return [...users.map(user => ({ user })), ...places.map(place => ({ place }))]
  })
}

/**
 * Writes the day's message to one addressee, if there is anything to tell. The mail, the row that says it was written
 * and what it told are one transaction: it is written once, whatever is killed when and however many processes try.
 *
 * @returns how many messages were written
 */
export function remind(sending: Sending, addressee: Addressee): Promise<number> {
  if ('user' in addressee) return remindUser(sending, addressee.user)
  return remindOutside(sending, addressee.place)
}

function remindUser(sending: Sending, user: SeatedUser): Promise<number> {
  const organisations = user.places.map(place => place.organisation.id)
  return inTransaction(sending.db, organisations, async trx => {
    const message = await messageFor(trx, user, sending.today)
    if (message === null) return 0
    return writeOnce(trx, sending, user.userId, message, () => composeFor(user, message, sending))
  })
}

/** What a user is written on a day, or null. The transaction must act for the user's organisations. */
async function messageFor(
  trx: Trx,
  user: Pick<SeatedUser, 'userId' | 'places'>,
  today: Temporal.PlainDate,
): Promise<DailyMessage<WordedDuty> | null> {
  const duties = await dutiesOf(trx, user, today, await isToldBefore(trx, user.userId))
  return dailyMessage(duties, today, await toldBefore(trx, user.userId))
}

/** The mail of a message, in plain text and in HTML. */
function composeFor(
  { name, email, places }: SeatedUser,
  message: DailyMessage<WordedDuty>,
  { today, baseUrl }: Omit<Sending, 'db'>,
): Mail {
  const several = new Set(places.map(place => place.organisation.id)).size > 1
  const model = { name, ...mailModel(message.groups, today, baseUrl), several }
  return composeListMail(email, views.person, { ...model, baseUrl })
}

async function remindOutside(
  sending: Sending,
  place: Awaited<ReturnType<typeof placesWithAddresses>>[number],
): Promise<number> {
  const { db, today, baseUrl } = sending
  return inTransaction(db, [place.organisationId], async trx => {
    const owed = await owedBy(trx, place, today)
    let written = 0
    for (const [address, duties] of goingOutside(owed)) {
      const recipient = outsideRecipient(place, address)
      const message = dailyMessage(duties, today, await toldBefore(trx, recipient))
      if (message === null) continue
      const model = { organisation: place.name, ...mailModel(message.groups, today, baseUrl) }
      written += await writeOnce(trx, sending, recipient, message, () =>
        composeListMail(address, views.outside, { ...model, baseUrl }),
      )
    }
    return written
  })
}

/** Who was written to, without the address itself. */
function outsideRecipient({ areaId, organisationId }: ReminderPlace, address: string): string {
  return `${areaId} ${organisationId} ${createHash('sha256').update(address).digest('hex')}`
}

/** What a recipient was told before, as keys of `toldKey`. */
async function toldBefore(trx: Trx, recipient: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('reminder_told')
    .select(['area_id', 'clock_id', 'due', 'stage'])
    .where('recipient', '=', recipient)
    .execute()
  return new Set(rows.map(row => toldKey({ areaId: row.area_id, clockId: row.clock_id, due: row.due }, row.stage)))
}

async function writeOnce(
  trx: Trx,
  { today }: Sending,
  recipient: string,
  { tells }: DailyMessage<WordedDuty>,
  compose: () => Mail,
): Promise<number> {
  const first = await trx
    .insertInto('reminder_message')
    .values({ recipient, day: today })
    .onConflict(conflict => conflict.doNothing())
    .returning('recipient')
    .executeTakeFirst()
  // Another process, or this one before it was killed, has written it.
  if (first === undefined) return 0
  await trx
    .insertInto('reminder_told')
    .values(
      tells.map(({ duty, stage }) => ({
        recipient,
        area_id: duty.areaId,
        clock_id: duty.clockId,
        due: duty.due,
        stage,
        told_on: today,
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await sendMail(trx, compose())
  return 1
}

/** What both forms of the mail print. */
export function mailModel(groups: DailyMessage<WordedDuty>['groups'], today: Temporal.PlainDate, baseUrl: string) {
  const lines = (heading: Heading) => groups[heading].map(duty => lineOf(duty, today, baseUrl))
  return {
    today: dayInWords(today),
    overdue: lines('overdue'),
    dueToday: lines('today'),
    /** Something is due on a day on which nobody is written to. */
    beforeNext: groups.today.some(({ due }) => !due.equals(today)),
    soon: lines('soon'),
    escalated: lines('escalated'),
  }
}

function lineOf(duty: WordedDuty, today: Temporal.PlainDate, baseUrl: string) {
  const { words, clock, due, organisation } = duty
  const moment = clock.due instanceof Temporal.PlainDateTime ? clock.due : null
  return {
    what: words.what,
    kind: words.kind,
    reference: words.reference,
    title: words.title,
    when: moment === null ? dayInWords(due) : momentInWords(moment),
    timed: moment !== null,
    daysLate: Math.max(0, due.until(today, { largestUnit: 'days' }).days),
    organisation,
    link: words.path === null ? null : baseUrl + words.path,
  }
}
