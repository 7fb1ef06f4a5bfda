import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { periodText } from '../period.ts'
import { changeInWords, timesOfYear } from './times-of-year.ts'
import type { FigureData } from './series-view.ts'

const measure = { unit: 'count', kind: 'count', decimals: 0, frequency: 'month' } as const
const share = { unit: 'percent', kind: 'proportion', decimals: 1, frequency: 'quarter' } as const

function figure(period: string, value: number | null, made: [number, number] | null = null): FigureData {
  return {
    ...{ period, words: period, value, mark: null, status: 'final', asAt: null, revision: 1, signals: [] },
    ...{ numerator: made?.[0] ?? null, denominator: made?.[1] ?? null },
    ...{ centre: null, lower: null, upper: null, adjusted: null },
  }
}

const months = (count: number, value: (i: number) => number | null) =>
  Array.from({ length: count }, (_, i) => {
    const start = Temporal.PlainDate.from('2024-04-01').add({ months: i })
    return figure(periodText({ frequency: 'month', start }), value(i))
  })

describe('Times of the year', () => {
  it('compare as many months as the year has had with the same ones a year before', () => {
    const lines = timesOfYear(
      measure,
      months(20, i => (i < 12 ? 100 : 112)),
      [],
    )
    const line = (what: string) => lines.find(each => each.what === what)
    assert.deepEqual(
      lines.map(({ what }) => what),
      ['The month before', 'Same month last year', 'Year to date', 'Last 12 months'],
    )
    assert.equal(line('Year to date')?.nowPeriod, 'April to November 2025')
    assert.equal(line('Year to date')?.now, '896')
    assert.equal(line('Year to date')?.before, '800')
    assert.equal(line('Year to date')?.change, 'up 12.0% (96)')
    assert.equal(line('The month before')?.change, 'No change')
    assert.equal(line('Last 12 months')?.change, 'Not compared: there are no earlier figures.')
  })
  it('make no sum of what is missing, and compare nothing across a break', () => {
    const missing = timesOfYear(
      measure,
      months(20, i => (i === 14 ? null : 100)),
      [],
    )
    assert.match(missing.find(each => each.what === 'Year to date')?.change ?? '', /a figure is missing/)
    assert.match(missing.find(each => each.what === 'Year to date')?.now ?? '-', /^$/)
    const broken = timesOfYear(
      measure,
      months(20, () => 100),
      [12],
    )
    assert.match(broken.find(each => each.what === 'Same month last year')?.change ?? '', /changed in between/)
    assert.equal(broken.find(each => each.what === 'The month before')?.change, 'No change')
  })
  it('put shares together from what they are made of, and lead with percentage points', () => {
    const quarters = ['2024/25 Q1', '2024/25 Q2', '2025/26 Q1', '2025/26 Q2']
    const made: [number, number][] = [
      [80, 100],
      [100, 400],
      [90, 100],
      [220, 400],
    ]
    const figures = quarters.flatMap((period, i) =>
      figure(period, ((made[i]?.[0] ?? 0) / (made[i]?.[1] ?? 1)) * 100, made[i]),
    )
    const between = [figure('2024/25 Q3', 50, [1, 2]), figure('2024/25 Q4', 50, [1, 2])]
    const lines = timesOfYear(share, [...figures.slice(0, 2), ...between, ...figures.slice(2)], [])
    const line = lines.find(each => each.what === 'Year to date')
    assert.equal(line?.now, '62.0%')
    assert.equal(line?.before, '36.0%')
    assert.equal(line?.change, 'up 26.0 percentage points (72.2% more)')
  })
  it('add no rates, stocks or rolling totals up', () => {
    for (const kind of ['rate', 'stock', 'rolling', 'cumulative'] as const) {
      const lines = timesOfYear(
        { ...measure, kind },
        months(20, () => 100),
        [],
      )
      assert.ok(!lines.some(({ what }) => /date|12 months/.test(what)), kind)
    }
    assert.deepEqual(
      timesOfYear(
        { ...measure, kind: 'grade' },
        months(20, () => 1),
        [],
      ),
      [],
    )
  })
  it('name a change by its unit', () => {
    assert.equal(changeInWords(measure, 20, 30), 'up 10, too few for a percentage')
    assert.equal(changeInWords(measure, 400, 300), 'down 25.0% (100)')
    assert.equal(changeInWords({ unit: 'percent', decimals: 1 }, 30.3, 34.8), 'up 4.5 percentage points (14.9% more)')
    assert.equal(changeInWords({ unit: 'percent', decimals: 1 }, 0, 3), 'up 3.0 percentage points')
    assert.equal(changeInWords({ unit: 'money', decimals: 0 }, 1000, 1500), 'up 50.0% (£500)')
    assert.equal(changeInWords({ unit: 'percent', decimals: 1 }, 40, 40.01), 'No change')
  })
})
