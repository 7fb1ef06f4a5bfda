import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  impliedBase,
  percentChange,
  percentChangeInterval,
  percentChangeOfCounts,
  percentagePoints,
  periodFromRolling,
  pooledCheck,
  verdictOnPercent,
  verdictOnPoints,
} from './change.ts'
import { near as closeTo, vector } from './testing.ts'

interface Devonport {
  pre: number
  during: number
  ppStated: number
  ppFromRounded: number
  ppStatus: string
  pctFromRounded: number
  pctInterval: [number, number]
  pctStated: number | null
  pctStatus: string | null
}
interface YearOnYear {
  quarterEnding: string
  count: number
  yearBefore: number
  change: number
  pct: number
}

const near = (actual: number | null, expected: number, by = 0.005 + 1e-6) => closeTo(actual, expected, '', by)

describe('Change in per cent and percentage points', () => {
  it('change-01: the twenty differences and seven changes of the Devonport tables', () => {
    const { expected } = vector<Devonport[]>('change-01-devonport')
    assert.equal(expected.length, 20)
    for (const row of expected) {
      near(percentagePoints(row.pre, row.during), row.ppFromRounded, 1e-6)
      assert.equal(verdictOnPoints(row.pre, row.during, row.ppStated, 0.05), row.ppStatus)
      near(percentChange(row.pre, row.during), row.pctFromRounded)
      const interval = percentChangeInterval(row.pre, row.during, 0.05)
      assert.ok(interval)
      near(interval[0], row.pctInterval[0])
      near(interval[1], row.pctInterval[1])
      if (row.pctStated === null) continue
      assert.equal(verdictOnPercent(row.pre, row.during, row.pctStated, 0.05, 0.05), row.pctStatus)
    }
  })
  it('a change that no rounding allows is inconsistent', () => {
    assert.equal(verdictOnPoints(30.3, 34.8, 4.8, 0.05), 'inconsistent')
    assert.equal(verdictOnPercent(30.3, 34.8, 16, 0.05, 0.05), 'inconsistent')
    assert.equal(verdictOnPercent(0, 34.8, 16, 0.05, 0.05), 'inconsistent')
  })
  it('change-03: the same quarter of the year before, and the identity of rolling sums', () => {
    type Input = { quarters: Record<string, number>; rolling: Record<string, number> }
    const { expected, input } = vector<YearOnYear[], Input>('change-03-yoy-quarters')
    const ends = Object.keys(input.rolling)
    for (const row of expected) {
      assert.equal(row.count - row.yearBefore, row.change)
      near(percentChange(row.yearBefore, row.count), row.pct)
      const at = ends.indexOf(row.quarterEnding)
      const [rolling, before] = [input.rolling[ends[at] ?? ''], input.rolling[ends[at - 1] ?? '']]
      if (rolling === undefined || before === undefined) continue
      assert.equal(periodFromRolling(row.yearBefore, rolling, before), row.count)
    }
  })
  it('suppress-03: no percentage change where either count is under 50', () => {
    const { expected, input } = vector<string[], { before: number; after: number }[]>('suppress-03')
    const printed = input.map(({ before, after }) => percentChangeOfCounts(before, after)?.toFixed(1) ?? '[u]')
    assert.deepEqual(printed, expected)
  })
  it('change-02: a pooled rate lies between its parts, and says how they weigh', () => {
    type Row = {
      restOfHDAs: number
      forceExclHDAs: number
      forceExclPPAs: number
      between: boolean
      impliedWeightOfHDAs: number
    }
    for (const row of vector<Row[]>('change-02-pooled-rate').expected) {
      const { between, weight } = pooledCheck(row.restOfHDAs, row.forceExclHDAs, row.forceExclPPAs)
      assert.equal(between, row.between)
      near(weight, row.impliedWeightOfHDAs, 0.0005 + 1e-6)
    }
    assert.deepEqual(pooledCheck(20, 20, 21), { between: false, weight: null })
  })
  it('change-05: one rise of 12% in three vintages', () => {
    type Expected = Record<string, number> & { impliedBase: [number, number] }
    const { expected } = vector<Expected>('change-05-revision')
    const of = (name: string) => expected[name] ?? 0
    const [least, most] = impliedBase(of('seedTotal'), of('seedPct'))
    assert.deepEqual([Math.round(least), Math.round(most)], expected.impliedBase)
    near(percentChange(of('onsYeMar2017'), of('onsYeMar2018')), of('onsPct'))
    near(percentChange(of('onsYeMar2017'), of('seedTotal')), of('seedTotalOverOnsBasePct'))
    near(percentChange(of('seedTotal'), of('onsYeMar2018')), of('revisionPct'))
    assert.equal(of('onsYeMar2018') - of('seedTotal'), of('revisionOfTotal'))
  })
  it('change-06: the official table of changes, cell by cell', () => {
    type Cell = [before: number, after: number, published: number | '[u]']
    type Expected = { numericCells: number; warwickshireTotalPct: number }
    const { expected, input } = vector<Expected, Cell[]>('change-06-official-table')
    for (const [before, after, published] of input) {
      const change = percentChangeOfCounts(before, after)
      if (published === '[u]') assert.equal(change, null)
      else near(change, published, 1e-6)
    }
    assert.equal(input.filter(([, , published]) => published !== '[u]').length, expected.numericCells)
    near(percentChange(input[0]?.[0] ?? 0, input[0]?.[1] ?? 0), expected.warwickshireTotalPct, 1e-6)
  })
  it('there is no change from nothing', () => {
    assert.equal(percentChange(0, 3), null)
    assert.equal(percentChangeInterval(0, 3, 0.5), null)
  })
})
