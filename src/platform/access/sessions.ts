import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Database } from '../database/tables.ts'
import { londonDate } from '../time.ts'
import type { AuthenticationSettings } from './authentication-options.ts'
import type { Permissions } from './may.ts'
import { actingPlace, type Place, placesOf, seatHolds } from './seats.ts'
import { requiresSecondFactor } from './second-factor.ts'
import type { Viewer } from './viewer.ts'

/** After this long without a page being asked for, a session no longer counts. */
export const idleMinutes = 120

/** How exactly "last seen" is kept, so that not every page writes. */
const seenEveryMinutes = 1

/** A request, as far as its session is concerned. */
export interface RequestWithCookies {
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Someone who is signed in, whether or not they may act for anybody. */
export interface SignedIn {
  sessionId: string
  userId: string
  personId: string | null
  name: string
  email: string
  /** Whether an authenticator code is set up. */
  secondFactor: boolean
  /** Organisations and areas they have a seat in today, with the roles there. */
  places: readonly Place[]
  /** The one they act for now; null until someone of several has chosen, or when there is none. */
  acting: Place | null
}

export interface Sessions {
  /** Who asks and for whom they act; null when nobody is signed in, or has yet to choose, or has no seat today. */
  viewerOf(request: RequestWithCookies): Promise<Viewer | null>
  /** Who is signed in, with all they may choose from. */
  signedInOf(request: RequestWithCookies): Promise<SignedIn | null>
  /** The viewer that someone signed in is at this moment. */
  viewerFrom(person: SignedIn): Viewer | null
}

export interface SessionServices {
  db: Database
  settings: AuthenticationSettings
  permissions: Permissions
  /** The clock; the machine's own unless a test sets it. */
  now?: () => Temporal.Instant
}

/** Name of the cookie that holds the session. */
export function sessionCookieName(baseUrl: string): string {
  return `${baseUrl.startsWith('https://') ? '__Secure-' : ''}peelian.session_token`
}

/** The value of a cookie in a request, or null. */
export function cookieOf(request: RequestWithCookies, name: string): string | null {
  const header = request.headers.cookie
  const parts = (Array.isArray(header) ? header.join('; ') : (header ?? '')).split(/;\s*/)
  const found = parts.find(part => part.startsWith(`${name}=`))
  return found === undefined ? null : found.slice(name.length + 1)
}

/**
 * The session's token out of its cookie (`token.signature`), or null if the signature is not ours. Without the
 * signature nobody could use a token that was read from the database.
 */
export function tokenOf(cookie: string, secret: string): string | null {
  let value: string
  try {
    value = decodeURIComponent(cookie)
  } catch {
    return null
  }
  const dot = value.lastIndexOf('.')
  if (dot < 1) return null
  const expected = createHmac('sha256', secret).update(value.slice(0, dot)).digest()
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected) ? value.slice(0, dot) : null
}

/** The whole of a session in one statement: session, user, seats of today, their organisations and areas. */
async function sessionRows(db: Database, token: string, now: Temporal.Instant) {
  const idleSince = now.subtract({ minutes: idleMinutes })
  const seenBefore = now.subtract({ minutes: seenEveryMinutes })
  return await db
    .with('live', cte =>
      cte
        .selectFrom('auth.session')
        .select(['id', 'user_id', 'acting_organisation', 'acting_area', 'last_seen_at'])
        .where('token', '=', token)
        .where('expires_at', '>', now)
        .where('last_seen_at', '>', idleSince),
    )
    .with('seen', cte =>
      cte
        .updateTable('auth.session')
        .set({ last_seen_at: now })
        .where('id', 'in', eb => eb.selectFrom('live').select('live.id').where('live.last_seen_at', '<', seenBefore)),
    )
    .selectFrom('live')
    .innerJoin('auth.user as u', 'u.id', 'live.user_id')
    .leftJoin('seat', join => join.onRef('seat.user_id', '=', 'u.id').on(eb => seatHolds(eb, londonDate(now))))
    .leftJoin('workspace.organisation as o', 'o.id', 'seat.organisation_id')
    .leftJoin('workspace.area as a', 'a.id', 'seat.area_id')
    .select([
      'live.id as session_id',
      'live.acting_organisation',
      'live.acting_area',
      'u.id as user_id',
      'u.name',
      'u.email',
      'u.person_id',
      'u.two_factor_enabled',
      'seat.role',
      'o.id as organisation_id',
      'o.name as organisation_name',
      'o.kind as organisation_kind',
      'a.id as area_id',
      'a.slug as area_slug',
      'a.name as area_name',
      'a.historical as area_historical',
    ])
    .orderBy('o.name')
    .orderBy('a.name')
    .orderBy('seat.role')
    .execute()
}

/** The sessions of this installation. Nothing is kept between requests, so that signing out everywhere works at once. */
export function createSessions(services: SessionServices): Sessions {
  const { db, settings, permissions, now = () => Temporal.Now.instant() } = services

  async function signedInOf(request: RequestWithCookies): Promise<SignedIn | null> {
    const cookie = cookieOf(request, sessionCookieName(settings.baseUrl))
    const token = cookie === null ? null : tokenOf(cookie, settings.sessionSecret)
    if (token === null) return null
    const rows = await sessionRows(db, token, now())
    const first = rows[0]
    if (!first) return null
    const places = placesOf(rows)
    return {
      sessionId: first.session_id,
      userId: first.user_id,
      personId: first.person_id,
      name: first.name,
      email: first.email,
      secondFactor: first.two_factor_enabled === true,
      places,
      acting: actingPlace(places, { organisation: first.acting_organisation, area: first.acting_area }),
    }
  }

  function viewerFrom(person: SignedIn): Viewer | null {
    if (!person.acting) return null
    const { organisation, area, roles } = person.acting
    const { userId, personId, name } = person
    const missing = !settings.demo && !person.secondFactor && requiresSecondFactor(roles, permissions)
    return { userId, personId, name, organisation, area, roles, ...(missing ? { secondFactorMissing: true } : {}) }
  }

  async function viewerOf(request: RequestWithCookies): Promise<Viewer | null> {
    const person = await signedInOf(request)
    return person && viewerFrom(person)
  }

  return { viewerOf, signedInOf, viewerFrom }
}

/** Keeps the choice of whom someone acts for, for this session. */
export async function actFor(db: Database, sessionId: string, place: Place): Promise<void> {
  await db
    .updateTable('auth.session')
    .set({ acting_organisation: place.organisation.id, acting_area: place.area.id })
    .where('id', '=', sessionId)
    .execute()
}

/** A session as the account page lists it. */
export interface OpenSession {
  id: string
  since: Temporal.Instant
  lastSeen: Temporal.Instant | null
  browser: string | null
}

/** The sessions of a user that still count, newest first. */
export async function openSessions(db: Database, userId: string, now: Temporal.Instant): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('auth.session')
    .select(['id', 'created_at', 'last_seen_at', 'user_agent'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', now.subtract({ minutes: idleMinutes }))
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(row => ({
    id: row.id,
    since: row.created_at,
    lastSeen: row.last_seen_at,
    browser: row.user_agent,
  }))
}
