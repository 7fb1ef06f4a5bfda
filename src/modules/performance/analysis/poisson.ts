/**
 * Counts that come by chance alone: exact limits of a count whose expected value is known, and the interval in which
 * the expected value lies when a count is known. Sources: Poisson's law; Garwood (1936) for the exact interval;
 * Breslow and Day (1987), volume II, for Byar's approximation; performance.md A10.
 */
import statistics from 'jstat'

/** 0.27% in both tails together, as three standard deviations leave of a normal distribution. */
export const rare = 0.0027

/** P(X <= count) for a Poisson count of the mean given: 1 - P(count + 1, mean), P the regularised gamma function. */
export function poissonAtMost(count: number, mean: number): number {
  if (count < 0) return 0
  return mean === 0 ? 1 : 1 - statistics.lowRegGamma(Math.floor(count) + 1, mean)
}

/** Limits of a count: those below `below` or above `above` are rarer than chance explains; none is below 0. */
export interface CountLimits {
  below: number
  above: number
}

/**
 * Exact limits of a Poisson count: each tail beyond them has at most half of alpha. A count is out of the ordinary
 * when x < below or x > above.
 *
 * @param mean expected count, not negative
 * @param alpha probability of both tails together
 */
export function poissonLimits(mean: number, alpha = rare): CountLimits {
  return tailLimits(count => poissonAtMost(count, mean), Math.floor(mean), alpha)
}

/**
 * The limits that a distribution leaves half of alpha beyond on either side, walked to from a count near its middle.
 *
 * @param atMost P(X <= count)
 */
export function tailLimits(atMost: (count: number) => number, middle: number, alpha: number): CountLimits {
  let above = middle
  while (1 - atMost(above) > alpha / 2) above++
  while (above > 0 && 1 - atMost(above - 1) <= alpha / 2) above--
  let below = middle
  while (below > 0 && atMost(below - 1) > alpha / 2) below--
  return { below, above }
}

/**
 * Exact interval of the expected value behind a count (Garwood): [chi2(a/2, 2x) / 2, chi2(1 - a/2, 2x + 2) / 2]; the
 * lower end is 0 for a count of 0.
 */
export function exactInterval(count: number, alpha = 0.05): [number, number] {
  const lower = count === 0 ? 0 : statistics.chisquare.inv(alpha / 2, 2 * count) / 2
  return [lower, statistics.chisquare.inv(1 - alpha / 2, 2 * count + 2) / 2]
}

/**
 * Byar's approximation of the same: x (1 - 1/9x - z/3 sqrt(1/x))^3 and, with x + 1 for x,
 * (x + 1) (1 - 1/9(x + 1) + z/3 sqrt(1/(x + 1)))^3.
 */
export function byarInterval(count: number, z = z95): [number, number] {
  const end = (x: number, side: 1 | -1) => x * (1 - 1 / (9 * x) + ((side * z) / 3) * Math.sqrt(1 / x)) ** 3
  return [count === 0 ? 0 : end(count, -1), end(count + 1, 1)]
}

/** Standard deviations that leave 5% of a normal distribution on both sides together. */
export const z95 = statistics.normal.inv(0.975, 0, 1)

/** Variance of counts divided by their mean: 1 when they come by chance alone, more when something else moves them. */
export function dispersion(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0)
  return squares / (counts.length - 1) / mean
}
