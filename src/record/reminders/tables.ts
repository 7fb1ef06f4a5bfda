import type { ColumnType } from 'kysely'

type Moment = ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
type Day = ColumnType<Temporal.PlainDate, Temporal.PlainDate, Temporal.PlainDate>

declare module '../../platform/database/tables.ts' {
  interface Tables {
    reminder_setting: {
      area_id: number
      organisation_id: string
      days_before: number
      set_by: string
      set_at: Moment
    }
    reminder_escalation: {
      area_id: number
      organisation_id: string
      owner_role: string
      to_role: string | null
      to_address: string | null
      after_days: number
      set_by: string
      set_at: Moment
    }
    reminder_preference: { user_id: string; before_due: boolean; changed_at: Moment }
    reminder_day: { day: Day; finished_at: Moment }
    reminder_message: { recipient: string; day: Day }
    reminder_told: {
      recipient: string
      area_id: number
      clock_id: string
      due: Day
      stage: string
      told_on: Day
    }
    calendar_feed: { user_id: string; token_hash: string; made_at: Moment }
  }
}
