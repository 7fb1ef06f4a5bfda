import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Level, Life, Standing } from '../tables.ts'
import {
  afterFigures,
  type Concern,
  type Deed,
  deedObstacles,
  failsTarget,
  isFurther,
  levelOf,
  lifeNow,
  recordState,
} from './life.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('The state of an exception', () => {
  const cases: readonly [Standing, Life, string, Life][] = [
    ['new', 'raised', 'new', 'raised'],
    ['continuing', 'raised', 'continuing', 'raised'],
    ['new', 'explained', 'explained', 'explained'],
    ['continuing', 'accepted', 'accepted', 'accepted'],
    ['continuing', 'watched', 'watched', 'watched'],
    ['continuing', 'resolved', 'resolved', 'resolved'],
    ['ended', 'raised', 'ended', 'resolved'],
    ['ended', 'accepted', 'ended', 'resolved'],
    ['lapsed', 'watched', 'lapsed', 'resolved'],
  ]
  for (const [standing, life, state, now] of cases) {
    it(`${standing} and ${life} is ${state}, its life ${now}`, () => {
      assert.equal(recordState(standing, life), state)
      assert.equal(lifeNow(standing, life), now)
    })
  }
})

describe('What an exception asks for', () => {
  const concern: Concern = {
    ...{ judged: 'bad', fails: false, life: 'raised', explained: false, loadsSince: 0, further: false },
  }
  const cases: readonly [string, Partial<Concern>, Level][] = [
    ['a concern asks to be explained', {}, 'explain'],
    ['an improvement is noted', { judged: 'good' }, 'note'],
    ['an improvement that still misses its target is noted', { judged: 'good', fails: true }, 'note'],
    ['neither way good: is it understood?', { judged: 'neutral', fails: true }, 'explain'],
    ['a concern whose target is missed every time', { fails: true }, 'escalate'],
    ['one load after the explanation', { life: 'explained', explained: true, loadsSince: 1 }, 'explain'],
    ['two loads after the explanation', { life: 'explained', explained: true, loadsSince: 2 }, 'escalate'],
    ['two loads without an explanation', { loadsSince: 2 }, 'explain'],
    ['watched after an explanation, two loads', { life: 'watched', explained: true, loadsSince: 2 }, 'escalate'],
    ['accepted: going on is nothing new', { life: 'accepted', explained: true, loadsSince: 5 }, 'explain'],
    ['accepted, and further out', { life: 'accepted', explained: true, loadsSince: 2, further: true }, 'escalate'],
  ]
  for (const [what, changes, level] of cases) {
    it(`${what}: ${level}`, () => assert.equal(levelOf({ ...concern, ...changes }), level))
  }
  it('a target beyond the usual range on the far side is missed every time', () => {
    const range = { lower: 80, upper: 120 }
    assert.equal(failsTarget({ target: 70, polarity: 'decrease' }, range), true)
    assert.equal(failsTarget({ target: 90, polarity: 'decrease' }, range), false)
    assert.equal(failsTarget({ target: 130, polarity: 'increase' }, range), true)
    assert.equal(failsTarget({ target: 130, polarity: 'decrease' }, range), false)
    assert.equal(failsTarget({ target: 130, polarity: 'neutral' }, range), false)
    assert.equal(failsTarget({ target: null, polarity: 'decrease' }, range), false)
    assert.equal(failsTarget({ target: 70, polarity: 'decrease' }, { lower: null, upper: null }), false)
  })
  it('only a figure beyond a limit or a trend goes further out', () => {
    assert.equal(isFurther('beyond', 'high', 150, 151), true)
    assert.equal(isFurther('beyond', 'low', 150, 151), false)
    assert.equal(isFurther('trend', 'low', 150, 149), true)
    assert.equal(isFurther('shift', 'high', 150, 151), false)
    assert.equal(isFurther('beyond', 'high', null, 151), false)
  })
})

describe('When figures come', () => {
  const before = {
    ...{ life: 'explained' as Life, explained: true, loads_since: 0, last_period: day('2026-01-01') },
    ...{ then_value: 150, then_level: 'explain' as Level | null, watch_day: null, watch_period: null },
  }
  const found = {
    ...{
      rule: 'beyond' as const,
      direction: 'high' as const,
      judged: 'bad' as const,
      standing: 'continuing' as Standing,
    },
    ...{ lastPeriod: day('2026-02-01'), value: 149, fails: false },
  }
  it('what was explained stays explained, and loads are counted', () => {
    const told = afterFigures(before, found)
    assert.deepEqual([told.life, told.loads_since, told.level, told.worse], ['explained', 1, 'explain', false])
  })
  it('the same figures again are no further load', () => {
    assert.equal(afterFigures(before, { ...found, lastPeriod: before.last_period }).loads_since, 0)
  })
  it('going on for two loads, or further out, is worse', () => {
    const second = afterFigures({ ...before, loads_since: 1 }, found)
    assert.deepEqual([second.level, second.worse], ['escalate', true])
    assert.equal(afterFigures(before, { ...found, value: 151 }).worse, true)
    assert.equal(afterFigures(before, { ...found, value: 151, judged: 'good' }).worse, false)
    assert.equal(afterFigures(before, { ...found, value: 151, standing: 'ended' }).worse, false)
    assert.equal(afterFigures({ ...before, life: 'raised' }, { ...found, value: 151 }).worse, false)
  })
  it('what was watched until these figures is raised again, and not before them', () => {
    const watched = { ...before, life: 'watched' as Life, watch_period: day('2026-03-01') }
    assert.equal(afterFigures(watched, found).life, 'watched')
    const returned = afterFigures(watched, { ...found, lastPeriod: day('2026-03-01') })
    assert.deepEqual([returned.life, returned.watch_period], ['raised', null])
    const over = afterFigures(watched, { ...found, lastPeriod: day('2026-03-01'), standing: 'ended' })
    assert.deepEqual([over.life, over.watch_period], ['watched', watched.watch_period])
  })
})

describe('What may be done', () => {
  const cases: readonly [Deed, Standing, Life, boolean][] = [
    ['explain', 'new', 'raised', true],
    ['explain', 'ended', 'raised', true],
    ['explain', 'lapsed', 'raised', true],
    ['accept', 'new', 'raised', false],
    ['accept', 'new', 'explained', true],
    ['accept', 'ended', 'explained', true],
    ['accept', 'new', 'accepted', false],
    ['accept', 'new', 'watched', false],
    ['not-accept', 'continuing', 'accepted', true],
    ['not-accept', 'continuing', 'raised', false],
    ['watch', 'continuing', 'explained', true],
    ['watch', 'ended', 'raised', false],
    ['end-watch', 'continuing', 'watched', true],
    ['end-watch', 'ended', 'watched', false],
    ['resolve', 'continuing', 'raised', true],
    ['resolve', 'continuing', 'resolved', false],
    ['resolve', 'ended', 'raised', false],
    ['take-up-again', 'continuing', 'resolved', true],
    ['take-up-again', 'continuing', 'raised', false],
  ]
  for (const [deed, standing, life, allowed] of cases) {
    it(`${deed} of what is ${standing} and ${life}: ${allowed ? 'yes' : 'no'}`, () => {
      assert.equal(deedObstacles(deed, { standing, life }).length === 0, allowed)
    })
  }
})
