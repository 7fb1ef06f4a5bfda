import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { vector } from '../analysis/testing.ts'
import { sampleMeasure, seriesFrom } from '../exceptions/testing.ts'
import type { SeriesBreak } from '../exceptions/exceptions.ts'
import type { Measure } from '../measure.ts'
import type { SeriesData } from '../series-data.ts'
import { viewSeries } from './series-view.ts'

const whole = { id: 1, area_id: 1, measure_id: 'm', breakdown: '', source: '' }
const view = (data: SeriesData, changes: Partial<Measure> = {}, breaks: readonly SeriesBreak[] = []) =>
  viewSeries(
    { ...sampleMeasure, ...changes },
    whole,
    data.figures.filter(figure => figure !== null),
    breaks,
  )
type View = Awaited<ReturnType<typeof view>>

function cellsUnder({ chart }: View, heading: string): string[] {
  const at = chart?.table.columns.findIndex(column => column.heading === heading) ?? -1
  assert.ok(at >= 0, heading)
  return chart!.table.rows.map(({ cells }) => {
    const cell = cells[at]
    return cell?.type === 'text' ? cell.text : ''
  })
}

const steady = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102]

describe('A series as its page shows it', () => {
  it('limits that differ stand in the table beside each figure, and the last months are marked as too early', async () => {
    const sizes = [200, 100, 300, 200, 100, 300, 200, 150, 250]
    const parts = sizes.map((denominator, i) => ({
      numerator: Math.round(denominator * (0.8 + (i % 2) / 50)),
      denominator,
    }))
    const data = seriesFrom(
      '2025-01',
      parts.map(({ numerator, denominator }) => (100 * numerator) / denominator),
      parts,
    )
    const shown = await view(data, {
      kind: 'proportion',
      unit: 'percent',
      decimals: 1,
      settling: 2,
      polarity: 'increase',
    })
    assert.equal(shown.limits?.method, 'p')
    const ranges = cellsUnder(shown, 'Usual range')
    assert.notEqual(ranges[0], ranges[1])
    assert.match(ranges[0] ?? '', /^\d+\.\d\d% to \d+\.\d\d%$/)
    assert.deepEqual(cellsUnder(shown, 'What the rules say').slice(-3), [
      '',
      'too early to judge',
      'too early to judge',
    ])
    assert.match(shown.says.join(' '), /a p chart.*The latest 2 months are too early to judge/)
    assert.match(shown.summary, /the average 80\.\d\d%/)
    assert.match(shown.chart?.title ?? '', /in July 2025 was within its usual range/)
  })
  it('a series by season shows both the figures and the figures without it', async () => {
    const values = vector<unknown, { values: number[] }>('season-01').input.values
    const shown = await view(seriesFrom('2022-01', values), { seasonal: true })
    assert.equal(cellsUnder(shown, 'Figure')[31], '1,276')
    assert.equal(cellsUnder(shown, 'Season taken out')[31], '1,150.1')
    assert.equal(cellsUnder(shown, 'What the rules say')[31], 'above the usual range')
    const figure = shown.figures[31]
    assert.ok(figure?.adjusted && figure.upper && figure.upper < 1276)
    assert.match(shown.chart?.svg ?? '', /Season taken out/)
    assert.match(
      shown.says.join(' '),
      /In December 2024 the figure was 954; with the season taken out it was 1,047\.6\./,
    )
  })
  it('what begins anew at a break is told in sentences, table and picture', async () => {
    const reason = 'Burglary was reclassified.'
    const from = Temporal.PlainDate.from('2023-01-01')
    const data = seriesFrom('2022-01', [...steady, ...steady.map(value => value + 40)])
    const shown = await view(data, {}, [{ from, rebases: true, cause: 'recording', reason }])
    assert.equal(cellsUnder(shown, 'What the rules say')[12], 'limits begin anew')
    assert.notEqual(cellsUnder(shown, 'Usual range')[11], cellsUnder(shown, 'Usual range')[12])
    assert.ok(shown.says.includes('Limits begin anew in January 2023: Burglary was reclassified.'))
    assert.deepEqual(shown.breaks, [{ period: '2023-01', words: 'January 2023', rebases: true, reason }])
    assert.match(shown.chart?.svg ?? '', /Begun anew: 2023-01\./)
    assert.equal(shown.standing, 'usual')
  })
  it('the summary tells the lowest, the highest, the latest, what is missing and what stands out', async () => {
    const { summary } = await view(seriesFrom('2024-01', [...steady, null, 150]))
    assert.equal(
      summary,
      '13 figures, from January 2024 to February 2025. The lowest is 97 (July 2024), the highest 150 (February 2025), ' +
        'the average 104.5. The latest is 150. One month has no figure. Recorded crime: above its usual range in February 2025.',
    )
    assert.equal((await view(seriesFrom('2024-01', []))).summary, 'There are no figures yet.')
    assert.equal((await view(seriesFrom('2024-01', [7]))).summary, 'One figure: 7 in January 2024.')
  })
  it('shares are not averaged without what they are made of', async () => {
    const { summary } = await view(seriesFrom('2024-01', [84.1, 85.3]), { kind: 'proportion', unit: 'percent' })
    assert.doesNotMatch(summary, /average/)
  })
  it('where nothing may be raised the figures are shown without a range, and why is said', async () => {
    const shown = await view(seriesFrom('2025-01', steady), { seasonal: true })
    assert.deepEqual([shown.standing, shown.limits, shown.exceptions], ['silent', null, []])
    assert.match(shown.says[0] ?? '', /fewer than two years of them \(12 of the 24 months needed\)/)
    assert.ok(shown.chart?.svg.includes('<svg'))
  })
})
