import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  decimal,
  meanText,
  pooledPercentText,
  quotientText,
  roundedText,
  sumOf,
  textOf,
  verdictOnMean,
} from './decimal.ts'
import { vector } from './testing.ts'

describe('Decimal arithmetic', () => {
  it('avg-01: a mean of percentages, half up, and what was printed', () => {
    type Expected = Record<string, string> & { crimeSum: number; satisfactionWeightedByRecordedCrime: number }
    const { expected } = vector<Expected>('avg-01')
    const satisfaction = vector<unknown, { values: number[] }>('xmr-04-seed-victim-satisfaction').input.values
    const confidence = vector<unknown, { values: number[] }>('xmr-05-seed-public-confidence').input.values
    const crimes = vector<unknown, { values: number[] }>('xmr-03-seed-recorded-crime').input.values
    assert.equal(meanText(satisfaction, 3), expected['satisfactionSimple'])
    assert.equal(meanText(satisfaction, 1), expected['satisfactionSimple1dpHalfUp'])
    assert.equal(meanText(satisfaction, 2), expected['satisfactionSimple2dpHalfUp'])
    assert.equal(verdictOnMean(satisfaction, expected['seedPrinted'] ?? ''), expected['seedStatus'])
    assert.equal(verdictOnMean(satisfaction, '84.23'), 'consistent-with-rounding')
    assert.equal(meanText(confidence, 2), expected['confidenceSimple'])
    assert.equal(verdictOnMean(confidence, expected['confidenceSimple'] ?? ''), expected['confidenceSeedStatus'])
    assert.equal(textOf(sumOf(crimes)), String(expected.crimeSum))
    const weighted = satisfaction.map((value, i) => {
      return { numerator: (value * 10 * (crimes[i] ?? 0)) / 1000, denominator: crimes[i] ?? 0 }
    })
    assert.equal(pooledPercentText(weighted, 6), String(expected.satisfactionWeightedByRecordedCrime))
  })
  it('reads what is written, and refuses what is no number', () => {
    assert.deepEqual(decimal('1,250.50'), { units: 125050n, places: 2 })
    assert.deepEqual(decimal(1e-7), { units: 1n, places: 7 })
    assert.deepEqual(decimal(1e21), { units: 10n ** 21n, places: 0 })
    for (const text of ['', '-', '1.2.3', 'n/a']) assert.throws(() => decimal(text), RangeError)
  })
  it('rounds half away from zero', () => {
    assert.deepEqual(
      [roundedText('0.125', 2), roundedText('-0.125', 2), roundedText(1.005, 2), roundedText('-0.001', 2)],
      ['0.13', '-0.13', '1.01', '0.00'],
    )
    assert.equal(quotientText(decimal(2), decimal(-3), 2), '-0.67')
    assert.equal(pooledPercentText([], 1), null)
  })
  it('sums of tenths are exact', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1 }), tenths => {
        const sum = tenths.reduce((total, each) => total + each, 0)
        assert.equal(
          textOf(sumOf(tenths.map(each => (each / 10).toFixed(1)))),
          textOf({ units: BigInt(sum), places: 1 }),
        )
      }),
    )
  })
})
