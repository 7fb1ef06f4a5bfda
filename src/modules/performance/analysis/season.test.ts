import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { signalsOf } from './process-control.ts'
import { centredMovingAverage, seasonAdjusted, seasonalIndices, yearOnYear } from './season.ts'
import { near, vector } from './testing.ts'
import { rollingSums, rollingYears, samePeriod, singlesFromRolling, yearToDate } from './times-of-year.ts'
import { xmrChart } from './xmr-chart.ts'

type Flagged = [number, string[]][]
interface Season {
  centredMovingAverage: (number | null)[]
  indices: number[]
  adjusted: number[]
  xmrRaw: { flagged: Flagged }
  xmrAdjusted: { segment: { mean: number; upl: number; lpl: number }; flagged: Flagged }
}
const flaggedOf = (values: Float64Array): Flagged =>
  [...xmrChart(values).signals].flatMap((bits, i): Flagged => (bits === 0 ? [] : [[i, signalsOf(bits)]]))

describe('The season', () => {
  const { expected, input } = vector<Season, { values: number[] }>('season-01')
  const values = Float64Array.from(input.values)
  it('season-01: the average of the year around each month, the indices, the series without them', () => {
    for (const [i, average] of centredMovingAverage(values, 12).entries()) {
      const wanted = expected.centredMovingAverage[i]
      if (wanted == null) assert.ok(Number.isNaN(average))
      else near(average, wanted, '', 6e-5)
    }
    const indices = seasonalIndices(values, 12)
    assert.ok(indices)
    for (const [i, index] of indices.entries()) near(index, expected.indices[i] ?? 0)
    const adjusted = seasonAdjusted(values, indices)
    for (const [i, value] of adjusted.entries()) near(value, expected.adjusted[i] ?? 0, '', 6e-4)
    assert.deepEqual(flaggedOf(values), expected.xmrRaw.flagged)
    assert.deepEqual(flaggedOf(adjusted), expected.xmrAdjusted.flagged)
    const limits = xmrChart(adjusted).segments[0]?.limits
    near(limits?.centre, expected.xmrAdjusted.segment.mean)
    near(limits?.upper, expected.xmrAdjusted.segment.upl)
  })
  it('indices stand still until another whole year is complete, and need three', () => {
    const longer = Float64Array.from([...input.values, 2000, 2000, 2000])
    assert.deepEqual(seasonalIndices(longer, 12), seasonalIndices(values, 12))
    assert.equal(seasonalIndices(values.subarray(0, 35), 12), null)
    assert.equal(seasonalIndices(values.with(20, Number.NaN), 12), null)
    assert.equal(seasonalIndices(values, 12, [18]), null)
  })
  it('a difference from the year before is taken across no gap and no break', () => {
    const differences = yearOnYear(values.with(3, Number.NaN), 12, [14])
    assert.deepEqual(
      [...differences.subarray(0, 12)].filter(each => !Number.isNaN(each)),
      [],
    )
    assert.equal(differences[12], 860 - 884)
    assert.ok(Number.isNaN(differences[15]))
    assert.ok([...differences.subarray(14, 26)].every(Number.isNaN))
    assert.equal(differences[26], 954 - 962)
  })
})

describe('Times of the year', () => {
  const figures = Float64Array.from({ length: 30 }, (_, i) => 100 + i)
  it('the year to date is compared with as many periods of the year before', () => {
    assert.deepEqual(yearToDate(figures, 14, 2, 12), { now: 112 + 113 + 114, before: 100 + 101 + 102, periods: 3 })
    assert.equal(yearToDate(figures, 10, 2, 12), 'no-year-before')
    assert.equal(yearToDate(figures.with(1, Number.NaN), 14, 2, 12), 'missing')
    assert.equal(yearToDate(figures, 14, 2, 12, [5]), 'break')
    assert.equal(typeof yearToDate(figures, 16, 2, 12, [2]), 'object')
  })
  it('the same period a year before, and whole years', () => {
    assert.deepEqual(samePeriod(figures, 20, 12), { now: 120, before: 108, periods: 1 })
    assert.deepEqual(rollingYears(figures, 23, 12), { now: 12 * 117.5, before: 12 * 105.5, periods: 12 })
    assert.equal(rollingYears(figures, 22, 12), 'no-year-before')
  })
  it('a rolling sum that lacks a figure is no sum', () => {
    const sums = rollingSums(figures.with(13, Number.NaN), 12)
    assert.ok(Number.isNaN(sums[10]) && Number.isNaN(sums[13]) && Number.isNaN(sums[24]))
    assert.equal(sums[11], 12 * 105.5)
    assert.equal(sums[25], 12 * 119.5)
  })
  it('change-03: single quarters from published rolling sums and four of them', () => {
    type Input = { quarters: Record<string, number>; rolling: Record<string, number> }
    const { quarters, rolling } = vector<unknown, Input>('change-03-yoy-quarters').input
    const ends = Object.keys(rolling)
    const at = (end: string) => Object.keys(quarters).indexOf(end)
    const anchors = Object.values(quarters).slice(at(ends[0] ?? '') - 3, at(ends[0] ?? '') + 1)
    const published = Float64Array.from([Number.NaN, Number.NaN, Number.NaN, ...Object.values(rolling)])
    const singles = singlesFromRolling(published, Float64Array.from(anchors))
    assert.deepEqual([...singles], Object.values(quarters).slice(at(ends[0] ?? '') - 3))
    assert.deepEqual([...rollingSums(singles, 4)].slice(3), Object.values(rolling))
  })
})
