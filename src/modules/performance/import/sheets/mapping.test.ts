import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { KnownMeasure } from '../check-rows.ts'
import { type Cell, cellText, type Sheet } from './grid.ts'
import { longForm, mapRows } from './map-rows.ts'
import { emptyMapping, type Holds, type Mapping, type Says } from './mapping.ts'
import { offerLayout } from './offer.ts'
import { recognise } from './recognise.ts'
import { surveySheet } from './survey.ts'

const known = (reference: string, title: string, more: Partial<KnownMeasure> = {}): KnownMeasure => ({
  ...{ id: reference, reference, title, unit: 'count', kind: 'count', frequency: 'month', decimals: 0 },
  ...{ source: 'The force', ...more },
})
const measures = [
  known('M-1', 'Recorded crime'),
  known('M-2', 'Burglary'),
  known('M-3', 'Victim satisfaction', { unit: 'percent', kind: 'proportion', frequency: 'quarter' }),
]

const sheetOf = (rows: readonly (readonly Cell[])[], more: Partial<Sheet> = {}): Sheet => ({
  ...{ name: 'Figures', hidden: false, rows, hiddenRows: [], hiddenColumns: [], merges: [], ...more },
})

/** A mapping of a sheet: what its columns hold, and which rows are headings that say what. */
function mappingOf(
  sheet: Sheet,
  holds: readonly Holds[],
  headings: readonly (readonly [number, Says])[],
  more: Partial<Mapping> = {},
): Mapping {
  const rows = headings.map(([row, says]) => ({ row, says }))
  const texts = holds.map((_, i) =>
    [...new Set(rows.map(({ row }) => cellText(sheet.rows[row - 1]?.[i] ?? null)))]
      .filter(text => text !== '')
      .join(' '),
  )
  const columns = holds.map((each, i) => ({ heading: texts[i] ?? '', holds: each }))
  const firstRow = (headings.at(-1)?.[0] ?? 0) + 1
  return { ...emptyMapping, sheet: sheet.name, headings: rows, columns, firstRow, ...more }
}

function read(sheet: Sheet, mapping: Mapping) {
  const mapped = mapRows(sheet, mapping, measures)
  const rows = mapped.rows.map(row => [row.measure, row.period, row.value, row.breakdown].join(' | '))
  return {
    ...mapped,
    rows,
    faults: mapped.faults.map(({ line, column, message }) => `${String(line)} ${column}: ${message}`),
  }
}

const both = { measures: { Crime: 'M-1', Burglary: 'M-2' } }

describe('A sheet', () => {
  it('in long form is read whatever its columns are called', () => {
    const sheet = sheetOf([
      ['Offence', 'When', 'District', 'How many'],
      ['Crime', 'Jun-17', 'Rugby', 12],
      ['Burglary', { date: '2017-07-01' }, 'Stratford', '13'],
    ])
    const layout = mappingOf(sheet, ['measure', 'period', 'breakdown', 'figures'], [[1, 'names']])
    const breakdowns = { Rugby: 'Rugby', Stratford: 'Stratford-on-Avon' }
    const { rows, faults } = read(sheet, { ...layout, ...both, breakdowns })
    assert.deepEqual(faults, [])
    assert.deepEqual(rows, ['M-1 | 2017-06 | 12 | Rugby', 'M-2 | 2017-07 | 13 | Stratford-on-Avon'])
  })
  it('with periods across is read under two rows of headings, merged over their columns', () => {
    const sheet = sheetOf(
      [
        ['Monthly return of the force'],
        [null, '2017/18', null, '2018/19'],
        ['Measure', 'Feb', 'Mar', 'Apr'],
        ['Crime', 10, 11, null],
        ['Burglary', 1, 2, 3],
        ['Figures are provisional until the year has ended'],
      ],
      { merges: [{ top: 2, left: 2, bottom: 2, right: 3 }] },
    )
    const layout = mappingOf(
      sheet,
      ['measure', 'figures', 'figures', 'figures'],
      [
        [2, 'period'],
        [3, 'period'],
      ],
    )
    const figures = { ...emptyMapping.figures, blank: 'nothing' as const }
    const { rows, faults, leftOut, passedOver } = read(sheet, { ...layout, ...both, figures })
    assert.deepEqual(faults, [])
    assert.deepEqual(rows, [
      ...['M-1 | 2018-02 | 10 | ', 'M-1 | 2018-03 | 11 | '],
      ...['M-2 | 2018-02 | 1 | ', 'M-2 | 2018-03 | 2 | ', 'M-2 | 2018-04 | 3 | '],
    ])
    assert.deepEqual(leftOut, [{ row: 6, why: 'note', text: 'Figures are provisional until the year has ended' }])
    assert.equal(passedOver, 1)
  })
  it('with measures or parts of the area across is read too, and totals are what they are said to be', () => {
    const sheet = sheetOf([
      ['Month', 'Crime', null, null, 'Burglary'],
      [null, 'Rugby', 'Total', 'Per cent', 'Total'],
      ['June 2017', 5, 12, '41', 3],
    ])
    const layout = mappingOf(
      sheet,
      ['period', 'figures', 'figures', 'nothing', 'figures'],
      [
        [1, 'measure'],
        [2, 'breakdown'],
      ],
    )
    const said = { ...both, breakdowns: { Rugby: 'Rugby', Total: '' }, fillDown: true }
    assert.deepEqual(read(sheet, { ...layout, ...said }).rows, [
      ...['M-1 | 2017-06 | 5 | Rugby', 'M-1 | 2017-06 | 12 | ', 'M-2 | 2017-06 | 3 | '],
    ])
    const without = read(sheet, { ...layout, ...said, breakdowns: { Rugby: 'Rugby', Total: null } })
    assert.deepEqual([without.rows.length, without.passedOver], [1, 2])
  })
  it('for one measure and one month needs no label to say so', () => {
    const sheet = sheetOf([
      ['District', 'Figure'],
      ['Rugby', 5],
      ['Stratford', 6],
    ])
    const layout = mappingOf(sheet, ['breakdown', 'figures'], [[1, 'names']], { measure: 'M-1', period: 'June 2017' })
    const { rows } = read(sheet, { ...layout, breakdowns: { Rugby: 'Rugby', Stratford: 'Stratford' } })
    assert.deepEqual(rows, ['M-1 | 2017-06 | 5 | Rugby', 'M-1 | 2017-06 | 6 | Stratford'])
  })
  it('with hidden rows and columns is read with or without them, as was said', () => {
    const rows: Cell[][] = [
      ['Month', 'Crime', 'Burglary'],
      ['Jun-17', 5, 1],
      ['Jul-17', 6, 2],
    ]
    const sheet = sheetOf(rows, { hiddenRows: [3], hiddenColumns: [3] })
    const layout = mappingOf(sheet, ['period', 'figures', 'figures'], [[1, 'measure']], both)
    assert.equal(read(sheet, layout).rows.length, 4)
    const shown = read(sheet, { ...layout, readHidden: false })
    assert.deepEqual([shown.rows, shown.leftOut.map(each => each.why)], [['M-1 | 2017-06 | 5 | '], ['hidden']])
  })
  it('that was not described in full gives no row but a fault for each figure', () => {
    const sheet = sheetOf([
      ['Measure', 'Period', 'Value'],
      ['Crime', 'Jun-17', '1,200'],
      ['Theft', 'Jun-17', '-'],
    ])
    const layout = mappingOf(sheet, ['measure', 'period', 'figures'], [[1, 'names']], both)
    const { rows, faults } = read(sheet, layout)
    assert.deepEqual(rows, [])
    assert.deepEqual(faults, [
      '2 C, Value: It is not said what “1,200” means.',
      '3 C, Value: It is not said which measure “Theft” is.',
    ])
  })
  it('names changed-over columns, two figures for one period, and what is no figure, each beside its cell', () => {
    const sheet = sheetOf([
      ['Measure', 'Period', 'Value'],
      ['Crime', 1200, 'Jun-17'],
      ['Crime', 'Jul-17', 5],
      ['Crime', 'July 2017', 6],
      ['Crime', 'Aug-17', '3 + 1'],
      ['Crime', 'Sep-17', { fault: '#REF!' }],
      ['Crime', 'Jul-17', '5'],
    ])
    const layout = mappingOf(sheet, ['measure', 'period', 'figures'], [[1, 'names']], both)
    const { rows, faults } = read(sheet, layout)
    assert.deepEqual(rows, ['M-1 | 2017-07 | 5 | '])
    assert.match(faults[0] ?? '', /^2 C, Value: “Jun-17” is a period and no figure. Have two columns changed places/)
    assert.match(faults.join('\n'), /4 C, Value: July 2017 has 6 here and 5 in cell C3/)
    assert.match(faults.join('\n'), /5 C, Value: “3 \+ 1” is two figures: write 4/)
    assert.match(faults.join('\n'), /6 C, Value: The formula here gives #REF!/)
  })
  it('carries numerators, status and day into the long form, quoted where it must be', () => {
    const sheet = sheetOf([
      ['Area', 'Quarter', 'Satisfied', 'Of', 'Asked', 'Status', 'As at'],
      ['Nuneaton, north', 'Q1 2017/18', { percent: 85 }, 850, 1000, 'Provisional', { date: '2017-08-01' }],
    ])
    const holds: Holds[] = ['breakdown', 'period', 'figures', 'numerator', 'denominator', 'status', 'as_at']
    const breakdowns = { 'Nuneaton, north': 'Nuneaton, north' }
    const layout = mappingOf(sheet, holds, [[1, 'names']], { measure: 'M-3', breakdowns })
    const mapped = mapRows(sheet, layout, measures)
    assert.deepEqual(mapped.faults, [])
    assert.equal(
      longForm(mapped.rows).split('\n')[1],
      'M-3,2017/18 Q1,85,"Nuneaton, north",850,1000,provisional,2017-08-01,',
    )
  })
})

describe('What must be said of a sheet', () => {
  it('is only what leaves something open: labels first, then spellings for the measures they mean', () => {
    const sheet = sheetOf([
      ['Measure', 'Q1 2017', 'Jun-17', '2017/18 Q3'],
      ['Crime', '1,200', '-', null],
      ['Satisfaction', 0.85, 0.9, { percent: 88 }],
    ])
    const layout = mappingOf(sheet, ['measure', 'figures', 'figures', 'figures'], [[1, 'period']])
    const first = surveySheet(sheet, layout, measures)
    assert.deepEqual(
      first.measureLabels.map(each => [each.name, each.count]),
      [
        ['Crime', 3],
        ['Satisfaction', 3],
      ],
    )
    assert.deepEqual([first.periods, first.figuresAsked, first.marks], [[], [], []])
    const said = { ...layout, measures: { Crime: null, Satisfaction: 'M-3' } }
    const second = surveySheet(sheet, said, measures)
    assert.deepEqual(
      second.periods.map(each => [each.name, each.example]),
      [
        ['quarter', 'Q1 2017'],
        ['month', 'Jun-17'],
      ],
    )
    assert.deepEqual(
      second.figuresAsked.map(each => each.name),
      ['percentages'],
    )
    assert.deepEqual(second.percentages, { least: 0.85, most: 0.9 })
    const crime = surveySheet(sheet, { ...layout, measures: { Crime: 'M-1' } }, measures)
    assert.deepEqual(
      [crime.figuresAsked.map(each => each.name), crime.marks.map(each => each.name)],
      [['comma', 'blank'], ['-']],
    )
  })
  it('is offered where headings tell, to be put right', () => {
    const wide = sheetOf([
      ['Return of the force'],
      ['Force', 'Measure', 'Apr-17', 'May-17', 'Jun-17'],
      ['North', 'Crime', 1, 2, 3],
    ])
    const offered = offerLayout(wide)
    assert.deepEqual([offered.headings, offered.firstRow], [[{ row: 2, says: 'period' }], 3])
    assert.deepEqual(
      offered.columns.map(each => each.holds),
      ['breakdown', 'measure', 'figures', 'figures', 'figures'],
    )
    const long = offerLayout(
      sheetOf([
        ['Indicator', 'Month', 'Count', 'Remarks'],
        ['Crime', 'Jun-17', 5, 'x'],
      ]),
    )
    assert.deepEqual(
      long.columns.map(each => each.holds),
      ['measure', 'period', 'figures', 'nothing'],
    )
    assert.deepEqual(long.headings, [{ row: 1, says: 'names' }])
  })
})

describe('A file of the same shape', () => {
  const before = sheetOf([
    ['Force', 'Measure', 'Apr-17', 'May-17'],
    ['North', 'Crime', 1, 2],
    ['South', 'Crime', 3, 4],
  ])
  const kept = mappingOf(before, ['breakdown', 'measure', 'figures', 'figures'], [[1, 'period']], {
    ...both,
    breakdowns: { North: 'North', South: 'South' },
  })

  it('is recognised with the next month in a further column', () => {
    const next = sheetOf([
      ['Force', 'Measure', 'May-17', 'Jun-17', 'Jul-17'],
      ['North', 'Crime', 2, 3, 4],
      ['South', 'Crime', 4, 5, 6],
    ])
    const found = recognise([next], { ...kept, measures: { Crime: 'M-1' } })
    assert.ok(found)
    assert.deepEqual([found.differences, found.serious], [[], false])
    assert.equal(read(next, found.mapping).rows.length, 6)
  })
  it('says what moved, what is new, what is gone and who may have been renamed, and reads columns by their headings', () => {
    const next = sheetOf(
      [
        [],
        ['Measure', 'Force', 'Jun-17', 'Remarks'],
        ['Crime', 'North', 2, 'x'],
        ['Crime', 'South Shire', 4],
        ['Crime', 'Southh', 4],
      ],
      { name: 'July' },
    )
    const found = recognise([next], { ...kept, measures: { Crime: 'M-1' } })
    assert.ok(found?.serious)
    assert.deepEqual(found.differences, [
      'The sheet is called “July”; it was called “Figures”.',
      'The headings are in row 2; they were in row 1.',
      '“Force” is in column B; it was in column A.',
      '“Measure” is in column A; it was in column B.',
      'Column D, “Remarks”, is new: nothing is read from it.',
      '“South Shire” is new.',
      '“Southh” is new, and “South” is gone: is it the same under another name?',
      '“South” is not in this file any more.',
    ])
    assert.equal(read(next, found.mapping).rows[0], 'M-1 | 2017-06 | 2 | North')
  })
  it('with a column gone says so, and nothing like it is not recognised', () => {
    const long = sheetOf([
      ['Measure', 'Month', 'Area', 'Figure'],
      ['Crime', 'Jun-17', 'North', 2],
    ])
    const mapping = mappingOf(long, ['measure', 'period', 'breakdown', 'figures'], [[1, 'names']], both)
    const next = sheetOf([
      ['Measure', 'Month', 'Areas', 'Figure'],
      ['Crime', 'Jun-17', 'North', 2],
    ])
    assert.deepEqual(recognise([next], mapping)?.differences.slice(0, 2), [
      'There is no column “Area” any more. Is it now called “Areas”? Nothing is read for it.',
      'Column C, “Areas”, is new: nothing is read from it.',
    ])
    assert.equal(
      recognise(
        [
          sheetOf([
            ['Name', 'Salary'],
            ['A', 1],
          ]),
        ],
        mapping,
      ),
      null,
    )
  })
})
