import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  comparePeriods,
  frequencies,
  nextPeriod,
  parsePeriod,
  type Period,
  periodEnd,
  periodInWords,
  periodsBetween,
  periodText,
} from './period.ts'

function read(text: string): Period {
  const period = parsePeriod(text)
  assert.ok('start' in period, text)
  return period
}
function refusal(text: string): string {
  const period = parsePeriod(text)
  assert.ok('fault' in period, `${text} was taken for a period`)
  return period.fault
}

const samples = { day: '2017-01-01', week: '2017-W01', month: '2017-01', quarter: '2016/17 Q4', year: '2016/17' }
const anyPeriod = fc
  .tuple(fc.constantFrom(...frequencies), fc.integer({ min: 0, max: 400 }))
  .map(([frequency, steps]) => {
    let period = read(samples[frequency])
    for (let i = 0; i < steps; i++) period = nextPeriod(period)
    return period
  })

describe('Periods', () => {
  it('reads the five spellings', () => {
    assert.equal(read('2017-11').start.toString(), '2017-11-01')
    assert.equal(read('2017-W31').start.toString(), '2017-07-31')
    assert.equal(read('2015-W53').start.toString(), '2015-12-28')
    assert.equal(read('2017/18 Q1').start.toString(), '2017-04-01')
    assert.equal(read('2017/18 Q4').start.toString(), '2018-01-01')
    assert.equal(read('1999/00').start.toString(), '1999-04-01')
    assert.equal(read('2016-02-29').frequency, 'day')
    assert.equal(read(' 2017-11 ').frequency, 'month')
  })
  it('ends where the next begins', () => {
    assert.equal(periodEnd(read('2017/18')).toString(), '2018-03-31')
    assert.equal(periodEnd(read('2017/18 Q3')).toString(), '2017-12-31')
    assert.equal(periodEnd(read('2016-02')).toString(), '2016-02-29')
    assert.equal(periodEnd(read('2017-W31')).toString(), '2017-08-06')
  })
  it('says periods in words', () => {
    assert.equal(periodInWords(read('2017-11')), 'November 2017')
    assert.equal(periodInWords(read('2017/18 Q4')), 'January to March 2018')
    assert.equal(periodInWords(read('2017/18')), 'the year 2017/18')
    assert.equal(periodInWords(read('2017-W31')), 'week 31 of 2017')
    assert.equal(periodInWords(read('2017-11-30')), '30 November 2017')
  })
  it('never guesses another spelling, and says what to write', () => {
    assert.match(refusal('Nov 2017'), /write 2017-11\./)
    assert.match(refusal('November 2017'), /write 2017-11\./)
    assert.match(refusal('11/2017'), /write 2017-11\./)
    assert.match(refusal('201711'), /write 2017-11\./)
    assert.match(refusal('2017/2018'), /write 2017\/18\./)
    assert.match(refusal('2017-18'), /write 2017\/18\./)
    assert.match(refusal('Q1 2017/18'), /write 2017\/18 Q1\./)
    assert.match(refusal('2017/18Q1'), /write 2017\/18 Q1\./)
    assert.match(refusal('2017 Q1'), /2017\/18 Q1 if .* 2016\/17 Q4 if/)
    assert.match(refusal('2017W31'), /write 2017-W31\./)
    assert.match(refusal('30-12-2017'), /write 2017-12-30 for 30 December 2017/)
    assert.match(refusal('2017'), /2017\/18 for the financial year/)
  })
  it('refuses what no calendar has', () => {
    for (const text of ['2017-13', '2017-00', '2017-02-29', '2016-W53', '2017-W00', '2017/19', '2017/18 Q5', 'soon']) {
      refusal(text)
    }
    assert.match(refusal(''), /There is no period/)
  })
  it('what is written is read back', () => {
    fc.assert(
      fc.property(anyPeriod, period => {
        const again = read(periodText(period))
        assert.equal(again.frequency, period.frequency)
        assert.ok(again.start.equals(period.start))
      }),
    )
  })
  it('the next period comes after, and is one away', () => {
    fc.assert(
      fc.property(anyPeriod, period => {
        const next = nextPeriod(period)
        assert.ok(comparePeriods(period, next) < 0)
        assert.equal(periodsBetween(period, next), 1)
        assert.ok(periodEnd(period).add({ days: 1 }).equals(next.start))
      }),
    )
  })
  it('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9/Q W-]{1,12}$/)), text => {
        const period = parsePeriod(text)
        assert.ok('fault' in period ? period.fault.length > 0 : periodText(period) === text.trim())
      }),
    )
  })
})
