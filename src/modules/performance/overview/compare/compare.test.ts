import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { membershipFaults, membersOn, nameFault } from '../similar-group/similar-rules.ts'
import { type Compared, type ComparedArea, offeredBy, readChoices } from './compared.ts'
import { comparisonOf } from './compare-model.ts'
import { compareForces } from './force-comparison.ts'
import { compareLocally } from './local-comparison.ts'
import { shareFunnel } from './share-funnel.ts'

const inside = { areaName: 'Here', side: 'workspace' } as const
const day = (text: string) => Temporal.PlainDate.from(text)

interface AreaVector {
  id: string
  input: { rows: [string, number, number][]; focus: string; members: string[] }
}
const { vectors } = JSON.parse(readFileSync(new URL('../../analysis/vectors.json', import.meta.url), 'utf8')) as {
  vectors: AreaVector[]
}
const rowsOf = (id: string) => vectors.find(each => each.id.startsWith(id))?.input

const area = (name: string, numerator: number, denominator: number, scale = 1000): ComparedArea => ({
  name,
  figures: [{ at: '2024-04-01', value: (scale * numerator) / denominator, numerator, denominator }],
})

function compared(dimension: string, areas: readonly ComparedArea[], more: Partial<Compared> = {}): Compared {
  return {
    measure: {
      ...{ title: 'Recorded crime', unit: 'rate', kind: 'rate', decimals: 1, polarity: 'decrease', frequency: 'year' },
      ...{ per: 1000, numerator: 'Crimes', denominator: 'People, mid-2023', source: 'ONS' },
    },
    whole: { name: '', figures: [] },
    dimensions: [{ name: dimension, areas }],
    group: null,
    breaks: [],
    ...more,
  }
}

const choose = (of: Compared, query: Record<string, string> = {}) => {
  const choices = readChoices(query, offeredBy(of, query, 'Police area'))
  assert.ok(choices)
  return choices
}

const vector = rowsOf('msg-01')
const forces = vector?.rows.map(([name, events, people]) => area(name, events, people)) ?? []
const member = (name: string, from = '2020-01-01', to: string | null = null) => ({ name, from, to, source: 'A letter' })
const group = {
  ownName: 'Warwickshire',
  members: [
    ...(vector?.members ?? []).map(name => member(name)),
    member('Kent', '2010-01-01', '2019-12-31'),
    member('Nowhere'),
  ],
}
const police = compared('Police area', [...forces, area('Kent', 1, 10)], { group })

describe('Police areas compared', () => {
  it('by mean, pooled rate, range and rank of the others in the group, as the worked example has it', () => {
    const { comparison, rows, missing } = compareForces(police, choose(police), 'Here')
    assert.ok(comparison)
    assert.deepEqual([comparison.rank, comparison.of, comparison.position], [2, 8, 'within'])
    const near = (value: number | null, wanted: number) => assert.ok(Math.abs((value ?? 0) - wanted) < 1e-5)
    near(comparison.mean, 72.59796)
    near(comparison.pooled, 71.556864)
    near(comparison.lower, 57.918258)
    near(comparison.upper, 87.277662)
    assert.ok(!rows.some(({ name }) => name === 'Kent'), 'who is not in the group then is not shown')
    assert.deepEqual(missing, ['Nowhere'])
  })
  it('by the group as at the day chosen, the end of the period unless said', () => {
    assert.equal(choose(police).groupOn.toString(), '2025-03-31')
    const then = choose(police, { group: '2015-06-01' })
    assert.deepEqual(compareForces(police, then, 'Here').members, ['Kent'])
    assert.equal(compareForces(police, then, 'Here').why, 'too-few')
    const faulty = choose(police, { group: '1 June 2015' })
    assert.deepEqual([faulty.groupFault, faulty.groupOn.toString()], ['1 June 2015', '2025-03-31'])
    assert.equal(choose(police, { group: '2015-02-30' }).groupFault, '2015-02-30')
  })
  it('in the order of names or of distance from the mean, never from best to worst', () => {
    const names = (query: Record<string, string>) => compareForces(police, choose(police, query), '').rows
    const byName = names({}).map(({ name }) => name)
    assert.deepEqual(byName, [...byName].sort())
    const distances = names({ order: 'distance' }).map(({ fromMean }) => Math.abs(fromMean ?? 0))
    assert.deepEqual(
      distances,
      [...distances].sort((a, b) => b - a),
    )
    const values = names({ order: 'distance' }).map(({ figure }) => figure?.value ?? 0)
    assert.notDeepEqual(
      values,
      [...values].sort((a, b) => b - a),
    )
  })
  it('with the formula, the population and the group named', async () => {
    const found = await comparisonOf(police, choose(police), inside)
    assert.match(found.title, /Warwickshire was within the range of similar forces in the year 2024\/25/)
    assert.match(found.says.join(' '), /number 2 of 8.*mean of the 7 others is 72\.60.*10\.6% below it/)
    assert.match(found.says.join(' '), /No figure is held for Nowhere/)
    assert.match(found.formula.join(' '), /1\.96 times their standard deviation/)
    assert.match(found.group?.text ?? '', /Cheshire.*Source: A letter/)
    assert.match(found.svg ?? '', /role="img"/)
  })
  const without: readonly [string, Partial<Compared>, Record<string, string>, string][] = [
    ['without a group', { group: null }, {}, 'no-group'],
    ['without the name of the force', { group: { ...group, ownName: null } }, {}, 'no-own-name'],
    ['on a day when nobody was in it', {}, { group: '1990-01-01' }, 'nobody-then'],
    ['where the force has no figure', { group: { ...group, ownName: 'Elsewhere' } }, {}, 'no-own-figure'],
  ]
  for (const [what, more, query, why] of without) {
    it(`not at all ${what}, and says why`, async () => {
      const of = { ...police, ...more }
      const found = compareForces(of, choose(of, query), 'Here')
      assert.deepEqual([found.comparison, found.why], [null, why])
      assert.ok((await comparisonOf(of, choose(of, query), inside)).says.length > 0)
      const outside = await comparisonOf(of, choose(of, query), { ...inside, side: 'public' })
      assert.doesNotMatch(outside.says.join(' '), /administrator/)
      assert.equal(outside.says.length, 1)
    })
  }
  it('not as plain numbers, which grow with the area', async () => {
    const of = { ...police, measure: { ...police.measure, unit: 'count', kind: 'count', per: null } as const }
    assert.equal(compareForces(of, choose(of), '').why, 'plain-numbers')
    assert.equal((await comparisonOf(of, choose(of), inside)).svg, null)
  })
  it('with the own figure from the same files as the others, or else the measure’s own', () => {
    const own = (areas: readonly ComparedArea[]) => {
      const of = compared('Police area', areas, { group, whole: { ...area('', 70, 1000), name: '' } })
      return compareForces(of, choose(of), 'Here').rows.find(({ place }) => place === 'own')?.figure?.value
    }
    assert.equal(Math.round(own(forces) ?? 0), 65)
    assert.equal(own(forces.filter(({ name }) => name !== 'Warwickshire')), 70)
  })
})

describe('Local areas compared', () => {
  const districts = rowsOf('funnel-02')?.rows.map(([name, events, people]) => area(name, events, people)) ?? []
  const local = (areas: readonly ComparedArea[], more: Partial<Compared> = {}) => compared('District', areas, more)
  const places = (of: Compared) =>
    compareLocally(of, choose(of)).rows.map(({ name, inFunnel }) => [name, inFunnel?.place, inFunnel?.high])
  it('by a funnel, as the worked example has it', async () => {
    const of = local(districts)
    assert.deepEqual(places(of), [
      ['North Warwickshire', 'within', false],
      ['Nuneaton and Bedworth', 'beyond-998', true],
      ['Rugby', 'beyond-998', false],
      ['South Warwickshire', 'beyond-998', false],
    ])
    const found = await comparisonOf(of, choose(of), inside)
    assert.match(found.title, /by district: 3 of 4 areas differ more than chance explains/)
    assert.match(found.formula.join(' '), /square root of c \/ n/)
    assert.equal(found.group, null)
  })
  it('a hidden figure stays hidden, and out of the centre', async () => {
    const hidden: ComparedArea = { name: 'Rugby', figures: [{ at: '2024-04-01', value: null, mark: '[c]' }] }
    const of = local([...districts.filter(({ name }) => name !== 'Rugby'), hidden])
    const [all, left] = [compareLocally(local(districts), choose(local(districts))), compareLocally(of, choose(of))]
    assert.notEqual(all.centre, left.centre)
    const found = await comparisonOf(of, choose(of), inside)
    assert.match(JSON.stringify(found.table), /\[c\]/)
    assert.doesNotMatch(JSON.stringify(found), /6,880|59\.1/)
    assert.match(found.says.join(' '), /Left out, because their figures are missing or hidden: Rugby/)
  })
  it('without denominators as a plain table', async () => {
    const plain = (name: string): ComparedArea => ({ name, figures: [{ at: '2024-04-01', value: 4 }] })
    const of = local([plain('A'), plain('B')])
    const found = await comparisonOf(of, choose(of), inside)
    assert.equal(found.svg, null)
    assert.match(found.says.join(' '), /counted out of is not held/)
  })
  it('a small number has no percentage, and no change is told across a break', () => {
    const count = { ...compared('', []).measure, unit: 'count', kind: 'count', decimals: 0, per: null } as const
    const of = local(
      [12, 40].map((value, i) => ({
        name: String(i),
        figures: [
          { at: '2023-04-01', value: value / 2 },
          { at: '2024-04-01', value },
        ],
      })),
      { measure: count },
    )
    const changes = (all: Compared) => compareLocally(all, choose(all)).rows.map(({ change }) => change?.text)
    assert.match(changes(of)[0] ?? '', /^6 more than a year before; too few for a percentage/)
    assert.deepEqual(changes({ ...of, breaks: [{ from: '2024-04-01', breakdown: '1' }] })[1], undefined)
  })
  it('shares have limits of shares: those of a rate would be too wide', () => {
    const { centre, points } = shareFunnel([
      { area: 'A', events: 800, population: 1000 },
      { area: 'B', events: 880, population: 1000 },
    ])
    assert.equal(centre, 84)
    const [a] = points
    assert.ok(a)
    assert.ok(Math.abs(a.limits95.lower - (84 - 1.959964 * 100 * Math.sqrt((0.84 * 0.16) / 1000))) < 1e-4)
    assert.deepEqual([a.outside95, a.outside998], [true, true])
  })
})

describe('Membership of the most similar group', () => {
  const held = [{ name: 'Kent', from: day('2018-04-01'), to: day('2020-03-31') }]
  const messages = (name: string, from: string, to: string | null) =>
    membershipFaults({ name, from: day(from), to: to === null ? null : day(to) }, held, 'Here').map(
      ({ field, message }) => `${field}: ${message}`,
    )
  it('may follow an earlier one on the next day, but not overlap it', () => {
    assert.deepEqual(messages('Kent', '2020-04-01', null), [])
    assert.deepEqual(messages('Kent', '2017-01-01', '2018-03-31'), [])
    assert.match(messages('Kent', '2020-03-31', null)[0] ?? '', /from: Kent is in the group from 1 April 2018/)
    assert.match(messages('Kent', '2000-01-01', null)[0] ?? '', /must not overlap/)
    assert.deepEqual(messages('Essex', '2018-04-01', null), [])
  })
  it('ends on its first day or later, and leaves the force itself out', () => {
    assert.match(messages('Essex', '2020-04-02', '2020-04-01')[0] ?? '', /to: The last day must be the first day or/)
    assert.deepEqual(messages('Essex', '2020-04-01', '2020-04-01'), [])
    assert.match(messages('Here', '2020-04-01', null)[0] ?? '', /names: Leave out Here/)
  })
  it('counts both its days', () => {
    for (const [on, names] of [
      ['2018-03-31', []],
      ['2018-04-01', ['Kent']],
      ['2020-03-31', ['Kent']],
      ['2020-04-01', []],
    ] as const) {
      assert.deepEqual(membersOn(held, day(on)), names)
    }
  })
  it('is of a police area that the files name', () => {
    assert.equal(nameFault('names', 'Kent', ['Kent']), null)
    assert.match(
      nameFault('names', 'Cheshre', ['Cheshire', 'Essex'])?.message ?? '',
      /called “Cheshre”\. Did you mean Cheshire\?/,
    )
    assert.match(nameFault('names', 'Atlantis', ['Kent'])?.message ?? '', /Choose one from the list/)
  })
})
