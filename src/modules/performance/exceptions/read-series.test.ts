import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { vector } from '../analysis/testing.ts'
import type { Measure } from '../measure.ts'
import { periodText } from '../period.ts'
import { readSeries, type SeriesBreak } from './exceptions.ts'
import { sampleMeasure, seriesFrom } from './testing.ts'

type Values = readonly (number | null)[]
interface Given {
  from?: string
  parts?: { numerator: number; denominator: number }[]
  breaks?: SeriesBreak[]
}

const read = (values: Values, changes: Partial<Measure> = {}, { from = '2022-01', parts, breaks }: Given = {}) =>
  readSeries({ ...sampleMeasure, ...changes }, '', '', seriesFrom(from, values, parts), breaks)

function told(values: Values, changes: Partial<Measure> = {}, given: Given = {}) {
  const reading = read(values, changes, given)
  assert.ok(reading.read, reading.read ? '' : reading.reason)
  return reading.exceptions.filter(each => each.told)
}
const names = (found: ReturnType<typeof told>) =>
  found.map(each => `${each.rule} ${each.direction} ${periodText(each.first)}..${periodText(each.last)} ${each.state}`)

const monthly = (id: string) => vector<unknown, { values: number[] }>(id).input.values
const antisocial = monthly('xmr-06-warks-asb-2025')
const robbery = monthly('xmr-09-warks-robbery-2025')
const year2025 = { from: '2025-01' }
const steady = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102, 99]
const breakAt = (from: string, rebases: boolean): SeriesBreak => ({
  ...{ from: Temporal.PlainDate.from(from), rebases, cause: 'recording', reason: 'Burglary was reclassified.' },
})

describe('Figures of Warwickshire, 2025', () => {
  it('robbery of September, 61 where 41.3 is the mean, is no exception, read as it comes or by exact limits', () => {
    for (const chart of ['auto', 'poisson'] as const) {
      const reading = read(robbery, { chart }, year2025)
      assert.deepEqual(reading.exceptions, [])
      assert.equal(reading.chart?.method, chart === 'auto' ? 'xmr' : 'poisson')
    }
    assert.deepEqual(read(robbery, { chart: 'poisson' }, year2025).chart?.limitsAt(8)?.upper, 62)
  })
  it('violence raises nothing', () => {
    assert.deepEqual(read(monthly('xmr-07-warks-violence-2025'), {}, year2025).exceptions, [])
  })
  it('anti-social behaviour marked seasonal raises nothing and says why', () => {
    const reading = read(antisocial, { seasonal: true }, year2025)
    assert.ok(!reading.read)
    assert.deepEqual([reading.exceptions, reading.chart], [[], null])
    assert.match(reading.reason, /follow the year, and there are fewer than two years of them \(12 of the 24 months/)
  })
})

describe('Figures that follow the year', () => {
  const season = monthly('season-01')
  const seasonal = { seasonal: true }
  it('three whole years: with the season taken out only what is out of season stands out', () => {
    const reading = read(season, seasonal)
    assert.equal(reading.chart?.method, 'season-adjusted')
    const [found, ...others] = told(season, seasonal)
    assert.deepEqual(others, [])
    assert.equal(found?.rule, 'beyond')
    assert.match(found.text, /August 2024: 1,276, above the upper limit of 1,213\.\d for that time of year\./)
    assert.match(found.text, /The usual range in August 2024 is 1,017\.\d to 1,213\.\d, around 1,115\.\d/)
    const limits = reading.chart.limitsAt(31)
    assert.ok(limits && limits.upper < 1276 && (reading.chart.judged[31] ?? 0) < 1276)
  })
  it('two to three years: judged by the difference from the year before', () => {
    const values = [...season.slice(0, 24), ...season.slice(12, 18).map(value => value + 5), 1400]
    const reading = read(values, seasonal)
    assert.ok(reading.read)
    assert.deepEqual([reading.chart.method, reading.why], ['year-on-year', 'short-season'])
    assert.equal(reading.chart.limitsAt(5), null)
    assert.match(
      told(values, seasonal)[0]?.text ?? '',
      /1,400, against 1,152 a year before; after that, up to 1,\d+\.\d/,
    )
  })
  it('quarters: eight are two years, and too few of them can be compared', () => {
    const quarters = [10, 20, 30, 20, 11, 21, 29, 20].map(value => value * 100)
    const reading = read(quarters, { ...seasonal, frequency: 'quarter' }, { from: '2022/23 Q1' })
    assert.ok(!reading.read && /4 of them can be compared with the same quarter/.test(reading.reason))
    const few = read(quarters.slice(1), { ...seasonal, frequency: 'quarter' }, { from: '2022/23 Q2' })
    assert.ok(!few.read && /7 of the 8 quarters needed/.test(few.reason))
  })
})

describe('The chart is chosen by kind and figures', () => {
  const shares = (sizes: readonly number[]) => {
    const parts = sizes.map((denominator, i) => ({
      numerator: Math.round(denominator * (0.8 + (i % 3) / 100)),
      denominator,
    }))
    return { parts, values: parts.map(({ numerator, denominator }) => (100 * numerator) / denominator) }
  }
  const proportion = { kind: 'proportion', unit: 'percent', decimals: 1 } as const
  const methodOf = (sizes: readonly number[], changes: Partial<Measure> = {}) => {
    const { parts, values } = shares(sizes)
    return read(values, { ...proportion, ...changes }, { parts }).chart?.method
  }
  const many = [2000, 2100, 1900, 2050, 1950, 2000, 2100]
  it('small counts by exact limits, others as single figures', () => {
    const [found] = told([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 9])
    assert.match(
      found?.text ?? '',
      /: 9, above the upper limit of 7\. The usual range is 0 to 7, around an average of 1\.\d/,
    )
    assert.equal(read(steady).chart?.method, 'xmr')
    assert.equal(read([1.5, 2, 1, 2, 1, 2, 1]).chart?.method, 'xmr')
    assert.equal(read([1, 2, 1, 2, 1, 2, 1], { kind: 'money', unit: 'money' }).chart?.method, 'xmr')
  })
  it('shares of few, or of differing numbers, by a p chart; of many alike as single figures', () => {
    assert.equal(methodOf([100, 110, 90, 100, 105, 95, 100]), 'p')
    assert.equal(methodOf([2000, 4000, 2000, 4000, 2000, 4000, 2000]), 'p')
    assert.equal(methodOf(many), 'xmr')
    assert.equal(methodOf(many, { chart: 'p' }), 'p')
  })
  it('shares whose parts do not give them are read as single figures, and it is said where another was chosen', () => {
    const { parts, values } = shares([100, 110, 90, 100, 105, 95, 100])
    const reading = read(
      values.map(value => value - 5),
      { ...proportion, chart: 'p' },
      { parts },
    )
    assert.ok(reading.read)
    assert.deepEqual([reading.chart.method, reading.why], ['xmr', 'no-sizes'])
  })
  it('rates by a u chart where it is known what they are out of', () => {
    const parts = [120, 110, 130, 90, 140, 125, 118].map(denominator => ({ numerator: 30, denominator }))
    const values = parts.map(({ denominator }) => 30_000 / denominator)
    const rate = { kind: 'rate', unit: 'rate', per: 1000, decimals: 1 } as const
    assert.equal(read(values, rate, { parts }).chart?.method, 'u')
    assert.equal(read(values, rate).chart?.method, 'xmr')
  })
  it('a measure that asks for no limits gets none', () => {
    const reading = read(steady, { chart: 'none' })
    assert.ok(!reading.read && /without a usual range/.test(reading.reason))
  })
})

describe('Periods that are too early, and breaks', () => {
  it('the latest periods of a measure that settles are judged by nothing and move no limit', () => {
    const falling = [...steady, 60, 50, 40]
    assert.ok(told(falling).length > 0)
    assert.deepEqual(told(falling, { settling: 3 }), [])
    assert.deepEqual(read(falling, { settling: 3 }).chart?.limitsAt(0), read(steady).chart?.limitsAt(0))
    const before = told([...steady, 150, 60, 50], { settling: 2 })
    assert.deepEqual(names(before), ['beyond high 2023-10..2023-10 new'])
  })
  it('limits begin anew at a break that rebases, no run crosses it, and the reason is said', () => {
    const values = [...steady, ...steady.map(value => value + 40)]
    const given = { breaks: [breakAt('2023-10-01', true)] }
    assert.ok(told(values).length > 0)
    assert.deepEqual(told(values, {}, given), [])
    const [found] = told([...values, 220], {}, given)
    assert.match(found?.text ?? '', /Limits begin anew in October 2023: Burglary was reclassified\. Lower/)
  })
  it('until six figures came after it nothing is said, and what stood before is over and not taken back', () => {
    const given = { breaks: [breakAt('2023-11-15', true)] }
    const reading = read([...steady, 150, 140, 141, 139], {}, given)
    assert.ok(!reading.read)
    assert.match(reading.reason, /Since November 2023 there are 3 figures to judge by.*Burglary was reclassified\.$/)
    assert.deepEqual(names(reading.exceptions.filter(each => each.told)), ['beyond high 2023-10..2023-10 ended'])
    assert.equal(reading.chart?.limitsAt(23), null)
  })
  it('a break that does not rebase is told of where a run goes across it', () => {
    const values = [...steady, 108, 109, 108, 109, 108, 109, 108]
    const shift = told(values, {}, { breaks: [breakAt('2023-12-01', false)] }).find(({ rule }) => rule === 'shift')
    assert.match(
      shift?.text ?? '',
      /In December 2023 something changed, and the limits go on: Burglary was reclassified\./,
    )
    const beyond = told([...steady, 150], {}, { breaks: [breakAt('2022-06-01', false)] })
    assert.doesNotMatch(beyond[0]?.text ?? '', /something changed/)
  })
  it('a break before the first period or after the last changes nothing', () => {
    const given = { breaks: [breakAt('2010-01-01', true), breakAt('2040-01-01', true)] }
    assert.deepEqual(read(steady, {}, given).breaks, [])
    assert.equal(read(steady, {}, given).chart?.segments.length, 1)
  })
})

describe('One cause is told of once', () => {
  it('a figure beyond its limit in May, not in June, and again in July are two', () => {
    assert.deepEqual(names(told([...steady, 150, 101, 150])), [
      'beyond high 2023-10..2023-10 ended',
      'beyond high 2023-12..2023-12 new',
    ])
  })
  it('figures that go beyond it now and then while a shift stands are one, until the shift clears', () => {
    const before = [...steady, ...steady, ...steady]
    const risen = [...before, 106, 107, 108, 107, 106, 107, 106]
    const beyond = (values: readonly number[]) => names(told(values).filter(each => each.rule === 'beyond'))
    const first = [...risen, 125]
    assert.deepEqual(beyond(first), ['beyond high 2027-11..2027-11 new'])
    assert.deepEqual(beyond([...first, 106]), ['beyond high 2027-11..2027-11 continuing'])
    assert.deepEqual(beyond([...first, 106, 126]), ['beyond high 2027-11..2028-01 continuing'])
    const text = told([...first, 106, 126]).find(each => each.rule === 'beyond')?.text ?? ''
    assert.match(
      text,
      /2 months since November 2027 lie beyond that limit\. It is part of something longer: the figures:/,
    )
    assert.deepEqual(beyond([...first, 106, 126, 95]), ['beyond high 2027-11..2028-01 ended'])
  })
})
