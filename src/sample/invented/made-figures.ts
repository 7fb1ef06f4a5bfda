import type { InventedMeasure } from './facts.ts'

/**
 * `made-measures.json`: measures of Ardenshire whose figures are made from a recipe and not written down. The same
 * recipe gives the same figures on any day; they vary, and keep quiet, so that the rules find nothing in them but what
 * a recipe plants.
 */
export type MadeMeasure = Omit<InventedMeasure, 'objective' | 'target'> & {
  objective: string | null
  decimals?: number
  per?: number
  disclosure?: number
  seasonal?: boolean
  /** First month; the last is the one before the last whole month. */
  firstMonth: number
  /** Left out where the whole is the sum of the parts of the first dimension. */
  recipe?: Recipe
  made?: readonly MadeDimension[]
  /** The last month but one was a little less when it first came. */
  revised?: true
  /** Why its recipe takes a step. */
  step?: string
  /** The last month may still change. */
  provisional?: true
}

/** Figures around a mean. Shares and rates are worked out from whole numbers, of a base. */
export interface Recipe {
  mean: number
  spread: number
  /** Of a stock: how much it grows each month. */
  drift?: number
  base?: Base
  /** By how much each month of the year differs from the mean, from January: 1.2 for a fifth more. */
  season?: readonly number[]
  /** From this month on it is so many times as much. */
  step?: { month: number; times: number }
}

/** Of how many: the same seed gives the same numbers, so that two shares are of the same calls. */
export interface Base {
  mean: number
  spread: number
  seed: string
}

export interface MadeDimension {
  name: string
  adding: 'to-the-whole' | 'several-answers' | 'not'
  parts: readonly MadePart[]
}

/** A part has a weight, its share of the whole or of the part it belongs to, or a recipe of its own. */
export interface MadePart {
  name: string
  weight?: number
  recipe?: Recipe
  parts?: readonly MadePart[]
}

/** A figure with what it was worked out from. */
export interface MadeFigure {
  value: number
  numerator?: number
  denominator?: number
}

/** The figures of a measure by breakdown, '' for the whole, a figure a month from the first month on. */
export type MadeSeries = ReadonlyMap<string, readonly MadeFigure[]>

/** What the figures of a measure are made by. */
export type MadeBy = Pick<MadeMeasure, 'key' | 'kind' | 'decimals' | 'per' | 'firstMonth' | 'recipe' | 'made'>

/**
 * Makes the figures of a measure. Pure.
 *
 * @param months how many
 * @param monthOfYear the month of the year, 1 to 12, of a month counted from the one that holds today
 * @param whole the figures of the whole where they are known
 */
export function makeSeries(
  measure: MadeBy,
  months: number,
  monthOfYear: (month: number) => number,
  whole?: readonly number[],
): MadeSeries {
  const made = new Map<string, MadeFigure[]>()
  const times = (recipe: Recipe) => seasonAndStep(recipe, measure.firstMonth, months, monthOfYear)
  const own = (name: string, recipe: Recipe) => ownFigures(measure, name, recipe, times(recipe))
  const given = whole?.map(value => ({ value })) ?? (measure.recipe && own('', measure.recipe))
  for (const dimension of measure.made ?? []) {
    for (const part of dimension.parts) if (part.recipe) made.set(part.name, own(part.name, part.recipe))
    const values = given?.map(({ value }) => value) ?? sumOfParts(made, measure.decimals ?? 0)
    if (dimension.adding === 'to-the-whole') splitInto(made, measure.key, dimension.parts, values)
    if (dimension.adding === 'several-answers') chooseFrom(made, measure.key, dimension.parts, values)
  }
  const total = given ?? sumOfParts(made, measure.decimals ?? 0).map(value => ({ value }))
  return new Map([...(whole === undefined ? [['', total] as const] : []), ...made])
}

function seasonAndStep(
  { season, step }: Recipe,
  firstMonth: number,
  months: number,
  monthOfYear: (month: number) => number,
): number[] {
  return Array.from({ length: months }, (_, i) => {
    const month = firstMonth + i
    const ofSeason = season?.[monthOfYear(month) - 1] ?? 1
    return step !== undefined && month >= step.month ? ofSeason * step.times : ofSeason
  })
}

function ownFigures(measure: MadeBy, name: string, recipe: Recipe, times: readonly number[]): MadeFigure[] {
  const { mean, spread, drift = 0, base } = recipe
  const noise = quiet(`${measure.key} ${name}`, times.length)
  const sizes = base === undefined ? [] : basesOf(base, times.length)
  return times.map((factor, i) => {
    const value = (mean + drift * i + spread * (noise[i] ?? 0)) * factor
    if (base === undefined) return { value: Math.max(0, rounded(value, measure.decimals ?? 0)) }
    return ofBase(measure, value, sizes[i] ?? 0)
  })
}

/** Whole numbers around a mean, one a month. */
export function basesOf({ mean, spread, seed }: Base, months: number): number[] {
  return quiet(seed, months).map(noise => Math.round(mean + spread * noise))
}

/** A share or rate as near to a value as whole numbers allow, rounded as it is printed. */
function ofBase({ kind, per = 1, decimals = 1 }: MadeBy, value: number, denominator: number): MadeFigure {
  const scale = kind === 'proportion' ? 100 : per
  const numerator = Math.round((value * denominator) / scale)
  return { value: rounded((scale * numerator) / denominator, decimals), numerator, denominator }
}

function sumOfParts(made: ReadonlyMap<string, readonly MadeFigure[]>, decimals: number): number[] {
  const [first = []] = made.values()
  return first.map((_, i) => {
    const sum = made.values().reduce((total, figures) => total + (figures[i]?.value ?? 0), 0)
    return rounded(sum, decimals)
  })
}

/** Parts that add up to the whole in every month, and their own parts to them. */
function splitInto(
  made: Map<string, MadeFigure[]>,
  key: string,
  parts: readonly MadePart[],
  whole: readonly number[],
): void {
  const weighted = parts.filter(part => part.weight !== undefined)
  if (weighted.length === 0) return
  const noises = weighted.map(part => quiet(`${key} ${part.name}`, whole.length))
  const split = whole.map((total, i) => {
    const expected = weighted.map(({ weight = 0 }, at) => jittered(total * weight, noises[at]?.[i] ?? 0))
    return sharedOut(total, expected)
  })
  for (const [at, part] of weighted.entries()) {
    const values = split.map(each => each[at] ?? 0)
    made.set(
      part.name,
      values.map(value => ({ value })),
    )
    if (part.parts) splitInto(made, key, part.parts, values)
  }
}

/** Answers of which several may be given for one case: each a number of its own, none more than the whole. */
function chooseFrom(
  made: Map<string, MadeFigure[]>,
  key: string,
  parts: readonly MadePart[],
  whole: readonly number[],
): void {
  for (const { name, weight = 0 } of parts) {
    const noise = quiet(`${key} ${name}`, whole.length)
    const value = (total: number, i: number) => Math.round(Math.min(total, jittered(total * weight, noise[i] ?? 0)))
    made.set(
      name,
      whole.map((total, i) => ({ value: value(total, i) })),
    )
  }
}

/** Counts vary with the root of how many there are. */
const jittered = (expected: number, noise: number): number => Math.max(0, expected + 0.5 * Math.sqrt(expected) * noise)

/** Whole numbers in about the proportions given that add up to a total: what is left goes to the largest remainders. */
function sharedOut(total: number, expected: readonly number[]): number[] {
  const sum = expected.reduce((all, each) => all + each, 0)
  const exact = expected.map(each => (total * each) / sum)
  const whole = exact.map(Math.floor)
  const left = total - whole.reduce((all, each) => all + each, 0)
  const order = exact.map((each, at) => ({ at, rest: each % 1 })).sort((a, b) => b.rest - a.rest)
  for (const { at } of order.slice(0, left)) whole[at] = (whole[at] ?? 0) + 1
  return whole
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}

/**
 * Numbers from -1 to 1 that never stay on one side for more than three in a row, so that no run is a shift or a trend.
 * The same seed gives the same numbers.
 */
function quiet(seed: string, length: number): number[] {
  const draw = draws(seed)
  let side = draw() < 0.5 ? 1 : -1
  let run = 0
  return Array.from({ length }, () => {
    if (run >= 3 || draw() < 0.6) [side, run] = [-side, 0]
    run += 1
    return side * (0.2 + 0.8 * draw())
  })
}

/** Numbers from 0 to 1 after a seed (the generator known as mulberry32). */
function draws(seed: string): () => number {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
