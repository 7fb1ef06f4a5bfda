import type { Kysely } from 'kysely'
import type { Database, Tables, Trx } from '../database/tables.ts'
import type { Viewer } from '../access/viewer.ts'

/** A file that came with a form, already checked for size and type by content. */
export interface Upload {
  field: string
  fileName: string
  /** Media type found by looking at the content, not the name. */
  mediaType: string
  bytes: Buffer
}

/** What was typed into a form, before anything is made of it. Repeated fields are arrays. */
export type FormFields = Readonly<Record<string, string | readonly string[] | undefined>>

/** What a route of the workspace is handed. The transaction is scoped to the viewer and commits when it returns. */
export interface WorkspaceContext {
  trx: Trx
  viewer: Viewer
  now: Temporal.Instant
  today: Temporal.PlainDate
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  fields: FormFields
  uploads: readonly Upload[]
  /** The site's own address, without a slash at the end: for links that leave the page. */
  baseUrl: string
  may(permission: string): boolean
}

/** What a route answers with; the platform turns it into a response after the commit. */
export type Answer =
  | { type: 'page'; view: string; model: object; status?: number }
  | { type: 'redirect'; to: string; notice?: string }
  | { type: 'content'; mediaType: string; body: string | Buffer; fileName?: string; status?: number }
  | { type: 'not-found' }
  | { type: 'gone'; model: object }

/** Every workspace route declares its permission; the server does not start if one lacks it. */
export interface WorkspaceRoute {
  method: 'GET' | 'POST'
  /** Below `/workspace`, beginning with the module's word: `/scrutiny/questions/:id`. */
  path: string
  permission: string
  handler: (context: WorkspaceContext) => Promise<Answer> | Answer
}

/** What an address of the workspace that needs no session is handed. Its handler opens its own transactions. */
export interface KeyedContext {
  db: Database
  now: Temporal.Instant
  today: Temporal.PlainDate
  params: Readonly<Record<string, string>>
  baseUrl: string
}

/**
 * An address of the workspace that programs read without signing in, because a secret stands in it: a personal
 * calendar. GET only, under a limit of how often, and with an ETag.
 */
export interface KeyedRoute {
  /** Below `/workspace`: `/calendar/:file`. */
  path: string
  handler: (context: KeyedContext) => Promise<Answer> | Answer
}

/** The area whose public pages are being read. */
export interface PublicArea {
  id: number
  slug: string
  name: string
  /** Sentence shown on every page of a demonstration or historical area, or null. */
  banner: string | null
  historical: boolean
  asAt: Temporal.PlainDate | null
}

/** What a route of the public site is handed: the public login's handle, and never a session. */
export interface PublicContext {
  db: Kysely<Tables>
  area: PublicArea
  now: Temporal.Instant
  today: Temporal.PlainDate
  /** The moment whose published state is asked for (`?as-of=`), now unless given. */
  asOf: Temporal.Instant
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  baseUrl: string
}

/** A public address below `/<area>/`. GET only; what the public sends goes through its own form routes. */
export interface PublicRoute {
  /** Below `/<area>`, beginning with a slash: `/questions/:slug`. */
  path: string
  handler: (context: PublicContext) => Promise<Answer> | Answer
}

/** What a form of the public site is handed. It has no session, and its handle may write to `intake` alone. */
export interface PublicFormContext extends PublicContext {
  fields: FormFields
  uploads: readonly Upload[]
}

/** A form of the public site below `/<area>`: never cached, and sent back under a limit of how often. */
export interface PublicFormRoute {
  method: 'GET' | 'POST'
  path: string
  handler: (context: PublicFormContext) => Promise<Answer> | Answer
}

export const page = (view: string, model: object, status = 200): Answer => ({ type: 'page', view, model, status })
export const redirect = (to: string, notice?: string): Answer =>
  notice === undefined ? { type: 'redirect', to } : { type: 'redirect', to, notice }
export const notFound = (): Answer => ({ type: 'not-found' })
