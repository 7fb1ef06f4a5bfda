import { funnel } from '../../analysis/funnel.ts'
import { byName } from '../lines.ts'
import { type YearChange, yearChange } from '../change-words.ts'
import {
  type Compared,
  type CompareChoices,
  type ComparedArea,
  type ComparedFigure,
  figureAt,
  isBroken,
  isComparable,
  scaleOf,
} from './compared.ts'
import { shareFunnel } from './share-funnel.ts'

/** Where an area lies in the funnel. */
export type FunnelPlace = 'within' | 'beyond-95' | 'beyond-998'

export interface LocalRow {
  name: string
  figure: ComparedFigure | null
  /** Rate from its own numerator and denominator, with where it lies; null where the funnel cannot tell. */
  inFunnel: {
    rate: number
    size: number
    place: FunnelPlace
    high: boolean
    limits95: { lower: number; upper: number }
    limits998: { lower: number; upper: number }
  } | null
  change: YearChange | null
}

export interface LocalComparison {
  rows: readonly LocalRow[]
  /** All numerators / all denominators of the areas in the funnel, in the figures' scale; null without a funnel. */
  centre: number | null
  /** How much more areas differ than chance explains, where ten or more tell it. */
  phi: number | null
  /** Why there is no funnel. */
  why: 'plain-numbers' | 'no-denominators' | null
}

/**
 * Local areas at one time, within what chance gives an area of its size. An area whose figure is hidden or missing, or
 * without a denominator, stays out of the funnel and of its centre. Pure.
 */
export function compareLocally(compared: Compared, choices: CompareChoices): LocalComparison {
  const areas = compared.dimensions.find(({ name }) => name === choices.dimension)?.areas ?? []
  const { start } = choices.period
  const known = areas.flatMap(area => countOf(area, start))
  const comparable = isComparable(compared.measure)
  const why = !comparable ? 'plain-numbers' : known.length < 2 ? 'no-denominators' : null
  const scale = scaleOf(compared.measure)
  const read = why !== null ? null : compared.measure.unit === 'percent' ? shareFunnel(known) : funnel(known, scale)
  const points = new Map(read?.points.map(point => [point.area, point]))
  const rows = areas.map((area): LocalRow => {
    const point = points.get(area.name)
    const figure = figureAt(area, start)
    const before = isBroken(compared, area.name, start) ? null : figureAt(area, start.subtract({ years: 1 }))
    return {
      name: area.name,
      figure,
      inFunnel: point === undefined || read === null ? null : funnelPlace(point, read.centre, read.phi),
      change: yearChange(compared.measure, figure?.value ?? null, before?.value ?? null),
    }
  })
  const centre = read?.centre ?? null
  return { rows: ordered(rows, choices, centre), centre, phi: read?.phi ?? null, why }
}

function countOf(area: ComparedArea, start: Temporal.PlainDate) {
  const figure = figureAt(area, start)
  if (figure?.value == null || figure.numerator === undefined || figure.denominator === undefined) return []
  if (figure.denominator <= 0 || figure.numerator < 0) return []
  return [{ area: area.name, events: figure.numerator, population: figure.denominator }]
}

type Point = ReturnType<typeof funnel>['points'][number]

/** Where ten or more areas tell how much they differ anyway, limits are wider by that, and being outside is judged by it. */
function funnelPlace(point: Point, centre: number, phi: number | null): NonNullable<LocalRow['inFunnel']> {
  const { rate, population, limits95, limits998, outside95, outside998, outside998Adjusted } = point
  const far = outside998Adjusted ?? outside998
  const place = far ? 'beyond-998' : outside95 && outside998Adjusted === null ? 'beyond-95' : 'within'
  const wider = ({ lower, upper }: { lower: number; upper: number }) => {
    const by = Math.sqrt(phi ?? 1)
    return { lower: Math.max(0, centre - by * (centre - lower)), upper: centre + by * (upper - centre) }
  }
  return { rate, size: population, place, high: rate > centre, limits95: wider(limits95), limits998: wider(limits998) }
}

function ordered(rows: readonly LocalRow[], { order }: CompareChoices, centre: number | null): LocalRow[] {
  if (order === 'name' || centre === null) return rows.toSorted((a, b) => byName(a.name, b.name))
  const distance = ({ inFunnel }: LocalRow) => (inFunnel === null ? -1 : Math.abs(inFunnel.rate - centre))
  return rows.toSorted((a, b) => distance(b) - distance(a) || byName(a.name, b.name))
}
