/**
 * Change between two figures, in per cent and in percentage points, and what rounding allows to be said of it.
 * Formulas: performance.md A7; the rule for small bases is that of ONS table C3, YE December 2024.
 */

/** Below this count in either year no percentage change is printed (ONS: "less than 50"). */
export const smallBase = 50

/** Difference of two percentages in percentage points: later - earlier. */
export function percentagePoints(earlier: number, later: number): number {
  return later - earlier
}

/** Relative change in per cent: 100 (later / earlier - 1); null where the earlier figure is 0. */
export function percentChange(earlier: number, later: number): number | null {
  return earlier === 0 ? null : 100 * (later / earlier - 1)
}

/** Relative change of two counts in per cent, or null where either is below 50 and the change would mislead. */
export function percentChangeOfCounts(earlier: number, later: number): number | null {
  return earlier < smallBase || later < smallBase ? null : percentChange(earlier, later)
}

/**
 * The interval in which the relative change lies when both figures were rounded before they were printed:
 * [(p2 - h) / (p1 + h) - 1, (p2 + h) / (p1 - h) - 1] in per cent.
 *
 * @param halfDigit half of the last digit printed: 0.05 for figures to one decimal
 * @returns null where the earlier figure may be 0
 */
export function percentChangeInterval(earlier: number, later: number, halfDigit: number): [number, number] | null {
  if (earlier - halfDigit <= 0) return null
  return [
    100 * ((later - halfDigit) / (earlier + halfDigit) - 1),
    100 * ((later + halfDigit) / (earlier - halfDigit) - 1),
  ]
}

/** Whether a printed change agrees with the printed figures: exactly, only if rounding is allowed for, or not at all. */
export type RoundingVerdict = 'exact' | 'consistent-with-rounding' | 'inconsistent'

const decimalSlack = 1e-9

/** The verdict on a printed difference in percentage points, all three printed to the same last digit. */
export function verdictOnPoints(earlier: number, later: number, stated: number, halfDigit: number): RoundingVerdict {
  const off = Math.abs(later - earlier - stated)
  if (off < decimalSlack) return 'exact'
  return off <= 2 * halfDigit + decimalSlack ? 'consistent-with-rounding' : 'inconsistent'
}

/** The verdict on a printed relative change in per cent; `halfDigit` as for the figures, `statedHalfDigit` of the change. */
export function verdictOnPercent(
  earlier: number,
  later: number,
  stated: number,
  halfDigit: number,
  statedHalfDigit: number,
): RoundingVerdict {
  const change = percentChange(earlier, later)
  const interval = percentChangeInterval(earlier, later, halfDigit)
  if (change === null || interval === null) return 'inconsistent'
  if (Math.abs(change - stated) <= statedHalfDigit + decimalSlack) return 'exact'
  const [least, most] = interval
  const within = stated >= least - statedHalfDigit - decimalSlack && stated <= most + statedHalfDigit + decimalSlack
  return within ? 'consistent-with-rounding' : 'inconsistent'
}

/** The single period that moved a rolling sum: x(t) = x(t-12) + R(t) - R(t-1), in the sum's own periods. */
export function periodFromRolling(yearBefore: number, rolling: number, rollingBefore: number): number {
  return yearBefore + rolling - rollingBefore
}

/** What a base must have been for a total to be a printed percentage above it, when that was rounded to whole per cent. */
export function impliedBase(total: number, statedPercent: number, halfDigit = 0.5): [number, number] {
  return [total / (1 + (statedPercent + halfDigit) / 100), total / (1 + (statedPercent - halfDigit) / 100)]
}

/** What two parts and the rate of both together say of one another. */
export interface PooledCheck {
  /** A pooled rate lies between those of its parts. */
  between: boolean
  /** The share of the first part that the three rates imply: (pooled - b) / (a - b); null where both parts are equal. */
  weight: number | null
}

/** Whether the rate of two parts together can be what is printed, from the printed rates of the parts. */
export function pooledCheck(first: number, second: number, pooled: number): PooledCheck {
  const between = pooled >= Math.min(first, second) && pooled <= Math.max(first, second)
  return { between, weight: first === second ? null : (pooled - second) / (first - second) }
}
