import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DotChart, dotChart, type FunnelChart, funnelChart } from './area-charts.ts'

const dots: DotChart = {
  title: 'Kent <within> the range',
  description: 'Two forces.',
  unit: 'Rate',
  areas: [
    { name: 'Essex', value: 12, interval: [10, 14], own: false },
    { name: 'Kent', value: 9, interval: null, own: true },
    { name: 'Nowhere', value: null, interval: null, own: false },
  ],
  range: { centre: 11, lower: 8, upper: 14 },
}

const funnel: FunnelChart = {
  title: 'Districts',
  description: 'Three districts.',
  unit: 'Rate',
  sizeName: 'People',
  centre: 10,
  areas: [
    { name: 'A {b}', size: 100, rate: 30, out: true },
    { name: 'B', size: 400, rate: 11, out: false },
    { name: 'Hidden', size: 100, rate: null, out: false },
  ],
  limits: [
    { size: 100, inner: [4, 16], outer: [1, 19] },
    { size: 400, inner: [7, 13], outer: [5, 15] },
  ],
}

const pictures = [
  ['dots', () => dotChart(dots)],
  ['a funnel', () => funnelChart(funnel)],
] as const

describe('Charts of areas', () => {
  for (const [what, draw] of pictures) {
    it(`as ${what} are alike each time, named, and safe for the policy of the page`, async () => {
      const svg = await draw()
      assert.equal(svg, await draw())
      assert.doesNotMatch(svg, / style=|<style/)
      assert.match(svg, /^<svg [^>]*role="img" aria-labelledby/)
    })
    it(`as ${what} say where each area stands, and nothing of one without a figure`, async () => {
      const places = /data-nearest="both" data-points="([^"]*)"/.exec(await draw())?.[1]?.split(' ') ?? []
      assert.equal(places.length, 3)
      assert.match(places[2] ?? '', /^-?\d+,$/)
      assert.ok(places.slice(0, 2).every(place => /^\d+,\d+$/.test(place)))
    })
  }
  it('escape what people typed', async () => {
    assert.match(await dotChart(dots), /Kent &lt;within&gt; the range/)
  })
  it('draw no range where there is none', async () => {
    assert.match(await dotChart(dots), />Mean</)
    assert.doesNotMatch(await dotChart({ ...dots, range: null }), />Mean</)
  })
})
