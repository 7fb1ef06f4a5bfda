import type { NewMeasure } from '../measures/set-up-measure.ts'
import type { RowFault } from '../import/row-faults.ts'
import type { Adding, BreakCause } from '../tables.ts'

/** From when on the figures of a measure are not what they were, as the publisher says. */
export interface KnownBreak {
  /** First day of the first period after it. */
  from: string
  cause: BreakCause
  reason: string
  rebases: boolean
}

/** A measure that national open data fills, with everything that sets it up. */
export interface OpenMeasure {
  /** The same in every version of Peelian: by it the measure is found again, whatever its title has become. */
  key: string
  made: Omit<NewMeasure, 'areaId'>
  dimensions: Readonly<Record<string, Adding>>
  breaks: readonly KnownBreak[]
}

/** One figure out of a file. Without a value it has its mark. */
export interface OpenFigure {
  period: string
  value: number | null
  mark?: string
  /** '' and no dimension: the whole area. */
  breakdown?: string
  dimension?: string
  parent?: string
  numerator?: number
  denominator?: number
  status?: 'provisional' | 'final'
  /** The day on which the file was drawn up, as ISO text. */
  asAt?: string
  /** Where it is not the measure's own source. */
  source?: string
  line: number
}

interface HeldFigure extends OpenFigure {
  measure: string
}

export interface NamedBreakdown {
  measure: string
  name: string
  dimension: string
  parent: string | null
}

/** Things to put right that are kept; a file of another form would have one in every row. */
const faultsKept = 1000

/** What a file of open data comes to: figures, the measures they belong to, and what is to be told of the file. */
export class FigureSheet {
  readonly figures: HeldFigure[] = []
  readonly measures = new Map<string, OpenMeasure>()
  readonly breakdowns = new Map<string, NamedBreakdown>()
  /** What whoever loads the file should know, each once. */
  readonly notices = new Set<string>()
  readonly faults: RowFault[] = []
  faultCount = 0
  /** Rows of the file that were read. */
  rows = 0
  /** Districts that the file shows to be the area's, not on its list so far. */
  districts: readonly string[] = []
  /** The area's own force, where its list of places does not say so far. */
  ownForce: string | null = null

  add(measure: OpenMeasure, figure: OpenFigure): void {
    const { key } = measure
    if (!this.measures.has(key)) this.measures.set(key, measure)
    const { breakdown = '', dimension, parent } = figure
    if (breakdown !== '' && dimension !== undefined) {
      const place = `${key}\u0000${breakdown}`
      const named = { measure: key, name: breakdown, dimension, parent: parent ?? null }
      if (!this.breakdowns.has(place)) this.breakdowns.set(place, named)
    }
    this.figures.push({ ...figure, measure: key })
  }

  notice(text: string): void {
    this.notices.add(text)
  }

  fault(line: number, column: string, message: string): void {
    this.faultCount++
    if (this.faults.length < faultsKept) this.faults.push({ line, column, message })
  }
}

/**
 * A cell as a figure; null for text. Fractions are taken to 10 digits: that takes off what binary sums leave behind
 * (5,898.0599999999995), and makes a workbook, which holds 15 digits, agree with a CSV file, which may hold 17.
 */
export function figureOf(cell: string): number | null {
  const text = cell.trim()
  if (!/^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return null
  const value = Number(text)
  return Number.isInteger(value) ? value : Number(value.toPrecision(10))
}
