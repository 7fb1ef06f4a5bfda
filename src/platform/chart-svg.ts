import { createHash } from 'node:crypto'
import type { EChartsOption } from 'echarts'
import { escapeHtml } from './web/html.ts'

/* From the library's options to an SVG that a page may hold under its content security policy. */

/** Where a point stands in the picture's own units; `y` is null where there is no figure. */
export interface Place {
  x: number
  y: number | null
}

/** A short key of a chart's content: ids drawn from it are unique on a page and alike in every process. */
export function keyOf(chart: object): string {
  return createHash('sha256').update(JSON.stringify(chart)).digest('hex').slice(0, 10)
}

/**
 * Draws by the library.
 *
 * @param points positions on the axis of categories with their values, whose places in the picture are wanted
 */
export async function drawn(
  option: EChartsOption,
  { width, height }: { width: number; height: number },
  points: readonly (readonly [number, number | null])[],
): Promise<{ svg: string; places: Place[] }> {
  // Imported on first use: the library takes memory that a process which draws nothing should not need.
  const echarts = await import('echarts')
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    const svg = chart.renderToSVGString()
    const places = points.map(([at, value]): Place => {
      const [x = 0, y = 0] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [at, value ?? 0])
      return { x: Math.round(x), y: value === null ? null : Math.round(y) }
    })
    return { svg, places }
  } finally {
    chart.dispose()
  }
}

/**
 * Makes a drawing safe for the content security policy, alike each time, and named for those who do not see it.
 *
 * @param text what it shows, in a sentence
 * @param key from its content
 */
export function named(svg: string, title: string, text: string, key: string, places: readonly Place[]): string {
  const plain = svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ style="([^"]*)"/g, (_whole, style: string) => styleAsAttributes(style))
    .replace(/ (class|ecmeta_[\w-]+)="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, `c${key}-`)
  const names = `<title id="t${key}">${escapeHtml(title)}</title><desc id="d${key}">${escapeHtml(text)}</desc>`
  const labelled = `role="img" aria-labelledby="t${key} d${key}" data-points="${placesText(places)}"`
  return plain.replace(
    /^([\s\S]*?)<svg([^>]*)>/,
    (_whole, _before, given: string) => `<svg ${labelled}${scaling(given)}>${names}`,
  )
}

/** `12,80 24,`: x and y of each point, y left out where there is no figure. */
function placesText(places: readonly Place[]): string {
  return places.map(({ x, y }) => `${String(x)},${y === null ? '' : String(y)}`).join(' ')
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
  const family = (parts[3] ?? 'arial, sans-serif').replaceAll('&quot;', "'").replaceAll('"', "'")
  const weight = parts[1] === undefined ? [] : [['font-weight', parts[1]] as const]
  return [['font-size', parts[2] ?? '14'], ['font-family', family], ...weight]
}
