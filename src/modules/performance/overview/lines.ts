import { sparkline } from '../../../platform/charts.ts'
import { longDate } from '../../../platform/time.ts'
import type { TagColour } from '../../../platform/web/patterns.ts'
import { figureText } from '../figures.ts'
import { isDrawn, type Measure, refusalOfKind } from '../measure.ts'
import { standingWords } from '../measures/words.ts'
import { frequencyWords, type Period, periodInWords } from '../period.ts'
import type { BreakCause, ReadingTable } from '../tables.ts'
import { yearChange } from './change-words.ts'

export type Standing = ReadingTable['standing']

/** How one series was last read, as plain JSON: in the workspace out of its reading, in public out of what was published. */
export interface SeriesFacts {
  /** First day of the latest period with a figure; null where there is none. */
  at: string | null
  latest: number | null
  yearBefore: number | null
  /** Said where it is not final: "provisional". */
  status: string
  standing: Standing
  /** What the rules say, in one sentence. */
  says: string
  /** The latest two years at most, oldest first. */
  recent: readonly (number | null)[]
  /** The usual range as it is drawn; null where there is none, or where it has no such end. */
  range: { lower: number | null; upper: number | null } | null
  /** Where the two figures of a year apart cannot be compared: the first day after the break, and its cause. */
  broken: { from: string; cause: BreakCause } | null
}

/** A measure on a page that shows many, with the series that speaks for it there. */
export interface MeasureFacts {
  title: string
  reference: string
  href: string
  measure: Pick<Measure, 'unit' | 'kind' | 'frequency' | 'decimals'>
  objective: { title: string; href: string | null; order: string } | null
  /** Null where no figures are held. */
  series: SeriesFacts | null
  /** By dimension, how many parts there are and which are out of the ordinary. */
  parts: readonly PartsFacts[]
  /** What was published before series were: in words, without the figures. */
  told?: { latest: string; period: string; standing: Standing; says: string }
}

export interface PartsFacts {
  dimension: string
  parts: number
  outCount: number
  /** The first few by name. */
  out: readonly string[]
}

/** The shape that goes with a state in words, so that it can be read in black and white. */
export type Shape = 'diamond' | 'diamond-open' | 'diamond-half' | 'circle' | 'dash'

/** A row of a dashboard or area page, ready to print. */
export interface OverviewRow {
  title: string
  reference: string
  href: string
  /** "10,765", or null. */
  latest: string | null
  /** "November 2025". */
  period: string
  status: string
  /** "12.3% more than a year before", or why that cannot be said, or ''. */
  change: string
  /** What a download holds of the change: its number and unit. */
  changeAmount: number | null
  changeUnit: string
  standing: { word: string; colour: TagColour; shape: Shape; key: StandingKey }
  says: string
  svg: string | null
  /** "2 of 5 districts are out of the ordinary: Rugby, Stratford". */
  parts: readonly string[]
  objective: string | null
}

export type StandingKey = Standing | 'none'

const shapes: Record<StandingKey, Shape> = {
  bad: 'diamond',
  good: 'diamond-open',
  neutral: 'diamond-half',
  usual: 'circle',
  silent: 'dash',
  none: 'dash',
}

/** In the order in which they are shown: what needs a look first. */
export const standingOrder: readonly StandingKey[] = ['bad', 'good', 'neutral', 'usual', 'silent', 'none']

/** Whether something stands out at the latest figure. */
export const isOut = (key: StandingKey): boolean => key === 'bad' || key === 'good' || key === 'neutral'

export function standingKey(facts: Pick<MeasureFacts, 'series' | 'told'>): StandingKey {
  if (facts.told !== undefined) return facts.told.standing
  return facts.series === null || facts.series.latest === null ? 'none' : facts.series.standing
}

/** The state in words, with its shape. A kind of figure that the rules may not judge is not "too early". */
export function standingModel(facts: Pick<MeasureFacts, 'series' | 'measure' | 'told'>): OverviewRow['standing'] {
  const key = standingKey(facts)
  const shape = shapes[key]
  if (key === 'none') return { key, shape, word: 'No figures yet', colour: 'grey' }
  if (key === 'silent' && refusalOfKind(facts.measure.kind) !== null) {
    return { key, shape, word: 'Not judged', colour: 'grey' }
  }
  return { key, shape, ...standingWords[key] }
}

/** A measure as its row. Pure. */
export function overviewRow(facts: MeasureFacts): OverviewRow {
  const { measure, series } = facts
  const standing = standingModel(facts)
  const latest = series?.latest ?? null
  const change = changeOf(facts)
  return {
    title: facts.title,
    reference: facts.reference,
    href: facts.href,
    latest: latest === null ? (facts.told?.latest ?? null) : figureText(latest, measure),
    period: series?.at == null ? (facts.told?.period ?? '') : periodInWords(periodAt(measure, series.at)),
    status: series?.status ?? '',
    ...change,
    standing,
    says: series?.says ?? facts.told?.says ?? '',
    svg: lineOf(facts),
    parts: facts.parts.filter(each => each.outCount > 0).map(partsSentence),
    objective: facts.objective?.title ?? null,
  }
}

const periodAt = ({ frequency }: Pick<Measure, 'frequency'>, start: string): Period => ({
  frequency,
  start: Temporal.PlainDate.from(start),
})

const causeWords: Record<BreakCause, string> = {
  recording: 'the way it is recorded changed',
  definition: 'its definition changed',
  system: 'the system it comes from changed',
  'operating-model': 'the way of working changed',
  other: 'something in the figures changed',
}

function changeOf({ measure, series }: MeasureFacts): Pick<OverviewRow, 'change' | 'changeAmount' | 'changeUnit'> {
  const none = { changeAmount: null, changeUnit: '' }
  if (series === null || series.latest === null || series.yearBefore === null) return { ...none, change: '' }
  if (series.broken !== null) {
    const from = longDate(Temporal.PlainDate.from(series.broken.from))
    return { ...none, change: `Not comparable with a year before: ${causeWords[series.broken.cause]} on ${from}` }
  }
  const change = yearChange(measure, series.latest, series.yearBefore)
  if (change === null) return { ...none, change: '' }
  const sign = change.direction === 'lower' ? -1 : 1
  return { change: change.text, changeAmount: sign * change.amount, changeUnit: change.unit }
}

function lineOf({ measure, series }: MeasureFacts): string | null {
  if (series === null || !isDrawn(measure.kind)) return null
  const known = series.recent.filter(value => value !== null)
  if (known.length < 2) return null
  const { several } = frequencyWords[measure.frequency]
  const [low, high] = [Math.min(...known), Math.max(...known)].map(value => figureText(value, measure))
  const name = `The last ${String(series.recent.length)} ${several}: between ${low ?? ''} and ${high ?? ''}`
  return sparkline(name, series.recent, { range: series.range, signal: isOut(series.standing) })
}

function partsSentence({ dimension, parts, outCount, out }: PartsFacts): string {
  const which = outCount > out.length ? `${out.join(', ')} and others` : out.join(', ')
  const what = dimension === '' ? 'in a part' : `by ${dimension.charAt(0).toLowerCase()}${dimension.slice(1)}`
  return `Out of the ordinary ${what}, ${String(outCount)} of ${String(parts)}: ${which}`
}

/** Rows in the order in which they are shown: exceptional ones first, then by title. */
export function inOrder<Row extends Pick<OverviewRow, 'standing' | 'title'>>(rows: readonly Row[]): Row[] {
  return rows.toSorted(
    (a, b) => standingOrder.indexOf(a.standing.key) - standingOrder.indexOf(b.standing.key) || byName(a.title, b.title),
  )
}

const collator = new Intl.Collator('en-GB', { numeric: true })
/** Names in the order of a dictionary, numbers in them by size. */
export const byName = (a: string, b: string): number => collator.compare(a, b)

/** "12 measures, 3 out of the ordinary (2 for the worse, 1 for the better)". */
export function countInWords(rows: readonly Pick<OverviewRow, 'standing'>[]): string {
  const count = (key: StandingKey) => rows.filter(row => row.standing.key === key).length
  const [bad, good, neutral] = [count('bad'), count('good'), count('neutral')]
  const out = bad + good + neutral
  const all = `${rows.length.toLocaleString('en-GB')} ${rows.length === 1 ? 'measure' : 'measures'}`
  if (rows.length === 0) return 'No measures'
  if (out === 0) return `${all}, none out of the ordinary`
  const ways = [
    ...(bad > 0 ? [`${String(bad)} for the worse`] : []),
    ...(good > 0 ? [`${String(good)} for the better`] : []),
    ...(neutral > 0 ? [`${String(neutral)} neither good nor bad in itself`] : []),
  ]
  return `${all}, ${out.toLocaleString('en-GB')} out of the ordinary: ${ways.join(', ')}`
}
