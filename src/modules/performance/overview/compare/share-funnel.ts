import { smallCount } from '../../analysis/attribute-charts.ts'
import type { AreaCount, Funnel, FunnelLimits, FunnelPoint } from '../../analysis/funnel.ts'
import { z95 } from '../../analysis/poisson.ts'
import { binomialLimits } from '../../analysis/proportions.ts'

/** Standard deviations that leave 0.2% on both sides together. */
const z998 = 3.090232306167813

/**
 * A funnel of shares, in per cent: limits centre +- z sqrt(c (1 - c) / n), which are narrower than those of a rate as a
 * share cannot pass 100%; exact binomial limits where fewer than ten are expected on either side. Overdispersion is not
 * estimated. Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance", section 3.
 *
 * @param areas `events` out of `population`, the latter above 0
 */
export function shareFunnel(areas: readonly AreaCount[]): Funnel {
  const events = areas.reduce((sum, area) => sum + area.events, 0)
  const centre = events / areas.reduce((sum, area) => sum + area.population, 0)
  return { centre: 100 * centre, phi: null, points: areas.map(area => pointOf(area, centre)) }
}

function pointOf(area: AreaCount, centre: number): FunnelPoint {
  const share = area.events / area.population
  const limits95 = limitsOf(centre, area.population, z95, 0.05)
  const limits998 = limitsOf(centre, area.population, z998, 0.002)
  const outside = ({ lower, upper }: FunnelLimits) => share < lower || share > upper
  const inPercent = ({ lower, upper }: FunnelLimits) => ({ lower: 100 * lower, upper: 100 * upper })
  return {
    ...area,
    rate: 100 * share,
    expected: centre * area.population,
    z: (share - centre) / Math.sqrt((centre * (1 - centre)) / area.population),
    limits95: inPercent(limits95),
    limits998: inPercent(limits998),
    outside95: outside(limits95),
    outside998: outside(limits998),
    zAdjusted: null,
    outside998Adjusted: null,
  }
}

function limitsOf(centre: number, n: number, z: number, alpha: number): FunnelLimits {
  if (Math.min(centre, 1 - centre) * n < smallCount) {
    const { below, above } = binomialLimits(n, centre, alpha)
    return { lower: below / n, upper: above / n }
  }
  const reach = z * Math.sqrt((centre * (1 - centre)) / n)
  return { lower: centre - reach, upper: centre + reach }
}
