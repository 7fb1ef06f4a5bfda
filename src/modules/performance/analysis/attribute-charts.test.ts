import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { attributeReader, type AttributeLaw } from './attribute-charts.ts'
import { byarInterval, dispersion, exactInterval, poissonAtMost, poissonLimits } from './poisson.ts'
import { defaultRules, signalsOf } from './process-control.ts'
import { decimalsBeside, newcombe, wilsonInterval } from './proportions.ts'
import { near, vector } from './testing.ts'

interface TwoLimits {
  flagBelow: number
  flagAbove: number
}
const share: AttributeLaw = { law: 'binomial', exact: 'small', widen: false, scale: 1 }

function read(counts: readonly number[], sizes: readonly number[], law: AttributeLaw, rules = defaultRules) {
  const signals = new Uint8Array(counts.length)
  const given = { counts: Float64Array.from(counts), sizes: Float64Array.from(sizes) }
  const segment = attributeReader(given, rules, law)(0, counts.length, signals)
  return { ...segment, flagged: [...signals].map(signalsOf) }
}
const ones = (counts: readonly number[]) => counts.map(() => 1)
const exact: AttributeLaw = { law: 'poisson', exact: 'always', widen: false, scale: 1 }

describe('Counts by chance alone', () => {
  it('poisson-01: exact limits at 0.27% and at 5%', () => {
    type Row = { mean: number; alpha0027: TwoLimits; alpha05: TwoLimits; approx3sigma: [number, number] }
    for (const { mean, alpha0027, alpha05, approx3sigma } of vector<Row[]>('poisson-01').expected) {
      assert.deepEqual(poissonLimits(mean), { below: alpha0027.flagBelow, above: alpha0027.flagAbove })
      assert.deepEqual(poissonLimits(mean, 0.05), { below: alpha05.flagBelow, above: alpha05.flagAbove })
      near(mean + 3 * Math.sqrt(mean), approx3sigma[1], 'what the formula would give')
    }
  })
  it('poisson-01: limits are the nearest that leave at most half of alpha on either side', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 400, noNaN: true }), mean => {
        const { below, above } = poissonLimits(mean)
        assert.ok(1 - poissonAtMost(above, mean) <= 0.00135 && 1 - poissonAtMost(above - 1, mean) > 0.00135)
        assert.ok(poissonAtMost(below - 1, mean) <= 0.00135 && poissonAtMost(below, mean) > 0.00135)
      }),
    )
  })
  it('poisson-02: the interval behind a count, exact and by Byar', () => {
    type Row = { count: number; exact95: [number, number]; byar95: [number, number] }
    for (const { count, exact95, byar95 } of vector<Row[]>('poisson-02').expected) {
      for (const end of [0, 1] as const) {
        near(exactInterval(count)[end], exact95[end], `exact ${String(count)}`, 2e-6)
        near(byarInterval(count)[end], byar95[end], `Byar ${String(count)}`, 2e-6)
      }
    }
  })
  it('c-01: robbery of September 2025 lies within the exact limits and beyond the formula', () => {
    type Expected = {
      mean: number
      ucl: number
      exactFlagBelow: number
      exactFlagAbove: number
      dispersionIndex: number
    }
    const { expected, input } = vector<Expected, { values: number[] }>('c-01-warks-robbery')
    const chart = read(input.values, ones(input.values), exact)
    const { centre, lower, upper } = chart.at(8)
    near(centre, expected.mean)
    assert.deepEqual([lower, upper], [expected.exactFlagBelow, expected.exactFlagAbove])
    assert.ok((input.values[8] ?? 0) > expected.ucl)
    assert.ok(chart.flagged.every(signals => signals.length === 0))
    near(dispersion(input.values), expected.dispersionIndex)
  })
  it('a month without any is no shift until so many follow that chance does not explain them', () => {
    const rare = [1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 2, 0]
    const chart = read(rare, ones(rare), exact)
    assert.ok(chart.run.low > 7 && chart.run.high === 7)
    assert.ok(chart.flagged.every(signals => signals.length === 0))
    const quiet = [...rare.map(count => count + 1), ...new Array<number>(12).fill(0)]
    assert.ok(read(quiet, ones(quiet), exact).flagged.at(-1)?.includes('shift-low'))
  })
})

describe('Shares of a known number', () => {
  it('p-01: limits by month, and July alone beyond them', () => {
    type Expected = { centre: number; p: number[]; ucl: number[]; lcl: number[] }
    type Input = { numerator: number[]; denominator: number[] }
    const { expected, input } = vector<Expected, Input>('p-01-action-taken')
    const chart = read(input.numerator, input.denominator, share)
    for (const [i, p] of expected.p.entries()) {
      near((input.numerator[i] ?? 0) / (input.denominator[i] ?? 1), p)
      near(chart.at(i).centre, expected.centre, 'centre')
      near(chart.at(i).upper, expected.ucl[i] ?? 0, 'upper')
      near(chart.at(i).lower, expected.lcl[i] ?? 0, 'lower')
    }
    const flagged = chart.flagged.flatMap((signals, i) => (signals.length > 0 ? [[i, ...signals]] : []))
    assert.deepEqual(flagged, [[6, 'beyond-low']])
  })
  it('p-02: a share that rounds up to a threshold it does not meet is printed with a decimal more', () => {
    const { expected, input } = vector<{ p: number[] }, { numerator: [number]; denominator: [number] }>(
      'p-02-seed-use-of-force',
    )
    const percent = (100 * input.numerator[0]) / input.denominator[0]
    near(percent / 100, expected.p[0] ?? 0)
    assert.equal(percent.toFixed(1), '1.0')
    assert.equal(percent.toFixed(decimalsBeside(percent, 1, 1)), '0.97')
    assert.equal(decimalsBeside(2.04, 1, 1), 1)
  })
  it('prop-01: whether a fall of three points is one depends on how many were asked', () => {
    interface Row {
      n1: number
      x1: number
      n2: number
      x2: number
      wilson1: [number, number]
      wilson2: [number, number]
      diffPp: number
      newcombe95Pp: [number, number]
      significant: boolean
    }
    for (const row of vector<Row[]>('prop-01-satisfaction').expected) {
      const difference = newcombe({ x: row.x1, n: row.n1 }, { x: row.x2, n: row.n2 })
      for (const end of [0, 1] as const) {
        near(wilsonInterval(row.x1, row.n1)[end], row.wilson1[end])
        near(wilsonInterval(row.x2, row.n2)[end], row.wilson2[end])
        near(difference.interval[end], row.newcombe95Pp[end])
      }
      near(difference.points, row.diffPp)
      assert.equal(difference.real, row.significant)
    }
  })
  it('where few are asked limits are exact, and none can be crossed that no share reaches', () => {
    const asked = [20, 20, 20, 20, 20, 20, 20, 20]
    const chart = read([19, 20, 18, 19, 20, 19, 18, 20], asked, share)
    assert.ok(chart.at(0).upper <= 1 && chart.at(0).lower >= 0)
    assert.ok(chart.flagged.flat().every(signal => !signal.startsWith('beyond')))
  })
  it('limits widen with how far periods vary beyond chance, only where asked for', () => {
    const sizes = [3000, 5000, 3100, 5200, 2900, 4900, 3000, 5100]
    const counts = sizes.map((size, i) => Math.round(size * (i % 2 === 0 ? 0.2 : 0.25)))
    const plain = read(counts, sizes, { ...share, law: 'poisson' })
    const widened = read(counts, sizes, { ...share, law: 'poisson', widen: true })
    assert.ok(plain.flagged.flat().some(signal => signal.startsWith('beyond')))
    assert.ok(widened.widened > 1 && widened.flagged.flat().every(signal => !signal.startsWith('beyond')))
  })
})
