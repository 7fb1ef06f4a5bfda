import { percentChange, verdictOnPercent, verdictOnPoints } from '../../analysis/change.ts'
import {
  agreement,
  halfDigit,
  roundsTo,
  stepOf,
  sumOf,
  verdictOnMean,
  verdictOnShare,
  verdictOnSum,
} from '../precision.ts'
import type { Verdict } from '../verdicts.ts'
import type { Checked } from './check.ts'
import { type ClaimPart, inRole, type Valued } from './claim.ts'

/** A part whose value is known. */
export interface Known extends Valued {
  value: number
  part: ClaimPart
}

export function knownIn(parts: readonly ClaimPart[], role: string): Known[] {
  return inRole(parts, role).flatMap(part =>
    part.valued?.value == null ? [] : [{ ...part.valued, value: part.valued.value, part }],
  )
}

export const cannot = (why: string): Checked => ({ verdict: 'not-checkable', reason: why })
const noFigure = 'One of the figures it speaks of is missing.'

/** A number in a reason: with as many digits as help, and thousands parted. */
export function say(value: number, decimals = 2): string {
  return Number(value.toFixed(decimals)).toLocaleString('en-GB', { maximumFractionDigits: decimals })
}

const isCounted = (values: readonly Valued[]): boolean =>
  values.every(({ unit }) => unit === 'count' || unit === 'money')

export function checkEquals(parts: readonly ClaimPart[]): Checked {
  const figures = knownIn(parts, 'figure')
  const [first, ...others] = figures
  if (first === undefined || figures.length < inRole(parts, 'figure').length) return cannot(noFigure)
  const listed = figures.map(({ text }) => text).join(', ')
  const agree = others.map(other => agreement(first.value, first.step, other.value, other.step))
  if (figures.some(({ about }) => about)) return aboutEqual(figures, listed)
  const things = new Set(figures.map(whatItIs))
  const apart = things.size > 1 && !things.has('')
  if (agree.includes('apart')) {
    const verdict: Verdict = apart ? 'conflict-or-different-scope' : 'conflict'
    return { verdict, reason: `The figures are ${listed}.` }
  }
  if (apart) return { verdict: 'unit-conflict', reason: `${listed} stand for ${[...things].join(' and ')}.` }
  const exact = agree.every(each => each === 'exact')
  return { verdict: exact ? 'exact' : 'consistent-with-rounding', reason: `The figures are ${listed}.` }
}

/** What a figure counts, as far as the claim says. */
const whatItIs = ({ part }: Known): string =>
  part.measure === null ? part.label : `${part.measure} ${part.label}`.trim()

/** Something said to be about so many: to the first two digits it is. */
function aboutEqual(figures: readonly Known[], listed: string): Checked {
  const said = figures.filter(({ about }) => about)
  const plausible = figures.every(({ value }) => said.every(each => Math.abs(value - each.value) <= 0.05 * each.value))
  return { verdict: plausible ? 'plausible' : 'conflict', reason: `The figures are ${listed}.` }
}

export function checkSum(parts: readonly ClaimPart[]): Checked {
  const [stated] = knownIn(parts, 'stated')
  const added = knownIn(parts, 'part')
  const less = knownIn(parts, 'less')
  if (stated === undefined) return cannot('The total has no number.')
  const terms = [...added.map(({ value }) => value), ...less.map(({ value }) => -value)]
  const sum = sumOf(terms)
  const reason = `The parts come to ${say(sum)}; ${stated.text} is stated.`
  const counted = isCounted([stated, ...added, ...less])
  const rounded = roundsTo(sum, stated.value, stated.step) && stated.step > 1
  const verdict = verdictOnSum(terms, stated.value, counted)
  if (verdict !== 'inconsistent-beyond-rounding') return { verdict, reason }
  if (rounded && stated.unit === 'money' && /[mk]|illion|usand/i.test(stated.text)) {
    return { verdict: 'consistent-with-rounding', reason }
  }
  const without = inRole(parts, 'part').filter(part => part.valued?.value == null)
  if (without.length === 0 || sum > stated.value) return { verdict, reason }
  const named = without.map(part => part.label || 'one part').join(', ')
  return { verdict: 'missing-component', reason: `${reason} ${named}: no number is given.` }
}

export function checkAverage(parts: readonly ClaimPart[]): Checked {
  const [stated] = knownIn(parts, 'stated')
  const figures = knownIn(parts, 'part')
  if (stated === undefined || figures.length < inRole(parts, 'part').length) return cannot(noFigure)
  const weighted = figures.every(({ numerator, denominator }) => numerator !== null && denominator !== null)
  const tops = sumOf(figures.map(({ numerator }) => numerator ?? 0))
  const bases = sumOf(figures.map(({ denominator }) => denominator ?? 0))
  const values = figures.map(({ value }) => value)
  const verdict = weighted
    ? verdictOnShare(tops, bases, stated.value, stated.step)
    : verdictOnMean(values, stated.value)
  const mean = weighted ? (100 * tops) / bases : sumOf(values) / values.length
  const how = weighted ? 'of how many each is taken into account' : 'each counted alike'
  return { verdict, reason: `The average is ${say(mean, 4)}, ${how}; ${stated.text} is stated.` }
}

export function checkShare(parts: readonly ClaimPart[]): Checked {
  const [[part], [whole], [stated]] = [knownIn(parts, 'part'), knownIn(parts, 'whole'), knownIn(parts, 'stated')]
  if (part === undefined || whole === undefined || whole.value === 0) return cannot(noFigure)
  const share = (100 * part.value) / whole.value
  const reason = `${part.text} of ${whole.text} is ${say(share, 2)}%`
  if (stated !== undefined) {
    const verdict = verdictOnShare(part.value, whole.value, stated.value, stated.step)
    return { verdict, reason: `${reason}; ${stated.text} is stated.` }
  }
  const possible = share >= 0 && share <= 100
  return { verdict: possible ? 'plausible' : 'inconsistent', reason: `${reason}.` }
}

export function checkShares(parts: readonly ClaimPart[]): Checked {
  const shares = knownIn(parts, 'part')
  const several = inRole(parts, 'answers').some(({ text }) => /several|more/i.test(text ?? ''))
  const sum = sumOf(shares.map(({ value }) => value))
  const allowed = sumOf(shares.map(({ step }) => step / 2)) + 1e-9
  const reason = `The shares add up to ${say(sum)}%.`
  if (Math.abs(sum - 100) < 1e-9) return { verdict: 'exact', reason }
  if (Math.abs(sum - 100) <= allowed) return { verdict: 'consistent-with-rounding', reason }
  if (sum > 100) return { verdict: several ? 'multi-response' : 'more-than-the-whole', reason }
  return { verdict: 'incomplete-breakdown', reason }
}

export function checkDifference(parts: readonly ClaimPart[]): Checked {
  const [[stated], [earlier], [later]] = [knownIn(parts, 'stated'), knownIn(parts, 'earlier'), knownIn(parts, 'later')]
  if (stated === undefined || earlier === undefined || later === undefined) return cannot(noFigure)
  const counted = isCounted([earlier, later])
  const half = Math.max(halfDigit(Math.max(earlier.step, later.step), counted), halfDigit(stated.step, counted))
  const verdict = verdictOnPoints(earlier.value, later.value, stated.value, half)
  const points = earlier.unit === 'percent' && later.unit === 'percent'
  const off = sumOf([later.value, -earlier.value])
  const reason = `From ${earlier.text} to ${later.text} is ${say(off)}${points ? ' percentage points' : ''}; ${stated.text} is stated.`
  if (verdict !== 'inconsistent' && points && stated.unit === 'percent')
    // Under a heading of percentage points it is the cell that carries the wrong sign.
    return { verdict: isHeadedPoints(stated) ? 'unit-label-conflict' : 'pp-percent-confusion', reason }
  return { verdict, reason }
}

const isHeadedPoints = ({ part }: Known): boolean => /percentage points?/i.test(part.label)

export function checkChange(parts: readonly ClaimPart[]): Checked {
  const [[stated], [earlier], [later]] = [knownIn(parts, 'stated'), knownIn(parts, 'earlier'), knownIn(parts, 'later')]
  if (stated === undefined || later === undefined) return cannot(noFigure)
  if (earlier === undefined) return changeWithoutBase(stated, later)
  const counted = isCounted([earlier, later])
  const half = halfDigit(Math.max(earlier.step, later.step), counted)
  const change = percentChange(earlier.value, later.value)
  const told = change === null ? 'cannot be worked out from nothing' : `is ${say(change, 1)}%`
  const reason = `From ${earlier.text} to ${later.text} ${told}; ${stated.text} is stated.`
  const verdict = verdictOnPercent(earlier.value, later.value, stated.value, half, stated.step / 2)
  if (verdict !== 'inconsistent') return { verdict, reason }
  const shares = earlier.unit === 'percent' && later.unit === 'percent'
  const step = Math.max(earlier.step, later.step, stated.step)
  if (shares && verdictOnPoints(earlier.value, later.value, stated.value, step / 2) !== 'inconsistent') {
    return { verdict: 'pp-percent-confusion', reason: `${reason} It is the difference in percentage points.` }
  }
  return { verdict: oneVintage(earlier, later) ? verdict : 'vintage-mismatch', reason }
}

/** A share said to be so many per cent higher than one that is not given: two readings, and the words allow both. */
function changeWithoutBase(stated: Valued & { value: number }, later: Known): Checked {
  if (later.unit !== 'percent' || stated.unit !== 'percent') return cannot('What it is compared with is not given.')
  const asPoints = say(later.value - stated.value, 1)
  const asPercent = say(later.value / (1 + stated.value / 100), 1)
  const reason = `${later.text} is ${stated.text} higher than ${asPoints}% if percentage points are meant, than ${asPercent}% if per cent.`
  return { verdict: 'pp-percent-confusion', reason }
}

/** Whether two figures come from one source and one day, as far as is known. */
function oneVintage(earlier: Known, later: Known): boolean {
  const sources = [earlier, later].map(({ part }) => part.binding?.source ?? '')
  return earlier.asAt === later.asAt && sources[0] === sources[1]
}

export function checkBase(parts: readonly ClaimPart[]): Checked {
  const [difference] = knownIn(parts, 'difference')
  const [stated] = knownIn(parts, 'stated')
  const [earlier] = knownIn(parts, 'earlier')
  if (difference === undefined || stated === undefined || stated.value === 0) return cannot(noFigure)
  const size = Math.abs(difference.value)
  const percent = Math.abs(stated.value)
  const least = (100 * size) / (percent + stated.step / 2)
  const most = (100 * size) / Math.max(percent - stated.step / 2, Number.MIN_VALUE)
  const [from, to] = [Math.ceil(least), Math.floor(most)]
  const reason = `${difference.text} being ${stated.text} means that there were ${say(from, 0)} to ${say(to, 0)} before`
  if (earlier === undefined) {
    return { verdict: from <= to && from >= size ? 'plausible' : 'inconsistent', reason: `${reason}.` }
  }
  const fits = earlier.value >= least - stepOf(earlier.value) / 2 && earlier.value <= most + stepOf(earlier.value) / 2
  return { verdict: fits ? 'exact' : 'inconsistent', reason: `${reason}; ${earlier.text} is given.` }
}

export function checkCovers(parts: readonly ClaimPart[]): Checked {
  const [available, less, uses] = (['available', 'less', 'use'] as const).map(role => knownIn(parts, role))
  if (available === undefined || less === undefined || uses === undefined) return cannot(noFigure)
  const left = sumOf([...available.map(each => each.value), ...less.map(each => -each.value)])
  const used = sumOf(uses.map(each => each.value))
  const allowed = sumOf([...available, ...less, ...uses].map(({ step }) => step / 2))
  const reason = `£${say(left, 0)} was left, and £${say(used, 0)} is said to have been paid from it.`
  return { verdict: used <= left + allowed ? 'supported' : 'needs-reconciliation', reason }
}
