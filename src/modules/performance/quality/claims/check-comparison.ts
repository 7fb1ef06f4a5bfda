import { newcombe } from '../../analysis/proportions.ts'
import { sumOf } from '../precision.ts'
import type { Checked } from './check.ts'
import { cannot, knownIn, say } from './check-arithmetic.ts'
import { type ClaimPart, inRole, type Valued } from './claim.ts'

/** Before and after of one thing. */
interface Pair {
  name: string
  before: Valued & { value: number }
  after: Valued & { value: number }
  /** In points for shares, otherwise in its own unit. */
  change: number
}

function pairsIn(parts: readonly ClaimPart[], role: string): Pair[] {
  return inRole(parts, role).flatMap(({ label, earlier, valued }) => {
    if (earlier?.value == null || valued?.value == null) return []
    const [before, after] = [
      { ...earlier, value: earlier.value },
      { ...valued, value: valued.value },
    ]
    const change = sumOf([after.value, -before.value])
    return [{ name: label || `${earlier.text} to ${valued.text}`, before, after, change }]
  })
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${say(value)}`
const told = ({ name, change }: Pair): string => `${name} ${signed(change)}`
const noPairs = 'One of the figures before or after is missing.'

/** "A larger increase than in …": against what is named, and against what could have been. */
export function checkLargerChange(parts: readonly ClaimPart[]): Checked {
  const [subject] = pairsIn(parts, 'subject')
  const against = pairsIn(parts, 'against')
  if (subject === undefined || against.length < inRole(parts, 'against').length) return cannot(noPairs)
  const size = (pair: Pair) => (subject.change < 0 ? -pair.change : pair.change)
  const beaten = against.filter(each => size(each) >= size(subject))
  if (beaten.length > 0) {
    return { verdict: 'inconsistent', reason: `${told(subject)}; ${beaten.map(told).join('; ')}.` }
  }
  const left = pairsIn(parts, 'also').filter(each => size(each) >= size(subject))
  const reason = `${told(subject)}; ${against.map(told).join('; ')}.`
  if (left.length === 0) return { verdict: 'supported', reason }
  return { verdict: 'comparator-omitted', reason: `${reason} Not named: ${left.map(told).join('; ')}.` }
}

const isFall = (parts: readonly ClaimPart[]): boolean =>
  inRole(parts, 'said').some(({ text }) => /f[ae]ll|fallen|decreas|reduc|lower|down/i.test(text ?? ''))

/** "There was an improvement in …": whether it holds for all that the words take in. */
export function checkDirection(parts: readonly ClaimPart[]): Checked {
  const subjects = pairsIn(parts, 'subject')
  if (subjects.length < inRole(parts, 'subject').length) return cannot(noPairs)
  const holds = ({ change }: Pair) => (isFall(parts) ? change < 0 : change > 0)
  const against = subjects.filter(each => !holds(each))
  const besides = pairsIn(parts, 'also').filter(each => !holds(each))
  const shown = subjects.slice(0, 6).map(told).join('; ')
  if (against.length === subjects.length) return { verdict: 'inconsistent', reason: `${shown}.` }
  const otherwise = [...against, ...besides]
  if (otherwise.length === 0) return { verdict: 'supported', reason: `${shown}.` }
  return { verdict: 'overgeneralised', reason: `It does not hold for ${otherwise.map(told).join('; ')}.` }
}

/**
 * "Significantly fallen": the word is allowed only with a test (performance.md A8). Shares whose base is known are
 * tested by the interval of their difference; for counts over two periods there is no test, as crime varies far more
 * than chance alone would have it (A2).
 */
export function checkSignificant(parts: readonly ClaimPart[]): Checked {
  const [subject] = pairsIn(parts, 'subject')
  if (subject === undefined) return cannot(noPairs)
  const { before, after, change } = subject
  const percent = before.value === 0 ? '' : ` (${signed((100 * change) / before.value)}%)`
  const moved = `From ${before.text} to ${after.text} is ${signed(change)}${percent}.`
  if (isFall(parts) ? change >= 0 : change <= 0) return { verdict: 'inconsistent', reason: moved }
  const test = testOf(before, after)
  if (test === null) {
    return { verdict: 'unsupported-significance-word', reason: `${moved} Two figures alone allow no test.` }
  }
  const [lower, upper] = test.interval
  const range = `The difference lies between ${say(lower, 1)} and ${say(upper, 1)} percentage points (95%).`
  return { verdict: test.real ? 'supported' : 'unsupported-significance-word', reason: `${moved} ${range}` }
}

function testOf(before: Valued, after: Valued) {
  if (before.unit !== 'percent' || after.unit !== 'percent') return null
  const [earlier, later] = [shareOf(before), shareOf(after)]
  return earlier === null || later === null ? null : newcombe(earlier, later)
}

function shareOf({ value, numerator, denominator }: Valued): { x: number; n: number } | null {
  if (denominator === null || denominator <= 0 || value === null) return null
  return { x: numerator ?? Math.round((value * denominator) / 100), n: denominator }
}

/** "Less than 1%": true, and printed so that it does not look true, or not true. */
export function checkBelow(parts: readonly ClaimPart[]): Checked {
  const [limit] = knownIn(parts, 'limit')
  const exact = exactOf(parts)
  if (limit === undefined || exact === null) return cannot('Neither the figure nor a part and its whole is given.')
  const shown = `It is ${say(exact, 4)}`
  if (exact >= limit.value)
    return { verdict: 'inconsistent', reason: `${shown}, which is not less than ${limit.text}.` }
  const rounded = Math.round(exact * 10) / 10
  if (rounded < limit.value) return { verdict: 'supported', reason: `${shown}, less than ${limit.text}.` }
  return { verdict: 'show-more-decimals', reason: `${shown}, and to one decimal it prints as the limit itself.` }
}

function exactOf(parts: readonly ClaimPart[]): number | null {
  const [[figure], [part], [whole]] = [knownIn(parts, 'figure'), knownIn(parts, 'part'), knownIn(parts, 'whole')]
  if (figure !== undefined) return figure.value
  return part === undefined || whole === undefined || whole.value === 0 ? null : (100 * part.value) / whole.value
}
