import { fewestPoints, type Signal, signalBits } from '../analysis/process-control.ts'
import type { Direction } from '../analysis/readings.ts'
import { segmentAt, type XmrChart, xmrChart } from '../analysis/xmr-chart.ts'
import type { Rule } from '../tables.ts'

/** One stretch of a series that a rule flags, from its first point to its last; indices into the series. */
export interface Episode {
  rule: Rule
  direction: Direction
  first: number
  /** The point at which the signal became complete: the seventh of a shift, the point beyond a limit itself. */
  completed: number
  last: number
  /** Complete at the latest figure; complete before it and still going on; or over. */
  state: 'new' | 'continuing' | 'ended'
}

const signalsOfRules: readonly (readonly [Rule, Direction, Signal])[] = [
  ['beyond', 'high', 'beyond-high'],
  ['beyond', 'low', 'beyond-low'],
  ['shift', 'high', 'shift-high'],
  ['shift', 'low', 'shift-low'],
  ['trend', 'high', 'trend-up'],
  ['trend', 'low', 'trend-down'],
  ['near', 'high', 'near-high'],
  ['near', 'low', 'near-low'],
]

/** The signal by which a rule speaks in a direction. */
export function signalOf(rule: Rule, direction: Direction): Signal {
  const found = signalsOfRules.find(([each, way]) => each === rule && way === direction)
  if (found === undefined) throw new Error(`No signal for ${rule} ${direction}`)
  return found[2]
}

/** Every stretch that some rule flags, in order of time. */
export function episodesIn(chart: XmrChart): Episode[] {
  const latest = chart.values.findLastIndex(value => !Number.isNaN(value))
  const found = signalsOfRules.flatMap(([rule, direction, signal]) =>
    stretches(chart, rule, signalBits[signal], direction).map(([first, last, completed]) => ({
      ...{ rule, direction, first, completed, last },
      state: stateOf(completed, last, latest),
    })),
  )
  return found.sort((a, b) => a.completed - b.completed || a.first - b.first)
}

function stateOf(completed: number, last: number, latest: number): Episode['state'] {
  if (completed >= latest) return 'new'
  return last >= latest ? 'continuing' : 'ended'
}

type Stretch = [first: number, last: number, completed: number]

function stretches(chart: XmrChart, rule: Rule, bit: number, direction: Direction): Stretch[] {
  const found: Stretch[] = []
  let first = -1
  let last = -1
  const close = () => {
    if (first >= 0) found.push([first, last, completionOf(chart, rule, bit, first, last)])
    first = -1
  }
  for (const [i, bits] of chart.signals.entries()) {
    const flagged = (bits & bit) !== 0
    if (first >= 0 && endsBefore(chart, rule, direction, i, last, flagged)) close()
    if (!flagged) continue
    if (first < 0) first = i
    last = i
  }
  close()
  return found
}

/** Whether the stretch that ends at `last` is over before point `i`. */
function endsBefore(
  chart: XmrChart,
  rule: Rule,
  direction: Direction,
  i: number,
  last: number,
  flagged: boolean,
): boolean {
  if (segmentAt(chart, i).start === i) return true
  // Points near a limit carry the signal singly: two of them belong together when they lie in one window of three.
  if (rule === 'near') return flagged && i - last > 2
  if (!flagged) return true
  if (rule !== 'trend') return false
  const step = (chart.values[i] ?? Number.NaN) - (chart.values[i - 1] ?? Number.NaN)
  return direction === 'high' ? !(step > 0) : !(step < 0)
}

function completionOf(chart: XmrChart, rule: Rule, bit: number, first: number, last: number): number {
  if (rule === 'shift') return first + chart.rules.shift - 1
  if (rule === 'trend') return first + chart.rules.trend - 1
  if (rule === 'beyond') return first
  const second = chart.signals.findIndex((bits, i) => i > first && (bits & bit) !== 0)
  return Math.min(Math.max(second, segmentAt(chart, first).start + 2), Math.max(last, first + 2))
}

/**
 * Whether an episode that is over is worth telling of. A figure beyond a limit and a trend are what they are; a shift
 * or a pair near a limit only says where the mean has since come to lie, so it counts if it was flagged when it was
 * complete, on the figures up to then.
 */
export function wasSeenThen(chart: XmrChart, episode: Episode): boolean {
  if (episode.rule === 'beyond' || episode.rule === 'trend') return true
  const { start } = segmentAt(chart, episode.first)
  const until = chart.values.subarray(start, episode.completed + 1)
  if (until.length < fewestPoints) return false
  const then = xmrChart(until, chart.rules)
  const bit = signalBits[signalOf(episode.rule, episode.direction)]
  return ((then.signals[episode.completed - start] ?? 0) & bit) !== 0
}
