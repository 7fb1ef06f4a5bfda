import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isStatedTime, spanOf, statedWords } from './stated-time.ts'

describe('A time as a paper gives it', () => {
  const cases: [string, string, string, string][] = [
    ['2016-05-12', '2016-05-12', '2016-05-12', '12 May 2016'],
    ['2017-08', '2017-08-01', '2017-08-31', 'August 2017'],
    ['2016-02', '2016-02-01', '2016-02-29', 'February 2016'],
    ['2016', '2016-01-01', '2016-12-31', '2016'],
    ['2017/18', '2017-04-01', '2018-03-31', '2017/18'],
    ['1999/00', '1999-04-01', '2000-03-31', '1999/00'],
  ]
  for (const [stated, first, last, words] of cases) {
    it(`${stated} means ${first} to ${last}`, () => {
      const span = spanOf(stated)
      assert.equal(span.first.toString(), first)
      assert.equal(span.last.toString(), last)
      assert.equal(statedWords(stated), words)
    })
  }

  for (const text of [
    '',
    'May 2016',
    '2016-13',
    '2016-02-30',
    '2015-02-29',
    '2017/19',
    '2016-5-1',
    '12/05/2016',
    '2016-05-00',
  ]) {
    it(`"${text}" is none`, () => {
      assert.equal(isStatedTime(text), false)
      assert.throws(() => spanOf(text), RangeError)
    })
  }

  it('a day means itself alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), days => {
        const day = Temporal.PlainDate.from('1900-01-01').add({ days })
        const span = spanOf(day.toString())
        return span.first.equals(day) && span.last.equals(day)
      }),
    )
  })
})
