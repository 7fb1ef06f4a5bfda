import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { asJudged, controlChart, individualsReader } from '../analysis/control-chart.ts'
import { defaultRules, signalBits } from '../analysis/process-control.ts'
import type { Measure } from '../measure.ts'
import { periodText } from '../period.ts'
import { episodesIn, signalOf } from './episodes.ts'
import { chartTitle, readSeries } from './exceptions.ts'
import { sampleMeasure, seriesFrom } from './testing.ts'

const read = (values: readonly (number | null)[], changes: Partial<Measure> = {}) =>
  readSeries({ ...sampleMeasure, ...changes }, '', '', seriesFrom('2025-01', values))
function exceptions(values: readonly (number | null)[], changes: Partial<Measure> = {}) {
  const reading = read(values, changes)
  assert.ok(reading.read, reading.read ? '' : reading.reason)
  return reading.exceptions.filter(each => each.told)
}

const steady = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102, 99]
// Counts of Warwickshire crimes by month of 2025, as in vectors.json.
const antisocial = [581, 617, 849, 950, 1011, 1114, 1117, 1329, 976, 944, 847, 643]
const violence = [1353, 1277, 1401, 1281, 1527, 1537, 1618, 1520, 1478, 1415, 1368, 1395]

describe('Exceptions from a series', () => {
  it('a figure beyond its limit is new in its own month, judged by polarity, and says its numbers', () => {
    const [found, ...others] = exceptions([...steady, 150])
    assert.deepEqual(others, [])
    assert.ok(found)
    assert.deepEqual([found.rule, found.direction, found.state, found.judged], ['beyond', 'high', 'new', 'bad'])
    assert.equal(found.headline, 'Recorded crime: above its usual range in October 2026')
    assert.match(found.text, /^Recorded crime, October 2026: 150, above the upper limit of 11\d\.\d\./)
    assert.match(
      found.text,
      /The usual range is 8\d\.\d to 11\d\.\d, around an average of 10\d\.\d; it rests on 22 figures \(a firm range\)\./,
    )
    assert.match(found.text, /Lower is better here\. The figures cover less than two years/)
    assert.equal(exceptions([...steady, 150], { polarity: 'increase' })[0]?.judged, 'good')
    assert.equal(exceptions([...steady, 150], { polarity: 'neutral' })[0]?.judged, 'neutral')
  })
  it('is over a month later, and no longer told of a year later', () => {
    assert.equal(exceptions([...steady, 150, 101])[0]?.state, 'ended')
    assert.equal(exceptions([...steady, 150, ...steady.slice(0, 11)])[0]?.state, 'ended')
    assert.deepEqual(exceptions([...steady, 150, ...steady.slice(0, 12)]), [])
  })
  it('a shift is new when its seventh point comes and continuing after', () => {
    const up = [103, 104, 103, 104, 103, 104, 103]
    const stepped = [...steady.map(value => value - 4), ...up]
    const shifts = (values: readonly number[]) =>
      exceptions(values).filter(each => each.rule === 'shift' && each.direction === 'high')
    assert.deepEqual(shifts(stepped.slice(0, -1)), [])
    const [complete] = shifts(stepped)
    assert.equal(complete?.state, 'new')
    assert.match(complete?.headline ?? '', /7 months in a row above the average/)
    const [later] = shifts([...stepped, 104])
    assert.equal(later?.state, 'continuing')
    assert.match(later?.headline ?? '', /8 months/)
    assert.deepEqual(later?.completed, complete?.completed)
  })
  it('a spike does not make a shift of everything before it', () => {
    assert.deepEqual(
      exceptions([...steady, 1000]).map(each => each.rule),
      ['beyond'],
    )
  })
  it('finds what the reference says of anti-social behaviour and violence in 2025', () => {
    const found = exceptions(antisocial).map(
      each => `${each.rule} ${each.direction} ${periodText(each.first)}..${periodText(each.last)}`,
    )
    assert.ok(found.includes('beyond high 2025-08..2025-08'))
    assert.ok(found.includes('trend high 2025-01..2025-08'))
    assert.deepEqual(exceptions(violence), [])
  })
  it('with fewer than six figures there is none, and the reason is said', () => {
    const reading = read([10765, 11086, 10448, 9295])
    assert.ok(!reading.read)
    assert.match(reading.reason, /There are 4 figures, and the rules need six/)
    const nothing = read([])
    assert.ok(!nothing.read && /no figures yet/.test(nothing.reason))
  })
  it('with a gap between all of them there is none either', () => {
    const reading = read([10, null, 20, null, 30, null, 40, null, 50, null, 60])
    assert.ok(!reading.read && /no two of them follow/.test(reading.reason))
  })
  it('kinds that process control cannot read are refused with the reason', () => {
    const rolling = [29146, 28887, 29038, 28746, 28377, 27651, 27103, 27122, 27294, 28966]
    for (const kind of ['rolling', 'cumulative', 'stock', 'grade', 'change'] as const) {
      const reading = read(rolling, { kind })
      assert.ok(!reading.read && reading.chart === null && reading.reason.length > 20, kind)
    }
  })
  it('the title of the chart says what it shows', () => {
    const title = (values: readonly number[]) =>
      chartTitle(sampleMeasure, '', '', seriesFrom('2025-01', values), read(values))
    assert.equal(title(violence), 'Recorded crime in December 2025 was within its usual range')
    assert.equal(title([...steady, 150]), 'Recorded crime: above its usual range in October 2026')
    assert.equal(title([1, 2, 3]), 'Recorded crime, January 2025 to March 2025')
  })
  it('an impossible lower limit is not spoken of', () => {
    const [found] = exceptions([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 10, 1, 2, 1, 2], { chart: 'xmr' })
    assert.match(found?.text ?? '', /The usual range is up to [67]\.\d/)
  })
})

describe('Episodes', () => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 30 }), { freq: 8 }), { minLength: 6, maxLength: 40 })
  it('cover every flagged point exactly once for each rule', () => {
    fc.assert(
      fc.property(values, given => {
        const values = Float64Array.from(given, value => value ?? Number.NaN)
        const rules = { ...defaultRules, shift: 5, trend: 4 }
        const read = individualsReader(values, rules)
        const chart = controlChart(
          { method: 'xmr', values, judged: values, rules, read, inFigures: asJudged },
          given.length > 20 ? [10] : [],
          given.length,
        )
        const covered = new Uint8Array(given.length)
        for (const episode of episodesIn(chart)) {
          const bit = signalBits[signalOf(episode.rule, episode.direction)]
          assert.ok(episode.first <= episode.completed && episode.first <= episode.last)
          for (let i = episode.first; i <= episode.last; i++) {
            if ((chart.signals[i]! & bit) === 0) continue
            assert.equal(covered[i]! & bit, 0)
            covered[i]! |= bit
          }
        }
        assert.deepEqual(covered, chart.signals)
      }),
    )
  })
})
