import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { frequencies, type Frequency, type Period, periodText } from '../../period.ts'
import type { Unit } from '../../measure.ts'
import { blankMark, type FigureChoices, noFigureChoices, readFigure } from './figure-spellings.ts'
import type { Cell } from './grid.ts'
import { noPeriodChoices, type PeriodChoices, readPeriodText } from './period-spellings.ts'

function period(text: string, frequency: Frequency, choices: Partial<PeriodChoices> = {}): string {
  const read = readPeriodText(text, frequency, { ...noPeriodChoices, ...choices })
  if ('fault' in read) return `fault: ${read.fault}`
  return 'ask' in read ? `ask: ${read.ask}` : periodText(read)
}

describe('Spellings of periods', () => {
  it('of a quarter mean the same in each of the four spellings', () => {
    for (const text of [
      'Q1 2017/18',
      '2017-18 Q1',
      'Apr–Jun 2017',
      'April to June 2017',
      'Qtr 1 2017-18',
      'Q1 17/18',
    ]) {
      assert.equal(period(text, 'quarter'), '2017/18 Q1', text)
    }
    assert.equal(period('Jun-17', 'quarter', { month: 'ends' }), '2017/18 Q1')
    assert.equal(period('Apr-17', 'quarter', { month: 'begins' }), '2017/18 Q1')
    assert.equal(period('quarter ending June 2017', 'quarter'), '2017/18 Q1')
    assert.equal(period('Jan-Mar 2018', 'quarter'), '2017/18 Q4')
    assert.equal(period('Oct 2017 - Dec 2017', 'quarter'), '2017/18 Q3')
  })
  it('are asked about where only a person can know', () => {
    assert.equal(period('Jun-17', 'quarter'), 'ask: month')
    assert.equal(period('Q1 2017', 'quarter'), 'ask: quarter')
    assert.equal(period('2017', 'year'), 'ask: year')
    assert.equal(period('03/04/2017', 'day'), 'ask: date')
    assert.equal(period('2017-04-03', 'week'), 'ask: week')
  })
  it('are read as was said', () => {
    assert.equal(period('Q1 2017', 'quarter', { quarter: 'financial' }), '2017/18 Q1')
    assert.equal(period('Q1 2017', 'quarter', { quarter: 'calendar' }), '2016/17 Q4')
    assert.equal(period('2017', 'year', { year: 'begins' }), '2017/18')
    assert.equal(period('2017', 'year', { year: 'ends' }), '2016/17')
    assert.equal(period('03/04/2017', 'day', { date: 'day-first' }), '2017-04-03')
    assert.equal(period('03/04/2017', 'day', { date: 'month-first' }), '2017-03-04')
    assert.equal(period('2017-04-03', 'week', { week: 'begins' }), '2017-W14')
    assert.equal(period('w/e 09/04/2017', 'week', { date: 'day-first' }), '2017-W14')
  })
  it('of a month mean that month', () => {
    const spellings = [
      'Jun-17',
      'June 2017',
      '2017-06',
      '06/2017',
      'Jun 2017/18',
      '2017/18 June',
      '2017-06-30',
      "Jun '17",
    ]
    for (const text of spellings) assert.equal(period(text, 'month'), '2017-06', text)
    assert.equal(period('Jan 2017/18', 'month'), '2018-01')
    assert.equal(period('12 months to March 2018', 'month'), '2018-03')
  })
  it('of financial and calendar years are kept apart', () => {
    for (const text of ['2017/18', '2017-18', 'FY2017/18', '2017/2018', 'Year ending March 2018']) {
      assert.equal(period(text, 'year'), '2017/18', text)
    }
    assert.match(period('Year ending December 2017', 'year'), /fault: A year here runs from April to March/)
    assert.equal(period('2010-11', 'year'), '2010/11')
    assert.equal(period('2010-11', 'month'), '2010-11')
  })
  it('that fit no period of the measure are refused with what to write', () => {
    assert.match(period('May-17', 'quarter', { month: 'ends' }), /end with March, June, September or December/)
    assert.match(period('2017/18', 'month'), /no period of a measure that is measured monthly: write it like 2017-11/)
    assert.match(period('Q7 2017/18', 'quarter'), /fault/)
    assert.match(period('2017/19', 'year'), /fault/)
    assert.match(period('31/02/2017', 'day', { date: 'day-first' }), /fault/)
    assert.match(period('10,765', 'month'), /is a figure and no period. Have two columns changed places/)
  })
  it('however read come back from the one spelling that is written, and no text makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...frequencies), (text, frequency) => {
        const read = readPeriodText(text, frequency, noPeriodChoices)
        if ('start' in read) assert.deepEqual(readPeriodText(periodText(read), frequency, noPeriodChoices), read)
      }),
    )
    const dates = fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, moment => {
        const start = Temporal.PlainDate.from(moment.toISOString().slice(0, 10)).with({ day: 1 })
        const made: Period = { frequency: 'month', start }
        const text = start.toLocaleString('en-GB', { month: 'long', year: 'numeric' })
        assert.deepEqual(readPeriodText(text, 'month', noPeriodChoices), made)
      }),
    )
  })
})

function figure(cell: Cell, choices: Partial<FigureChoices> = {}, unit: Unit = 'count'): string {
  const read = readFigure(cell, unit, { ...noFigureChoices, ...choices })
  if ('fault' in read) return `fault: ${read.fault}`
  if ('ask' in read) return typeof read.ask === 'string' ? `ask: ${read.ask}` : `mark: ${read.ask.mark}`
  return 'nothing' in read ? 'nothing' : read.value
}

describe('Spellings of figures', () => {
  it('with thousands separators are asked about, and read as was said', () => {
    assert.equal(figure('10,765'), 'ask: comma')
    assert.equal(figure('10,765', { comma: 'thousands' }), '10765')
    assert.equal(figure('10,765', { comma: 'decimal' }), '10.765')
    assert.equal(figure('1.234,5', { comma: 'decimal' }), '1234.5')
    assert.equal(figure('9295', { comma: 'thousands' }), '9295')
    assert.equal(figure('10 765'), '10765')
    assert.match(figure('12,34', { comma: 'thousands' }), /does not fit what was said of commas/)
  })
  it('in per cent are 85 whether shown as 85% or said to be 0.85', () => {
    assert.equal(figure({ percent: 85 }, {}, 'percent'), '85')
    assert.equal(figure('85%', {}, 'percent'), '85')
    assert.equal(figure('85.3 %', {}, 'percent'), '85.3')
    assert.equal(figure(0.85, {}, 'percent'), 'ask: percentages')
    assert.equal(figure(0.57, { percentages: 'of-1' }, 'percent'), '57')
    assert.equal(figure(0.57, { percentages: 'of-100' }, 'percent'), '0.57')
    assert.match(figure({ percent: 85 }), /carries a % sign, and the measure is in a count/)
  })
  it('in pounds are taken where the measure is in pounds', () => {
    assert.equal(figure('£1,234.50', { comma: 'thousands' }, 'money'), 'ask: pounds')
    assert.equal(figure('£1,234.50', { comma: 'thousands', pounds: 'drop' }, 'money'), '1234.5')
    assert.equal(figure('-£12', { pounds: 'drop' }, 'money'), '-12')
    assert.equal(figure('(1,234)', { comma: 'thousands' }), 'ask: brackets')
    assert.equal(figure('(1,234)', { comma: 'thousands', brackets: 'negative' }), '-1234')
    assert.match(figure('£12'), /carries a £ sign/)
    assert.match(
      figure('£97,268m', { pounds: 'drop', comma: 'thousands' }, 'money'),
      /97,268 times a million. Write the figure in full/,
    )
  })
  it('that are marks mean what was said of each', () => {
    for (const mark of ['-', 'n/a', '*', '..', 'N/K']) assert.equal(figure(mark), `mark: ${mark}`)
    assert.equal(figure('-', { marks: { '-': 'zero' } }), '0')
    assert.equal(figure('..', { marks: { '..': '[x]' } }), '[x]')
    assert.equal(figure('tbc', { marks: { tbc: blankMark } }), '')
    assert.equal(figure(null), 'ask: blank')
    assert.equal(figure(null, { blank: 'missing' }), '')
    assert.equal(figure('  ', { blank: 'nothing' }), 'nothing')
  })
  it('that are no figures say what to write', () => {
    assert.match(figure('3 + 1'), /two figures: write 4 if their sum is meant/)
    assert.match(figure('12*'), /mark of a footnote/)
    assert.match(figure({ fault: '#REF!' }), /formula here gives #REF!/)
    assert.match(figure({ fault: '=' }), /saved without its value/)
    assert.match(figure({ date: '2017-06-01' }), /is a date and no figure/)
    assert.match(figure('about 12'), /not a figure/)
  })
  it('no text makes the reader throw or guess a number with a comma', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const read = readFigure(text, 'count', noFigureChoices)
        if ('value' in read) assert.ok(!text.includes(',') && Number.isFinite(Number(read.value)))
      }),
    )
  })
})
