import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkRules, defaultRules, sigma, signalsOf } from './process-control.ts'
import { assuranceOf, type Polarity, variationOf } from './readings.ts'
import { movingRanges, xmrChart } from './xmr-chart.ts'

interface XmrVector {
  id: string
  chart: string
  input: {
    values: (number | null)[]
    direction: 'increase' | 'decrease' | 'neutral'
    target: number | null
    options: {
      shift: number
      trend: number
      screenOutliers: boolean
      baseline: number | null
      rebase: number[]
      nearRule: 'nhs' | 'we'
    }
  }
  expected: {
    segments: {
      start: number
      end: number
      n: number
      mean: number
      mrBar: number
      upl: number
      lpl: number
      nearUpper: number
      nearLower: number
      mrUpl: number
      sigma: number
      limitsStatus: string
    }[]
    flagged: { i: number; flags: string[] }[]
    movingRanges: (number | null)[]
    variation: string
    assurance: string | null
  }
}

const file = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as { vectors: XmrVector[] }
const vectors = file.vectors.filter(vector => vector.chart === 'xmr')
const polarities: Record<string, Polarity> = {
  increase: 'increase',
  decrease: 'decrease',
  neutral: 'neutral',
}

const series = (values: readonly (number | null)[]) => Float64Array.from(values, value => value ?? Number.NaN)

function close(actual: number, expected: number, what: string) {
  assert.ok(Math.abs(actual - expected) <= 1e-6, `${what}: ${String(actual)} instead of ${String(expected)}`)
}

function chartOf({ input }: XmrVector) {
  const { shift, trend, screenOutliers, baseline, rebase, nearRule } = input.options
  return xmrChart(series(input.values), { shift, trend, screening: screenOutliers, baseline, near: nearRule }, rebase)
}

describe('XmR against the reference vectors', () => {
  it('has read them all', () => assert.equal(vectors.length, 19))
  for (const vector of vectors) {
    it(vector.id, () => {
      const chart = chartOf(vector)
      const { expected, input } = vector
      assert.equal(chart.segments.length, expected.segments.length)
      for (const [i, segment] of chart.segments.entries()) {
        const wanted = expected.segments[i]
        assert.ok(wanted)
        assert.deepEqual([segment.start, segment.end - 1], [wanted.start, wanted.end])
        assert.equal(segment.limits.points, wanted.n)
        assert.equal(segment.status, wanted.limitsStatus)
        close(segment.limits.centre, wanted.mean, 'mean')
        close(segment.limits.movingRange, wanted.mrBar, 'mean moving range')
        close(segment.limits.upper, wanted.upl, 'upper limit')
        close(segment.limits.lower, wanted.lpl, 'lower limit')
        close(segment.limits.nearUpper, wanted.nearUpper, 'near upper')
        close(segment.limits.nearLower, wanted.nearLower, 'near lower')
        close(segment.limits.movingRangeLimit, wanted.mrUpl, 'moving range limit')
        close(sigma(segment.limits), wanted.sigma, 'sigma')
      }
      const flagged = [...chart.signals].flatMap((bits, i) =>
        bits === 0 ? [] : [{ i, flags: signalsOf(bits).sort() }],
      )
      assert.deepEqual(
        flagged,
        expected.flagged.map(({ i, flags }) => ({ i, flags: [...flags].sort() })),
      )
      for (const [i, range] of movingRanges(chart).entries()) {
        const wanted = expected.movingRanges[i] ?? null
        if (range === null || wanted === null) assert.equal(range, wanted)
        else close(range, wanted, `moving range ${String(i)}`)
      }
      const polarity = polarities[input.direction] ?? 'neutral'
      const last = chart.segments.at(-1)
      assert.ok(last)
      assert.equal(variationOf(chart.signals.at(-1) ?? 0, polarity), expected.variation)
      assert.equal(assuranceOf(last.limits, input.target, polarity), expected.assurance)
    })
  }
})

const figure = fc.integer({ min: -100_000, max: 100_000 }).map(n => n / 10)
const figures = fc.array(figure, { minLength: 6, maxLength: 60 })
const withGaps = fc.array(fc.option(figure, { freq: 6 }), { minLength: 0, maxLength: 60 })
const rules = fc.record({
  shift: fc.integer({ min: 5, max: 9 }),
  trend: fc.integer({ min: 5, max: 8 }),
  near: fc.constantFrom('nhs' as const, 'we' as const, 'off' as const),
})

describe('Laws of the XmR chart', () => {
  it('adding a constant moves every limit by it and no signal', () => {
    fc.assert(
      fc.property(figures, fc.integer({ min: -5000, max: 5000 }), (values, constant) => {
        const before = xmrChart(series(values))
        const after = xmrChart(series(values.map(value => value + constant)))
        const [a, b] = [before.segments[0]?.limits, after.segments[0]?.limits]
        assert.ok(a && b)
        close(b.centre - a.centre, constant, 'mean')
        close(b.upper - a.upper, constant, 'upper')
        close(b.movingRange, a.movingRange, 'moving range')
      }),
    )
  })
  it('turning a series upside down turns every signal over', () => {
    const over: Record<string, string> = { high: 'low', low: 'high', up: 'down', down: 'up' }
    const turned = (name: string) => name.replace(/(high|low|up|down)$/, word => over[word] ?? '')
    fc.assert(
      fc.property(withGaps, rules, (values, set) => {
        const up = xmrChart(series(values), set)
        const down = xmrChart(series(values.map(value => (value === null ? null : -value))), set)
        for (const [i, bits] of up.signals.entries()) {
          const other = signalsOf(down.signals[i] ?? 0)
          assert.deepEqual(signalsOf(bits).map(turned).sort(), other.sort())
        }
      }),
    )
  })
  it('agrees with the rules as they are worded', () => {
    fc.assert(
      fc.property(withGaps, rules, (values, set) => {
        const chart = xmrChart(series(values), set)
        assert.deepEqual([...chart.signals], [...asWorded(values, set, chart)])
      }),
      { numRuns: 500 },
    )
  })
  it('a constant series has no signals, whatever the constant is in binary', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 6, max: 60 }), (value, length) => {
        const chart = xmrChart(new Float64Array(length).fill(value))
        assert.ok(chart.signals.every(bits => bits === 0))
        assert.equal(chart.segments[0]?.limits.movingRange, 0)
      }),
    )
  })
  it('fewer than six figures never carry a signal, however many periods are missing', () => {
    fc.assert(
      fc.property(fc.array(figure, { maxLength: 5 }), fc.integer({ min: 0, max: 20 }), (values, missing) => {
        const chart = xmrChart(series([...values, ...new Array<null>(missing).fill(null)]))
        assert.equal(chart.segments[0]?.status, 'none')
        assert.ok(chart.signals.every(bits => bits === 0))
      }),
    )
  })
  it('a missing period carries no signal, ends a run and has no moving range', () => {
    const whole = [1, 9, 1, 9, 1, 9, 1, 9, 6, 6.5, 6, 6.5, 6, 6.5, 6, 6.5]
    const names = (values: (number | null)[]) => [...xmrChart(series(values), { shift: 8 }).signals].flatMap(signalsOf)
    assert.ok(names(whole).includes('shift-high'))
    const broken = whole.with(12, Number.NaN)
    assert.ok(!names(broken).includes('shift-high'))
    const ranges = movingRanges(xmrChart(series(broken)))
    assert.deepEqual([ranges[12], ranges[13]], [null, null])
  })
  it('a segment is read as if it stood alone', () => {
    fc.assert(
      fc.property(figures, figures, (first, second) => {
        const both = xmrChart(series([...first, ...second]), {}, [first.length])
        const alone = [...xmrChart(series(first)).signals, ...xmrChart(series(second)).signals]
        assert.deepEqual([...both.signals], alone)
      }),
    )
  })
  it('a baseline fixes the limits to the first periods', () => {
    const chart = xmrChart(series([10, 12, 10, 12, 10, 12, 30, 31]), { baseline: 6 })
    assert.equal(chart.segments[0]?.limits.centre, 11)
    assert.deepEqual(signalsOf(chart.signals[6] ?? 0), ['beyond-high'])
  })
  it('rules out of range are refused', () => {
    assert.throws(() => checkRules({ ...defaultRules, shift: 1 }), RangeError)
    assert.throws(() => checkRules({ ...defaultRules, trend: 31 }), RangeError)
    assert.throws(() => checkRules({ ...defaultRules, baseline: 0 }), RangeError)
    assert.throws(() => xmrChart(series([1, 2, 3]), {}, [3]), RangeError)
  })
})

type Worded = { shift: number; trend: number; near: 'nhs' | 'we' | 'off' }

/** The rules word by word, slowly: for each point, whether some window of the rule contains it. */
function asWorded(values: readonly (number | null)[], set: Worded, chart: ReturnType<typeof xmrChart>): Uint8Array {
  const segment = chart.segments[0]
  const marked = new Uint8Array(values.length)
  if (!segment || segment.status === 'none') return marked
  const { centre, upper, lower, nearUpper, nearLower, movingRange } = segment.limits
  const slack = 1e-11 * (Math.abs(centre) + movingRange)
  const windows = (
    length: number,
    holds: (window: number[]) => boolean,
    marks: (value: number) => boolean,
    bit: number,
  ) => {
    for (let first = 0; first + length <= values.length; first++) {
      const window = values.slice(first, first + length)
      if (window.some(value => value === null) || !holds(window.map(Number))) continue
      for (const [k, value] of window.entries()) if (marks(Number(value))) marked[first + k]! |= bit
    }
  }
  const all = () => true
  const steps = (window: number[], up: boolean) =>
    window.every((value, i) => i === 0 || (up ? value > (window[i - 1] ?? 0) : value < (window[i - 1] ?? 0)))
  windows(1, ([x = 0]) => x > upper + slack, all, 1)
  windows(1, ([x = 0]) => x < lower - slack, all, 2)
  windows(set.shift, w => w.every(x => x > centre + slack), all, 4)
  windows(set.shift, w => w.every(x => x < centre - slack), all, 8)
  windows(set.trend, w => steps(w, true), all, 16)
  windows(set.trend, w => steps(w, false), all, 32)
  if (set.near === 'off') return marked
  const nhs = set.near === 'nhs'
  const nearHigh = (x: number) => x > nearUpper + slack && (!nhs || x <= upper + slack)
  const nearLow = (x: number) => x < nearLower - slack && (!nhs || x >= lower - slack)
  const two = (w: number[], is: (x: number) => boolean) => w.filter(is).length >= 2
  windows(3, w => two(w, nearHigh) && (!nhs || w.every(x => x > centre + slack)), nearHigh, 64)
  windows(3, w => two(w, nearLow) && (!nhs || w.every(x => x < centre - slack)), nearLow, 128)
  return marked
}
