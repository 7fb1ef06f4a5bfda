import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Ground } from './classification.ts'
import type { StoredFacts } from './clock-facts.ts'
import type { PublicClock } from './public-clock.ts'

type Json = JSONColumnType<object>
type Moment = ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
type Day = ColumnType<Temporal.PlainDate, Temporal.PlainDate, Temporal.PlainDate>
type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>
/** Ends in `infinity` while it still holds, which no Temporal value can say: compare in SQL, never read. */
type Until = ColumnType<Temporal.Instant, Temporal.Instant | undefined, Temporal.Instant>

export interface AreaTable {
  id: number
  slug: string
  name: string
  kind: 'area' | 'collaboration'
  office_title: string
  historical: boolean
  demonstration: boolean
  as_at: Temporal.PlainDate | null
  banner: string | null
}

export interface RecordTable {
  area_id: number
  id: string
  kind: string
  holders: string[]
  reference: string
  printed_reference: string | null
  title: string
  classification: 'open' | 'exempt' | 'confidential' | 'withheld' | 'unresolved'
  ground: ColumnType<Ground | null, string | null, string | null>
  state: string
  owner_person: string | null
  owner_role: string | null
  owner_organisation: string | null
  others: ColumnType<readonly string[], string, string>
  due_kind: 'date' | 'meeting' | 'condition' | null
  due_date: OptionalDay
  due_meeting: string | null
  due_condition: string | null
  due_look_again: OptionalDay
  dated: Day
  publication: Generated<'unpublished' | 'published' | 'superseded' | 'taken-down'>
  created_at: Moment
  updated_at: Moment
  version: Generated<number>
  search: ColumnType<string, unknown, unknown>
}

export interface SentTable {
  area_id: number
  record_id: string
  version: number
  organisation_id: string
  from_organisation: string
  kind: string
  reference: string
  title: string
  summary: string
  state: string
  due_date: OptionalDay
  dated: Day
  body: Json
  files: string[]
  sha256: Buffer
  sent_at: Moment
}

export interface ClockTable {
  area_id: number
  id: string
  record_id: string
  record_kind: string
  holders: string[]
  /** The organisation that owes. */
  organisation_id: string
  rule: string
  owner_role: string | null
  owner_person: string | null
  trigger_text: string
  started_on: OptionalDay
  facts: ColumnType<StoredFacts, string | undefined, string>
  due: OptionalDay
  due_at: ColumnType<
    Temporal.PlainDateTime | null,
    Temporal.PlainDateTime | null | undefined,
    Temporal.PlainDateTime | null
  >
  plan_by: OptionalDay
  uncertain: boolean
  agreed: Generated<boolean>
  sets_due: Generated<boolean>
  in_force: Generated<boolean>
  working: ColumnType<readonly string[], string, string>
  state: Generated<'running' | 'paused' | 'stopped' | 'cancelled' | 'not-known'>
  outcome: string | null
  extension_ground: ColumnType<string | null, string | null | undefined, string | null>
  cancelled_why: ColumnType<string | null, string | null | undefined, string | null>
  not_known_why: ColumnType<string | null, string | null | undefined, string | null>
  stopped_on: OptionalDay
  sequence: Generated<number>
  created_at: Moment
  updated_at: Moment
}

interface ClockSettingTable {
  area_id: number
  set_for: string
  rule: string
  length: number
  set_by: string
  set_at: Moment
}

interface ClassificationReviewTable {
  area_id: number
  clock_id: string
  record_id: string
  part_id: string | null
}

interface CalendarChangeTable {
  area_id: number
  seq: GeneratedAlways<number>
  date: Day
  change: 'added' | 'removed'
  name: string
  where_taken: string
  source: string
  made_by: string
  made_at: Moment
}

export interface AttachmentTable {
  area_id: number
  record_id: string
  id: string
  title: string
  file_id: string | null
  url: string | null
  purpose: 'attachment' | 'evidence' | 'letter'
  classification: Generated<RecordTable['classification']>
  ground: ColumnType<Ground | null, string | null | undefined, string | null>
  released_publicly: Generated<boolean>
  added_by: string
  added_at: Moment
  /** The order in which things were attached. */
  seq: GeneratedAlways<number>
}

interface LinkTable {
  from_area: number
  from_id: string
  relation: string
  to_area: number
  to_id: string
}

interface FilePieceTable {
  file_id: string
  piece: number
  bytes: Buffer
}

export interface EntryTable {
  area_id: number
  record_id: string
  version: number
  kind: string
  reference: string
  title: string
  summary: string
  state: string
  due_date: OptionalDay
  due_text: string | null
  dated: Day
  address: string
  holders: string[]
  facts: Json
  clocks: ColumnType<readonly PublicClock[], string | undefined, string>
  search: ColumnType<string, unknown, unknown>
  valid_from: Moment
  valid_to: Until
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    area: AreaTable
    area_member: { collaboration_id: number; area_id: number }
    record: RecordTable
    record_count: { area_id: number; organisation_id: string; kind: string; state: string; n: number }
    reference_counter: { area_id: number; prefix: string; year: number; last: number }
    event_head: { area_id: number; seq: number; hash: Buffer }
    event: {
      area_id: number
      seq: number
      record_id: string | null
      at: Moment
      kind: string
      payload_hash: Buffer
      hash: Buffer
    }
    event_payload: {
      area_id: number
      seq: number
      holders: string[]
      salt: Buffer | null
      payload: ColumnType<object | null, string, string | null>
      erased_at: Temporal.Instant | null
      erased_under: string | null
    }
    link: LinkTable & { made_at: Moment }
    sent: SentTable
    clock: ClockTable
    clock_setting: ClockSettingTable
    calendar_change: CalendarChangeTable
    classification_review: ClassificationReviewTable
    file: {
      id: string
      area_id: number
      name: string
      media_type: string
      size: number
      sha256: Buffer
      added_at: Moment
    }
    file_piece: FilePieceTable
    attachment: AttachmentTable
    'published.area': AreaTable & { members: number[]; counter: Generated<number> }
    'published.snapshot': {
      area_id: number
      record_id: string
      version: number
      kind: string
      body: ColumnType<object | null, string, string | null>
      sha256: Buffer
      published_at: Moment
      note: string | null
      withdrawn_at: Temporal.Instant | null
      withdrawn_reason: string | null
    }
    'published.entry': EntryTable
    'published.link': LinkTable & { valid_from: Moment; valid_to: Until }
    'published.file': {
      id: string
      area_id: number
      record_id: string
      name: string
      media_type: string
      size: number
      sha256: Buffer
    }
    'published.file_piece': FilePieceTable
    'published.gap': {
      area_id: number
      id: string
      record_id: string
      position: string
      title: string | null
      ground: string
      dated: Day
      valid_from: Moment
      valid_to: Until
    }
    'published.head': { area_id: number; day: Day; seq: number; hash: Buffer }
    'published.entry_count': { area_id: number; kind: string; state: string; n: number }
    'intake.message': {
      id: string
      area_id: number
      kind: string
      body: Json
      received_at: Generated<Temporal.Instant>
    }
  }
}
