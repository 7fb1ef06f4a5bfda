import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Measure } from '../measure.ts'
import { parsePeriod, type Period } from '../period.ts'
import type { HeldException } from '../queries.ts'
import { type Figure, layOut } from '../series-data.ts'
import { latestJudged } from './episodes.ts'
import { readSeries } from './exceptions.ts'
import { isSame, reconcile } from './reconcile.ts'
import { sampleMeasure } from './testing.ts'

const measure: Measure = { ...sampleMeasure, chart: 'xmr' }

const firstPeriod = parsePeriod('2016-01') as Period

/** A register of one series in memory, to which figures come in loads. */
class Register {
  held: HeldException[] = []
  raised = 0
  readonly figures = new Map<number, Figure>()

  load(values: readonly (readonly [month: number, value: number])[]): void {
    for (const [month, value] of values) this.figures.set(month, figureOf(month, value, this.figures.get(month)))
    const inOrder = [...this.figures].sort(([a], [b]) => a - b).map(([, figure]) => figure)
    const data = layOut(inOrder)
    const reading = readSeries(measure, '', '', data)
    const latest =
      data.periods[reading.chart === null ? -1 : latestJudged(reading.chart)] ?? data.periods.at(-1) ?? null
    const { raise, change, lapse } = reconcile(this.held, reading.exceptions, latest)
    for (const { held, found } of change) Object.assign(held, columns(found))
    for (const held of lapse) held.standing = 'lapsed'
    this.held.push(...raise.map(found => heldOf(String((this.raised += 1)), found)))
  }

  /** What stands, and what was over within the year before the latest figure. */
  current(): string[] {
    const latest = Math.max(...this.figures.keys())
    const yearAgo = monthAt(latest).start.subtract({ years: 1 })
    return this.held
      .filter(({ standing, last_period: last }) => {
        if (standing === 'new' || standing === 'continuing') return true
        return standing === 'ended' && Temporal.PlainDate.compare(last, yearAgo) > 0
      })
      .map(each =>
        [each.rule, each.direction, each.standing, each.first_period, each.completed_period, each.last_period].join(
          ' ',
        ),
      )
      .sort()
  }
}

type Found = Parameters<typeof reconcile>[1][number]

function monthAt(index: number): Period {
  return { frequency: 'month', start: firstPeriod.start.add({ months: index }) }
}

function figureOf(month: number, value: number, before: Figure | undefined): Figure {
  return {
    ...{ period: monthAt(month), value, mark: null, numerator: null, denominator: null, status: 'final', asAt: null },
    revision: before === undefined || before.value === value ? (before?.revision ?? 1) : before.revision + 1,
  }
}

function columns(found: Found) {
  return {
    ...{ rule: found.rule, direction: found.direction, judged: found.judged, standing: found.state },
    ...{ first_period: found.first.start, completed_period: found.completed.start, last_period: found.last.start },
    ...{ value: found.value, revision: found.revision, text: found.text, title: found.headline },
  }
}

function heldOf(id: string, found: Found): HeldException {
  return {
    ...{ area_id: 1, id, measure_id: 'm', series_id: 1, reference: `E-${id}`, state: found.state, life: 'raised' },
    ...{ level: 'explain', worse: false, loads_since: 0, explained: false, then_value: null, then_level: null },
    ...{ watch_day: null, watch_period: null, kept: false },
    ...columns(found),
  }
}

const numbered = (values: readonly number[], from = 0) => values.map((value, i) => [from + i, value] as const)
const steady = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102]

describe('Reconciling what is held with what is found', () => {
  it('a cause that goes on for months is one exception', () => {
    const register = new Register()
    register.load(numbered(steady))
    for (let month = 0; month < 5; month++) register.load(numbered([150 + month], steady.length + month))
    const high = register.held.filter(({ rule, direction }) => rule === 'beyond' && direction === 'high')
    assert.deepEqual(
      high.map(({ id, standing }) => [id, standing]),
      [['1', 'continuing']],
    )
  })
  it('a run whose first figure has come to lie within the range is the same', () => {
    const found = { rule: 'beyond', direction: 'high', first: monthAt(13), last: monthAt(13), state: 'new' } as Found
    const held = { rule: 'beyond', direction: 'high', first_period: monthAt(12).start, last_period: monthAt(12).start }
    assert.equal(isSame({ ...held, standing: 'new' } as HeldException, found), true)
    assert.equal(isSame({ ...held, standing: 'ended' } as HeldException, found), false)
    assert.equal(isSame({ ...held, standing: 'new' } as HeldException, { ...found, first: monthAt(14) }), false)
    assert.equal(isSame({ ...held, standing: 'new', direction: 'low' } as HeldException, found), false)
  })
  it('the same cause after it cleared is a new one', () => {
    const register = new Register()
    for (const values of [steady, [150], [101], [99], [155]]) {
      register.load(numbered(values, register.figures.size))
    }
    assert.deepEqual(
      register.held.filter(({ rule }) => rule === 'beyond').map(({ standing }) => standing),
      ['ended', 'new'],
    )
  })
  it('revised history takes away what it bore out, and gives it back its identity', () => {
    const register = new Register()
    register.load(numbered([...steady, 150]))
    assert.equal(register.held[0]?.standing, 'new')
    register.load([[steady.length, 101]])
    assert.equal(register.held[0]?.standing, 'lapsed')
    register.load([[steady.length, 150]])
    assert.deepEqual(
      register.held.map(({ id, standing }) => [id, standing]),
      [['1', 'new']],
    )
  })
  it('what people dealt with stays over, although later figures no longer show it', () => {
    const register = new Register()
    register.load(numbered([...steady, 150]))
    register.load([[steady.length + 1, 101]])
    const [held] = register.held
    assert.ok(held)
    assert.equal(held.standing, 'ended')
    held.explained = true
    register.load([[steady.length, 101]])
    assert.equal(held.standing, 'ended')
    Object.assign(held, { explained: false, kept: true })
    register.load([[steady.length, 100]])
    assert.equal(held.standing, 'ended')
    held.kept = false
    register.load([[steady.length, 102]])
    assert.equal(held.standing, 'lapsed')
  })
  it('of two that might be it, the one that was dealt with continues', () => {
    const register = new Register()
    register.load(numbered([...steady, 150]))
    const [held] = register.held
    assert.ok(held)
    const other = { ...held, id: 'dealt-with', life: 'accepted' as const, standing: 'lapsed' as const }
    register.held.push(other)
    register.load([[steady.length + 1, 151]])
    assert.equal(other.standing, 'continuing')
    assert.equal(held.standing, 'lapsed')
  })
})

/** Ten years of months with steps, spikes and drifts in them. */
const tenYears = fc
  .array(fc.record({ length: fc.integer({ min: 3, max: 24 }), level: fc.integer({ min: 40, max: 160 }) }), {
    minLength: 6,
    maxLength: 20,
  })
  .chain(steps =>
    fc
      .array(fc.integer({ min: -12, max: 12 }), { minLength: 120, maxLength: 120 })
      .map(noise => noise.map((each, month) => Math.max(0, each + levelAt(steps, month)))),
  )

function levelAt(steps: readonly { length: number; level: number }[], month: number): number {
  const all = steps.reduce((sum, { length }) => sum + length, 0)
  let left = month % all
  for (const { length, level } of steps) {
    if (left < length) return level
    left -= length
  }
  return 100
}

describe('Ten years in any order', () => {
  it('leave the same register', () => {
    fc.assert(
      fc.property(
        tenYears,
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 }),
        fc.integer({ min: 0, max: 9 }),
        (values, order, again) => {
          const year = (index: number) => numbered(values.slice(index * 12, index * 12 + 12), index * 12)
          const [right, wrong, monthly] = [new Register(), new Register(), new Register()]
          for (let index = 0; index < 10; index++) right.load(year(index))
          for (const index of order) wrong.load(year(index))
          wrong.load(year(again))
          for (const figure of numbered(values)) monthly.load([figure])
          assert.deepEqual(wrong.current(), right.current())
          assert.deepEqual(monthly.current(), right.current())
        },
      ),
      { numRuns: 40 },
    )
  })
  it('standing exceptions are one for each rule and direction', () => {
    fc.assert(
      fc.property(tenYears, values => {
        const register = new Register()
        for (const figure of numbered(values)) register.load([figure])
        const keys = register.held
          .filter(({ standing }) => standing === 'new' || standing === 'continuing')
          .map(({ rule, direction }) => `${rule} ${direction}`)
        assert.equal(new Set(keys).size, keys.length)
      }),
      { numRuns: 20 },
    )
  })
})
