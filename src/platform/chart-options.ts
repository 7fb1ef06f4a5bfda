import type { EChartsOption, SeriesOption } from 'echarts'
import type { ControlChart, PointLimits } from './charts.ts'

/* How a control chart is drawn, as the library's options. */

const ink = {
  line: '#0b0c0c',
  quiet: '#505a5f',
  grid: '#cecece',
  limit: '#505a5f',
  signal: '#ca3535',
  paper: '#ffffff',
  wanted: '#d9e7f3',
}
const font = 'arial, sans-serif'
/** In the picture's own units: on a phone it is drawn at half its size. */
const letters = 16
/** Beyond this many points ordinary ones get no circle of their own; each is still told by its place and in the table. */
const mostCircles = 72

/** Another way of breaking a line for each comparator. */
const dashes = [
  [2, 3],
  [8, 3, 2, 3],
  [12, 4],
  [1, 2],
] as const

/** The library's options for a control chart. */
export function controlOption(chart: ControlChart): EChartsOption {
  const legend = legendNames(chart)
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 12, right: 72, top: legend.length > 0 ? 64 : 36, bottom: 12, outerBoundsMode: 'same' },
    ...(legend.length > 0 && {
      legend: { data: legend, left: 0, top: 0, itemWidth: 36, textStyle: { color: ink.line, fontSize: letters } },
    }),
    xAxis: {
      type: 'category',
      data: chart.points.map(({ label }) => label),
      axisLabel: { color: ink.line, fontSize: letters, hideOverlap: true },
      axisLine: { lineStyle: { color: ink.quiet } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      name: chart.unit,
      nameTextStyle: { color: ink.line, fontSize: letters, align: 'left' },
      nameGap: 16,
      scale: true,
      axisLabel: { color: ink.line, fontSize: letters, formatter: (value: number) => value.toLocaleString('en-GB') },
      splitLine: { lineStyle: { color: ink.grid } },
      ...range(chart),
    },
    series: [...comparators(chart), ...limitLines(chart), ...adjusted(chart), figures(chart)],
  }
}

const figuresName = 'Figures'
const adjustedName = 'Season taken out'

function legendNames({ adjusted, comparators = [] }: ControlChart): string[] {
  const others = [...(adjusted === undefined ? [] : [adjustedName]), ...comparators.map(({ name }) => name)]
  return others.length === 0 ? [] : [figuresName, ...others]
}

/** Every level that is drawn besides the figures. */
function otherLevels(chart: ControlChart): number[] {
  const straight = chart.limits === undefined ? [chart.centre, chart.lower, chart.upper] : []
  const varying = (chart.limits ?? []).flatMap(each => (each === null ? [] : [each.centre, each.lower, each.upper]))
  return [
    ...(chart.limitsDrawn ? [...straight, ...varying] : []),
    ...(chart.adjusted ?? []),
    ...[chart.target, chart.band?.low, chart.band?.high],
    ...(chart.comparators ?? []).flatMap(({ values }) => values),
  ].filter(level => level != null)
}

/** Room for the limits, which the axis would otherwise cut off. */
function range(chart: ControlChart): { min?: number; max?: number; interval?: number } {
  const levels = otherLevels(chart)
  if (levels.length === 0) return {}
  const drawn = [...levels, ...chart.points.map(({ value }) => value).filter(value => value !== null)]
  const low = drawn.reduce((least, each) => Math.min(least, each))
  const high = drawn.reduce((most, each) => Math.max(most, each))
  if (high === low) return {}
  const interval = roundStep((high - low) / 5)
  return { min: Math.floor(low / interval) * interval, max: Math.ceil(high / interval) * interval, interval }
}

/** The next larger of 1, 2, 5 and their tens: every line of the grid then stands at a round number. */
function roundStep(least: number): number {
  const ten = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find(each => each * ten >= least) ?? 10) * ten
}

function figures(chart: ControlChart): SeriesOption {
  const circle = chart.points.length > mostCircles ? 3 : 7
  return {
    type: 'line',
    name: figuresName,
    data: chart.points.map(({ value, signals, provisional = false }) => {
      const signal = signals.length > 0
      const colour = signal ? ink.signal : ink.line
      const shape = signal ? { symbol: 'diamond', symbolSize: 16 } : { symbol: 'circle', symbolSize: circle }
      const hollow = { color: ink.paper, borderColor: colour, borderWidth: 2 }
      if (!provisional) return { value: value ?? '-', ...shape, itemStyle: { color: colour } }
      return { value: value ?? '-', ...shape, symbolSize: Math.max(shape.symbolSize, 8), itemStyle: hollow }
    }),
    showAllSymbol: true,
    z: 5,
    lineStyle: { color: ink.line, width: 2 },
    itemStyle: { color: ink.line },
    markLine: { silent: true, symbol: 'none', animation: false, data: [...targets(chart), ...restarts(chart)] },
    ...band(chart),
  }
}

type MarkLines = NonNullable<NonNullable<Extract<SeriesOption, { type?: 'line' }>['markLine']>['data']>

const label = (text: string) => ({ formatter: text, position: 'end' as const, color: ink.line, fontSize: letters })

function targets({ target }: ControlChart): MarkLines {
  if (target == null) return []
  return [{ yAxis: target, label: label('Target'), lineStyle: { color: ink.line, width: 2, type: [10, 3, 2, 3] } }]
}

function restarts({ breaks = [], points }: ControlChart): MarkLines {
  return breaks.flatMap(at => {
    const name = points[at]?.label
    if (name === undefined) return []
    return [{ xAxis: name, label: { show: false }, lineStyle: { color: ink.quiet, width: 1, type: [2, 3] } }]
  })
}

/** Where the figures are wanted, as a field behind them, open at an end that has no number. */
function band({ band }: ControlChart): object {
  if (band == null || (band.low === null && band.high === null)) return {}
  const ends = [{ yAxis: band.low ?? 'min' }, { yAxis: band.high ?? 'max' }]
  const text = { show: true, formatter: 'Wanted', position: 'insideTopLeft', color: ink.line, fontSize: letters }
  return { markArea: { silent: true, itemStyle: { color: ink.wanted }, label: text, data: [ends] } }
}

function adjusted({ adjusted }: ControlChart): SeriesOption[] {
  if (adjusted === undefined) return []
  const lineStyle = { color: ink.quiet, width: 2, type: [4, 3] }
  return [plainLine(adjustedName, adjusted, lineStyle)]
}

function comparators({ comparators = [] }: ControlChart): SeriesOption[] {
  return comparators.map(({ name, values }, i) =>
    plainLine(name, values, { color: ink.quiet, width: 1.5, type: [...(dashes[i % dashes.length] ?? [1, 2])] }),
  )
}

function plainLine(
  name: string,
  values: readonly (number | null)[],
  lineStyle: { color: string; width: number; type: number[] | 'solid' },
): SeriesOption {
  const data = values.map(value => value ?? '-')
  return { type: 'line', name, data, symbol: 'none', silent: true, lineStyle, itemStyle: { color: lineStyle.color } }
}

/** The average and both limits, each as one line a stretch: what is broken by a break stays broken. */
function limitLines(chart: ControlChart): SeriesOption[] {
  const { points, limitsDrawn, breaks = [] } = chart
  if (!limitsDrawn || points.length === 0) return []
  const limits = chart.limits ?? points.map(() => straight(chart))
  const edges = [0, ...breaks.filter(at => at > 0 && at < points.length), points.length]
  const lastDrawn = edges.slice(0, -1).findLastIndex((start, i) => hasLimits(limits, start, edges[i + 1] ?? 0))
  return edges.slice(0, -1).flatMap((start, i) => {
    const stretch = limits.map((each, at) => (at >= start && at < (edges[i + 1] ?? 0) ? each : null))
    return levelLines(stretch, i === lastDrawn)
  })
}

const hasLimits = (limits: readonly (PointLimits | null)[], start: number, end: number): boolean =>
  limits.slice(start, end).some(each => each !== null)

function straight({ centre, lower, upper }: ControlChart): PointLimits | null {
  return centre === null ? null : { centre, lower, upper }
}

const levels = [
  { level: 'centre', name: 'Average', colour: ink.line, broken: false },
  { level: 'lower', name: 'Lower', colour: ink.limit, broken: true },
  { level: 'upper', name: 'Upper', colour: ink.limit, broken: true },
] as const

function levelLines(stretch: readonly (PointLimits | null)[], named: boolean): SeriesOption[] {
  return levels.flatMap(({ level, name, colour, broken }) => {
    const values = stretch.map(each => each?.[level] ?? null)
    const held = values.filter(value => value !== null)
    if (held.length === 0) return []
    const lineStyle = { color: colour, width: 1.5, type: broken ? [6, 4] : ('solid' as const) }
    const steps = held.some(value => value !== held[0]) ? { step: 'middle' as const } : {}
    const end = named ? { endLabel: { show: true, formatter: name, color: ink.line, fontSize: letters } } : {}
    return [{ ...plainLine(name, values, lineStyle), ...steps, ...end }]
  })
}
