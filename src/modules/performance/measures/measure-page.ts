import type { ChartModel, StateModel } from '../../../platform/web/patterns.ts'
import { withQuery } from '../../../platform/web/patterns.ts'
import { type MeasureFacts, overviewRow, type OverviewRow, type SeriesFacts } from '../overview/lines.ts'
import type { PlacedBreakdown } from './breakdowns/breakdown-tree.ts'
import { hiddenMark } from './public-series.ts'
import {
  chartOfSeries,
  type FrozenChart,
  type PrintedMeasure,
  rolls,
  type Showing,
  showings,
  type Window,
} from './series-chart.ts'
import type { SeriesView } from './series-view.ts'
import type { TimesLine } from './times-of-year.ts'
import { standingWords } from './words.ts'

/*
 * A measure's page, in the workspace from what is held and to the public from what was frozen: one series with its
 * chart, chosen in the address, and every breakdown as one row that leads to its chart.
 */

/** A series as its page and its downloads read it. */
export type PageSeries = Omit<SeriesView, 'chart'> & { chart: FrozenChart | null; times: readonly TimesLine[] }

/** A dimension with its breakdowns in reading order. */
export interface PlacedDimension {
  name: string
  adding: string
  rows: readonly Pick<PlacedBreakdown, 'name' | 'depth'>[]
}

/** A series as a row of the tree. */
export interface Part {
  breakdown: string
  source: string
  facts: SeriesFacts
  /** Whether its latest figure is held and not shown. */
  hidden?: boolean
}

/** What a page is made of. */
export interface PageSource {
  measure: PrintedMeasure
  dimensions: readonly PlacedDimension[]
  parts: readonly Part[]
  /** The series of the breakdown that is shown, one for each source. */
  series: readonly PageSeries[]
}

/** What the address asks for. */
export interface Asked {
  breakdown: string
  from: string
  to: string
  shows: Showing
}

type Query = Readonly<Record<string, string | undefined>>

/** Of an address what the page and its links keep. */
export function keptQuery(query: Query): Query {
  const names = ['breakdown', 'from', 'to', 'shows', 'as-of']
  return Object.fromEntries(names.map(name => [name, query[name]]))
}

/** What the address asks for; a breakdown that is not there is the whole area. */
export function readAsked(query: Query, breakdowns: readonly string[]): Asked {
  const { breakdown = '', from = '', to = '', shows } = query
  const first = breakdowns.includes('') ? '' : (breakdowns[0] ?? '')
  return {
    breakdown: breakdowns.includes(breakdown) ? breakdown : first,
    ...{ from, to },
    shows: showings.find(each => each === shows) ?? 'figures',
  }
}

/** A shown series, ready to print. */
export interface ShownSeries extends Omit<PageSeries, 'chart'> {
  chart: ChartModel | null
  state: StateModel
  /** Whether it has figures and none of them is shown. */
  allHidden: boolean
}

/** The part of a measure's page that figures fill. */
export interface FiguresModel {
  asked: Asked
  shown: readonly ShownSeries[]
  tree: readonly { name: string; adding: string; rows: readonly TreeRow[] }[]
  filter: FilterFormModel
  /** What in the address could not be followed. */
  notices: readonly string[]
}

export type TreeRow = OverviewRow & { depth: number; current: boolean; hidden: boolean }

interface FilterFormModel {
  address: string
  breakdowns: readonly Option[]
  periods: readonly Option[]
  shows: readonly Option[]
  kept: readonly { name: string; value: string }[]
  filtered: boolean
}

interface Option {
  value: string
  text: string
}

/**
 * Puts the page together.
 *
 * @param address of the page without a query
 * @param query as it is now: what the page does not know of it is kept
 */
export async function figuresModel(
  source: PageSource,
  asked: Asked,
  address: string,
  query: Query,
): Promise<FiguresModel> {
  const [main] = source.series
  const periods = (main?.figures ?? []).map(({ period, words }) => ({ value: period, text: words }))
  const { window, notices } = windowOf(periods, asked)
  const downloads = (type: 'csv' | 'json') => withQuery(`${address}.${type}`, query, {})
  const shown: ShownSeries[] = []
  for (const each of source.series) {
    const cut = await chartOfSeries(source.measure, each, shiftedTo(each, periods, window), asked.shows)
    const chart =
      cut === null
        ? null
        : { ...cut, summary: each.summary, downloads: { csv: downloads('csv'), json: downloads('json') } }
    shown.push({ ...each, chart, state: standingWords[each.standing], allHidden: isHidden(each) })
  }
  return {
    asked,
    shown,
    notices,
    tree: treeOf(source, asked, address, query),
    filter: filterOf(source, asked, address, query, periods),
  }
}

/** Whether a series holds nothing but figures that are not shown, and gaps. */
function isHidden({ figures }: PageSeries): boolean {
  return figures.every(({ value }) => value === null) && figures.some(({ mark }) => mark === hiddenMark)
}

/** The periods asked for as places in the series; all of them where they cannot be found. */
function windowOf(periods: readonly Option[], { from, to }: Asked): { window: Window; notices: string[] } {
  const place = (period: string) => periods.findIndex(({ value }) => value === period)
  const [first, last] = [from === '' ? 0 : place(from), to === '' ? periods.length - 1 : place(to)]
  const whole = { first: 0, last: periods.length - 1 }
  if (first < 0 || last < 0) {
    const missing = place(from) < 0 && from !== '' ? from : to
    return {
      window: whole,
      notices: periods.length === 0 ? [] : [`There are no figures of “${missing}”. All periods are shown.`],
    }
  }
  return first > last
    ? { window: whole, notices: ['The first period lies after the last. All periods are shown.'] }
    : { window: { first, last }, notices: [] }
}

/** A window found in the first source as places in the series of another, which may begin elsewhere. */
function shiftedTo({ figures }: PageSeries, periods: readonly Option[], { first, last }: Window): Window {
  const all = figures.length - 1
  if (first === 0 && last === periods.length - 1) return { first: 0, last: all }
  const start = figures.findIndex(({ period }) => period === periods[first]?.value)
  const end = figures.findIndex(({ period }) => period === periods[last]?.value)
  return { first: Math.max(0, start), last: end < 0 ? all : end }
}

function treeOf(
  { measure, dimensions, parts }: PageSource,
  asked: Asked,
  address: string,
  query: Query,
): FiguresModel['tree'] {
  const byName = Map.groupBy(parts, each => each.breakdown)
  const described = new Set(dimensions.flatMap(each => each.rows.map(({ name }) => name)))
  const rest = [...byName.keys()].filter(name => name !== '' && !described.has(name))
  const row = (name: string, depth: number): TreeRow[] =>
    (byName.get(name) ?? []).map(({ source, facts, hidden = false }) => ({
      ...overviewRow({
        ...lineFacts(measure, facts),
        title: source === '' ? name : `${name} (${source})`,
        href: withQuery(address, query, { breakdown: name }),
      }),
      ...{ depth, current: name === asked.breakdown, hidden },
    }))
  return [
    ...dimensions.map(({ name, adding, rows }) => ({
      name,
      adding,
      rows: rows.flatMap(each => row(each.name, each.depth)),
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            name: dimensions.length === 0 ? 'Breakdowns' : 'Other breakdowns',
            adding: '',
            rows: rest.flatMap(name => row(name, 0)),
          },
        ]),
  ].filter(({ rows }) => rows.length > 0)
}

function lineFacts(measure: PrintedMeasure, series: SeriesFacts): Omit<MeasureFacts, 'title' | 'href'> {
  return { reference: '', measure, objective: null, series, parts: [] }
}

function filterOf(
  { measure, dimensions, parts }: PageSource,
  asked: Asked,
  address: string,
  query: Query,
  periods: readonly Option[],
): FilterFormModel {
  const names = new Set(parts.map(each => each.breakdown))
  const placed = dimensions.flatMap(each => each.rows).filter(({ name }) => names.has(name))
  const described = new Set(placed.map(({ name }) => name))
  const asOf = query['as-of']
  return {
    address,
    breakdowns: [
      ...(names.has('') ? [{ value: '', text: 'The whole area' }] : []),
      ...placed.map(({ name, depth }) => ({ value: name, text: `${'– '.repeat(depth)}${name}` })),
      ...[...names].filter(name => name !== '' && !described.has(name)).map(name => ({ value: name, text: name })),
    ],
    periods: periods.toReversed(),
    shows: rolls(measure)
      ? [
          { value: 'figures', text: 'Each period' },
          { value: 'rolling', text: 'The last 12 months at each period' },
        ]
      : [],
    kept: asOf === undefined ? [] : [{ name: 'as-of', value: asOf }],
    filtered: asked.breakdown !== '' || asked.from !== '' || asked.to !== '' || asked.shows !== 'figures',
  }
}
