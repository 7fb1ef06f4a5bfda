import { dotChart, funnelChart } from '../../../../platform/area-charts.ts'
import type { ChartModel, DownloadsModel, LinkModel } from '../../../../platform/web/patterns.ts'
import { withQuery } from '../../../../platform/web/patterns.ts'
import { longDate } from '../../../../platform/time.ts'
import { periodEnd, periodInWords } from '../../period.ts'
import { rulesWords } from '../../measures/words.ts'
import { partsNoun } from '../areas-model.ts'
import { layouts } from '../dashboard-model.ts'
import { comparators } from '../held.ts'
import { type Compared, type CompareChoices, inPeriod, type offeredBy, periodNoun } from './compared.ts'
import { type CompareTable, forceTable, localTable } from './compare-tables.ts'
import { forceFormula, forceSentences, groupSentence, localFormula, localSentences } from './compare-words.ts'
import { compareForces, type ForceComparison } from './force-comparison.ts'
import { compareLocally, type LocalComparison } from './local-comparison.ts'

/** What a compare page is made from, in the workspace and in public alike. */
export interface ComparePageParts {
  side: keyof typeof layouts
  /** Its own address without a query. */
  address: string
  /** What the force is called where the files do not say. */
  areaName: string
  breadcrumbs: readonly LinkModel[]
  /** Where the group is entered, for whoever may. */
  group: LinkModel | null
}

/** What was found, for the page and for downloads. */
export interface Comparison {
  title: string
  says: readonly string[]
  formula: readonly string[]
  /** Who was compared with, as at which day; null in a comparison of local areas. */
  group: { heading: string; text: string } | null
  table: CompareTable
  svg: string | null
}

/** Compares the areas of a measure as asked, with the picture of it. */
export async function comparisonOf(
  compared: Compared,
  choices: CompareChoices,
  { areaName, side }: Pick<ComparePageParts, 'areaName' | 'side'>,
): Promise<Comparison> {
  return choices.dimension === comparators
    ? forces(compared, choices, compareForces(compared, choices, areaName), side === 'workspace')
    : locals(compared, choices, compareLocally(compared, choices))
}

async function forces(
  compared: Compared,
  choices: CompareChoices,
  found: ForceComparison,
  advised: boolean,
): Promise<Comparison> {
  const { comparison } = found
  const when = inPeriod(choices.period)
  const position = comparison && { within: 'within', above: 'above', below: 'below' }[comparison.position]
  const title =
    position === null
      ? `${compared.measure.title} by police area ${when}`
      : `${compared.measure.title}: ${found.ownName} was ${position} the range of similar forces ${when}`
  const says = forceSentences(compared, choices, found, advised)
  const group = groupSentence(compared, choices)
  return {
    title,
    says,
    formula: forceFormula(found),
    group: group === null ? null : { heading: `The group as at ${longDate(choices.groupOn)}`, text: group },
    table: forceTable(compared, found),
    svg: found.why === 'plain-numbers' || !hasFigures(found) ? null : await forceSvg(compared, found, title, says),
  }
}

const hasFigures = ({ rows }: ForceComparison): boolean => rows.filter(({ figure }) => figure?.value != null).length > 1

function forceSvg(compared: Compared, found: ForceComparison, title: string, says: readonly string[]): Promise<string> {
  const { comparison } = found
  return dotChart({
    title,
    description: says.join(' '),
    unit: rulesWords.axis[compared.measure.unit],
    areas: found.rows.map(({ name, figure, interval, place }) => ({
      ...{ name, interval },
      value: figure?.value ?? null,
      own: place === 'own',
    })),
    range: comparison && { centre: comparison.mean, lower: comparison.lower, upper: comparison.upper },
  })
}

async function locals(compared: Compared, choices: CompareChoices, found: LocalComparison): Promise<Comparison> {
  const { rows, why } = found
  const far = rows.filter(({ inFunnel }) => inFunnel?.place === 'beyond-998').length
  const inside = rows.filter(({ inFunnel }) => inFunnel !== null).length
  const named = `${compared.measure.title} by ${choices.dimension.toLowerCase()}`
  const noun = partsNoun(choices.dimension)
  const beyond = `${String(far)} of ${String(inside)} ${noun} differ more than chance explains`
  const title =
    why === null ? `${named}: ${beyond} ${inPeriod(choices.period)}` : `${named} ${inPeriod(choices.period)}`
  const says = localSentences(compared, found, noun)
  return {
    ...{ title, says },
    formula: localFormula(compared, found),
    group: null,
    table: localTable(compared, found),
    svg: why === null ? await localSvg(compared, found, title, says) : null,
  }
}

function localSvg(compared: Compared, found: LocalComparison, title: string, says: readonly string[]): Promise<string> {
  const inside = found.rows.flatMap(({ inFunnel }) => inFunnel ?? []).toSorted((a, b) => a.size - b.size)
  const pair = ({ lower, upper }: { lower: number; upper: number }) => [lower, upper] as const
  return funnelChart({
    title,
    description: says.join(' '),
    centre: found.centre ?? 0,
    unit: rulesWords.axis[compared.measure.unit],
    sizeName: compared.measure.denominator ?? 'Counted out of',
    areas: found.rows.map(({ name, inFunnel }) => ({
      name,
      size: inFunnel?.size ?? inside[0]?.size ?? 0,
      rate: inFunnel?.rate ?? null,
      out: inFunnel !== null && inFunnel.place !== 'within',
    })),
    limits: inside.map(({ size, limits95, limits998 }) => ({ size, inner: pair(limits95), outer: pair(limits998) })),
  })
}

/** The model of `compare.njk`. */
export async function compareModel(
  compared: Compared,
  offered: ReturnType<typeof offeredBy>,
  choices: CompareChoices,
  parts: ComparePageParts,
) {
  const found = await comparisonOf(compared, choices, parts)
  const query = choiceQuery(choices)
  return {
    layout: layouts[parts.side],
    title: `${compared.measure.title}: ${choices.dimension === comparators ? 'forces' : partsNoun(choices.dimension)} compared`,
    breadcrumbs: parts.breadcrumbs,
    address: parts.address,
    chosen: chosenModel(offered, choices),
    found,
    chart: chartModel(compared, found),
    outOf: outOfWords(compared.measure),
    numerator: compared.measure.numerator,
    source: compared.measure.source,
    forces: choices.dimension === comparators,
    groupLink: choices.dimension === comparators ? parts.group : null,
    downloads: {
      csv: withQuery(`${parts.address}.csv`, query, {}),
      json: withQuery(`${parts.address}.json`, query, {}),
    } satisfies DownloadsModel,
  }
}

function chosenModel({ dimensions, periods }: ReturnType<typeof offeredBy>, choices: CompareChoices) {
  return {
    dimension: choices.dimension,
    dimensions: dimensions.map(value => ({ value, text: value })),
    period: choices.period.start.toString(),
    periodNoun: periodNoun(choices.period),
    periods: periods.map(period => ({ value: period.start.toString(), text: capital(periodInWords(period)) })),
    // Left empty it follows the period; a day once written would stay when another period is chosen.
    group: choices.groupFault ?? choiceQuery(choices)['group'] ?? '',
    groupFault: choices.groupFault === null ? null : 'Write the day as year, month and day: 2018-04-01',
    order: choices.order,
    all: choices.all,
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** The population named, with its year where the dictionary gives it; a rate of no stated population is said to be one. */
function outOfWords({ denominator, unit }: Compared['measure']): string | null {
  if (denominator !== null || unit !== 'rate') return denominator
  return 'not said in the dictionary of this measure, nor of which year'
}

/** The address's query for these choices; what a plain address means anyway is left out. */
export function choiceQuery(choices: CompareChoices): Record<string, string | undefined> {
  const { dimension, period, order, all } = choices
  const usual = choices.groupOn.equals(periodEnd(period))
  return {
    dimension,
    period: period.start.toString(),
    group: usual ? undefined : choices.groupOn.toString(),
    order: order === 'name' ? undefined : order,
    show: all ? 'all' : undefined,
  }
}

function chartModel({ measure }: Compared, found: Comparison): ChartModel | null {
  if (found.svg === null) return null
  return {
    title: found.title,
    svg: found.svg,
    table: { caption: found.title, ...found.table },
    tableOpen: true,
    source: measure.source,
    asAt: null,
  }
}
