import type { Measure } from '../../measure.ts'
import { frequencyWords, type Period, periodEnd, periodInWords } from '../../period.ts'
import { byName } from '../lines.ts'
import { isMemberOn } from '../similar-group/similar-rules.ts'

/** One figure of an area, as plain JSON; what is not known is left out. */
export interface ComparedFigure {
  /** First day of its period. */
  at: string
  /** Null where it is missing or hidden; then `mark` says what stands there. */
  value: number | null
  mark?: string
  numerator?: number
  denominator?: number
}

export interface ComparedArea {
  name: string
  figures: readonly ComparedFigure[]
}

/** The most similar group as it was held when this was put together: every membership with its days. */
export interface ComparedGroup {
  ownName: string | null
  members: readonly { name: string; from: string; to: string | null; source: string }[]
}

/** A measure with the figures of its areas, as plain JSON, so that it can be frozen at publication. */
export interface Compared {
  measure: Pick<Measure, 'title' | 'unit' | 'kind' | 'decimals' | 'polarity' | 'frequency' | 'per'> &
    Pick<Measure, 'numerator' | 'denominator' | 'source'>
  /** The whole area: the force's own figures. */
  whole: ComparedArea
  dimensions: readonly { name: string; areas: readonly ComparedArea[] }[]
  group: ComparedGroup | null
  /** From when figures are not what they were, in one breakdown or all: no change is told across such a day. */
  breaks: readonly { from: string; breakdown: string | null }[]
}

export const orders = ['name', 'distance'] as const
export type Order = (typeof orders)[number]

/** What a reader asked of the compare page; it lives in the address. */
export interface CompareChoices {
  dimension: string
  period: Period
  /** The day whose group is compared with. */
  groupOn: Temporal.PlainDate
  /** What was typed for that day where it is no day. */
  groupFault: string | null
  order: Order
  /** Forces outside the group too. */
  all: boolean
}

/** What may be chosen of a measure: dimensions with two areas or more, and the periods that two or more have. */
export interface Offered {
  dimensions: readonly string[]
  /** Latest first. */
  periods: readonly Period[]
}

type Query = Readonly<Record<string, string | undefined>>

/** The dimensions that can be compared, and the periods of the one asked for. Pure. */
export function offeredBy(compared: Compared, query: Query, comparators: string): Offered & { dimension: string } {
  const dimensions = compared.dimensions.filter(({ areas }) => areas.length > 1).map(({ name }) => name)
  const rank = (name: string) => (name === comparators ? 0 : 1)
  dimensions.sort((a, b) => rank(a) - rank(b) || byName(a, b))
  const dimension = dimensions.find(name => name === query['dimension']) ?? dimensions[0] ?? ''
  const areas = compared.dimensions.find(({ name }) => name === dimension)?.areas ?? []
  const counts = new Map<string, number>()
  for (const { at, value, mark } of areas.flatMap(({ figures }) => figures)) {
    if (value !== null || mark !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  const { frequency } = compared.measure
  const periods = [...counts]
    .filter(([, count]) => count > 1)
    .map(([at]): Period => ({ frequency, start: Temporal.PlainDate.from(at) }))
    .sort((a, b) => Temporal.PlainDate.compare(b.start, a.start))
  return { dimensions, dimension, periods }
}

/** Reads the choices from an address; null where there is nothing to compare. What is not offered is left out. */
export function readChoices(query: Query, offered: ReturnType<typeof offeredBy>): CompareChoices | null {
  const [latest] = offered.periods
  if (latest === undefined) return null
  const period = offered.periods.find(({ start }) => start.toString() === query['period']) ?? latest
  const typed = (query['group'] ?? '').trim()
  const asked = typed === '' ? null : readDay(typed)
  return {
    dimension: offered.dimension,
    period,
    groupOn: asked ?? periodEnd(period),
    groupFault: typed !== '' && asked === null ? typed : null,
    order: orders.find(each => each === query['order']) ?? 'name',
    all: query['show'] === 'all',
  }
}

function readDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return null
  }
}

/** The figure of an area for a period; null where none is held. */
export function figureAt(area: ComparedArea | undefined, start: Temporal.PlainDate): ComparedFigure | null {
  const at = start.toString()
  return area?.figures.find(figure => figure.at === at) ?? null
}

/** Whether figures of a year apart are parted by a break. */
export function isBroken({ breaks }: Compared, area: string, start: Temporal.PlainDate): boolean {
  const before = start.subtract({ years: 1 }).toString()
  const now = start.toString()
  return breaks.some(
    ({ from, breakdown }) => (breakdown === null || breakdown === area) && from > before && from <= now,
  )
}

/** Those in the group on a day, by name. */
export function groupOn(group: ComparedGroup, day: Temporal.PlainDate): string[] {
  const names = group.members
    .map(({ name, from, to }) => ({
      name,
      from: Temporal.PlainDate.from(from),
      to: to === null ? null : Temporal.PlainDate.from(to),
    }))
    .filter(each => isMemberOn(each, day))
    .map(({ name }) => name)
  return [...new Set(names)].sort(byName)
}

/** What a rate is given for: 1,000 people; 100 for a percentage. */
export function scaleOf({ unit, per }: Pick<Measure, 'unit' | 'per'>): number {
  return unit === 'percent' ? 100 : (per ?? 1)
}

/**
 * Whether figures of areas of differing size may be laid beside one another at all: shares and rates may, and whatever
 * else is given per head; plain numbers may not.
 */
export function isComparable({ kind, unit, per }: Pick<Measure, 'kind' | 'unit' | 'per'>): boolean {
  return kind !== 'grade' && (unit === 'percent' || unit === 'rate' || unit === 'points' || per !== null)
}

/** "in November 2025", "in the year 2024/25", "on 30 November 2025" */
export function inPeriod(period: Period): string {
  return `${period.frequency === 'day' ? 'on' : 'in'} ${periodInWords(period)}`
}

/** "the month", for labels. */
export const periodNoun = (period: Period): string => frequencyWords[period.frequency].one
