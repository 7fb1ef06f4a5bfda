import { compareWithGroup, fewestOthers, type GroupComparison, type Peer } from '../../analysis/comparison.ts'
import { exactInterval } from '../../analysis/poisson.ts'
import { wilsonInterval } from '../../analysis/proportions.ts'
import { byName } from '../lines.ts'
import {
  type Compared,
  type CompareChoices,
  type ComparedArea,
  type ComparedFigure,
  figureAt,
  groupOn,
  isComparable,
  scaleOf,
} from './compared.ts'

export type Place = 'own' | 'group' | 'other'

/** A police area in a comparison. */
export interface ForceRow {
  name: string
  place: Place
  figure: ComparedFigure | null
  /** In which its own figure lies, were it drawn again by chance; null where numerator and denominator are not known. */
  interval: readonly [number, number] | null
  /** Figure - mean of the group's others, in the figures' unit; null without a comparison. */
  fromMean: number | null
}

/** Why there is no comparison with similar forces. */
export type NoComparison = 'no-group' | 'nobody-then' | 'no-own-name' | 'no-own-figure' | 'too-few' | 'plain-numbers'

export interface ForceComparison {
  rows: readonly ForceRow[]
  ownName: string
  /** Those in the group on the day chosen. */
  members: readonly string[]
  /** Members of whom no figure is held for the period. */
  missing: readonly string[]
  comparison: GroupComparison | null
  why: NoComparison | null
  /** The mean of all the police areas shown, for the order by distance, where there is no group. */
  centre: number | null
}

/**
 * Police areas at one time: the force itself beside the others of its most similar group on the day chosen. The
 * group's mean and range are those of the others, so that an outlying force does not move what it is held against.
 * Pure.
 *
 * @param areaName what the force is called where the files do not say
 */
export function compareForces(compared: Compared, choices: CompareChoices, areaName: string): ForceComparison {
  const areas = compared.dimensions.find(({ name }) => name === choices.dimension)?.areas ?? []
  const { start } = choices.period
  const ownName = compared.group?.ownName ?? null
  const ownArea = areas.find(({ name }) => name === ownName) ?? { ...compared.whole, name: ownName ?? areaName }
  const members =
    compared.group === null ? [] : groupOn(compared.group, choices.groupOn).filter(name => name !== ownName)
  const own = figureAt(ownArea, start)
  const peers = peersOf(areas, members, start)
  const comparison =
    own?.value == null || !isComparable(compared.measure)
      ? null
      : compareWithGroup({ value: own.value }, peers, { scale: scaleOf(compared.measure) })
  const row = (area: ComparedArea, place: Place) => rowOf(compared, area, place, start, comparison?.mean ?? null)
  const others = areas.filter(({ name }) => name !== ownArea.name)
  const inGroup = others.filter(({ name }) => members.includes(name)).map(area => row(area, 'group'))
  const outside = others.filter(({ name }) => !members.includes(name)).map(area => row(area, 'other'))
  const shown = [row(ownArea, 'own'), ...inGroup, ...(choices.all || members.length === 0 ? outside : [])]
  const centre = comparison?.mean ?? meanOf(shown)
  return {
    rows: ordered(shown, choices, centre),
    ownName: ownArea.name,
    members,
    missing: members.filter(name => !peers.some(peer => peer.name === name)),
    comparison,
    why: whyNot(compared, { members, own, peers: peers.length, comparison }),
    centre,
  }
}

function peersOf(areas: readonly ComparedArea[], members: readonly string[], start: Temporal.PlainDate): Peer[] {
  return areas.flatMap(area => {
    const figure = members.includes(area.name) ? figureAt(area, start) : null
    if (figure?.value == null) return []
    const { value, numerator = null, denominator = null } = figure
    return [{ name: area.name, value, numerator, denominator }]
  })
}

function rowOf(
  { measure }: Compared,
  area: ComparedArea,
  place: Place,
  start: Temporal.PlainDate,
  mean: number | null,
): ForceRow {
  const figure = figureAt(area, start)
  const value = figure?.value ?? null
  return {
    ...{ name: area.name, place, figure },
    interval: figure === null ? null : intervalOf(measure, figure),
    fromMean: value === null || mean === null ? null : value - mean,
  }
}

/**
 * The 95% interval of one figure by itself: Wilson's for a share, the exact one of its count for a rate. Null where
 * numerator and denominator are not known, or the figure is hidden.
 */
export function intervalOf(measure: Compared['measure'], figure: ComparedFigure): readonly [number, number] | null {
  const { value, numerator, denominator } = figure
  if (value === null || numerator === undefined || denominator === undefined || denominator <= 0) return null
  if (numerator < 0 || !Number.isInteger(numerator)) return null
  const scale = scaleOf(measure)
  if (measure.unit === 'percent') {
    if (numerator > denominator) return null
    const [low, high] = wilsonInterval(numerator, denominator)
    return [low * scale, high * scale]
  }
  if (!isComparable(measure)) return null
  const [low, high] = exactInterval(numerator)
  return [(low * scale) / denominator, (high * scale) / denominator]
}

function meanOf(rows: readonly ForceRow[]): number | null {
  const values = rows.flatMap(({ figure }) => (figure?.value == null ? [] : [figure.value]))
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** By name, or the farthest from the mean first, on either side; never from best to worst. */
function ordered(rows: readonly ForceRow[], { order }: CompareChoices, centre: number | null): ForceRow[] {
  if (order === 'name' || centre === null) return rows.toSorted((a, b) => byName(a.name, b.name))
  const distance = ({ figure }: ForceRow) => (figure?.value == null ? -1 : Math.abs(figure.value - centre))
  return rows.toSorted((a, b) => distance(b) - distance(a) || byName(a.name, b.name))
}

function whyNot(
  { group, measure }: Compared,
  found: { members: readonly string[]; own: ComparedFigure | null; peers: number; comparison: GroupComparison | null },
): NoComparison | null {
  if (found.comparison !== null) return null
  if (!isComparable(measure)) return 'plain-numbers'
  if (group === null) return 'no-group'
  if (group.ownName === null) return 'no-own-name'
  if (found.members.length === 0) return 'nobody-then'
  if (found.own?.value == null) return 'no-own-figure'
  return found.peers < fewestOthers ? 'too-few' : null
}
