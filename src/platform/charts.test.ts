import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ControlChart, controlChart, sparkline } from './charts.ts'

const labels = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug']
const values = [120, 131, 118, null, 140, 122, 119, 180]
const chart: ControlChart = {
  title: 'Theft & "shoplifting" <in> December',
  points: values.map((value, at) => ({ label: labels[at] ?? '', value, signals: at === 7 ? ['beyond-high'] : [] })),
  centre: 127,
  lower: 98,
  upper: 156,
  limitsDrawn: true,
  unit: 'offences',
  breaks: [4],
}

const limits = values.map((_value, at) => ({ centre: at < 4 ? 120 : 140, lower: null, upper: 150 + at }))
const rich: ControlChart = {
  ...chart,
  ...{ limits, adjusted: values, target: 130, band: { low: 100, high: null } },
  comparators: [{ name: 'Forces like it', values: values.map(() => 125) }],
}

test('a chart has the same bytes each time, also when others were drawn between', async () => {
  const first = await controlChart(chart)
  await controlChart(rich)
  assert.equal(await controlChart(structuredClone(chart)), first)
})

test('charts of different content share no id', async () => {
  const ids = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(match => match[1] ?? '')
  const first = ids(await controlChart(chart))
  const second = ids(await controlChart({ ...chart, centre: 128 }))
  assert.ok(first.length >= 2)
  assert.deepEqual(
    first.filter(id => second.includes(id)),
    [],
  )
})

test('a chart holds nothing that the content security policy blocks', async () => {
  for (const svg of [await controlChart(rich), sparkline('Theft', values, { range: { lower: 1, upper: 2 } })]) {
    assert.doesNotMatch(svg, / style=|<style|<script| on\w+=/)
    assert.match(svg, /^<svg role="img" aria-labelledby="[^"]+"[^>]* viewBox="0 0 \d+ \d+"/)
  }
})

test('a chart is named in words, with its text escaped', async () => {
  const svg = await controlChart(chart)
  assert.match(svg, /<title id="[^"]+">Theft &amp; &quot;shoplifting&quot; &lt;in&gt; December<\/title>/)
  assert.match(
    svg,
    /<desc [^>]+>8 points, from Jan to Aug\. Average 127, usual range 98 to 156 offences\. Begun anew: May\. Out of the ordinary: Aug\.</,
  )
})

test('a signal has another shape than the other points, not only another colour', async () => {
  const shape = (svg: string, colour: string): string | undefined =>
    new RegExp(`<path d="([^"]+)" [^>]*fill="${colour}"`).exec(svg)?.[1]?.replace(/[\d.\s-]+/g, ' ')
  const svg = await controlChart(chart)
  const signal = shape(svg, '#ca3535')
  const ordinary = /<path d="(M1 0A[^"]+)"/.exec(svg)?.[1]?.replace(/[\d.\s-]+/g, ' ')
  assert.ok(signal !== undefined && ordinary !== undefined)
  assert.notEqual(signal, ordinary)
})

test('the lines of the grid stand at round numbers, the ends of the axis too', async () => {
  const points = [2912, 3662, 3035].map((value, at) => ({ label: labels[at] ?? '', value, signals: [] }))
  const svg = await controlChart({ ...chart, points, centre: 3351.7, lower: 2968.4, upper: 3734.9, breaks: [] })
  const numbers = [...svg.matchAll(/>(\d,\d{3})<\/text>/g)].map(match => match[1])
  assert.deepEqual(numbers, ['2,800', '3,000', '3,200', '3,400', '3,600', '3,800'])
})

test('without limits no range is drawn or told', async () => {
  const svg = await controlChart({ ...chart, limitsDrawn: false, lower: null, upper: null, centre: null })
  assert.doesNotMatch(svg, /Upper|Lower|Average|usual range/)
})

test('an empty chart and one with only missing values can be drawn', async () => {
  for (const points of [[], [{ label: 'Jan', value: null, signals: [] }]]) {
    assert.match(await controlChart({ ...chart, points, breaks: [9] }), /^<svg /)
  }
  assert.match(sparkline('Nothing', []), /^<svg /)
})

test('limits are broken where the process was begun anew, and step where they vary', async () => {
  const pieces = (svg: string): number => [...svg.matchAll(/<path [^>]*stroke-dasharray="6,4"/g)].length
  assert.equal(pieces(await controlChart({ ...chart, breaks: [] })), 2)
  assert.equal(pieces(await controlChart(chart)), 4)
  const varying = await controlChart({ ...chart, limits })
  assert.match(varying, /<desc [^>]+>8 points[^<]+Begun anew: May/)
  assert.equal(pieces(varying), 2, 'no lower limit is drawn where none is given')
})

test('provisional figures are hollow, and target, band and other lines are named', async () => {
  const points = chart.points.map((point, at) => ({ ...point, provisional: at > 5 }))
  const svg = await controlChart({ ...rich, points })
  for (const name of ['Target', 'Wanted', 'Season taken out', 'Forces like it'])
    assert.ok(svg.includes(`>${name}<`), name)
  assert.match(svg, /Provisional: Jul, Aug\./)
  assert.match(svg, /<path [^>]*fill="#ffffff"[^>]*stroke="#ca3535"/)
  assert.doesNotMatch(await controlChart(rich), /fill="#ffffff"[^>]*stroke="#ca3535"/)
})

test('a chart tells where each point stands, and that a missing one has no height', async () => {
  const svg = await controlChart(chart)
  const places = /data-points="([^"]+)"/.exec(svg)?.[1]?.split(' ') ?? []
  assert.equal(places.length, values.length)
  assert.match(places[3] ?? '', /^\d+,$/)
  const [first, last] = [places[0], places[7]].map(place => place?.split(',').map(Number) ?? [])
  assert.ok((first?.[0] ?? 0) < (last?.[0] ?? 0), 'to the right')
  assert.ok((first?.[1] ?? 0) > (last?.[1] ?? 0), 'a larger figure stands higher')
})

test('a small line breaks where a figure is missing, and marks its end by shape', () => {
  const svg = sparkline('Theft', values)
  assert.equal([...svg.matchAll(/<path d="M/g)].length, 2)
  assert.match(svg, /<circle [^>]+r="3.5"/)
  assert.match(sparkline('Theft', values, { signal: true }), /<path d="M[^"]+z" fill="#ca3535">/)
  assert.match(sparkline('Theft', [5, null, 7]), /r="1.5"/)
})
