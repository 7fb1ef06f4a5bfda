/**
 * Shares of a known number: the interval in which the share of the whole lies when some were asked, and that of a
 * difference of two. Sources: Wilson (1927); Newcombe (1998), method 10; performance.md A7.
 */
import statistics from 'jstat'
import { type CountLimits, rare, tailLimits, z95 } from './poisson.ts'

/**
 * Wilson's score interval of a share, as fractions of 1:
 * (2x + z^2 +- z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)).
 *
 * @param x how many
 * @param n out of how many, at least 1
 */
export function wilsonInterval(x: number, n: number, z = z95): [number, number] {
  const middle = 2 * x + z * z
  const half = z * Math.sqrt(z * z + 4 * x * (1 - x / n))
  const whole = 2 * (n + z * z)
  return [(middle - half) / whole, (middle + half) / whole]
}

/** A share with what it rests on. */
export interface Share {
  x: number
  n: number
}

/** Two shares compared: the difference with its interval, in percentage points. */
export interface ShareDifference {
  points: number
  interval: [number, number]
  /** Whether the interval leaves out no change at all. */
  real: boolean
}

/**
 * Newcombe's interval of the difference of two independent shares, later - earlier, made of Wilson's two:
 * d - sqrt((p2 - l2)^2 + (u1 - p1)^2) to d + sqrt((u2 - p2)^2 + (p1 - l1)^2).
 */
export function newcombe(earlier: Share, later: Share, z = z95): ShareDifference {
  const [p1, p2] = [earlier.x / earlier.n, later.x / later.n]
  const [l1, u1] = wilsonInterval(earlier.x, earlier.n, z)
  const [l2, u2] = wilsonInterval(later.x, later.n, z)
  const lower = 100 * (p2 - p1 - Math.hypot(p2 - l2, u1 - p1))
  const upper = 100 * (p2 - p1 + Math.hypot(u2 - p2, p1 - l1))
  return { points: 100 * (p2 - p1), interval: [lower, upper], real: lower > 0 || upper < 0 }
}

/** Exact limits of how many of n fall on one side when each does so with probability p; see `poissonLimits`. */
export function binomialLimits(n: number, p: number, alpha = rare): CountLimits {
  const atMost = (count: number) => binomialAtMost(count, n, p)
  return tailLimits(atMost, Math.floor(n * p), alpha)
}

/** P(X <= count) of n, each with probability p. */
export function binomialAtMost(count: number, n: number, p: number): number {
  if (count < 0) return 0
  return count >= n ? 1 : statistics.binomial.cdf(count, n, p)
}

/**
 * Decimals with which a share is printed beside words that compare it with a threshold: one more than asked where the
 * rounded share would meet the threshold that it does not meet (0.97% beside "less than 1%").
 */
export function decimalsBeside(share: number, threshold: number, decimals: number): number {
  const meets = Number(share.toFixed(decimals)) === threshold && share !== threshold
  return meets ? decimals + 1 : decimals
}
