import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readForwardDates } from './forward-dates.ts'

const usual = { starts: '10:00', places: ['Shire Hall, Warwick', 'Town Hall, Rugby'] }
const said = (text: string) => {
  const read = readForwardDates(text, usual)
  return 'dates' in read ? read.dates.map(each => `${each.date.toString()} ${each.starts} ${each.place}`) : read.faults
}

describe('forward dates as they are typed', () => {
  it('reads dates in the ways that clerks write them, with time and place', () => {
    assert.deepEqual(
      said(
        '21 November 2014, 11:00, Elizabeth House, Stratford-upon-Avon\n2015-02-03\n24th April 2015, 9.30\n26/06/2015',
      ),
      [
        '2014-11-21 11:00 Elizabeth House, Stratford-upon-Avon',
        '2015-02-03 10:00 Shire Hall, Warwick',
        '2015-04-24 09:30 Town Hall, Rugby',
        '2015-06-26 10:00 Shire Hall, Warwick',
      ],
    )
  })

  it('lets the places take turns only where a line names none', () => {
    const places = ['a', 'b', 'c']
    const text = '1 May 2026\n2 June 2026, elsewhere\n3 July 2026\n4 August 2026\n5 September 2026'
    const read = readForwardDates(text, { starts: null, places })
    assert.deepEqual('dates' in read && read.dates.map(each => each.place), ['a', 'elsewhere', 'b', 'c', 'a'])
  })

  it('names every bad line, and then takes none', () => {
    assert.deepEqual(said('31 June 2026\n\n1 May 2026\nnext Friday\n1 May 2026'), [
      { line: 1, message: '“31 June 2026” is not a date. Write it like 21 November 2014.' },
      { line: 4, message: '“next Friday” is not a date. Write it like 21 November 2014.' },
      { line: 5, message: 'This is the date of line 3 again.' },
    ])
  })

  it('has no place where none is known', () => {
    const read = readForwardDates('1 May 2026', { starts: null, places: [] })
    assert.deepEqual('dates' in read && read.dates[0]?.place, null)
  })

  it('knows 29 February only in a leap year', () => {
    assert.equal('dates' in readForwardDates('29 February 2028', usual), true)
    assert.equal('faults' in readForwardDates('29 February 2027', usual), true)
  })
})
