import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dayAfter, endingFaults, holds, termFaults, termWords, wholeTerm } from './terms.ts'
import type { GivenTerm, Holding } from './terms.ts'

const on = (text: string) => Temporal.PlainDate.from(text)

describe('Whether a post was held on a day', () => {
  const known: GivenTerm = { started: '2016-05-12', ended: '2021-05-12' }
  const open: GivenTerm = { started: '2016-05-12' }
  const shown: GivenTerm = { shown: ['2014-07-18', '2014-09-26'], endUnknown: true }
  const months: GivenTerm = { started: '2017-08', ended: '2018-04' }
  const cases: [string, GivenTerm, string, Holding][] = [
    ['the day before it began', known, '2016-05-11', 'no'],
    ['its first day', known, '2016-05-12', 'yes'],
    ['its last day counts', known, '2021-05-12', 'yes'],
    ['the day after', known, '2021-05-13', 'no'],
    ['while it goes on', open, '2026-03-11', 'yes'],
    ['before the first paper that shows it', shown, '2014-07-17', 'not-known'],
    ['on the day of that paper', shown, '2014-07-18', 'yes'],
    ['between two papers', shown, '2014-08-19', 'yes'],
    ['after the last, the end not known', shown, '2014-09-27', 'not-known'],
    ['after the last, where it goes on', { shown: ['2014-07-18'] }, '2020-01-01', 'yes'],
    ['in the month it began', months, '2017-08-15', 'not-known'],
    ['at the end of that month', months, '2017-08-31', 'yes'],
    ['before that month', months, '2017-07-31', 'no'],
    ['in the month it ended', months, '2018-04-10', 'not-known'],
    ['before that month ended it', months, '2018-03-31', 'yes'],
    ['after the month it ended', months, '2018-05-01', 'no'],
    ['in the year a report covers', { shown: ['2017/18'], endUnknown: true }, '2017-11-08', 'yes'],
    ['after that year', { shown: ['2017/18'], endUnknown: true }, '2018-04-01', 'not-known'],
    ['ended on a day, start not known', { ended: '2016-05-12' }, '2016-05-12', 'not-known'],
    ['started, then shown, end not known', { ...open, shown: ['2023-01-03'], endUnknown: true }, '2022-12-06', 'yes'],
    ['and after it was last shown', { ...open, shown: ['2023-01-03'], endUnknown: true }, '2023-01-04', 'not-known'],
    ['nothing known at all', {}, '2020-01-01', 'not-known'],
  ]
  for (const [name, term, day, held] of cases) {
    it(`${name}: ${held}`, () => assert.equal(holds(wholeTerm(term), on(day)), held))
  }

  it('a known term holds on its days and on no others', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map(days => on('2000-01-01').add({ days }))
    fc.assert(
      fc.property(day, fc.nat(4000), day, (started, length, asked) => {
        const ended = started.add({ days: length })
        const within = Temporal.PlainDate.compare(asked, started) >= 0 && Temporal.PlainDate.compare(asked, ended) <= 0
        const term = wholeTerm({ started: started.toString(), ended: ended.toString() })
        assert.equal(holds(term, asked), within ? 'yes' : 'no')
      }),
    )
  })
})

describe('What a term may not be', () => {
  const cases: [string, GivenTerm, RegExp | null][] = [
    ['known from both ends', { started: '2016-05-12', ended: '2016-05-12' }, null],
    ['only shown', { shown: ['2017-11'] }, null],
    ['ended before it began', { started: '2016-05-12', ended: '2016-05-11' }, /before the start/],
    ['of no known time', { ended: '2016-05-11' }, /the day the post began/],
    ['ended and not known to have', { started: '2016', ended: '2017', endUnknown: true }, /not both/],
    ['unreadable', { started: '12 May' }, /“12 May” is not a day/],
  ]
  for (const [name, term, fault] of cases) {
    it(`${name}: ${fault === null ? 'may be' : 'may not'}`, () => {
      const faults = termFaults(wholeTerm(term))
      if (fault === null) assert.deepEqual(faults, [])
      else assert.match(faults.join(' '), fault)
    })
  }

  it('cannot end twice, nor before a paper that shows it', () => {
    assert.match(
      endingFaults(wholeTerm({ started: '2016', ended: '2017' }), '2018').join(),
      /ended already: 2016 to 2017/,
    )
    assert.match(
      endingFaults(wholeTerm({ shown: ['2017-11-08'] }), '2017-11-07').join(),
      /later than that: 8 November 2017/,
    )
    assert.deepEqual(endingFaults(wholeTerm({ shown: ['2017-11-08'] }), '2017-11-08'), [])
  })

  it('hands over on the day after', () => {
    assert.equal(dayAfter('2024-02-28'), '2024-02-29')
    assert.equal(dayAfter('2018-04'), '2018-05-01')
  })
})

describe('A term in words', () => {
  const cases: [GivenTerm, string][] = [
    [{ started: '2016-05-12' }, 'Since 12 May 2016'],
    [{ started: '2017-08', ended: '2018-04' }, 'August 2017 to April 2018'],
    [{ shown: ['2014-07-18'] }, 'In post on 18 July 2014; start not known'],
    [
      { shown: ['2014-09-26', '2014-07-18'], endUnknown: true },
      'In post on 18 July 2014 and last on 26 September 2014; start and end not known',
    ],
    [{ shown: ['2017/18'], endUnknown: true }, 'In post in 2017/18; start and end not known'],
    [
      { started: '2016-05-12', shown: ['2017-09-14', '2023-01-03'], endUnknown: true },
      'From 12 May 2016; last shown in post on 3 January 2023; end not known',
    ],
    [
      { ended: '2016-05-12', shown: ['2014-09-26'] },
      'Until 12 May 2016; in post on 26 September 2014; start not known',
    ],
  ]
  for (const [term, words] of cases) it(words, () => assert.equal(termWords(wholeTerm(term)), words))
})
