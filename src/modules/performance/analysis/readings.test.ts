import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyLimits, signalBits } from './process-control.ts'
import { assuranceOf, combinedReading, judge, variationOf } from './readings.ts'

describe('What signals and targets mean', () => {
  it('judges by polarity, never by direction alone', () => {
    assert.equal(judge('increase', 'high'), 'good')
    assert.equal(judge('increase', 'low'), 'bad')
    assert.equal(judge('decrease', 'high'), 'bad')
    assert.equal(judge('decrease', 'low'), 'good')
    assert.equal(judge('neutral', 'high'), 'neutral')
  })
  it('takes the strongest signal of the last point: beyond, trend, near, shift', () => {
    const mixed = signalBits['shift-high'] | signalBits['trend-down'] | signalBits['near-high']
    assert.equal(variationOf(mixed, 'increase'), 'special-concern-low')
    assert.equal(variationOf(mixed | signalBits['beyond-high'], 'increase'), 'special-improvement-high')
    assert.equal(variationOf(signalBits['shift-low'] | signalBits['near-high'], 'neutral'), 'special-neutral-high')
    assert.equal(variationOf(0, 'increase'), 'common-cause')
  })
  it('reads a target against the limits, in the mirror for measures that should fall', () => {
    const limits = { ...emptyLimits(), points: 12, centre: 50, movingRange: 4, lower: 40, upper: 60 }
    assert.equal(assuranceOf(limits, 61, 'increase'), 'consistently-fails')
    assert.equal(assuranceOf(limits, 61, 'decrease'), 'consistently-passes')
    assert.equal(assuranceOf(limits, 39, 'increase'), 'consistently-passes')
    assert.equal(assuranceOf(limits, 39, 'decrease'), 'consistently-fails')
    assert.equal(assuranceOf(limits, 60, 'decrease'), 'hit-or-miss')
    assert.equal(assuranceOf({ ...limits, points: 5 }, 61, 'increase'), null)
    assert.equal(assuranceOf(limits, null, 'increase'), null)
    assert.equal(assuranceOf(limits, 61, 'neutral'), null)
  })
  it('combines both into what to ask for', () => {
    assert.equal(combinedReading('special-concern-high', 'consistently-fails'), 'escalate')
    assert.equal(combinedReading('special-concern-low', null), 'explain')
    assert.equal(combinedReading('common-cause', 'consistently-fails'), 'redesign')
    assert.equal(combinedReading('common-cause', 'hit-or-miss'), 'note')
    assert.equal(combinedReading('special-improvement-high', 'consistently-fails'), 'keep-watching')
    assert.equal(combinedReading('special-improvement-high', 'hit-or-miss'), 'note')
    assert.equal(combinedReading('common-cause', 'consistently-passes'), 'none')
    assert.equal(combinedReading('special-neutral-high', null), 'ask-if-understood')
  })
})
