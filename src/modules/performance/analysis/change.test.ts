import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  percentChange,
  percentChangeInterval,
  percentChangeOfCounts,
  percentagePoints,
  periodFromRolling,
  verdictOnPercent,
  verdictOnPoints,
} from './change.ts'

interface Vector {
  id: string
  input?: unknown
  expected: unknown
}
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

const file = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] }
function vector<Expected, Input = unknown>(id: string): { expected: Expected; input: Input } {
  const found = file.vectors.find(each => each.id === id)
  assert.ok(found, id)
  return found as { expected: Expected; input: Input }
}
const near = (actual: number | null, expected: number, by = 0.005 + 1e-6) =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= by, `${String(actual)} instead of ${String(expected)}`)

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
  it('there is no change from nothing', () => {
    assert.equal(percentChange(0, 3), null)
    assert.equal(percentChangeInterval(0, 3, 0.5), null)
  })
})
