import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { yearChange } from './change-words.ts'
import { isFiltered, partText, readFilters, shownGroups } from './filters.ts'
import { countInWords, type MeasureFacts, overviewRow, type SeriesFacts, standingModel } from './lines.ts'
import { dashboardModel } from './dashboard-model.ts'
import { partAt } from './areas-model.ts'
import { partAddress } from './paths.ts'

const count = { unit: 'count', kind: 'count', decimals: 0 } as const
const share = { unit: 'percent', kind: 'proportion', decimals: 1 } as const

describe('The change on the year before', () => {
  const cases = [
    ['a count, in per cent', count, 112, 100, '12.0% more than a year before'],
    ['a count, fewer', count, 1000, 1250, '20.0% fewer than a year before'],
    ['under 50 in either year, by itself', count, 60, 49, '11 more than a year before; too few for a percentage'],
    ['from nothing, by itself', count, 3, 0, '3 more than a year before; too few for a percentage'],
    ['a share, in points and never in per cent', share, 34.8, 30.3, '4.5 percentage points higher than a year before'],
    ['a share, falling', share, 82.3, 85.3, '3.0 percentage points lower than a year before'],
    ['one point', { ...share, decimals: 0 }, 31, 30, '1 percentage point higher than a year before'],
    ['no change that the digits tell', share, 30.34, 30.31, 'the same as a year before'],
    ['money', { unit: 'money', kind: 'money', decimals: 0 }, 90, 100, '10.0% less than a year before'],
    ['a rate', { unit: 'rate', kind: 'rate', decimals: 1 }, 66, 64, '3.1% higher than a year before'],
    ['hardly any', count, 100_001, 100_000, 'less than 0.1% more than a year before'],
    ['the same count', count, 100, 100, 'the same as a year before'],
  ] as const
  for (const [what, measure, latest, before, text] of cases) {
    it(what, () => assert.equal(yearChange(measure, latest, before)?.text, text))
  }
  it('is not told of a grade, of a change, or where one of the two is missing', () => {
    assert.equal(yearChange({ unit: 'count', kind: 'grade', decimals: 0 }, 3, 2), null)
    assert.equal(yearChange({ unit: 'percent', kind: 'change', decimals: 1 }, 3, 2), null)
    assert.equal(yearChange(count, null, 100), null)
    assert.equal(yearChange(count, 100, null), null)
  })
})

const series = (more: Partial<SeriesFacts> = {}): SeriesFacts => ({
  at: '2025-11-01',
  latest: 120,
  yearBefore: 100,
  status: '',
  standing: 'usual',
  says: 'Nothing.',
  recent: [100, 90, null, 120],
  range: null,
  broken: null,
  ...more,
})
const facts = (title: string, more: Partial<MeasureFacts> = {}): MeasureFacts => ({
  title,
  reference: `M-${title}`,
  href: `/m/${title}`,
  measure: { unit: 'count', kind: 'count', frequency: 'month', decimals: 0 },
  objective: null,
  series: series(),
  parts: [],
  ...more,
})
const filters = (query: Record<string, string> = {}) => readFilters(query, [{ dimension: 'District', name: 'Rugby' }])
const titles = (measures: readonly MeasureFacts[], query: Record<string, string> = {}) =>
  shownGroups(measures, filters(query)).map(group => [group.title, ...group.rows.map(row => row.title)])

describe('A row', () => {
  it('gives figure, period, change, state with its shape, and a line with a name', () => {
    const row = overviewRow(facts('Robbery', { series: series({ standing: 'bad' }) }))
    assert.deepEqual([row.latest, row.period, row.standing.shape], ['120', 'November 2025', 'diamond'])
    assert.equal(row.change, '20.0% more than a year before')
    assert.match(row.svg ?? '', /The last 4 months: between 90 and 120/)
  })
  it('compares nothing across a break', () => {
    const broken = { from: '2025-04-01', cause: 'recording' } as const
    const row = overviewRow(facts('Robbery', { series: series({ broken }) }))
    assert.equal(row.change, 'Not comparable with a year before: the way it is recorded changed on 1 April 2025')
    assert.equal(row.changeAmount, null)
  })
  it('says of a kind that may not be judged that it is not, and of no figures that there are none', () => {
    const silent = series({ standing: 'silent' })
    const word = (measure: Partial<MeasureFacts>) => standingModel(facts('x', measure)).word
    assert.equal(word({ series: silent }), 'Too early to say')
    assert.equal(
      word({ series: silent, measure: { unit: 'count', kind: 'stock', frequency: 'month', decimals: 0 } }),
      'Not judged',
    )
    assert.equal(word({ series: null }), 'No figures yet')
    assert.equal(word({ series: series({ at: null, latest: null }) }), 'No figures yet')
  })
  it('tells of parts that are out of the ordinary, not of those that are not', () => {
    const parts = [
      { dimension: 'District', parts: 5, outCount: 4, out: ['Rugby', 'Stratford', 'Warwick'] },
      { dimension: 'Sex', parts: 2, outCount: 0, out: [] },
    ]
    assert.deepEqual(overviewRow(facts('x', { parts })).parts, [
      'Out of the ordinary by district, 4 of 5: Rugby, Stratford, Warwick and others',
    ])
  })
})

describe('What is shown', () => {
  const safer = { title: 'Safer streets', href: null, order: 'O-2' }
  const fair = { title: 'Fair policing', href: null, order: 'O-10' }
  const measures = [
    facts('Usual', { objective: safer }),
    facts('Worse', { objective: safer, series: series({ standing: 'bad' }) }),
    facts('Better', { objective: safer, series: series({ standing: 'good' }) }),
    facts('Stop and search', { objective: fair, series: series({ standing: 'silent' }) }),
    facts('Alone', { parts: [{ dimension: 'District', parts: 2, outCount: 0, out: [] }] }),
  ]
  it('stands by objective in the order of the plan, exceptional ones first, the rest last', () => {
    assert.deepEqual(titles(measures), [
      ['Safer streets', 'Worse', 'Better', 'Usual'],
      ['Fair policing', 'Stop and search'],
      ['Measures of no objective', 'Alone'],
    ])
  })
  const narrowed: readonly [Record<string, string>, string[]][] = [
    [{ standing: 'out' }, ['Worse', 'Better']],
    [{ standing: 'bad' }, ['Worse']],
    [{ standing: 'good' }, ['Better']],
    [{ standing: 'usual' }, ['Usual', 'Alone']],
    [{ standing: 'early' }, ['Stop and search']],
    [{ standing: 'nonsense' }, ['Worse', 'Better', 'Usual', 'Stop and search', 'Alone']],
    [{ objective: 'Fair policing' }, ['Stop and search']],
    [{ objective: 'none' }, ['Alone']],
    [{ dimension: 'District' }, ['Alone']],
    [{ words: 'SEARCH stop' }, ['Stop and search']],
    [{ words: 'safer worse' }, ['Worse']],
  ]
  for (const [query, found] of narrowed) {
    it(`is narrowed by ${JSON.stringify(query)}`, () => {
      assert.deepEqual(
        titles(measures, query).flatMap(group => group.slice(1)),
        found,
      )
    })
  }
  it('counts in words', () => {
    assert.equal(
      countInWords(measures.map(overviewRow)),
      '5 measures, 2 out of the ordinary: 1 for the worse, 1 for the better',
    )
    assert.equal(countInWords([overviewRow(facts('x'))]), '1 measure, none out of the ordinary')
  })
  it('keeps the filters in every address of the page, and offers to show all', () => {
    const asked = filters({ standing: 'bad', words: 'w', part: 'District: Rugby' })
    assert.equal(asked.part === null ? '' : partText(asked.part), 'District: Rugby')
    assert.ok(isFiltered(asked))
    const parts = { side: 'workspace', title: 'Performance', address: '/p', measures, offered: [], links: [] } as const
    const model = dashboardModel({ ...parts, filters: asked, empty: '' })
    for (const address of [model.downloads.csv, model.downloads.json, model.otherView.href]) {
      assert.match(address, /standing=bad&words=w&part=District%3A\+Rugby/)
    }
  })
  it('finds a part again by its address, whatever its name is written in', () => {
    const parts = [
      { dimension: 'District', name: 'North Warwickshire' },
      { dimension: '', name: 'Caerdydd – Sgwâr' },
      { dimension: 'Ethnic group', name: 'شرق' },
    ]
    for (const part of parts) {
      const [dimension = '', name = ''] = partAddress(part).split('/')
      assert.equal(partAt(parts, dimension, decodeURIComponent(name)), part)
    }
    assert.equal(partAt(parts, 'district', 'nowhere'), null)
  })
})
