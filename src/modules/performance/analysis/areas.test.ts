import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareWithGroup, type Peer, pooledRate } from './comparison.ts'
import { funnel } from './funnel.ts'
import { near, vector } from './testing.ts'

interface FunnelVector {
  centrePer1000: number
  phi: number | null
  areas: {
    area: string
    ratePer1000: number
    expected: number
    z: number
    lo95: number
    hi95: number
    lo998: number
    hi998: number
    zAdjusted: number | null
    outside998: boolean
    outside998Adjusted: boolean | null
  }[]
}
type Rows = { rows: [string, number, number][] }

describe('Areas compared', () => {
  for (const id of ['funnel-01-robbery-by-force', 'funnel-02-warks-csp']) {
    it(id, () => {
      const { expected, input } = vector<FunnelVector, Rows>(id)
      const drawn = funnel(input.rows.map(([area, events, population]) => ({ area, events, population })))
      near(drawn.centre, expected.centrePer1000)
      if (expected.phi === null) assert.equal(drawn.phi, null)
      else near(drawn.phi, expected.phi, 'phi')
      for (const [i, wanted] of expected.areas.entries()) {
        const point = drawn.points[i]
        assert.equal(point?.area, wanted.area)
        near(point.rate, wanted.ratePer1000)
        near(point.expected, wanted.expected)
        near(point.z, wanted.z, `z of ${wanted.area}`)
        near(point.limits95.lower, wanted.lo95)
        near(point.limits95.upper, wanted.hi95)
        near(point.limits998.lower, wanted.lo998)
        near(point.limits998.upper, wanted.hi998)
        if (wanted.zAdjusted === null) assert.equal(point.zAdjusted, null)
        else near(point.zAdjusted, wanted.zAdjusted)
        assert.equal(point.outside998, wanted.outside998)
        assert.equal(point.outside998Adjusted, wanted.outside998Adjusted)
      }
    })
  }
  it('a small area is judged by exact limits: none there is nothing out of the ordinary', () => {
    const areas = [
      { area: 'Large', events: 2000, population: 1_000_000 },
      { area: 'Small', events: 0, population: 1000 },
    ]
    const small = funnel(areas).points[1]
    assert.equal(small?.limits998.lower, 0)
    assert.equal(small.outside998, false)
    assert.throws(() => funnel([{ area: 'Nobody', events: 1, population: 0 }]), RangeError)
  })
  it('msg-01: an area beside its group, whose mean and spread are those of the others', () => {
    interface Expected {
      focusRate: number
      groupMean: number
      groupPooledRate: number
      groupSd: number
      lower: number
      upper: number
      z: number
      rankLowIs1: number
      of: number
      diffFromMeanPct: number
      verdict: string
    }
    const { expected, input } = vector<Expected, Rows & { focus: string }>('msg-01-comparator')
    const all = input.rows.map(([name, numerator, denominator]): Peer => {
      return { name, value: (1000 * numerator) / denominator, numerator, denominator }
    })
    const focus = all.find(({ name }) => name === input.focus)
    assert.ok(focus)
    const found = compareWithGroup(
      focus,
      all.filter(each => each !== focus),
      { scale: 1000 },
    )
    assert.ok(found)
    near(focus.value, expected.focusRate)
    near(found.mean, expected.groupMean)
    near(found.pooled, expected.groupPooledRate)
    near(found.deviation, expected.groupSd)
    near(found.lower, expected.lower)
    near(found.upper, expected.upper)
    near(found.z, expected.z)
    near(found.differencePercent, expected.diffFromMeanPct)
    assert.deepEqual([found.rank, found.of, found.position], [expected.rankLowIs1, expected.of, expected.verdict])
  })
  it('two others are no group, and a pooled rate needs every part', () => {
    assert.equal(
      compareWithGroup({ value: 1 }, [
        { name: 'a', value: 1 },
        { name: 'b', value: 2 },
      ]),
      null,
    )
    assert.equal(
      pooledRate([
        { numerator: 1, denominator: 2 },
        { numerator: null, denominator: 3 },
      ]),
      null,
    )
  })
})
