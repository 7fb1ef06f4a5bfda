import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readSeries } from '../exceptions/exceptions.ts'
import { dayNumber } from '../import/cells.ts'
import type { Measure } from '../measure.ts'
import { nextPeriod, type Period } from '../period.ts'
import { type Figure, layOut } from '../series-data.ts'
import { PlainReader } from './plain-reading.ts'
import { readingRow } from './reading-row.ts'

const measure: Measure = {
  ...{ areaId: 1, id: 'm', reference: 'M-1', title: 'Recorded crime', unit: 'count', kind: 'count' },
  ...{ polarity: 'decrease', frequency: 'month', decimals: 0, numerator: null, denominator: null, definition: '' },
  ...{ source: '', per: null, basis: null, target: null, bandLow: null, bandHigh: null, chart: 'auto' },
  ...{ seasonal: false, settling: 0, disclosure: null },
  rules: { shift: 7, trend: 7, near: 'nhs', screening: false },
  rulesSince: Temporal.PlainDate.from('2020-01-01'),
}
const series = { id: 5, area_id: 1, measure_id: 'm', breakdown: 'North', source: '' }

function figuresOf(values: readonly (number | null)[]): Figure[] {
  let period: Period = { frequency: 'month', start: Temporal.PlainDate.from('2019-01-01') }
  return values.map(value => {
    const figure = { period, value, mark: value === null ? '' : null, numerator: null, denominator: null }
    period = nextPeriod(period)
    return { ...figure, status: 'final', asAt: null, revision: 1 }
  })
}

function inFull(values: readonly (number | null)[]) {
  const data = layOut(figuresOf(values))
  return { data, row: readingRow(measure, series, data, readSeries(measure, 'North', '', data)) }
}

function plainly(values: readonly (number | null)[]) {
  const periods = figuresOf(values).map(({ period }) => period)
  const day = (period: Period | undefined) => (period === undefined ? 0 : dayNumber(period.start))
  return new PlainReader().read(measure, series, {
    ...{ seriesId: 5, firstDay: day(periods[0]), lastDay: day(periods.at(-1)), lastStatus: 3 },
    values: Float64Array.from(values, value => value ?? Number.NaN),
  })
}

describe('PlainReader', () => {
  it('reads a series in which nothing stands out', () => {
    const row = plainly([50, 53, 49, 52, 51, 48, 50, 52])
    assert.equal(row?.standing, 'usual')
    assert.equal(row?.says, 'Recorded crime, North in August 2019 was within its usual range')
    assert.equal(row?.previous_value, 50)
  })

  it('leaves to a full reading what may have to be told, and what is read by other limits', () => {
    assert.equal(plainly([50, 53, 49, 52, 51, 48, 50, 90]), null)
    assert.equal(plainly([5, 3, 4, 5, 6, 3, 4, 5]), null)
    assert.equal(plainly([50, 53, 49]), null)
  })

  it('says exactly what a full reading says, of any series that it reads', () => {
    const value = fc.option(fc.integer({ min: 30, max: 70 }), { nil: null, freq: 20 })
    let read = 0
    fc.assert(
      fc.property(fc.array(value, { minLength: 6, maxLength: 60 }), values => {
        const row = plainly(values)
        if (row === null || values[0] === null) return
        read++
        assert.deepEqual(row, inFull(values).row)
        const told = readSeries(measure, 'North', '', inFull(values).data).exceptions.filter(each => each.told)
        assert.deepEqual(told, [])
      }),
      { numRuns: 300 },
    )
    assert.ok(read > 50, `only ${String(read)} series were read plainly`)
  })
})
