import type { Viewer } from '../platform/access/viewer.ts'
import type { Classification, Ground } from './classification.ts'

/** When something is due: on a date, at a meeting, or once something has happened, with a date to look again. */
export type Due =
  | { kind: 'date'; date: Temporal.PlainDate }
  | { kind: 'meeting'; meeting: string; date: Temporal.PlainDate | null }
  | { kind: 'condition'; condition: string; lookAgain: Temporal.PlainDate | null }

/** Who leads on a record: a person or a role in an organisation. Others are named in words. */
export interface Owner {
  personId?: string
  role?: string
  organisationId: string
}

/** What every record carries. `areaId` and `id` together are its identity. */
export interface RecordHead {
  areaId: number
  id: string
  kind: string
  holders: readonly string[]
  reference: string
  printedReference: string | null
  title: string
  classification: Classification
  ground: Ground | null
  state: string
  owner: Owner | null
  others: readonly string[]
  due: Due | null
  /** The day the record speaks of: asked, held, raised. Registers sort by it. */
  dated: Temporal.PlainDate
  publication: 'unpublished' | 'published' | 'superseded' | 'taken-down'
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
  version: number
}

/** Identity of a record, enough to link to it. */
export interface RecordKey {
  areaId: number
  id: string
}

/** Somebody doing something at a moment: what every deed is handed besides the transaction. */
export interface Act {
  viewer: Pick<Viewer, 'userId' | 'personId' | 'name' | 'organisation'>
  now: Temporal.Instant
  /** Set only while sample areas are loaded: the one time a historical area may be written. */
  loading?: true
}
