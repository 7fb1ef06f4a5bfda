/**
 * Areas compared at one time by what chance gives an area of its size. Sources: Spiegelhalter (2005), "Funnel plots for
 * comparing institutional performance", for limits, z = 2(sqrt(y) - sqrt(E)) and overdispersion; performance.md A11.
 */
import statistics from 'jstat'
import { smallCount } from './attribute-charts.ts'
import { poissonLimits, z95 } from './poisson.ts'

/** Events among a population, or any other size, in one area. */
export interface AreaCount {
  area: string
  events: number
  /** Above 0. */
  population: number
}

export interface FunnelLimits {
  lower: number
  upper: number
}

/** One area in the funnel; rates in the scale asked for. */
export interface FunnelPoint extends AreaCount {
  rate: number
  expected: number
  z: number
  limits95: FunnelLimits
  limits998: FunnelLimits
  outside95: boolean
  outside998: boolean
  /** z / sqrt(phi), and whether the area lies outside even so; null where overdispersion is not estimated. */
  zAdjusted: number | null
  outside998Adjusted: boolean | null
}

export interface Funnel {
  /** All events / all populations, in the scale asked for. */
  centre: number
  /** How much more areas differ than chance explains; null below ten areas, or where they do not. */
  phi: number | null
  points: readonly FunnelPoint[]
}

/** Standard deviations that leave 0.2% on both sides together. */
const z998 = statistics.normal.inv(0.999, 0, 1)
/** Overdispersion is estimated only from so many areas. */
const fewestAreas = 10
const winsorised = 0.1

/**
 * A funnel: limits centre +- z sqrt(centre / n) at 95% and 99.8%, exact Poisson limits where fewer than ten events are
 * expected. With ten areas or more, z is also given divided by sqrt(phi), phi being the mean of z squared after the
 * tenth at either end has been drawn in to its neighbour, where phi > 1.
 *
 * @param scale what rates are given for: 1,000 people
 * @throws RangeError for a population that is not above 0
 */
export function funnel(areas: readonly AreaCount[], scale = 1000): Funnel {
  if (areas.some(({ population }) => !(population > 0))) throw new RangeError('A population is above 0.')
  const events = areas.reduce((sum, area) => sum + area.events, 0)
  const centre = events / areas.reduce((sum, area) => sum + area.population, 0)
  const scores = areas.map(area => 2 * (Math.sqrt(area.events) - Math.sqrt(centre * area.population)))
  const phi = areas.length < fewestAreas ? null : overdispersion(scores)
  const points = areas.map((area, i) => pointOf(area, centre, scale, scores[i] ?? 0, phi))
  return { centre: centre * scale, phi, points }
}

function overdispersion(scores: readonly number[]): number | null {
  const ordered = [...scores].sort((a, b) => a - b)
  const out = Math.floor(winsorised * ordered.length)
  const [least, most] = [ordered[out] ?? 0, ordered.at(-1 - out) ?? 0]
  const phi = ordered.reduce((sum, z) => sum + Math.min(most, Math.max(least, z)) ** 2, 0) / ordered.length
  return phi > 1 ? phi : null
}

function pointOf(area: AreaCount, centre: number, scale: number, z: number, phi: number | null): FunnelPoint {
  const rate = area.events / area.population
  const limits95 = limitsOf(centre, area.population, z95, 0.05)
  const limits998 = limitsOf(centre, area.population, z998, 0.002)
  const outside = ({ lower, upper }: FunnelLimits) => rate < lower || rate > upper
  const inScale = ({ lower, upper }: FunnelLimits) => ({ lower: lower * scale, upper: upper * scale })
  const zAdjusted = phi === null ? null : z / Math.sqrt(phi)
  return {
    ...{ area: area.area, events: area.events, population: area.population },
    ...{ rate: rate * scale, expected: centre * area.population, z },
    ...{ limits95: inScale(limits95), limits998: inScale(limits998) },
    ...{ outside95: outside(limits95), outside998: outside(limits998) },
    ...{ zAdjusted, outside998Adjusted: zAdjusted === null ? null : Math.abs(zAdjusted) > z998 },
  }
}

function limitsOf(centre: number, population: number, z: number, alpha: number): FunnelLimits {
  const expected = centre * population
  if (expected < smallCount) {
    const { below, above } = poissonLimits(expected, alpha)
    return { lower: below / population, upper: above / population }
  }
  const reach = z * Math.sqrt(centre / population)
  return { lower: centre - reach, upper: centre + reach }
}
