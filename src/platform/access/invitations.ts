import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Database, Trx } from '../database/tables.ts'
import { londonDate } from '../time.ts'
import { addSeat } from './seats.ts'
import { plainEmail } from './users.ts'
import { isRole, type Role } from './viewer.ts'

/** How long the link of an invitation works. */
export const invitationDays = 7

export interface NewInvitation {
  email: string
  organisationId: string
  areaId: number
  roles: readonly Role[]
  /** Last day of the roles, or null for ones without an end. */
  until: Temporal.PlainDate | null
  /** Name of whoever invites, for the mail and the list. */
  invitedBy: string
}

/** An invitation that can still be accepted. */
export interface Invitation {
  id: string
  email: string
  organisation: { id: string; name: string }
  area: { id: number; name: string }
  roles: readonly Role[]
  until: Temporal.PlainDate | null
  invitedBy: string
  expiresAt: Temporal.Instant
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * Writes an invitation; an earlier one that is still open, to the same address for the same organisation and area,
 * stops working.
 *
 * @returns the token for the link, which is kept nowhere but in the mail
 */
export async function invite(trx: Trx, invitation: NewInvitation, now: Temporal.Instant): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const email = plainEmail(invitation.email)
  await trx
    .deleteFrom('auth.invitation')
    .where('email', '=', email)
    .where('organisation_id', '=', invitation.organisationId)
    .where('area_id', '=', invitation.areaId)
    .where('used_at', 'is', null)
    .execute()
  await trx
    .insertInto('auth.invitation')
    .values({
      id: randomUUIDv7(),
      token_hash: hashOf(token),
      email,
      organisation_id: invitation.organisationId,
      area_id: invitation.areaId,
      roles: [...invitation.roles],
      until_date: invitation.until,
      invited_by: invitation.invitedBy,
      created_at: now,
      expires_at: now.add({ hours: 24 * invitationDays }),
    })
    .execute()
  return token
}

function openInvitations(db: Database | Trx, now: Temporal.Instant) {
  return db
    .selectFrom('auth.invitation as i')
    .innerJoin('workspace.organisation as o', 'o.id', 'i.organisation_id')
    .innerJoin('workspace.area as a', 'a.id', 'i.area_id')
    .select([
      'i.id',
      'i.email',
      'i.roles',
      'i.until_date',
      'i.invited_by',
      'i.expires_at',
      'o.id as organisation_id',
      'o.name as organisation_name',
      'a.id as area_id',
      'a.name as area_name',
    ])
    .where('i.used_at', 'is', null)
    .where('i.expires_at', '>', now)
}

type InvitationRow = Awaited<ReturnType<ReturnType<typeof openInvitations>['executeTakeFirstOrThrow']>>

function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    organisation: { id: row.organisation_id, name: row.organisation_name },
    area: { id: row.area_id, name: row.area_name },
    roles: row.roles.filter(isRole),
    until: row.until_date,
    invitedBy: row.invited_by,
    expiresAt: row.expires_at,
  }
}

/** The invitation behind a link; null when there is none, or it was used, or its seven days are over. */
export async function invitationByToken(
  db: Database | Trx,
  token: string,
  now: Temporal.Instant,
): Promise<Invitation | null> {
  const row = await openInvitations(db, now).where('i.token_hash', '=', hashOf(token)).executeTakeFirst()
  return row ? invitationOf(row) : null
}

/** Invitations to an organisation and area that nobody has accepted yet. */
export async function waitingInvitations(
  db: Database | Trx,
  place: { organisationId: string; areaId: number },
  now: Temporal.Instant,
): Promise<Invitation[]> {
  const rows = await openInvitations(db, now)
    .where('i.organisation_id', '=', place.organisationId)
    .where('i.area_id', '=', place.areaId)
    .orderBy('i.created_at')
    .execute()
  return rows.map(invitationOf)
}

/** Takes back an invitation of one's own organisation and area; false when there is none such. */
export async function withdrawInvitation(
  trx: Trx,
  id: string,
  place: { organisationId: string; areaId: number },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('auth.invitation')
    .where('id', '=', id)
    .where('organisation_id', '=', place.organisationId)
    .where('area_id', '=', place.areaId)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * Uses an invitation up and gives its roles to a user, from today. Two who open the link at the same moment cannot
 * both use it: the row is taken by the update.
 *
 * @returns false when it had been used, taken back or expired meanwhile
 */
export async function acceptInvitation(
  trx: Trx,
  invitation: Invitation,
  userId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('auth.invitation')
    .set({ used_at: now })
    .where('id', '=', invitation.id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  for (const role of invitation.roles) {
    await addSeat(trx, {
      userId,
      organisationId: invitation.organisation.id,
      areaId: invitation.area.id,
      role,
      from: londonDate(now),
      until: invitation.until,
    })
  }
  return true
}
