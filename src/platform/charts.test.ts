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

test('a chart has the same bytes each time, also when others were drawn between', async () => {
  const first = await controlChart(chart)
  await sparkline('Another', [1, 2, 3])
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
  for (const svg of [await controlChart(chart), await sparkline('Theft', values)]) {
    assert.doesNotMatch(svg, / style=|<style|<script| on\w+=/)
    assert.match(svg, /^<svg role="img" aria-labelledby="[^"]+"[^>]* viewBox="0 0 \d+ \d+"/)
  }
})

test('a chart is named in words, with its text escaped', async () => {
  const svg = await controlChart(chart)
  assert.match(svg, /<title id="[^"]+">Theft &amp; &quot;shoplifting&quot; &lt;in&gt; December<\/title>/)
  assert.match(
    svg,
    /<desc [^>]+>8 points, from Jan to Aug\. Average 127, usual range 98 to 156 offences\. Out of the ordinary: Aug\.</,
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
  assert.match(await sparkline('Nothing', []), /^<svg /)
})
