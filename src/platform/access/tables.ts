import type { ColumnType, Generated } from 'kysely'
import type { OrganisationKind } from './viewer.ts'

type Moment = ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
type OptionalMoment = ColumnType<Temporal.Instant | null, Temporal.Instant | null | undefined, Temporal.Instant | null>

/** Who acts for which organisation and area with which role, and on which days. The last day counts. */
export interface SeatTable {
  id: string
  user_id: string
  organisation_id: string
  area_id: number
  role: string
  from_date: Temporal.PlainDate
  until_date: Temporal.PlainDate | null
}

declare module '../database/tables.ts' {
  interface Tables {
    'auth.user': {
      id: Generated<string>
      name: string
      email: string
      email_verified: boolean
      created_at: Moment
      updated_at: Moment
      two_factor_enabled: boolean | null
      person_id: string | null
    }
    'auth.session': {
      id: Generated<string>
      token: string
      user_id: string
      expires_at: Moment
      created_at: Moment
      ip_address: string | null
      user_agent: string | null
      acting_organisation: string | null
      acting_area: number | null
      last_seen_at: OptionalMoment
    }
    'auth.account': {
      id: Generated<string>
      account_id: string
      provider_id: string
      user_id: string
      password: string | null
      created_at: Moment
      updated_at: Moment
    }
    'auth.two_factor': {
      id: Generated<string>
      user_id: string
      secret: string
      verified: boolean | null
    }
    'auth.verification': { id: Generated<string>; identifier: string; value: string; expires_at: Moment }
    'auth.failed_try': { key: string; tries: number; last_at: Moment }
    'auth.invitation': {
      id: string
      token_hash: string
      email: string
      organisation_id: string
      area_id: number
      roles: string[]
      until_date: Temporal.PlainDate | null
      invited_by: string
      created_at: Moment
      expires_at: Moment
      used_at: OptionalMoment
    }
    'auth.demonstration_user': { user_id: string; position: number; password: string }
    seat: SeatTable
    // What signing in needs to know of organisations and areas, which others own; hence the longer names.
    'workspace.organisation': { id: string; slug: string; name: string; kind: OrganisationKind }
    'workspace.area': { id: number; slug: string; name: string; historical: boolean }
  }
}
