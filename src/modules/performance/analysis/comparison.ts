/**
 * One area beside a group of similar ones: where it lies among them, and how far they lie apart themselves. Source:
 * performance.md A11. With seven peers their spread is itself uncertain, so nothing here is called significant.
 */

/** An area with its figure; with numerator and denominator where the group's pooled rate is wanted. */
export interface Peer {
  name: string
  value: number
  numerator?: number | null
  denominator?: number | null
}

export type Position = 'within' | 'above' | 'below'

/** Where an area lies in its group. */
export interface GroupComparison {
  /** Its place from the lowest, 1, among itself and the others; those that tie share the better place. */
  rank: number
  of: number
  /** Mean of the others' figures. */
  mean: number
  /** Others' numerators / denominators, in the figures' scale; null where some are not known. */
  pooled: number | null
  /** Standard deviation of the others' figures (n - 1). */
  deviation: number
  /** Mean of the others +- k standard deviations of the others. */
  lower: number
  upper: number
  z: number
  /** 100 (figure / mean - 1); null from a mean of 0. */
  differencePercent: number | null
  position: Position
}

/** Fewer than three others have no spread to speak of. */
export const fewestOthers = 3

/**
 * Compares an area with the others of its group: mean and standard deviation are those of the others alone.
 *
 * @param others without the area itself; those without a figure are left out by the caller
 * @param scale what a rate is given for, for the pooled rate
 * @returns null with fewer than three others
 */
export function compareWithGroup(
  focus: Pick<Peer, 'value'>,
  others: readonly Peer[],
  { k = 1.96, scale = 1 } = {},
): GroupComparison | null {
  if (others.length < fewestOthers) return null
  const mean = others.reduce((sum, { value }) => sum + value, 0) / others.length
  const squares = others.reduce((sum, { value }) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (others.length - 1))
  const [lower, upper] = [mean - k * deviation, mean + k * deviation]
  return {
    rank: 1 + others.filter(({ value }) => value < focus.value).length,
    of: others.length + 1,
    ...{ mean, pooled: pooledRate(others, scale), deviation, lower, upper },
    z: (focus.value - mean) / deviation,
    differencePercent: mean === 0 ? null : 100 * (focus.value / mean - 1),
    position: focus.value > upper ? 'above' : focus.value < lower ? 'below' : 'within',
  }
}

/** Sum of numerators / sum of denominators, in a scale; null where one is not known or there is nothing to divide by. */
export function pooledRate(
  parts: readonly Partial<Pick<Peer, 'numerator' | 'denominator'>>[],
  scale = 1,
): number | null {
  const totals = { numerator: 0, denominator: 0 }
  for (const { numerator, denominator } of parts) {
    if (numerator == null || denominator == null) return null
    totals.numerator += numerator
    totals.denominator += denominator
  }
  return totals.denominator > 0 ? (scale * totals.numerator) / totals.denominator : null
}

/** Where an area lies, in words for a page. */
export const positionWords: Record<Position, string> = {
  within: 'within the range of similar forces',
  above: 'above the range of similar forces',
  below: 'below the range of similar forces',
}
