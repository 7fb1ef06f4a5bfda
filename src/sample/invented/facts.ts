/**
 * The shapes of the data files of Ardenshire, whose days are relative to today (`data/areas/ardenshire/`).
 */
import type { ReplyDraft } from '../../modules/follow-up/index.ts'
import type { Base } from './made-figures.ts'
import type { Ground } from '../../record/classification.ts'
import type { AppointmentFact, BodyFact, HistoricalArea, MeasureFact, OrganisationFact, Titled } from '../facts.ts'

/**
 * A day relative to today: the Monday of the week that holds today, plus 7 × `week` days, then on to `day`. A negative
 * week has passed and a positive one has not, whatever day today is; two days always stand in the same order.
 */
export type RelativeDay = { week: number; day: 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' }

/** Something a person does on a day. */
export type Deed = { by: string; on: RelativeDay }

/** `area.json` */
export type InventedArea = Pick<HistoricalArea, 'slug' | 'name' | 'kind' | 'banner'> & { historical: false }

/** `organisations.json` */
export type InventedOrganisation = Omit<OrganisationFact, 'source'>

/** `people.json`. A user signs in as a demonstration user; the address ends in `.example` and reaches nobody. */
export type InventedPerson = { key: string; name: string; user?: { email: string; says: string } }

/** `appointments.json` */
export interface InventedAppointment extends Pick<AppointmentFact, 'role' | 'title' | 'body' | 'representing'> {
  person: string
  organisation: string
  start: RelativeDay
}

/** `bodies.json` */
export type InventedBody = Pick<BodyFact, 'key' | 'name' | 'kind' | 'holders' | 'purpose'> & {
  termsOfReference: string
  quorum: number
  frequency: string
}

/** `plan.json` */
export interface InventedPlan extends Titled {
  organisation: string
  vision: string
  adopted: RelativeDay
  objectives: readonly {
    key: string
    number: number
    title: string
    says: string
    /** What was said of it later, earliest first. */
    progress: readonly { on: RelativeDay; word: 'on-its-way' | 'done' | 'not-known'; says: string }[]
  }[]
}

/** `measures.json` */
export type InventedMeasure = MeasureFact & {
  objective: string
  source: string
  target?: number
  /** How its figures are read, where that is not left to the figures. */
  chart?: 'xmr' | 'poisson'
  /** The report and line in which it stands: `calls.non-emergency`. */
  line?: string
}

/**
 * `series.json`: `values[0]` is the month `firstMonth`, each next value the month after. Months are counted from the
 * one that holds today: 0 is this month, -1 the last whole one. `revised` gives what first stood for some months.
 */
export interface InventedSeries {
  measure: string
  firstMonth: number
  values: readonly number[]
  /** Of a share: about how many it is a share of. */
  base?: Base
  revised: readonly { month: number; was: number; why: string }[]
}

/** `exceptions.json`: figures and rules come to exactly these; no other month of any measure has a signal. */
export interface InventedException {
  key: string
  measure: string
  signal: 'beyond-high' | 'beyond-low' | 'shift-high' | 'shift-low'
  /** Months that carry the signal, from the first to the last. */
  months: { from: number; to: number }
  reading: 'concern' | 'improvement'
  stands: 'closed' | 'question-put' | 'answered' | 'action-open' | 'no-question'
}

export type Attachment = { title: string; fileName: string; mediaType: string; lines: readonly string[] }

export type InventedAnswer = Deed & {
  preparedBy: string | null
  form: 'in-writing' | 'at-the-meeting'
  text: string
  attachments: readonly Attachment[]
}

/** `questions.json`: a question, its answers and what was made of them, as deeds to be done one after the other. */
export interface InventedQuestion extends Titled {
  kind: 'question' | 'tasking' | 'supplementary'
  text: string
  because: { exception: string } | { question: string } | { objective: string }
  from: string
  to: string
  drafted: Deed
  /** Left out where it is still a draft. */
  put?: Deed
  /** Meeting and item at which it is taken, where there is one. */
  taken?: { meeting: string; item: number }
  answers: readonly InventedAnswer[]
  /** An office is assured, partly assured or not; a panel says whether the answer answers what was asked. */
  judgement?: Deed & { verdict: 'assured' | 'partly-assured' | 'not-assured' | 'yes' | 'partly' | 'no'; reason: string }
  published?: { question: RelativeDay; answer?: RelativeDay; attachments?: RelativeDay }
}

/** No `minute` before the meeting, no `ground` for an open item. */
export type InventedItem = {
  number: number
  title: string
  questions: readonly string[]
  minute?: string
  ground?: Ground
}

/** `meetings.json` */
export interface InventedMeeting {
  key: string
  body: string
  on: RelativeDay
  at: string
  place: string
  /** When the items are put on the agenda, where that is before it is published. */
  agendaMade?: RelativeDay
  agendaPublished: RelativeDay
  attendance: readonly { person: string; as: 'attended' | 'apologies' }[]
  items: readonly InventedItem[]
  /** Left out for a meeting to come. `agreedAt` is the meeting that agreed them as its first item. */
  minutes?: { takenBy: string; agreedAt?: string; signed: readonly Deed[]; published?: RelativeDay }
  /** Who presided, whether nobody declared an interest, and what was resolved without a vote. */
  room?: {
    presiding: string
    noneDeclared: boolean
    resolutions: readonly { item: number; text: string; proposer: string | null; seconder: string | null }[]
  }
}

/** `actions.json`: actions, requests and recommendations raised in minutes */
export interface InventedAction extends Titled {
  /** An action unless said. */
  form?: 'recommendation' | 'request' | 'action'
  raisedAt: { meeting: string; item: number }
  question: string | null
  lead: { organisation: string; person: string }
  others: readonly string[]
  due: RelativeDay
  dueChanges: readonly (Deed & { to: RelativeDay; why: string })[]
  progress: readonly (Deed & { says: string })[]
  /** Left out while it is open. */
  closed?: Deed & { evidence: Attachment; answersWhatWasAsked: 'yes' | 'partly' | 'no'; says: string }
  /** Of a recommendation: left out while the reply is awaited. */
  reply?: Deed & Omit<ReplyDraft, 'doneBy'> & { doneBy: RelativeDay }
  published?: RelativeDay
}

/**
 * `example-figures.json`, about `example-figures.csv`: its lines hold `{month-1}` and the like where a period stands,
 * to be written as `2026-03`. It says what loading it comes to.
 */
export interface ExampleFigures {
  fileName: string
  says: string
  expected: { added: number; changed: number; unchanged: number; exception: Omit<InventedException, 'key' | 'stands'> }
}
