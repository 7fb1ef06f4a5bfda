import type { FieldFault } from './form.ts'
import type { FormFields } from './route.ts'

/*
 * The view models of the page patterns: what a module's pages.ts hands to the macros in views/patterns/*.njk.
 * Text is plain text, never HTML: the macros escape it and isolate its direction.
 * Dates are handed over as Temporal values; the macros print them, and print "3 days left" with the day of the page.
 */

export interface LinkModel {
  text: string
  href: string
}

/** What every page's model has beside its patterns. */
export interface PageModel {
  /** The page's one heading and, with the site's name, its title in the browser. */
  title: string
  /** Public site: what is done here, following the holder of the record: "Holding Warwickshire Police to account". */
  holding?: string
  /** From the outermost page to the one above this. */
  breadcrumbs?: readonly LinkModel[]
  /** Instead of breadcrumbs, within a task of several pages. */
  back?: LinkModel
  /** Addresses of this page's data in other forms, named in the page's head: `{ atom: '/warwickshire/questions.atom' }`. */
  feeds?: DownloadsModel
}

export type TagColour = 'grey' | 'green' | 'teal' | 'blue' | 'purple' | 'magenta' | 'red' | 'orange' | 'yellow'

/** A state is always a word; the colour only helps. */
export interface StateModel {
  word: string
  colour?: TagColour
}

/** The working of a deadline, opened by whoever wants to know why it is that day. */
export interface WorkingModel {
  /** The rule in a sentence. */
  rule: string
  /** The law it comes from in its parts, each with its address where there is one. */
  law?: readonly { text: string; href?: string }[]
  /** How well the rule is known: "Read in the law itself". */
  known?: string
  /** True where it is no law at all: then what stands under `law` is where the convention comes from. */
  convention?: true
  /** Who set the length: "The law", "A convention; a body may set its own". */
  length?: string
  /** What started it ("The question was put"), when, and at what time where hours count. */
  started?: { what: string; on: Temporal.PlainDate; at?: string }
  /** How the days are counted. */
  counted?: readonly string[]
  /** Days that do not count, and why ("Good Friday"). */
  leftOut: readonly { on: Temporal.PlainDate; until?: Temporal.PlainDate; why: string }[]
  /** The end in sentences; without them the due date itself is printed. */
  ended?: readonly string[]
  /** The last working day before an end that weekends and bank holidays do not move. */
  planBy?: Temporal.PlainDate
  /** What a breach means. */
  breach?: string
  /** How it stands today: "Kept on 3 March 2026, 2 days before its last day." */
  standing?: { state: StateModel; words: string }
  /** Anything else a reader must know: an extension, a bank holiday calendar that ends too early. */
  notes?: readonly string[]
}

/** When something is due: a date, a meeting, or a condition with a date to look again. */
export interface DueModel {
  /** The day it ends, where there is one. */
  date: Temporal.PlainDate | null
  /** Said instead of, or after, the date: "The meeting of 6 December 2022", "Once the review is finalised". */
  words?: string
  lookAgain?: Temporal.PlainDate | null
  /** True while the clock runs: only then "3 days left" or "12 days late" is said. */
  running: boolean
  /** Said instead of days left where the clock stands still: "No later paper is held." */
  standing?: string
  working?: WorkingModel
  /** The page that shows how it is worked out: lists link to it instead of carrying the working. */
  href?: string
}

/** One cell of a table, or one value of a summary list. */
export type CellModel =
  | { type: 'text'; text: string; href?: string; hint?: string }
  /** Paragraphs as typed: blank lines part them, single line breaks stay. */
  | { type: 'paragraphs'; text: string }
  /** `mark` is printed where there is no value: "not recorded", "-". */
  | { type: 'number'; value: number | null; decimals?: number; unit?: string; mark?: string }
  | { type: 'date'; date: Temporal.PlainDate | null; otherwise?: string }
  | { type: 'moment'; at: Temporal.Instant }
  | { type: 'state'; state: StateModel }
  | { type: 'due'; due: DueModel }
  | { type: 'links'; links: readonly LinkModel[] }

export interface ColumnModel {
  heading: string
  numeric?: boolean
  /** At most three columns of a register have this. */
  sort?: { href: string; sorted: 'ascending' | 'descending' | 'none' }
}

export interface RowModel {
  /** As many as there are columns; the first names the row and links to it. */
  cells: readonly CellModel[]
}

/** One filter of a register. It lives in the address under `name`. */
export type FilterModel =
  | { type: 'choice'; name: string; label: string; options: readonly { value: string; text: string }[]; value: string }
  | { type: 'words'; name: string; label: string; hint?: string; value: string }

/** Addresses of the same figures or records in other forms. */
export interface DownloadsModel {
  csv?: string
  json?: string
  atom?: string
  ical?: string
}

export interface RegisterModel {
  title: string
  /** The count in words: "14 questions, 3 awaiting an answer"; for a filtered list it may be "more than 1,000". */
  count: string
  introduction?: string
  /** The register's own address without a query. */
  address: string
  filters?: readonly FilterModel[]
  /** True when a filter is set, so that "Show all" is offered. */
  filtered?: boolean
  /** Further query fields that the filter form must keep: the sort. */
  kept?: readonly { name: string; value: string }[]
  /** At most six. */
  columns: readonly ColumnModel[]
  rows: readonly RowModel[]
  /** For an empty register: what would be here and how it gets here. */
  empty: string
  previous?: string
  next?: string
  downloads?: DownloadsModel
  /** What this person may start from here: "Draft a question". */
  actions?: readonly ActionModel[]
}

/** What may be done now, worded as a verb; or may not yet, with every reason as a sentence. */
export type ActionModel =
  /** Opens a page. */
  | { text: string; href: string }
  /** Acts at once: only for what needs no more words and can be undone. `version` is the record's, for stale forms. */
  | { text: string; post: string; version?: number; fields?: Readonly<Record<string, string>> }
  | { text: string; reasons: readonly string[] }

export interface SummaryRowModel {
  key: string
  value: CellModel
}

/** One link of the chain, as shown under "What led to this" and "What came of it". */
export interface ChainLinkModel {
  /** "Question", "Action". */
  kind: string
  title: string
  href?: string
  date?: Temporal.PlainDate | null
  state?: StateModel
}

export interface HistoryModel {
  at: Temporal.Instant
  /** "Answer recorded". */
  what: string
  /** Who did it, by name or role. */
  who?: string
  why?: string
  /** What changed from what to what. */
  changes?: readonly { name: string; before: string; after: string }[]
}

/** One record. Macros: `recordTop`, then the page's own content, then `recordEnd`. */
export interface RecordModel {
  /** Over the title: "Question Q-2017-04". */
  caption: string
  title: string
  state?: StateModel
  summary: readonly SummaryRowModel[]
  actions?: readonly ActionModel[]
  /** A correction's visible note of what changed, or another sentence the reader needs first. */
  note?: string
  before: readonly ChainLinkModel[]
  after: readonly ChainLinkModel[]
  /** Said where nothing came of it, if not that it is still to come: "No later paper is held." */
  nothingAfter?: string
  /** The address of the whole trail. */
  trail?: string
  history?: readonly HistoryModel[]
}

/** One step of the trail. A gap is a step that is missing: "No answer yet. It was due on 12 December." */
export interface TrailStepModel {
  kind: string
  title: string
  href?: string
  date?: Temporal.PlainDate | null
  state?: StateModel
  sentence?: string
  /** With a due date, `href` leads to how it is worked out. */
  gap?: boolean
  /** True for the record whose trail this is. */
  here?: boolean
  /** What came of this step alone, indented below it. */
  branches?: readonly TrailStepModel[]
}

export interface TrailModel {
  title: string
  introduction?: string
  /** Earliest first. */
  steps: readonly TrailStepModel[]
}

/** A form, empty or as it came back with faults. */
export interface FormModel {
  action: string
  /** What was typed or is stored, under the fields' names. */
  fields: FormFields
  faults: readonly FieldFault[]
  /** The rule's refusals that belong to no field, as sentences. */
  refusals?: readonly string[]
  /** The version of the record the form was made from. */
  version?: number
  /** True where files are sent. */
  files?: boolean
}

/** A form that came back because someone else changed the record meanwhile. */
export interface StaleModel {
  form: FormModel
  title: string
  /** "Chris Field changed this on 6 December 2022 at 10:12am." */
  changed: string
  /** Only what differs. */
  rows: readonly { label: string; field: string; yours: string; theirs: string }[]
  /** Address of the record as it is now. */
  current: string
  /** Other fields of the form, sent again unchanged. */
  kept: readonly { name: string; value: string }[]
}

export interface CheckAnswersModel {
  rows: readonly { key: string; value: CellModel; change?: string }[]
}

export interface PublishModel {
  form: FormModel
  /** What the public will see, in reading order. */
  shown: readonly { heading: string; text: string }[]
  /** What stays back, each with its ground; the public sees the notice. */
  withheld: readonly { heading: string; ground: string; notice?: string }[]
  /** Since the last version that was published; empty at first publication. */
  changes: readonly { name: string; before: string; after: string }[]
  /** Who else must agree, and whether they have. */
  agreements?: readonly { who: string; state: StateModel }[]
  /** The address to share, once published. */
  address: string
  /** Why it cannot be published yet; empty when it can. */
  reasons: readonly string[]
  /** True where a version is published already: then the form asks what was corrected. */
  again?: boolean
  /** The words of the button: "Publish the question and its answer". */
  button: string
}

export interface ChartModel {
  /** What it shows, in words: "Shoplifting in September was within its usual range". */
  title: string
  /** The same in a few sentences, said before the picture. */
  summary?: string
  /** From platform/charts.ts only: the one thing that is printed as it is. */
  svg: string
  table: {
    caption: string
    columns: readonly ColumnModel[]
    rows: readonly RowModel[]
  }
  /** True where the table is what people come for: the measure's own page. */
  tableOpen?: boolean
  source: string
  asAt: Temporal.PlainDate | null
  note?: string
  downloads?: DownloadsModel
}

export interface EvidenceModel {
  /** "Evidence", "Attachments". */
  heading: string
  items: readonly {
    title: string
    href: string
    /** "PDF, 1.2 MB", or "link". */
    kind: string
    addedBy?: string
    addedAt?: Temporal.Instant
    note?: string
  }[]
  empty: string
}

/**
 * An address with its query changed: for the sort links, filters and pages of a register. Empty values leave.
 *
 * @param address without a query
 * @param query what the address has now
 * @param changes what is to be different; undefined takes a field away
 */
export function withQuery(
  address: string,
  query: Readonly<Record<string, string | undefined>>,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const fields = Object.entries({ ...query, ...changes }).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(fields.map(([name, value]) => [name, value ?? '']))
  return search.size === 0 ? address : `${address}?${search.toString()}`
}

/**
 * The heading of a sortable column: the sort lives in the address as `sort=<name>` or `sort=-<name>` (descending),
 * and a new sort begins at the first page.
 *
 * @param fallback the sort used when the address names none
 */
export function sortableColumn(
  heading: string,
  name: string,
  address: string,
  query: Readonly<Record<string, string | undefined>>,
  fallback: string,
): ColumnModel {
  const now = query.sort ?? fallback
  const sorted = now === name ? 'ascending' : now === `-${name}` ? 'descending' : 'none'
  const sort = sorted === 'ascending' ? `-${name}` : name
  return { heading, sort: { sorted, href: withQuery(address, query, { sort, after: undefined, before: undefined }) } }
}
