/**
 * The shapes of what the papers show of a body's year: its work programme, dates, reports, reviews and log
 * (`data/areas/<historical area>/`).
 */
import type { RowShows, ItemKind } from '../../modules/follow-up/index.ts'
import type { Ground } from '../../record/classification.ts'
import type { Actor, Source, Titled } from '../facts.ts'

/** `programme.json`: a row of a work programme, or a briefing note that was asked for. */
export interface ProgrammeFact extends Titled {
  body: string
  form: 'report' | 'briefing-note'
  /** What it is to cover, in the software's own words. */
  covers: string
  /** By post. */
  lead: string | null
  standing: boolean
  last: string | null
  /** Where neither is given it reads "To be confirmed". */
  next: { date: string | null; words: string | null }
  requestedOn: string | null
  circulatedOn: string | null
  /** The item of an agenda under which it comes. */
  onAgenda: { meeting: string; item: number } | null
  source: Source
}

/** `calendar.json`: a day on which a body planned to meet. Whether it did, no paper held says. */
export interface CalendarFact {
  body: string
  date: string
  starts: string | null
  place: string | null
  source: Source
}

/** `reports.json`: a report that went to a meeting, by its headings: none of its own text is held. */
export interface ReportFact extends Titled {
  meeting: string
  item: number
  author: string
  sections: readonly { heading: string; says: string }[]
  /** In the order of the paper, which letters them. A marking is kept as printed, with nothing of the content. */
  appendices: readonly { title: string; says: string; ground: Extract<Ground, { code: 'legacy-marking' }> | null }[]
  /** What is left out here, and what is not held. */
  leftOut: string
  source: Source
}

/** `reviews.json`: a task and finish review, as far as the papers take it. */
export interface ReviewFact extends Titled {
  body: string
  dated: string
  scope: string
  survey: string
  step: 'scoping' | 'evidence'
  source: Source
}

/** `log.json`: a row of the log of recommendations and actions. */
export interface LogRowFact extends Titled {
  kind: ItemKind
  asked: string
  raisedOn: string
  leads: readonly (Actor & { words: string })[]
  /** The day of the column "Panel update". */
  panelUpdate: string
  /** The word of its state as printed, in its spelling, or that none is. */
  printedState: string
  shows: RowShows
  showsWhy: string
  showsOn: string | null
  updates: readonly { on: string; says: string }[]
  finding: string | null
  /** The meeting whose minutes raise the same. */
  meeting: string | null
  question: string | null
  source: Source
}
