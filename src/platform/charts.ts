import { createHash } from 'node:crypto'
import type { EChartsOption, SeriesOption } from 'echarts'
import { escapeHtml } from './web/html.ts'

export interface ControlChartPoint {
  label: string
  /** null for a missing period: the line is broken there. */
  value: number | null
  /** Names of the signals at this point; any makes it stand out. */
  signals: readonly string[]
}

export interface ControlChart {
  /** What the chart shows, in words; also its name to a screen reader. */
  title: string
  points: readonly ControlChartPoint[]
  centre: number | null
  lower: number | null
  upper: number | null
  /** False while there are too few points for limits: only the line is drawn. */
  limitsDrawn: boolean
  unit: string
  /** Positions in `points` at which the process was begun anew; a line stands before each. */
  breaks?: readonly number[]
}

const ink = {
  line: '#0b0c0c',
  quiet: '#505a5f',
  grid: '#cecece',
  centre: '#0b0c0c',
  limit: '#505a5f',
  signal: '#ca3535',
}
const font = 'arial, sans-serif'
const size = { width: 640, height: 360 }
/** In the picture's own units: on a phone it is drawn at half its size. */
const letters = 16

/**
 * A process-control chart as SVG: the same input gives the same bytes, and nothing in it needs inline styles.
 * It can be read in black and white: ordinary points are circles, signals larger diamonds, the centre an unbroken
 * line, limits broken ones.
 */
export async function controlChart(chart: ControlChart): Promise<string> {
  const svg = await drawn(controlOption(chart), size)
  return named(svg, chart.title, description(chart), keyOf(chart))
}

/** A small line without axes, for a row of figures; the last point is marked. Missing values break the line. */
export async function sparkline(title: string, values: readonly (number | null)[]): Promise<string> {
  const last = values.findLastIndex(value => value !== null)
  const option: EChartsOption = {
    animation: false,
    grid: { left: 4, right: 6, top: 6, bottom: 6 },
    xAxis: { type: 'category', show: false, boundaryGap: false },
    yAxis: { type: 'value', show: false, scale: true },
    series: [
      {
        type: 'line',
        data: values.map((value, at) => ({ value: value ?? '-', symbol: at === last ? 'circle' : 'none' })),
        symbolSize: 7,
        lineStyle: { color: ink.line, width: 2 },
        itemStyle: { color: ink.line },
      },
    ],
  }
  return named(await drawn(option, { width: 160, height: 40 }), title, '', keyOf({ title, values }))
}

function controlOption(chart: ControlChart): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 12, right: 72, top: 36, bottom: 12, outerBoundsMode: 'same' },
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
    series: [figures(chart)],
  }
}

/** Room for the limits, which the axis would otherwise cut off. */
function range(chart: ControlChart): { min?: number; max?: number; interval?: number } {
  if (!chart.limitsDrawn) return {}
  const drawn = [chart.lower, chart.upper, ...chart.points.map(({ value }) => value)].filter(value => value !== null)
  if (drawn.length === 0) return {}
  const low = Math.min(...drawn)
  const high = Math.max(...drawn)
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
  return {
    type: 'line',
    data: chart.points.map(({ value, signals }) =>
      signals.length > 0
        ? { value: value ?? '-', symbol: 'diamond', symbolSize: 16, itemStyle: { color: ink.signal } }
        : { value: value ?? '-', symbol: 'circle', symbolSize: 7 },
    ),
    showAllSymbol: true,
    lineStyle: { color: ink.line, width: 2 },
    itemStyle: { color: ink.line },
    markLine: { silent: true, symbol: 'none', animation: false, data: [...levels(chart), ...restarts(chart)] },
  }
}

type MarkLines = NonNullable<NonNullable<Extract<SeriesOption, { type?: 'line' }>['markLine']>['data']>

function levels({ centre, lower, upper, limitsDrawn }: ControlChart): MarkLines {
  if (!limitsDrawn) return []
  const level = (yAxis: number | null, name: string, broken: boolean): MarkLines =>
    yAxis === null
      ? []
      : [
          {
            yAxis,
            label: { formatter: name, position: 'end', color: ink.line, fontSize: letters },
            lineStyle: { color: broken ? ink.limit : ink.centre, width: 1.5, type: broken ? [6, 4] : 'solid' },
          },
        ]
  return [...level(centre, 'Average', false), ...level(lower, 'Lower', true), ...level(upper, 'Upper', true)]
}

function restarts({ breaks = [], points }: ControlChart): MarkLines {
  return breaks.flatMap(at => {
    const label = points[at]?.label
    if (label === undefined) return []
    return [{ xAxis: label, label: { show: false }, lineStyle: { color: ink.quiet, width: 1, type: [2, 3] } }]
  })
}

function description({ points, limitsDrawn, lower, upper, centre, unit }: ControlChart): string {
  const number = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 1 })
  const standing = points.filter(({ signals }) => signals.length > 0).map(({ label }) => label)
  const limits =
    limitsDrawn && lower !== null && upper !== null && centre !== null
      ? ` Average ${number(centre)}, usual range ${number(lower)} to ${number(upper)} ${unit}.`
      : ''
  const signals = standing.length === 0 ? '' : ` Out of the ordinary: ${standing.join(', ')}.`
  return `${points.length} points, from ${points[0]?.label ?? ''} to ${points.at(-1)?.label ?? ''}.${limits}${signals}`
}

/** A short key of a chart's content: ids drawn from it are unique on a page and alike in every process. */
function keyOf(chart: object): string {
  return createHash('sha256').update(JSON.stringify(chart)).digest('hex').slice(0, 10)
}

async function drawn(option: EChartsOption, { width, height }: { width: number; height: number }): Promise<string> {
  // Imported on first use: the library takes memory that a process which draws nothing should not need.
  const echarts = await import('echarts')
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

/** Makes a drawing safe for the content security policy, alike each time, and named for those who do not see it. */
function named(svg: string, title: string, text: string, key: string): string {
  const plain = svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ style="([^"]*)"/g, (_whole, style: string) => styleAsAttributes(style))
    .replace(/ (class|ecmeta_[\w-]+)="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, `c${key}-`)
  const names = `<title id="t${key}">${escapeHtml(title)}</title>${text === '' ? '' : `<desc id="d${key}">${escapeHtml(text)}</desc>`}`
  const labelled = `role="img" aria-labelledby="t${key}${text === '' ? '' : ` d${key}`}"`
  return plain.replace(
    /^([\s\S]*?)<svg([^>]*)>/,
    (_whole, _before, given: string) => `<svg ${labelled}${scaling(given)}>${names}`,
  )
}

/** The drawing keeps its viewBox and takes its width from the page. */
function scaling(attributes: string): string {
  const width = /width="([\d.]+)"/.exec(attributes)?.[1] ?? '0'
  const height = /height="([\d.]+)"/.exec(attributes)?.[1] ?? '0'
  const viewBox = attributes.includes('viewBox') ? '' : ` viewBox="0 0 ${width} ${height}"`
  return attributes + viewBox
}

/** Whatever a style says that SVG has an attribute for; the rest (user selection, pointer) does nothing in a picture. */
function styleAsAttributes(style: string): string {
  const said = style.split(';').flatMap(declaration => {
    const at = declaration.indexOf(':')
    const name = declaration.slice(0, at).trim()
    const value = declaration.slice(at + 1).trim()
    if (name === 'font') return fontAttributes(value)
    return presentation.has(name) ? [[name, value] as const] : []
  })
  return said.map(([name, value]) => ` ${name}="${value}"`).join('')
}

const presentation = new Set([
  'fill',
  'stroke',
  'stroke-width',
  'font-size',
  'font-family',
  'font-weight',
  'font-style',
  'dominant-baseline',
  'text-anchor',
])

/** `14px arial, sans-serif` in its parts. */
function fontAttributes(value: string): (readonly [string, string])[] {
  const parts = /^(?:(normal|bold|\d{3}) )?([\d.]+)px (.+)$/.exec(value)
  if (parts === null) return []
  const family = (parts[3] ?? font).replaceAll('&quot;', "'").replaceAll('"', "'")
  const weight = parts[1] === undefined ? [] : [['font-weight', parts[1]] as const]
  return [['font-size', parts[2] ?? '14'], ['font-family', family], ...weight]
}
