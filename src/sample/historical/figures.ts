import { stringify } from 'csv-stringify/sync'
import type { ViewerArea } from '../../platform/access/viewer.ts'
import { fileInMemory, loadObservations, setUpMeasure } from '../../modules/performance/index.ts'
import type { NewMeasure } from '../../modules/performance/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { Figure, MeasureFact, SeriesFact } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import { lastDayOf } from './papers.ts'
import { findingsAbout, historicalAreas, loader } from './world.ts'
import type { PaperWorld } from './world.ts'

type Frequency = NewMeasure['frequency']

/** A measure with those of its figures that are given for periods of one length: a year's total is no quarter. */
interface Part {
  fact: MeasureFact
  frequency: Frequency
  title: string
  series: readonly SeriesFact[]
}

/** What the figures of a measure are called that are given for other periods than its own. */
const titlesOfOthers: Readonly<Record<'total' | 'average', string>> = {
  total: ' in the year',
  average: ', average of the year',
}

/**
 * Figures as the papers print them: each place of each paper is a series of its own, so that what contradicts itself
 * stands twice. No exceptions are raised; there are too few points for any.
 */
export async function planFigures(world: PaperWorld): Promise<void> {
  for (const slug of historicalAreas) {
    const series = await readFacts<SeriesFact[]>(`${slug}/series.json`)
    for (const fact of await readFacts<MeasureFact[]>(`${slug}/measures.json`)) {
      const own = series.filter(each => each.measure === fact.key)
      for (const part of partsOf(fact, own)) planMeasure(world, world.areas.get(slug), part)
    }
  }
}

function partsOf(fact: MeasureFact, printed: readonly SeriesFact[]): Part[] {
  const series = printed.map(each => ({ ...each, figures: each.figures.map(figure => inItsYear(fact, figure)) }))
  const lengths = [...new Set(series.flatMap(each => each.figures.map(figure => lengthOf(figure.period))))]
  return lengths.map(frequency => {
    const own = series.flatMap(each => {
      const figures = each.figures.filter(figure => lengthOf(figure.period) === frequency)
      return figures.length === 0 ? [] : [{ ...each, figures }]
    })
    return {
      fact,
      frequency,
      series: own,
      title: titleOf(
        fact,
        own.flatMap(each => each.figures),
      ),
    }
  })
}

function titleOf({ title }: MeasureFact, figures: readonly Figure[]): string {
  const [kind] = figures.flatMap(figure => figure.kind ?? [])
  return kind === undefined ? title : `${title}${titlesOfOthers[kind]}`
}

/** What is counted once a year, on 1 April, stands at the financial year that begins then. */
function inItsYear({ frequency }: MeasureFact, figure: Figure): Figure {
  const year = /^(\d{4})-04-01$/.exec(figure.period)?.[1]
  if (frequency !== 'year' || year === undefined) return figure
  return { ...figure, period: `${year}/${String(Number(year) + 1).slice(2)}` }
}

/** The length of a period as it is written. */
function lengthOf(period: string): Frequency {
  if (/^\d{4}-\d{2}-\d{2}$/.test(period)) return 'day'
  if (/^\d{4}-\d{2}$/.test(period)) return 'month'
  return period.includes('Q') ? 'quarter' : 'year'
}

function planMeasure(world: PaperWorld, area: ViewerArea, part: Part): void {
  const at = world.papers.lastPublishedAt(part.series.map(({ source }) => source))
  const office = area.slug === 'west-mercia' ? 'west-mercia-office' : 'warwickshire-office'
  world.timeline.add(at, loader(world, office, area), async (trx, act) => {
    const measure = await setUpMeasure(trx, act, newMeasure(world, area, part))
    if (!world.measures.has(part.fact.key)) world.measures.set(part.fact.key, measure)
    const file = fileInMemory(`${part.title}.csv`, Buffer.from(csvOf(world, part)))
    const report = await loadObservations(trx, act, file, { areaId: area.id, dryRun: false })
    const [fault] = report.faults
    if (fault !== undefined) throw new Error(`${part.title}, line ${fault.line}: ${fault.message}`)
    await publishRecord(trx, act, measure)
  })
}

function newMeasure(world: PaperWorld, area: ViewerArea, { fact, frequency, title, series }: Part): NewMeasure {
  const { unit, kind, polarity, objective } = fact
  const values = series.flatMap(each => each.figures.map(figure => figure.value))
  const notes = series.flatMap(each => each.note ?? [])
  const approximate = series.some(each => each.figures.some(figure => figure.qualifier === 'over'))
  return {
    ...{ areaId: area.id, title, unit, kind, polarity, frequency },
    decimals: Math.max(...values.map(decimalsOf)),
    definition: [
      fact.definition,
      ...new Set(notes),
      approximate ? 'The paper says “over” before the figure.' : '',
      findingsAbout(world, fact.key) ?? '',
    ]
      .filter(Boolean)
      .join(' '),
    source: world.papers.citeAll(series.map(each => each.source)),
    objective: objective === null ? null : world.objectives.get(objective),
  }
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0
}

/** The day of the figures as printed, else the last day of the period that the paper covers. */
function csvOf(world: PaperWorld, { title, series }: Part): string {
  const rows = series.flatMap(({ breakdown, source, asAt, figures }) =>
    figures.map(({ period, value }) => ({
      measure: title,
      period,
      value,
      breakdown: breakdown === null ? '' : `${breakdown.dimension}: ${breakdown.value}`,
      as_at: asAt ?? lastDayOf(world.papers.find(source.paper).date).toString(),
      source: world.papers.cite(source),
    })),
  )
  return stringify(rows, { header: true })
}
