import type { EChartsOption, SeriesOption } from 'echarts'
import { drawn, keyOf, named } from './chart-svg.ts'

/* Charts of several areas at one time: each on a line of its own beside a range, or in a funnel by its size. */

const ink = { line: '#0b0c0c', quiet: '#505a5f', grid: '#cecece', paper: '#ffffff', band: '#e8e8e8' }
const letters = 16
const text = { color: ink.line, fontSize: letters }

/** One area as a dot, with the interval in which its own figure lies where one is known. */
export interface DotArea {
  name: string
  value: number | null
  interval: readonly [number, number] | null
  /** The area that the others are compared with: a diamond. */
  own: boolean
}

export interface DotChart {
  /** What the chart shows, in words; also its name to a screen reader. */
  title: string
  /** From top to bottom. */
  areas: readonly DotArea[]
  unit: string
  /** The mean of the others and the range they lie in; null where there is none. */
  range: { centre: number; lower: number; upper: number } | null
  /** The chart in a sentence or two, for those who do not see it. */
  description: string
}

/** Areas as dots on lines of their own, the range of similar ones behind them. As SVG, alike each time. */
export async function dotChart(chart: DotChart): Promise<string> {
  const size = { width: 640, height: 70 + 26 * chart.areas.length }
  const least = Math.min(...numbersOf(chart))
  const places = chart.areas.map(({ value }, at): [number, number | null] => [
    value ?? least,
    value === null ? null : at,
  ])
  const picture = await drawn(dotOption(chart), size, places)
  return bothWays(named(picture.svg, chart.title, chart.description, keyOf(chart), picture.places))
}

function numbersOf({ areas, range }: DotChart): number[] {
  const own = areas.flatMap(({ value, interval }) => [value, ...(interval ?? [])])
  return [...own, range?.lower, range?.upper].filter(each => each != null)
}

function dotOption(chart: DotChart): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: 'arial, sans-serif' },
    grid: { left: 12, right: 24, top: 36, bottom: 12, outerBoundsMode: 'same' },
    xAxis: {
      type: 'value',
      scale: true,
      axisLabel: { ...text, formatter: (value: number) => value.toLocaleString('en-GB') },
      splitLine: { show: false },
      ...room(numbersOf(chart)),
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: chart.areas.map(({ name }) => name),
      axisLabel: { ...text, interval: 0, width: 220, overflow: 'truncate' },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: ink.grid } },
    },
    series: [...intervals(chart), dots(chart)],
  }
}

/** Room for everything that is drawn, ending at round numbers. */
function room(numbers: readonly number[]): { min?: number; max?: number } {
  if (numbers.length === 0) return {}
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  if (high === low) return {}
  const ten = 10 ** Math.floor(Math.log10(high - low))
  return { min: Math.floor(low / ten) * ten, max: Math.ceil(high / ten) * ten }
}

function intervals({ areas }: DotChart): SeriesOption[] {
  return areas.flatMap(({ interval }, at) => {
    if (interval === null) return []
    const data = interval.map(end => [end, at])
    return [{ type: 'line' as const, data, symbol: 'none', silent: true, lineStyle: { color: ink.quiet, width: 3 } }]
  })
}

function dots({ areas, range }: DotChart): SeriesOption {
  return {
    type: 'scatter',
    z: 5,
    data: areas.flatMap(({ value, own }, at) =>
      value === null
        ? []
        : [
            {
              value: [value, at],
              symbol: own ? 'diamond' : 'circle',
              symbolSize: own ? 18 : 10,
              itemStyle: { color: ink.line },
            },
          ],
    ),
    ...(range !== null && {
      markLine: { silent: true, symbol: 'none', animation: false, data: rangeLines(range) },
      markArea: {
        silent: true,
        itemStyle: { color: ink.band },
        data: [[{ xAxis: range.lower }, { xAxis: range.upper }]],
      },
    }),
  }
}

function rangeLines({ centre, lower, upper }: NonNullable<DotChart['range']>) {
  const line = (xAxis: number, name: string, type: 'solid' | number[]) => ({
    xAxis,
    // The axis runs downwards: its start is the top.
    label: { formatter: name, position: 'start' as const, ...text },
    lineStyle: { color: ink.line, width: 1.5, type },
  })
  return [line(centre, 'Mean', 'solid'), line(lower, '', [6, 4]), line(upper, '', [6, 4])]
}

/** One area in a funnel: its rate by its size. */
export interface FunnelArea {
  name: string
  size: number
  /** Null where it is hidden or missing: then nothing is drawn. */
  rate: number | null
  /** Beyond the outer limits: a diamond with its name. */
  out: boolean
}

export interface FunnelChart {
  title: string
  areas: readonly FunnelArea[]
  centre: number
  /** Limits by size, smallest first. */
  limits: readonly { size: number; inner: readonly [number, number]; outer: readonly [number, number] }[]
  /** What sizes are counts of: "people". */
  sizeName: string
  unit: string
  description: string
}

/** Areas by size within limits that narrow as areas grow. As SVG, alike each time. */
export async function funnelChart(chart: FunnelChart): Promise<string> {
  const places = chart.areas.map(({ size, rate }): [number, number | null] => [size, rate])
  const picture = await drawn(funnelOption(chart), { width: 640, height: 400 }, places)
  return bothWays(named(picture.svg, chart.title, chart.description, keyOf(chart), picture.places))
}

function funnelOption(chart: FunnelChart): EChartsOption {
  const axis = { type: 'value' as const, scale: true, nameTextStyle: text }
  const label = { ...text, formatter: (value: number) => value.toLocaleString('en-GB') }
  return {
    animation: false,
    textStyle: { fontFamily: 'arial, sans-serif' },
    grid: { left: 12, right: 72, top: 36, bottom: 40, outerBoundsMode: 'same' },
    xAxis: {
      ...axis,
      name: chart.sizeName,
      nameLocation: 'middle',
      nameGap: 32,
      axisLabel: { ...label, hideOverlap: true },
      splitLine: { show: false },
    },
    yAxis: { ...axis, name: chart.unit, axisLabel: label, splitLine: { lineStyle: { color: ink.grid } } },
    series: [
      limitLine(chart, 'Centre', () => chart.centre, 'solid'),
      limitLine(chart, '95%', ({ inner }) => inner[0], [6, 4], false),
      limitLine(chart, '95%', ({ inner }) => inner[1], [6, 4]),
      limitLine(chart, '99.8%', ({ outer }) => outer[0], [2, 3], false),
      limitLine(chart, '99.8%', ({ outer }) => outer[1], [2, 3]),
      areaDots(chart),
    ],
  }
}

function limitLine(
  { limits }: FunnelChart,
  name: string,
  value: (limit: FunnelChart['limits'][number]) => number,
  type: 'solid' | number[],
  named = true,
): SeriesOption {
  return {
    type: 'line',
    name,
    data: limits.map(limit => [limit.size, value(limit)]),
    symbol: 'none',
    silent: true,
    lineStyle: { color: ink.quiet, width: 1.5, type },
    ...(named && {
      endLabel: { show: true, formatter: name, ...text },
      labelLayout: { moveOverlap: 'shiftY' as const },
    }),
  }
}

/** Names are written beside all where there are few, otherwise beside those out of the ordinary. */
const fewAreas = 12

function areaDots({ areas }: FunnelChart): SeriesOption {
  const sizes = areas.map(({ size }) => size)
  const middle = (Math.min(...sizes) + Math.max(...sizes)) / 2
  return {
    type: 'scatter',
    z: 5,
    labelLayout: { hideOverlap: true },
    data: areas.map(({ name, size, rate, out }) => ({
      value: [size, rate ?? '-'],
      symbol: out ? 'diamond' : 'circle',
      symbolSize: out ? 16 : 9,
      itemStyle: { color: ink.line },
      label: {
        show: out || areas.length <= fewAreas,
        formatter: name.replaceAll(/[{}|]/g, ' '),
        // Towards the middle, where there is room.
        position: size > middle ? ('left' as const) : ('right' as const),
        ...text,
        textBorderColor: ink.paper,
        textBorderWidth: 4,
      },
    })),
  }
}

/** Points lie anywhere in these pictures: the script looks for the nearest in both directions. */
const bothWays = (svg: string): string => svg.replace(' data-points=', ' data-nearest="both" data-points=')
