import type { ControlChart } from '../analysis/control-chart.ts'
import { type Signal, signalBits } from '../analysis/process-control.ts'
import type { Direction } from '../analysis/readings.ts'
import { segmentAt } from '../analysis/xmr-chart.ts'
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
  /** The shift or trend in its direction that figures beyond or near a limit are part of. */
  within?: Episode
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

/** The latest period that was judged and has a figure; -1 if there is none. */
export function latestJudged(chart: ControlChart): number {
  return chart.values.subarray(0, chart.judgedTo).findLastIndex(value => !Number.isNaN(value))
}

/**
 * Every stretch that some rule flags, in order of time; none reaches across a point at which limits begin anew. Figures
 * beyond or near a limit that come and go within one shift or trend in their direction are one stretch: the same cause
 * is told of once, and goes on until the shift or trend clears.
 */
export function episodesIn(chart: ControlChart): Episode[] {
  const met = chart.signals.reduce((all, bits) => all | bits, 0)
  if (met === 0) return []
  const latest = latestJudged(chart)
  const rulesMet = signalsOfRules.filter(([, , signal]) => (met & signalBits[signal]) !== 0)
  const found = rulesMet.flatMap(([rule, direction, signal]) =>
    stretches(chart, rule, signalBits[signal], direction).map(([first, last, completed]): Episode => ({
      ...{ rule, direction, first, completed, last },
      state: stateOf(completed, last, latest),
    })),
  )
  const runs = found.filter(
    run => isRun(run) && found.some(each => isWithin(run, each)) && (run.state !== 'ended' || wasSeenThen(chart, run)),
  )
  const told = runs.reduce((episodes, run) => joinedWithin(run, episodes), found)
  return told.sort((a, b) => a.completed - b.completed || a.first - b.first)
}

const isRun = ({ rule }: Episode): boolean => rule === 'shift' || rule === 'trend'

const isWithin = (run: Episode, each: Episode): boolean =>
  !isRun(each) && each.direction === run.direction && each.completed >= run.first && each.completed <= run.last

/** The episodes with those of one rule that lie within a run, in its direction, made one. */
function joinedWithin(run: Episode, episodes: readonly Episode[]): Episode[] {
  const others = episodes.filter(each => !isWithin(run, each))
  const parts = episodes.filter(each => isWithin(run, each))
  const byRule = Map.groupBy(parts, ({ rule }) => rule)
  return [...others, ...[...byRule.values()].map(each => joined(run, each))]
}

function joined(run: Episode, parts: readonly Episode[]): Episode {
  const [one] = parts
  if (one === undefined) throw new Error('There is nothing to join')
  const last = Math.max(...parts.map(each => each.last))
  const goesOn = run.state !== 'ended' && last >= run.completed
  const isNew = parts.length === 1 && one.state === 'new'
  return {
    ...one,
    first: Math.min(...parts.map(each => each.first)),
    completed: Math.min(...parts.map(each => each.completed)),
    last,
    state: isNew ? 'new' : goesOn || parts.some(each => each.state !== 'ended') ? 'continuing' : 'ended',
    within: run,
  }
}

function stateOf(completed: number, last: number, latest: number): Episode['state'] {
  if (completed >= latest) return 'new'
  return last >= latest ? 'continuing' : 'ended'
}

type Stretch = [first: number, last: number, completed: number]

function stretches(chart: ControlChart, rule: Rule, bit: number, direction: Direction): Stretch[] {
  const found: Stretch[] = []
  let first = -1
  let last = -1
  const close = () => {
    if (first >= 0) found.push([first, last, completionOf(chart, rule, direction, first, last)])
    first = -1
  }
  for (let i = 0; i < chart.signals.length; i++) {
    const flagged = ((chart.signals[i] ?? 0) & bit) !== 0
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
  chart: ControlChart,
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
  const step = (chart.judged[i] ?? Number.NaN) - (chart.judged[i - 1] ?? Number.NaN)
  return direction === 'high' ? !(step > 0) : !(step < 0)
}

function completionOf(chart: ControlChart, rule: Rule, direction: Direction, first: number, last: number): number {
  const segment = segmentAt(chart, first)
  if (rule === 'shift') return first + segment.run[direction] - 1
  if (rule === 'trend') return first + chart.rules.trend - 1
  if (rule === 'beyond') return first
  const bit = signalBits[signalOf(rule, direction)]
  const second = chart.signals.findIndex((bits, i) => i > first && (bits & bit) !== 0)
  return Math.min(Math.max(second, segment.start + 2), Math.max(last, first + 2))
}

/**
 * Whether an episode that is over is worth telling of. A figure beyond a limit and a trend are what they are; a shift
 * or a pair near a limit only says where the mean has since come to lie, so it counts if it was flagged when it was
 * complete, on the figures up to then.
 */
export function wasSeenThen(chart: ControlChart, episode: Episode): boolean {
  if (episode.rule === 'beyond' || episode.rule === 'trend') return true
  const { start } = segmentAt(chart, episode.first)
  const then = new Uint8Array(chart.signals.length)
  chart.read(start, episode.completed + 1, then)
  return ((then[episode.completed] ?? 0) & signalBits[signalOf(episode.rule, episode.direction)]) !== 0
}
