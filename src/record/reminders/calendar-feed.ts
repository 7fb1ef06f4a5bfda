import { createHash, randomBytes } from 'node:crypto'
import { seatedUsers } from '../../platform/access/seated-users.ts'
import type { SeatedUser } from '../../platform/access/seated-users.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { london } from '../../platform/time.ts'
import { calendarType, writeCalendar } from '../../platform/web/calendar.ts'
import type { CalendarEvent } from '../../platform/web/calendar.ts'
import { notFound } from '../../platform/web/route.ts'
import type { Answer, KeyedContext, KeyedRoute } from '../../platform/web/route.ts'
import { toClock } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { wordsOf } from './outside-words.ts'
import type { ClockWords } from './outside-words.ts'
import { owingOrganisation } from './duties.ts'
import { recipientsOf } from './recipients.ts'
import './tables.ts'

/** How long a deadline that was met or cancelled stays in the calendar as cancelled, so that every copy drops it. */
const cancelledDays = 60

/** Since when somebody's calendar has an address, or null. */
export async function feedSince(trx: Trx, userId: string): Promise<Temporal.Instant | null> {
  const row = await trx.selectFrom('calendar_feed').select('made_at').where('user_id', '=', userId).executeTakeFirst()
  return row?.made_at ?? null
}

/**
 * Makes a new secret address for somebody's calendar; the one before no longer works. Only its hash is kept, so this
 * is the one time it can be shown.
 *
 * @returns the secret of the address
 */
export async function makeFeed(trx: Trx, userId: string, now: Temporal.Instant): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const values = { token_hash: hashOf(token), made_at: now }
  await trx
    .insertInto('calendar_feed')
    .values({ user_id: userId, ...values })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet(values))
    .execute()
  return token
}

/** Ends the address of somebody's calendar. */
export async function endFeed(trx: Trx, userId: string): Promise<void> {
  await trx.deleteFrom('calendar_feed').where('user_id', '=', userId).execute()
}

/** The address of a calendar, below the site's own. */
export function feedPath(token: string): string {
  return `/workspace/calendar/${token}.ics`
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Somebody's own deadlines as a calendar, for programs that know its secret address. */
export const feedRoute: KeyedRoute = { path: '/calendar/:file', handler: answerFeed }

async function answerFeed({ db, now, today, params, baseUrl }: KeyedContext): Promise<Answer> {
  const token = /^([\w-]{43})\.ics$/.exec(params['file'] ?? '')?.[1]
  if (token === undefined) return notFound()
  const user = await inTransaction(db, null, trx => userOfFeed(trx, token, today))
  // Whoever no longer acts for anybody has no deadlines, and no calendar.
  if (user === null) return notFound()
  const organisations = user.places.map(place => place.organisation.id)
  const events = await inTransaction(db, organisations, trx => eventsOf(trx, user, { now, today, baseUrl }))
  return { type: 'content', mediaType: calendarType, body: writeCalendar('Deadlines', events, baseUrl) }
}

async function userOfFeed(trx: Trx, token: string, today: Temporal.PlainDate): Promise<SeatedUser | null> {
  const feed = await trx
    .selectFrom('calendar_feed')
    .select('user_id')
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (feed === undefined) return null
  const [user] = await seatedUsers(trx, today, { userId: feed.user_id })
  return user ?? null
}

/** The deadlines of a user in all the places they act in. The transaction must act for those organisations. */
export async function eventsOf(
  trx: Trx,
  user: SeatedUser,
  { now, today, baseUrl }: Pick<KeyedContext, 'now' | 'today' | 'baseUrl'>,
): Promise<CalendarEvent[]> {
  const events: CalendarEvent[] = []
  for (const { area, organisation } of user.places.filter(place => !place.area.historical)) {
    const place = { areaId: area.id, organisationId: organisation.id, kind: organisation.kind }
    const owing = await owingOrganisation(trx, place, today)
    const clocks = await datedClocks(trx, place, now)
    const own = clocks.filter(clock => recipientsOf(clock, owing).owners.has(user.userId))
    const words = await wordsOf(trx, organisation.id, own)
    for (const clock of own) events.push(...eventOf(clock, words.get(clock.id), baseUrl))
  }
  return events
}

async function datedClocks(
  trx: Trx,
  place: { areaId: number; organisationId: string },
  now: Temporal.Instant,
): Promise<RunningClock[]> {
  const since = now.subtract({ hours: 24 * cancelledDays })
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', place.areaId)
    .where('organisation_id', '=', place.organisationId)
    .where('in_force', '=', true)
    .where('due', 'is not', null)
    .where(eb =>
      eb.or([
        eb('state', 'in', ['running', 'paused']),
        eb.and([eb('state', 'in', ['stopped', 'cancelled']), eb('updated_at', '>=', since)]),
      ]),
    )
    .orderBy('due')
    .orderBy('id')
    .execute()
  return rows.map(toClock).filter(clock => clock.rule.lastDay === 'do-by')
}

const statuses = {
  running: 'confirmed',
  // Its day will move: it stands in the calendar, but not as settled.
  paused: 'tentative',
  stopped: 'cancelled',
  cancelled: 'cancelled',
  'not-known': 'cancelled',
} as const

function eventOf(clock: RunningClock, words: ClockWords | undefined, baseUrl: string): CalendarEvent[] {
  if (words === undefined || clock.due === null) return []
  const path = words.path ?? '/workspace'
  const named = [words.kind, words.reference].filter(part => part !== null).join(' ')
  return [
    {
      id: clock.id,
      title: `${words.what} (${named})${words.title === null ? '' : `: ${words.title}`}`,
      start: clock.due instanceof Temporal.PlainDate ? clock.due : clock.due.toZonedDateTime(london),
      place: null,
      path,
      description: [clock.rule.sentence, clock.rule.source, baseUrl + path].join('\n\n'),
      sequence: clock.sequence,
      status: statuses[clock.state],
      stamp: clock.updatedAt,
      free: true,
    },
  ]
}
