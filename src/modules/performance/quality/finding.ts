import { figureText, markInWords } from '../figures.ts'
import type { Measure } from '../measure.ts'
import { periodInWords, periodText } from '../period.ts'
import type { Figure } from '../series-data.ts'
import type { Adding } from '../tables.ts'
import { decimalsOf } from './precision.ts'
import type { Verdict } from './verdicts.ts'

/** Into what a measure is broken down, as the rules read it. */
export interface QualityDimension {
  name: string
  adding: Adding
  breakdowns: readonly { name: string; parent: string | null }[]
}

export type QualityMeasure = Pick<
  Measure,
  'id' | 'reference' | 'title' | 'unit' | 'kind' | 'frequency' | 'decimals' | 'definition' | 'source' | 'per' | 'basis'
> &
  Pick<Measure, 'target' | 'bandLow' | 'bandHigh'> & { dimensions: readonly QualityDimension[] }

/** The latest figures of one breakdown from one source, in order of time. */
export interface QualitySeries {
  breakdown: string
  /** '' is the measure's own source. */
  source: string
  figures: readonly Figure[]
}

export interface MeasureFigures {
  measure: QualityMeasure
  series: readonly QualitySeries[]
}

/** What a rule is handed: a measure with its figures, and those whose titles say that they measure the same. */
export interface Subject extends MeasureFigures {
  kindred: readonly MeasureFigures[]
}

/** A figure as a finding names it. */
export interface FigureNamed {
  measureId: string
  measure: string
  breakdown: string
  /** As `parsePeriod` reads it. */
  period: string
  periodWords: string
  source: string
  value: number | null
  /** With its unit, or the mark in its place. */
  text: string
}

/** Something in the figures that cannot be right, or that somebody ought to know. */
export interface Finding {
  rule: string
  verdict: Verdict
  measureId: string
  /** The same contradiction has the same identity each time it is found. */
  identity: string
  sentence: string
  figures: readonly FigureNamed[]
  /** It rests on a figure that is withheld; then it is never shown to the public. */
  withheld: boolean
}

/** One idea of what cannot be right. Pure. */
export interface Rule {
  name: string
  /** For those who ask what was looked for. */
  inWords: string
  find: (subject: Subject) => Finding[]
}

const mostFigures = 24

/** A finding with its identity: rule, verdict, and where it stands. */
export function finding(
  rule: string,
  verdict: Verdict,
  measure: Pick<Measure, 'id'>,
  where: readonly string[],
  sentence: string,
  figures: readonly FigureNamed[],
  withheld = false,
): Finding {
  const identity = [rule, verdict, ...where].join('|')
  return {
    rule,
    verdict,
    measureId: measure.id,
    identity,
    sentence,
    figures: figures.slice(0, mostFigures),
    withheld,
  }
}

export const sourceOf = (measure: Pick<Measure, 'source'>, source: string): string =>
  source === '' ? measure.source : source

/** A figure by its name. */
export function named(measure: QualityMeasure, series: Omit<QualitySeries, 'figures'>, figure: Figure): FigureNamed {
  return {
    measureId: measure.id,
    measure: measure.title,
    breakdown: series.breakdown,
    period: periodText(figure.period),
    periodWords: periodInWords(figure.period),
    source: sourceOf(measure, series.source),
    value: figure.value,
    text: printed(measure, figure),
  }
}

/** With every digit that was given, even where the measure prints fewer: a rounded one would hide what is wrong. */
export function printed(measure: Pick<Measure, 'unit' | 'decimals'>, { value, mark }: Pick<Figure, 'value' | 'mark'>) {
  if (value === null) return markInWords(mark)
  return numberText(measure, value)
}

export function numberText({ unit, decimals }: Pick<Measure, 'unit' | 'decimals'>, value: number): string {
  return figureText(value, { unit, decimals: Math.min(6, Math.max(decimals, decimalsOf(value))) })
}

/** A measure, or its breakdown, within a sentence. */
export function called(measure: Pick<Measure, 'title'>, breakdown: string): string {
  return breakdown === '' ? measure.title : `${measure.title}, ${breakdown}`
}

/** " So it is in 3 other periods." after the sentence about the latest. */
export function otherPeriods(periods: number): string {
  if (periods <= 1) return ''
  return periods === 2 ? ' So it is in one other period.' : ` So it is in ${String(periods - 1)} other periods.`
}

const laidOut = new WeakMap<QualitySeries, ReadonlyMap<string, Figure>>()

/** The figures of one series by the text of their period; made once for a series. */
export function byPeriod(series: QualitySeries): ReadonlyMap<string, Figure> {
  let found = laidOut.get(series)
  if (found === undefined) {
    found = new Map(series.figures.map(figure => [periodText(figure.period), figure]))
    laidOut.set(series, found)
  }
  return found
}

/** Figures of people hidden on purpose: nothing may be worked out from the gap they leave. */
export const isWithheld = ({ value, mark }: Pick<Figure, 'value' | 'mark'>): boolean =>
  value === null && (mark === '[c]' || mark === '*')

/** Shares of 100 by the parts of a dimension: the whole itself has no figure, or is 100. */
export function isComposition({ measure, series }: MeasureFigures): boolean {
  if (measure.unit !== 'percent' || measure.kind !== 'proportion') return false
  if (!measure.dimensions.some(each => each.adding !== 'not')) return false
  return series.every(
    each => each.breakdown !== '' || each.figures.every(({ value }) => value === null || value === 100),
  )
}

/** The breakdowns of a dimension that stand directly below the whole. */
export function topsOf(dimension: QualityDimension): string[] {
  const names = new Set(dimension.breakdowns.map(each => each.name))
  return dimension.breakdowns.filter(each => each.parent === null || !names.has(each.parent)).map(each => each.name)
}

/** Each breakdown of a dimension that is parted further, with its parts. */
export function parentsOf(dimension: QualityDimension): { name: string; parts: string[] }[] {
  const byParent = Map.groupBy(
    dimension.breakdowns.filter(each => each.parent !== null),
    each => each.parent ?? '',
  )
  return [...byParent].map(([name, parts]) => ({ name, parts: parts.map(part => part.name) }))
}

/** Series of a measure by source, then breakdown. */
export function bySource(series: readonly QualitySeries[]): Map<string, Map<string, QualitySeries>> {
  return new Map(
    [...Map.groupBy(series, each => each.source)].map(([source, found]) => [
      source,
      new Map(found.map(each => [each.breakdown, each])),
    ]),
  )
}
