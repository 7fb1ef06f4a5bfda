import { fewestPoints, type Limits, signalBits } from './process-control.ts'

/** Which way is good: when the figures increase, when they decrease, or neither. Not the direction of a signal. */
export type Polarity = 'increase' | 'decrease' | 'neutral'

/** What a signal in some direction means for a measure of some polarity. */
export type Judgement = 'good' | 'bad' | 'neutral'

export type Direction = 'high' | 'low'

export type Variation = 'common-cause' | `special-${'improvement' | 'concern' | 'neutral'}-${Direction}`

export type Assurance = 'consistently-passes' | 'consistently-fails' | 'hit-or-miss'

/** Whether figures that move in a direction do so for the better. */
export function judge(polarity: Polarity, direction: Direction): Judgement {
  if (polarity === 'neutral') return 'neutral'
  return (polarity === 'increase') === (direction === 'high') ? 'good' : 'bad'
}

const high = { beyond: signalBits['beyond-high'], trend: signalBits['trend-up'] }
const low = { beyond: signalBits['beyond-low'], trend: signalBits['trend-down'] }

/** In order of precedence (NHSRplotthedots): beyond a limit, trend, near, shift; with the direction each speaks of. */
const precedence: readonly (readonly [bit: number, direction: Direction])[] = [
  [high.beyond, 'high'],
  [low.beyond, 'low'],
  [high.trend, 'high'],
  [low.trend, 'low'],
  [signalBits['near-high'], 'high'],
  [signalBits['near-low'], 'low'],
  [signalBits['shift-high'], 'high'],
  [signalBits['shift-low'], 'low'],
]

const variationWord = { good: 'improvement', bad: 'concern', neutral: 'neutral' } as const

/**
 * What the last point says of the process: variation from common causes, or from a special cause for better or worse.
 * Source: NHSRplotthedots 050b07d, and performance.md A5.
 *
 * @param lastSignals the signal byte of the last point
 */
export function variationOf(lastSignals: number, polarity: Polarity): Variation {
  const direction = precedence.find(([bit]) => (lastSignals & bit) !== 0)?.[1]
  return direction === undefined ? 'common-cause' : `special-${variationWord[judge(polarity, direction)]}-${direction}`
}

/**
 * Whether the process as it stands can be expected to meet a target: a target outside the limits on the far side is
 * met or missed every time, one between them by chance. Source: NHSRplotthedots 050b07d, and performance.md A5.
 *
 * @param limits of the last segment
 * @returns null without a target, without a polarity, or below six points
 */
export function assuranceOf(
  limits: Pick<Limits, 'points' | 'lower' | 'upper'>,
  target: number | null,
  polarity: Polarity,
): Assurance | null {
  if (target === null || polarity === 'neutral' || limits.points < fewestPoints) return null
  if (!(limits.lower <= limits.upper)) return null
  if (target > limits.upper) return polarity === 'increase' ? 'consistently-fails' : 'consistently-passes'
  if (target < limits.lower) return polarity === 'increase' ? 'consistently-passes' : 'consistently-fails'
  return 'hit-or-miss'
}

/** What variation and assurance together ask for; see performance.md A5. */
export type CombinedReading =
  'escalate' | 'explain' | 'redesign' | 'note' | 'keep-watching' | 'ask-if-understood' | 'none'

/**
 * The combined reading of a measure. A target that is missed within common-cause variation asks for the process to be
 * redesigned, not for this month to be explained.
 */
export function combinedReading(variation: Variation, assurance: Assurance | null): CombinedReading {
  const fails = assurance === 'consistently-fails'
  if (variation.startsWith('special-concern')) return fails ? 'escalate' : 'explain'
  if (variation.startsWith('special-neutral')) return 'ask-if-understood'
  if (variation.startsWith('special-improvement')) return fails ? 'keep-watching' : 'note'
  if (fails) return 'redesign'
  return assurance === 'hit-or-miss' ? 'note' : 'none'
}
