/**
 * The shapes of the sample areas' data files in `data/areas/`.
 *
 *     papers.json                         readonly Paper[]
 *     deny-list.json                      DenyList
 *     <historical area>/area.json         HistoricalArea; each other file there is a list of the …Fact of its name:
 *                                         organisations, people, appointments, bodies, plans, measures, series,
 *                                         figures (FigureTableFact), claims,
 *                                         questions, challenges, meetings, findings, and of historical/panel-facts.ts
 *                                         programme, calendar, reports, reviews, log
 *     ardenshire/<name>.json              the Invented… types of invented/facts.ts
 *
 * Keys are unique over all files of one kind, whatever the area, and a reference may cross from one area to another,
 * since organisations and people belong to no area. A list with nothing in it is `[]`, and its file is there.
 */
import type { NewClaim } from '../modules/performance/index.ts'
import type { OrganisationKind, Role } from '../platform/access/viewer.ts'

/** What every record here has: a key to refer to it by, and a title. */
export type Titled = { key: string; title: string }

/** A published paper that facts are taken from. */
export interface Paper extends Titled {
  /** The day on the paper, or the year it covers (`2017/18`) where no day of publication is printed. */
  date: string
  publisher: string
  note?: string
}

/** Where a fact stands: paper, date, place in it (heading, paragraph, table), line of its text ([] for a data set). */
export type Source = { paper: string; date: string; place: string; line: number | readonly number[] }

/** A day (`2016-05-12`) or month (`2017-08`) that the papers give, or that they do not. */
export type WhenKnown = { known: true; on: string; source: Source } | { known: false }

/** A sentence of the software's own on what a paper records, never a quotation. */
export type Recorded = { says: string; source: Source }

/** Who acted, as far as the papers say: an office-holder by name, anyone else by role, or neither. */
export type Actor = { organisation: string | null; role: Role | null; person: string | null }

// ---------------------------------------------------------------------------------------------- historical areas

export interface HistoricalArea {
  slug: string
  name: string
  kind: 'police-area' | 'collaboration'
  /** Slugs of the police areas that make up a collaboration; empty for a police area. */
  members: readonly string[]
  historical: true
  /** The date of the last paper held, at which the clocks stand still; a body may have its own. */
  asAt: { date: string; source: Source }
  banner: string
  /** What is missing reads so, and is never called late or missed. */
  missing: string
  note: string
}

export interface OrganisationFact {
  key: string
  kind: OrganisationKind
  name: string
  /** The kind of local policing body that an office serves (statute.md section 12); offices only. */
  policingBody?: 'PCC'
  /** The organisation that hosts a panel, or null where no paper says. */
  hostedBy?: string | null
  source: Source
}

export interface PersonFact {
  key: string
  name: string
  alsoPrinted: readonly { text: string; source: Source }[]
  source: Source
}

/** A post or seat, and who held it on which days as far as the papers show. */
export interface AppointmentFact {
  key: string
  /** Null where the papers speak of the post and name nobody. */
  person: string | null
  role: Role
  title: string
  /** The organisation the post belongs to; null where a chief officer's own force is not said. */
  organisation: string | null
  /** For a seat on a body: which body, and the authority that sent the member (null for an independent member). */
  body?: string
  representing?: string | null
  substituteFor?: string
  /** Other organisations that the same person serves in the same post. */
  sharedWith?: readonly string[]
  start: WhenKnown
  end: WhenKnown
  /** Days, months or years on which a paper shows the person in the post. */
  inPostOn: readonly { on: string; source: Source }[]
  /** `stated`: the paper gives person and post together. `inferred`: put together from the paper, as the note says. */
  basis: 'stated' | 'inferred'
  note?: string
}

export interface BodyFact {
  key: string
  name: string
  alsoPrinted: readonly { text: string; source: Source }[]
  kind: 'panel' | 'board' | 'committee' | 'working-group' | 'meeting'
  holders: readonly string[]
  purpose: string
  termsOfReference: { held: boolean; note: string }
  quorum: { known: true; number: number; source: Source } | { known: false; note: string }
  frequency: string | null
  chairing: string | null
  membership: string | null
  /** Of a working group: its minutes were published with the papers of the body it works for. */
  opened?: true
  asAt: { date: string; source: Source }
  sources: readonly Source[]
}

export interface PlanFact extends Titled {
  organisation: string
  from: string | null
  to: string | null
  vision: string | null
  launched: WhenKnown
  objectives: readonly { key: string; number: number; title: string; source: Source }[]
  note?: string
  source: Source
}

export interface MeasureFact extends Titled {
  organisation: string
  unit: 'count' | 'rate' | 'percent' | 'points' | 'money'
  /** As the module's own kinds; `change` is a change printed without its base. */
  kind: 'count' | 'proportion' | 'rate' | 'stock' | 'rolling' | 'cumulative' | 'money' | 'change' | 'grade'
  /** Which way is good. */
  polarity: 'increase' | 'decrease' | 'neutral'
  frequency: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'once'
  objective: string | null
  definition: string
  numerator?: string
  denominator?: string
  /** What a stock of people counts; the three are never compared with one another. */
  basis?: 'establishment' | 'full-time-equivalent' | 'headcount'
  /** Into what it is broken down, and whether the parts add up to the whole. */
  dimensions?: readonly DimensionFact[]
}

export interface DimensionFact {
  name: string
  adding: 'to-the-whole' | 'several-answers' | 'not'
}

/** `total` and `average` are the paper's own, printed beside the parts. `printed` is the text as it stands there. */
export interface Figure {
  period: string
  value: number
  printed: string
  kind?: 'total' | 'average'
  qualifier?: 'over'
  /** Of a share: what it was worked out from, where that is printed beside it. */
  numerator?: number
  denominator?: number
}

/** Figures of one measure and breakdown from one place of one paper: two places, two series. */
export interface SeriesFact {
  measure: string
  breakdown: { dimension: string; value: string; parent?: string } | null
  source: Source
  /** The date the figures are correct as of, where it is printed. */
  asAt: string | null
  figures: readonly Figure[]
  note?: string
}

/**
 * `figures.json`: figures of one measure from one place of one paper, a row each. Those of one part make a series;
 * a row without a part is of the whole area. A part may belong to another part, its parent.
 */
export interface FigureTableFact extends Pick<SeriesFact, 'measure' | 'asAt' | 'note'> {
  source: Omit<Source, 'line'>
  dimension?: string
  rows: readonly (Figure & { part?: string; parent?: string; line: number })[]
}

/**
 * `claims.json`: what a paper says of its figures, in words of our own, to be held against them. In the lines
 * `{measure}` stands for the measure of that key (`{measure:quarter}` for its figures by quarter) and `<paper|place>`
 * for a source. `verdict` is what checking it comes to.
 */
export interface ClaimFact {
  key: string
  says: string
  source: Source
  sort: NewClaim['sort']
  lines: readonly string[]
  verdict: string
  comment?: string
}

/** One thing a paper records that came of a question. */
export interface QuestionStep extends Recorded {
  kind: 'answer' | 'tasking' | 'request' | 'agreement' | 'circulation' | 'progress' | 'listing'
  on: string
  by: Actor
  /** As recorded, in words; null where the paper gives none. */
  due: string | null
}

/** What a question and a challenge have alike. */
export interface PutForward extends Titled, Recorded {
  /** The asker's own; none is recorded. */
  judgement: null
  gaps: readonly string[]
}

export interface QuestionFact extends PutForward {
  printedReference: string | null
  askedOn: string
  askedBy: Actor & { note: string }
  askedOf: Actor
  meeting: string
  item: number
  /** The numbered set it was put in. */
  set: { key: string; number: number }
  /** The figure it asks about, where it is one that is held. */
  because: { measure: string; period: string } | null
  steps: readonly QuestionStep[]
}

export interface ChallengeFact extends PutForward {
  form: string
  on: string
  by: Actor
  to: Actor
  subjects: readonly { key: string; title: string; measure: string | null }[]
  reply: Recorded & { exists: true; held: false }
  /** What the papers say beside it; not a judgement on the reply. */
  context: readonly Recorded[]
}

export type Topic = { heading: string; says: string | null; source: Source }
export type MeetingItemFact = Topic & { number: number; printedReference: string | null; topics: readonly Topic[] }

/** Something asked for or promised at a meeting, with who and due exactly as recorded. */
export interface UndertakingFact extends Recorded {
  key: string
  item: number
  topic: string | null
  /** `action`: in the action column. `promise`: someone says they will. `stated-plan`: said to be going to happen. */
  form: 'action' | 'promise' | 'stated-plan' | 'request'
  by: Actor & { label: string }
  to: string | null
  due: { kind: 'date' | 'meeting' | 'condition'; says: string; date: string | null } | null
  /** For an action: the undertaking in the text that it stands beside. */
  beside?: string
  /** The question that it came of. */
  question?: string | null
  /** Asked for in the minutes, and on no list of the papers. */
  onNoList?: true
}

/** A person by name where the rules allow it, else by the label alone. */
export type AttendanceFact = Omit<Actor, 'role'> & {
  label: string
  as: 'attended' | 'apologies' | 'minutes'
  /** The person in whose seat a substitute sat. */
  substituteFor?: string
}

export interface MeetingFact {
  key: string
  body: string
  title: string
  date: string
  /** Time of day in London, where a paper prints it. */
  starts?: string
  place: string | null
  /** `report`: only a report that went to the meeting. */
  held: 'minutes' | 'agenda' | 'report'
  printedClassification: string | null
  /** `notRecorded`: minutes are held and do not say who presided. */
  chair: { person: string | null; note?: string; notRecorded?: true }
  attendance: readonly AttendanceFact[]
  items: readonly MeetingItemFact[]
  undertakings: readonly UndertakingFact[]
  /** Whoever declared an interest, by the label under which they attended. */
  declarations?: readonly { label: string; item: number; kind: 'pecuniary' | 'other'; nature: string; source: Source }[]
  resolutions?: readonly (Recorded & { item: number })[]
  /** Papers of it that are not held, each in a sentence. */
  gaps?: readonly string[]
  /** Why nobody can say whether notice was given in time. */
  noticeNotKnown?: string
  nextMeeting: { printed: string; source: Source } | null
  approvals: readonly { role: Role; person: string; on: string; basis: 'stated' | 'inferred'; source: Source }[]
  sources: readonly Source[]
}

/** What does not fit together in the papers. It stays as found, and is shown. */
export interface FindingFact {
  key: string
  kind: 'contradiction' | 'arithmetic' | 'date' | 'person' | 'name' | 'numbering' | 'period' | 'missing' | 'vintage'
  /** Keys of the records it is about. */
  about: readonly string[]
  says: string
  sources: readonly Source[]
}

/** What may not stand in anything public. The names are held as hashes, so that the list itself names nobody. */
export interface DenyList {
  description: string
  /** How text becomes the words that are hashed, step by step. */
  normalisation: readonly string[]
  algorithm: 'sha-256'
  /** The most words that one name has: runs of 1 to this many words are compared. */
  longest: number
  names: readonly string[]
  /** Tried on the public pages of historical areas, after the allowed phrases have been taken out of the text. */
  patterns: readonly { pattern: string; flags: string; why: string }[]
  allowed: readonly string[]
}
