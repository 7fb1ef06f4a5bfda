import type { Trx } from '../platform/database/tables.ts'
import type { CellModel, TagColour } from '../platform/web/patterns.ts'
import type { PublicContext } from '../platform/web/route.ts'
import type { WebModule } from '../platform/web/site.ts'
import type { RecordHead } from './record.ts'

export interface StateDescription {
  word: string
  colour: TagColour
  /** Whether something is still owed while a record stands in this state; only then can it be due or late. */
  open: boolean
}

/** A link that a record of some kind ought to get from another record, so that its absence can be named. */
export interface Expectation {
  /** States in which the absence is a gap. */
  states: readonly string[]
  /** The relation by which the awaited record would point here. */
  relation: string
  /** What is awaited, as it stands in "No … yet": `answer`. */
  awaited: string
  /** It is the holder's own to make (a judgement): whoever the record was released to owes nothing for it. */
  byHolder?: true
}

/** What an audience is given of a record: plain JSON, built by a pure function of the module. */
export interface Snapshot {
  body: object
  /** One sentence for registers, search, feeds and the trail. */
  summary: string
  /** Text that search finds the record by; may only hold what the body shows. */
  searchText: string
  /** Columns that this kind's registers show besides the common ones. */
  facts?: Record<string, string | number | null>
  /** Files that go with this version. */
  files?: readonly string[]
  /** The same in reading order for the page on which somebody decides to publish it. */
  preview?: readonly { heading: string; text: string }[]
  /** What stays back, with its ground and no content. */
  gaps?: readonly { id: string; position: string; title: string | null; ground: string; dated: Temporal.PlainDate }[]
}

/** For whom a snapshot is built. */
export type Audience = { type: 'public' } | { type: 'organisation'; id: string }

/** A kind of record, as data: what a module declares once and everything else reads. */
export interface KindDescription {
  kind: string
  word: string
  plural: string
  /** First letters of its reference; a panel's begins with P and a force's with F before them. */
  prefix: string
  states: Readonly<Record<string, StateDescription>>
  /** The states the public side may show once the record is published; a change between them is a new entry. */
  publicStates: readonly string[]
  /** Relations by which a record of this kind may point to others, and the kinds it may point to. */
  relations: Readonly<Record<string, readonly string[]>>
  expects?: readonly Expectation[]
  /** In a state without an owner, it waits for whoever has this permission: minutes for those who sign. */
  waitsFor?: Readonly<Record<string, string>>
  /** What is to be done with it in a state where no clock says so, as My work puts it: `draft: 'Finish {record}'`. */
  work?: Readonly<Record<string, string>>
  /** Address in the workspace. */
  workspacePath: (id: string) => string
  /** First part of the public address: `questions`. */
  publicPath: string
  /** The last part of the public address; the reference in small letters unless said. */
  publicSlug?: (record: { reference: string; title: string; dated: Temporal.PlainDate }) => string
  /** Address in the workspace where an organisation reads what was released to it; the record's own unless said. */
  receivedPath?: (id: string) => string
  /** Builds what an audience may have of a record. */
  snapshot: (trx: Trx, record: { areaId: number; id: string }, audience: Audience) => Promise<Snapshot>
  /** Who may publish it, and what must come first; left out where the kind is never published by hand. */
  publishing?: {
    permission: string
    obstacles?: (trx: Trx, record: RecordHead) => Promise<readonly string[]>
  }
  /** The template that prints a published snapshot of this kind; it gets a `PublicRecordPage`. */
  publicView: string
  /** What the public register shows beside title, state, due and date; at most two, from the entry's facts. */
  publicColumns?: readonly { heading: string; cell: (facts: Readonly<Record<string, unknown>>) => CellModel }[]
  /** More for the public page than its snapshot and neighbours hold (a heading that groups a register). */
  publicExtra?: (context: PublicContext, body: Readonly<Record<string, unknown>>) => Promise<object> | object
  /** Its block on the home page of an area; blocks without records are left out. */
  home?: {
    heading: string
    /** Words of the link to the whole register. */
    more: string
    /** Order on the page, smallest first. */
    place: number
    limit: number
    /** `upcoming`: those dated today or later, soonest first; otherwise the newest. */
    order: 'newest' | 'upcoming'
    states?: readonly string[]
  }
  /** Sentence of an empty public register: what would be here and how it gets here. */
  publicEmpty?: string
  /** What happened, in words, by the last part of the event's name: `put: 'Put to the chief constable'`. */
  events: Readonly<Record<string, string>>
}

/** Somebody in a post of an organisation. */
export interface PostHolderName {
  personId: string
  name: string
  title: string
}

/** Who people are, from the module that keeps them. */
export interface PeopleSource {
  /** Names as their organisations know them: not for the public. */
  names: (trx: Trx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Everyone known to be in a post of an organisation on a day. */
  postHolders: (trx: Trx, organisationId: string, on: Temporal.PlainDate) => Promise<readonly PostHolderName[]>
}

/** A module's front door as data. */
export interface ModuleDescription extends WebModule {
  kinds: readonly KindDescription[]
  people?: PeopleSource
}
