/*
 * Values of a chart under the pointer and by keyboard. A picture names the table of its figures:
 * <div class="peelian-chart__picture" data-chart-table="id"><svg data-points="12,80 24, …">…</svg></div>
 * One row of the table for each point, in its order; what is told of a point is its row. Left and right go from point
 * to point, Home and End to the ends, Escape puts the value away. Without this script chart and table stand alone.
 */

const svgNamespace = 'http://www.w3.org/2000/svg'
const invitation = 'Point at the chart, or use the left and right arrow keys, to read each figure.'

/** Starts every chart of the page that has a table beside it. */
export function startChartValues() {
  for (const picture of document.querySelectorAll('[data-chart-table]')) tellValues(picture)
}

function tellValues(picture) {
  const svg = picture.querySelector('svg[data-points]')
  const table = document.getElementById(picture.dataset.chartTable)
  if (!svg || !table) return
  const places = readPlaces(svg)
  const told = readRows(table)
  if (places.length === 0 || places.length !== told.length) return

  const marker = drawMarker(svg)
  const shown = line('peelian-chart__value', { 'aria-hidden': 'true' })
  const spoken = line('govuk-visually-hidden', { role: 'status' })
  shown.textContent = invitation
  picture.after(shown, spoken)
  picture.tabIndex = 0
  picture.setAttribute('role', 'application')
  picture.setAttribute('aria-label', `${svg.querySelector('title')?.textContent ?? ''}. ${invitation}`)

  let at = -1
  const show = next => {
    at = next
    shown.textContent = told[at]
    marker.moveTo(places[at])
  }
  const leave = () => {
    at = -1
    shown.textContent = invitation
    spoken.textContent = ''
    marker.hide()
  }

  picture.addEventListener('keydown', event => {
    const next = nextPoint(event.key, at, places.length)
    if (event.key === 'Escape') leave()
    if (next === null) return
    event.preventDefault()
    show(next)
    spoken.textContent = told[next]
  })
  picture.addEventListener('focusout', leave)
  const point = event => show(nearest(places, svg, event))
  picture.addEventListener('pointermove', point)
  picture.addEventListener('pointerdown', point)
  picture.addEventListener('pointerleave', () => {
    if (document.activeElement !== picture) leave()
  })
}

/** The first key begins at the latest figure, which is what people come for. */
function nextPoint(key, at, count) {
  const last = count - 1
  const moves = {
    ArrowLeft: at < 0 ? last : Math.max(0, at - 1),
    ArrowRight: at < 0 ? last : Math.min(last, at + 1),
    Home: 0,
    End: last,
  }
  return moves[key] ?? null
}

function readPlaces(svg) {
  const text = svg.dataset.points
  if (text === '') return []
  return text.split(' ').map(place => {
    const [x, y] = place.split(',')
    return { x: Number(x), y: y === '' ? null : Number(y) }
  })
}

/** "December 2025. Figure: 150. What the rules say: above the usual range." */
function readRows(table) {
  const headings = [...table.querySelectorAll('thead th')].map(words)
  return [...table.querySelectorAll('tbody tr')].map(row => {
    const [first, ...cells] = [...row.children].map(words)
    const rest = cells.flatMap((text, i) => (text === '' ? [] : [`${headings[i + 1]}: ${text}.`]))
    return [`${first}.`, ...rest].join(' ')
  })
}

function words(cell) {
  const copy = cell.cloneNode(true)
  for (const newLine of copy.querySelectorAll('br')) newLine.replaceWith(', ')
  return copy.textContent.replace(/\s+/g, ' ').replaceAll(' , ', ', ').trim()
}

/** The nearest point along the line; where points lie anywhere (`data-nearest="both"`), in both directions. */
function nearest(places, svg, { clientX, clientY }) {
  const box = svg.getBoundingClientRect()
  const scale = svg.viewBox.baseVal.width / box.width
  const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale]
  const both = svg.dataset.nearest === 'both'
  const distance = place => Math.hypot(place.x - x, both && place.y !== null ? place.y - y : 0)
  let best = 0
  for (const [i, place] of places.entries()) {
    if (distance(place) < distance(places[best])) best = i
  }
  return best
}

/** A line through the point that is told, and a ring round it where there is a figure. */
function drawMarker(svg) {
  const { height } = svg.viewBox.baseVal
  const stem = shape('line', { y1: 0, y2: height, stroke: '#0b0c0c', 'stroke-width': 1, visibility: 'hidden' })
  const ring = shape('circle', { r: 11, fill: 'none', stroke: '#0b0c0c', 'stroke-width': 3, visibility: 'hidden' })
  svg.append(stem, ring)
  return {
    moveTo({ x, y }) {
      for (const end of ['x1', 'x2']) stem.setAttribute(end, x)
      stem.setAttribute('visibility', 'visible')
      ring.setAttribute('cx', x)
      if (y !== null) ring.setAttribute('cy', y)
      ring.setAttribute('visibility', y === null ? 'hidden' : 'visible')
    },
    hide() {
      for (const part of [stem, ring]) part.setAttribute('visibility', 'hidden')
    },
  }
}

function shape(name, attributes) {
  const made = document.createElementNS(svgNamespace, name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  return made
}

function line(className, attributes) {
  const made = document.createElement('p')
  made.className = className
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  return made
}
