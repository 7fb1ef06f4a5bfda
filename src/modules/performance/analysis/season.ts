/**
 * Figures that follow the year: the season as an index of each month or quarter, and series without it. Source: ratio
 * to centred moving average, as in Shiskin's X-11 tradition before its refinements; performance.md A9.
 */

/** Whole years from which an index of each month is known twice. */
const fewestYears = 3

/**
 * Centred moving average over one year; with an even number of periods the 2 x m one: the two at the ends count half.
 * NaN where a figure of the window is missing or a break of the series lies within it.
 *
 * @param year periods of a year: 12 for months, 4 for quarters
 * @param breaks indices at which figures begin to be something else
 */
export function centredMovingAverage(values: Float64Array, year: number, breaks: readonly number[] = []): Float64Array {
  const half = Math.floor(year / 2)
  const even = year % 2 === 0
  const averages = new Float64Array(values.length).fill(Number.NaN)
  for (let i = half; i + half < values.length; i++) {
    if (breaks.some(at => at > i - half && at <= i + half)) continue
    let sum = even ? (values[i - half]! + values[i + half]!) / 2 : values[i - half]! + values[i + half]!
    for (let j = i - half + 1; j < i + half; j++) sum += values[j]!
    averages[i] = sum / year
  }
  return averages
}

/**
 * The season as indices around 1, by the place in the year of `values[0]` onward: the median of figure / centred moving
 * average at each place, scaled so that they add up to the number of places. They rest on whole years from the first
 * figure, so that they stand still until a further year is complete.
 *
 * @returns null where some place has fewer than two ratios, or an average is not above 0
 */
export function seasonalIndices(
  values: Float64Array,
  year: number,
  breaks: readonly number[] = [],
): Float64Array | null {
  const whole = values.subarray(0, Math.floor(values.length / year) * year)
  if (whole.length < fewestYears * year) return null
  const averages = centredMovingAverage(whole, year, breaks)
  const medians = new Float64Array(year)
  for (let place = 0; place < year; place++) {
    const ratios: number[] = []
    for (let i = place; i < whole.length; i += year) {
      const ratio = whole[i]! / averages[i]!
      if (!Number.isNaN(ratio)) ratios.push(ratio)
    }
    if (ratios.length < 2) return null
    medians[place] = medianOf(ratios)
  }
  const sum = medians.reduce((total, each) => total + each, 0)
  const indices = medians.map(each => (each * year) / sum)
  return indices.every(each => each > 0 && Number.isFinite(each)) ? indices : null
}

function medianOf(numbers: readonly number[]): number {
  const ordered = [...numbers].sort((a, b) => a - b)
  const middle = ordered.length >> 1
  return ordered.length % 2 === 1 ? ordered[middle]! : (ordered[middle - 1]! + ordered[middle]!) / 2
}

/** Each figure / the index of its place in the year. */
export function seasonAdjusted(values: Float64Array, indices: Float64Array): Float64Array {
  return values.map((value, i) => value / indices[i % indices.length]!)
}

/** Each figure - the one of a year before: x(t) - x(t - year); NaN where either is missing or a break lies between. */
export function yearOnYear(values: Float64Array, year: number, breaks: readonly number[] = []): Float64Array {
  return values.map((value, i) => {
    if (i < year || breaks.some(at => at > i - year && at <= i)) return Number.NaN
    return value - values[i - year]!
  })
}
