import { stringify } from 'csv-stringify/sync'
import type { ViewerArea } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { londonDate } from '../../platform/time.ts'
import { fileInMemory, loadObservations, setUpMeasure } from '../../modules/performance/index.ts'
import type { NewMeasure } from '../../modules/performance/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import { describeParts } from '../breakdowns.ts'
import type { Figure, FigureTableFact, MeasureFact, SeriesFact } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
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
 * stands twice. What became public on one day is loaded as one file. No exceptions are raised; there are too few points
 * for any.
 */
export async function planFigures(world: PaperWorld): Promise<void> {
  for (const slug of historicalAreas) {
    const tables = await readFacts<FigureTableFact[]>(`${slug}/figures.json`)
    const series = [...(await readFacts<SeriesFact[]>(`${slug}/series.json`)), ...tables.flatMap(seriesIn)]
    const facts = await readFacts<MeasureFact[]>(`${slug}/measures.json`)
    const parts = facts.flatMap(fact => {
      return partsOf(
        fact,
        series.filter(each => each.measure === fact.key),
      )
    })
    const lastPlace = (part: Part) => world.papers.lastPublishedAt(part.series.map(({ source }) => source))
    const days = Map.groupBy(parts, part => lastPlace(part).epochMilliseconds)
    for (const [at, ofDay] of days) {
      planFile(world, world.areas.get(slug), Temporal.Instant.fromEpochMilliseconds(at), ofDay)
    }
  }
}

/** The rows of a table as series, one for each part of it. */
function seriesIn({ measure, source, asAt, note, dimension, rows }: FigureTableFact): SeriesFact[] {
  return [...Map.groupBy(rows, row => row.part)].map(([part, figures]) => ({
    ...{ measure, asAt, figures },
    ...(note !== undefined && { note }),
    source: { ...source, line: figures.map(({ line }) => line) },
    breakdown: part === undefined ? null : partOf(dimension ?? '', part, figures[0]?.parent),
  }))
}

function partOf(dimension: string, value: string, parent: string | undefined) {
  return { dimension, value, ...(parent !== undefined && { parent }) }
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

function planFile(world: PaperWorld, area: ViewerArea, at: Temporal.Instant, parts: readonly Part[]): void {
  const office = area.slug === 'west-mercia' ? 'west-mercia-office' : 'warwickshire-office'
  world.timeline.add(at, loader(world, office, area), async (trx, act) => {
    const measures = []
    for (const part of parts) measures.push(await setUp(trx, act, world, area, part))
    const name = `${area.slug}-${londonDate(at).toString()}.csv`
    const file = fileInMemory(name, Buffer.from(csvOf(world, parts)))
    const report = await loadObservations(trx, act, file, { areaId: area.id, dryRun: false })
    const [fault] = report.faults
    if (fault !== undefined) throw new Error(`${name}, line ${fault.line}: ${fault.message}`)
    for (const measure of measures) await publishRecord(trx, act, measure)
  })
}

async function setUp(trx: Trx, act: Doing, world: PaperWorld, area: ViewerArea, part: Part): Promise<RecordHead> {
  const measure = await setUpMeasure(trx, act, newMeasure(world, area, part))
  if (!world.measures.has(part.fact.key)) world.measures.set(part.fact.key, measure)
  world.measures.set(`${part.fact.key}:${part.frequency}`, measure)
  const described = part.series.flatMap(({ breakdown }) => (breakdown === null ? [] : [breakdown]))
  await describeParts(
    trx,
    act,
    measure,
    part.fact.dimensions ?? [],
    described.map(each => ({
      dimension: each.dimension,
      name: nameOf(each),
      parent: each.parent === undefined ? null : nameOf({ ...each, value: each.parent }),
    })),
  )
  return measure
}

function newMeasure(world: PaperWorld, area: ViewerArea, { fact, frequency, title, series }: Part): NewMeasure {
  const { unit, kind, polarity, objective, numerator = null, denominator = null, basis = null } = fact
  const values = series.flatMap(each => each.figures.map(figure => figure.value))
  const notes = series.flatMap(each => each.note ?? [])
  const approximate = series.some(each => each.figures.some(figure => figure.qualifier === 'over'))
  return {
    ...{ areaId: area.id, title, unit, kind, polarity, frequency, numerator, denominator, basis },
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

/** Two dimensions of a measure may have parts of one name: each carries the name of its dimension. */
function nameOf({ dimension, value }: NonNullable<SeriesFact['breakdown']>): string {
  return `${dimension}: ${value}`
}

/** Figures are as at a day only where a paper, or the nature of its source, gives one. */
function csvOf(world: PaperWorld, parts: readonly Part[]): string {
  return stringify(
    parts.flatMap(part => rowsOf(world, part)),
    { header: true },
  )
}

function rowsOf(world: PaperWorld, { title, series }: Part) {
  return series.flatMap(({ breakdown, source, asAt, figures }) =>
    figures.map(({ period, value, numerator, denominator }) => ({
      ...{ measure: title, period, value, numerator, denominator },
      breakdown: breakdown === null ? '' : nameOf(breakdown),
      as_at: asAt,
      source: world.papers.cite(source),
    })),
  )
}
