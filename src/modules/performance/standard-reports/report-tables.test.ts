import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CellModel } from '../../../platform/web/patterns.ts'
import { parsePeriod, periodInWords } from '../period.ts'
import type { ReportFigure, ReportMeasure, ReportMeasureFacts } from './report-measure.ts'
import { tablesOf } from './report-tables.ts'
import type { ReportTable } from './report-tables.ts'
import { findReport, lineObstacle, standardReports } from './reports.ts'
import { vacanciesOf } from './vacancies.ts'

const facts: ReportMeasureFacts = {
  ...{ unit: 'count', kind: 'count', decimals: 0, basis: null, per: null, frequency: 'month' },
  ...{ definition: 'As counted.', source: 'The force', disclosure: null, dimensions: [] },
}

function figure(period: string, value: number | null, more: Partial<ReportFigure> = {}): ReportFigure {
  const parsed = parsePeriod(period)
  assert.ok(!('fault' in parsed))
  const words = periodInWords(parsed)
  return { period, words, value, mark: null, numerator: null, denominator: null, status: '', asAt: null, ...more }
}

function measure(
  more: Partial<ReportMeasureFacts>,
  series: Record<string, readonly ReportFigure[]>,
  inside = false,
): ReportMeasure {
  return {
    ...{ title: 'Searches', reference: 'M-1', href: '/m', chart: null, inside },
    facts: { ...facts, ...more },
    series: new Map(Object.entries(series)),
  }
}

const textOf = (cell: CellModel | undefined) =>
  cell?.type === 'text' ? [cell.text, cell.hint].filter(Boolean).join('|') : ''
const rowsOf = (table: ReportTable | undefined) => table?.rows.map(row => row.cells.map(textOf).join(' / '))

function line(report: string, key: string) {
  const found = findReport(report)?.lines.find(each => each.key === key)
  assert.ok(found)
  return found
}

describe('the tables of a report', () => {
  it('set the latest figures of each part beside those of a year before', () => {
    const joined = measure(
      { dimensions: [{ name: 'Role', adding: 'to-the-whole', parts: ['Staff', 'Officers'] }] },
      {
        '': [figure('2025-01', 100), figure('2026-01', 110)],
        Officers: [figure('2025-01', 60), figure('2026-01', 66, { status: 'provisional' })],
        Staff: [figure('2026-01', 44)],
      },
    )
    const [table] = tablesOf(line('establishment', 'joiners'), joined)
    assert.deepEqual(
      table?.columns.map(({ heading }) => heading),
      ['Role', 'January 2026', 'January 2025', 'Change on a year before'],
    )
    assert.deepEqual(rowsOf(table), [
      'All / 110 / 100 / 10.0% more than a year before',
      'Staff / 44 / no figure / ',
      'Officers / 66|provisional / 60 / 10.0% more than a year before',
    ])
  })

  it('give each part its share of the whole with the number, and nothing of a part that is hidden', () => {
    const parts = ['Asian', 'Black', 'White']
    const dimensions = [{ name: 'Ethnic group', adding: 'to-the-whole' as const, parts }]
    const shown = {
      '': [figure('2026-01', 120)],
      Asian: [figure('2026-01', null, { mark: '[c]' })],
      Black: [figure('2026-01', null, { mark: '[c]' })],
      White: [figure('2026-01', 90)],
    }
    const [table] = tablesOf(line('stop-and-search', 'searches'), measure({ disclosure: 5, dimensions }, shown))
    assert.equal(table?.columns[2]?.heading, 'Share of 120')
    assert.deepEqual(rowsOf(table), [
      'All / 120 / 100.0%',
      'Asian / [c] / [c]',
      'Black / [c] / [c]',
      'White / 90 / 75.0%',
    ])
    assert.match(table?.notes[0] ?? '', /fewer than 5/)
    const inside = { ...shown, Asian: [figure('2026-01', 4)], Black: [figure('2026-01', 26)] }
    const [own] = tablesOf(line('stop-and-search', 'searches'), measure({ disclosure: 5, dimensions }, inside, true))
    assert.equal(rowsOf(own)?.[1], 'Asian / 4|hidden from the public / 3.3%')
  })

  it('say that several answers add up to more than 100%, and give no share of parts that make up no whole', () => {
    const series = { '': [figure('2026-01', 10)], A: [figure('2026-01', 8)] }
    const of = (adding: 'several-answers' | 'not') =>
      tablesOf(
        line('use-of-force', 'uses'),
        measure({ dimensions: [{ name: 'Tactic', adding, parts: ['A'] }] }, series),
      )
    assert.match(of('several-answers')[0]?.notes[0] ?? '', /more than 100%/)
    assert.deepEqual(rowsOf(of('not')[0]), ['All / 10', 'A / 8'])
  })

  it('print a share of a survey with the number asked and its interval', () => {
    const share = { unit: 'percent', kind: 'proportion', decimals: 1 } as const
    const asked = measure(share, {
      '': [figure('2026-01', 84.2, { numerator: 842, denominator: 1000 }), figure('2026-02', 80)],
    })
    const [table] = tablesOf(line('satisfaction', 'whole'), asked)
    // Wilson's interval of 842 in 1,000 is 81.8% to 86.3%.
    assert.deepEqual(rowsOf(table), [
      'February 2026 / 80.0% / not given / ',
      'January 2026 / 84.2% / 1,000 / 81.8% to 86.3%',
    ])
    assert.match(table?.notes[0] ?? '', /no interval/)
    const [calls] = tablesOf(line('calls', 'emergency'), asked)
    assert.deepEqual(
      calls?.columns.map(({ heading }) => heading),
      ['Period', 'Share', 'Calls'],
    )
  })
})

describe('posts that are not filled', () => {
  const stock = (period: string, value: number) =>
    measure({ kind: 'stock', decimals: 1 }, { '': [figure(period, value)], Officers: [figure(period, value - 10)] })

  it('are posts less full-time equivalents, where both are as at one day', () => {
    const found = vacanciesOf(stock('2026-03', 100), stock('2025/26 Q4', 96.5))
    assert.ok(found !== null && 'table' in found)
    assert.match(found.table.caption, /31 March 2026/)
    assert.equal(rowsOf(found.table)?.[0], 'All / 100.0 / 96.5 / 3.5')
  })

  it('are not worked out between two days', () => {
    const found = vacanciesOf(stock('2026-03', 100), stock('2026-02', 96.5))
    assert.deepEqual(found, { days: ['31 March 2026', '28 February 2026'] })
  })
})

describe('the reports people know', () => {
  it('take into a line only what it says it shows', () => {
    const posts = line('establishment', 'posts')
    assert.equal(lineObstacle(posts, { kind: 'stock', basis: 'establishment' }), null)
    assert.match(lineObstacle(posts, { kind: 'stock', basis: 'headcount' }) ?? '', /counts posts/)
    assert.match(lineObstacle(posts, { kind: 'proportion', basis: null }) ?? '', /not the kind of figure/)
  })

  it('have addresses of their own, and lines of their own within each', () => {
    const names = standardReports.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length)
    for (const { name, lines } of standardReports) {
      assert.equal(new Set(lines.map(({ key }) => key)).size, lines.length, name)
      for (const each of lines) assert.match(`${name}.${each.key}`, /^[a-z-]+\.[a-z-]+$/)
    }
  })
})
