import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { contradictionsIn } from './find.ts'
import { coreOf } from './kindred.ts'
import { agreement, finestStep, stepOf, sumOf, verdictOnMean, verdictOnShare, verdictOnSum } from './precision.ts'
import { subjectsFrom, type WrittenMeasure, type WrittenRow } from './testing.ts'

const found = (...measures: WrittenMeasure[]) => contradictionsIn(subjectsFrom(measures))
const verdictsOf = (...measures: WrittenMeasure[]) => found(...measures).map(each => each.verdict)

const counts = (rows: readonly WrittenRow[], more: Partial<WrittenMeasure> = {}): WrittenMeasure => ({
  title: 'Calls',
  unit: 'count',
  kind: 'count',
  frequency: 'year',
  rows,
  ...more,
})
const shares = (rows: readonly WrittenRow[], more: Partial<WrittenMeasure> = {}): WrittenMeasure =>
  counts(rows, { title: 'Share answered', unit: 'percent', kind: 'proportion', decimals: 1, ...more })

describe('Two values of one figure', () => {
  const two = (a: number | string, b: number | string, more = {}) =>
    verdictsOf(
      counts([
        ['', '2024/25', a, 'One'],
        ['', '2024/25', b, 'Two', more],
      ]),
    )
  it('conflict unless one is the other rounded', () => {
    assert.deepEqual(two(20, 21), ['conflict'])
    assert.deepEqual(two(105, 108), ['conflict'])
    assert.deepEqual(two(9500, 9512), ['conflict'])
    assert.deepEqual(two(28_000, 28_377), [])
    assert.deepEqual(two(27_000, 27_651), ['conflict'])
    assert.deepEqual(two(11_740_000, 11_700_000), [])
    assert.deepEqual(two(11_760_000, 11_700_000), ['conflict'])
    assert.deepEqual(two(84.25, 84.2), [])
    assert.deepEqual(two(84.25, 84.3), [])
    assert.deepEqual(two(84.225, 84.25), ['conflict'])
  })
  it('a thousand times as much is a slip of unit', () => {
    assert.deepEqual(two(97_268, 97.268), ['implausible-magnitude'])
    assert.deepEqual(two(12, 1200), ['implausible-magnitude'])
  })
  it('figures as at two days are of two vintages', () => {
    const rows = (first: string, second: string): WrittenRow[] => [
      ['', '2024/25', 41_594, 'One', { asAt: first }],
      ['', '2024/25', 41_411, 'Two', { asAt: second }],
    ]
    assert.deepEqual(verdictsOf(counts(rows('2025-04-01', '2025-12-01'))), ['different-vintages'])
    assert.deepEqual(verdictsOf(counts(rows('2025-04-01', '2025-04-01'))), ['conflict'])
  })
  it('sources that both say how people or money are counted define them apart', () => {
    const by = (a: string, b: string) =>
      verdictsOf(
        counts([
          ['', '2024/25', 894, a],
          ['', '2024/25', 806, b],
        ]),
      )
    assert.deepEqual(by('Report, establishment', 'Census, full-time equivalents'), ['different-definitions'])
    assert.deepEqual(by('Report, establishment', 'Year in numbers'), ['conflict'])
    assert.deepEqual(by('Original budget', 'Revised budget'), ['different-definitions'])
    assert.deepEqual(by('Report', 'Revised budget'), ['different-definitions'])
  })
  it('what is withheld in one source and printed in another is found, and its value is not told', () => {
    const [hidden] = found(
      counts([
        ['', '2024/25', '[c]', 'One'],
        ['', '2024/25', 37, 'Two'],
      ]),
    )
    assert.equal(hidden?.verdict, 'withheld-and-printed')
    assert.equal(hidden.withheld, true)
    assert.doesNotMatch(hidden.sentence, /37/)
    assert.deepEqual(two('-', 37), [])
  })
  it('of three sources are one finding with all three', () => {
    const rows = (['A', 'B', 'C'] as const).map((source, i): WrittenRow => ['', '2024/25', 10 + i, `Report: ${source}`])
    const all = found(counts(rows))
    assert.deepEqual(
      all.map(each => each.sentence),
      ['Calls, the year 2024/25: 10 in “A”, 11 in “B”, 12 in “C”.'],
    )
  })
  it('is one finding for a pair of sources, with the latest period in words', () => {
    const rows = ['2022/23', '2023/24', '2024/25'].flatMap((period): WrittenRow[] => [
      ['North', period, 105, 'One'],
      ['North', period, 108, 'Two'],
    ])
    const all = found(counts(rows))
    assert.equal(all.length, 1)
    assert.match(all[0]?.sentence ?? '', /Calls, North, the year 2024\/25: 105 in “One”, 108 in “Two”\. So it is in 2/)
    assert.equal(all[0]?.figures.length, 6)
  })
})

describe('Parts and whole', () => {
  const dimensions = [{ name: 'District', adding: 'to-the-whole' as const, parts: ['North', 'South'] }]
  const rows = (north: number | string, south: number | string, whole: number): WrittenRow[] => [
    ['', '2024/25', whole],
    ['North', '2024/25', north],
    ['South', '2024/25', south],
  ]
  it('add up, or do not', () => {
    assert.deepEqual(verdictsOf(counts(rows(40, 60, 100), { dimensions })), [])
    assert.deepEqual(verdictsOf(counts(rows(40, 60, 101), { dimensions })), ['inconsistent-beyond-rounding'])
    assert.deepEqual(verdictsOf(counts(rows(40, '', 100), { dimensions })), ['missing-component'])
    assert.deepEqual(verdictsOf(counts(rows(100, '', 100), { dimensions })), [])
    assert.deepEqual(verdictsOf(counts(rows(40, '[c]', 100), { dimensions })), [])
  })
  it('need not where the measure does not say that they do', () => {
    assert.deepEqual(verdictsOf(counts(rows(40, 60, 120), { dimensions: [{ ...dimensions[0]!, adding: 'not' }] })), [])
    assert.deepEqual(verdictsOf(counts(rows(40, 60, 120))), [])
  })
  it('are looked at below a part too', () => {
    const tree = [{ ...dimensions[0]!, parts: ['North', 'South', ['Hill', 'North'], ['Dale', 'North']] }]
    const more: WrittenRow[] = [...rows(40, 60, 100), ['Hill', '2024/25', 15], ['Dale', '2024/25', 24]]
    const [off] = found(counts(more, { dimensions: tree }))
    assert.match(off?.sentence ?? '', /Calls, North.*add up to 39, the figure is 40/)
  })
  it('rounding excuses as much as it may make', () => {
    const money = { unit: 'money', kind: 'money', decimals: 3, dimensions } as const
    assert.deepEqual(verdictsOf(counts(rows(2.003, 0.231, 2.234), money)), [])
    assert.deepEqual(verdictsOf(counts(rows(2.003, 0.231, 2.235), money)), [])
    assert.deepEqual(verdictsOf(counts(rows(2.003, 0.231, 2.239), money)), ['inconsistent-beyond-rounding'])
  })
  it('a pooled share lies between its parts', () => {
    const given = (whole: number) =>
      verdictsOf(
        shares(
          rows(20, 30, whole).map(([b, p, v]): WrittenRow => [b, p, v, '', { d: 100 }]),
          { dimensions },
        ),
      )
    assert.deepEqual(given(24), [])
    assert.deepEqual(given(31.5), ['outside-its-parts'])
  })
})

describe('Percentages', () => {
  const by = (adding: 'to-the-whole' | 'several-answers', values: readonly (number | string)[]) =>
    verdictsOf(
      shares(
        values.map((value, i): WrittenRow => [`Part ${String(i)}`, '2024/25', value]),
        {
          decimals: 0,
          dimensions: [{ name: 'Reason', adding, parts: values.map((_value, i) => `Part ${String(i)}`) }],
        },
      ),
    )
  it('of one whole make 100, allowing for rounding and for what is hidden', () => {
    assert.deepEqual(by('to-the-whole', [33, 33, 33]), [])
    assert.deepEqual(by('to-the-whole', [40, 32]), ['incomplete-breakdown'])
    assert.deepEqual(by('to-the-whole', [40, 32, '[c]']), [])
    assert.deepEqual(by('to-the-whole', [60, 55]), ['more-than-the-whole'])
    assert.deepEqual(by('several-answers', [60, 55]), [])
  })
  it('lie between 0 and 100', () => {
    const of = (value: number) => verdictsOf(shares([['', '2024/25', value, '', { d: 100 }]]))
    assert.deepEqual(of(104), ['impossible-percentage'])
    assert.deepEqual(of(-1), ['impossible-percentage'])
    assert.deepEqual(of(100), [])
    const change = { unit: 'percent', kind: 'change' } as const
    assert.deepEqual(verdictsOf(counts([['', '2024/25', 216.5]], change)), [])
    assert.deepEqual(verdictsOf(counts([['', '2024/25', -120]], change)), ['impossible-percentage'])
  })
  it('are what they are counted from', () => {
    const of = (value: number, n: number, d: number) => verdictsOf(shares([['', '2024/25', value, '', { n, d }]]))
    assert.deepEqual(of(13.6, 190, 1526), ['inconsistent'])
    assert.deepEqual(of(12.5, 190, 1526), [])
    assert.deepEqual(of(12, 190, 1526), [])
  })
  it('say of how many, once for a measure', () => {
    const rows: WrittenRow[] = [
      ['North', '2023/24', 81.2],
      ['North', '2024/25', 82.2],
      ['South', '2024/25', 79.1],
    ]
    assert.deepEqual(verdictsOf(shares(rows)), ['missing-denominator'])
    assert.deepEqual(verdictsOf(shares([...rows.slice(1), ['North', '2023/24', 81.2, '', { d: 500 }]])), [])
  })
  it('keep their unit', () => {
    const of = (...values: number[]) =>
      verdictsOf(
        shares(
          values.map((value, i): WrittenRow => ['', `202${String(i)}/2${String(i + 1)}`, value, '', { d: 900 }]),
          { decimals: 2 },
        ),
      )
    assert.deepEqual(of(0.85, 85), ['implausible-magnitude'])
    assert.deepEqual(of(84.1, 83.2, 0.85, 85), ['implausible-magnitude'])
    assert.deepEqual(of(0.9, 1.2, 0.8), [])
    assert.deepEqual(of(85, 12), [])
  })
  it('are not printed as lying on the line they miss', () => {
    const near = (value: number, target: number) =>
      verdictsOf(shares([['', '2024/25', value, '', { d: 31_459 }]], { target }))
    assert.deepEqual(near(0.9695, 1), ['show-more-decimals'])
    assert.deepEqual(near(0.94, 1), [])
    assert.deepEqual(near(1, 1), [])
  })
  it('are not called percentage points, nor points per cent', () => {
    const change = (title: string, unit: 'percent' | 'points') =>
      verdictsOf(counts([['', '2024/25', 4.5]], { title, unit, kind: 'change' }))
    assert.deepEqual(change('Difference, percentage points', 'percent'), ['unit-label-conflict'])
    assert.deepEqual(change('Difference in per cent', 'points'), ['unit-label-conflict'])
    assert.deepEqual(change('Difference, percentage points', 'points'), [])
  })
})

describe('A year and its quarters', () => {
  const quarters = (
    values: readonly number[],
    of: (rows: readonly WrittenRow[], more: Partial<WrittenMeasure>) => WrittenMeasure,
  ) =>
    of(
      values.map((value, i): WrittenRow => ['', `2024/25 Q${String(i + 1)}`, value]),
      { frequency: 'quarter' },
    )
  it('a total that is not theirs', () => {
    const year = (value: number) => counts([['', '2024/25', value]], { title: 'Calls, total of the year' })
    assert.deepEqual(verdictsOf(quarters([10, 20, 30, 40], counts), year(100)), [])
    assert.deepEqual(verdictsOf(quarters([10, 20, 30, 40], counts), year(101)), ['inconsistent-beyond-rounding'])
    assert.deepEqual(verdictsOf(quarters([10, 20, 30], counts), year(101)), [])
  })
  it('an average that is not theirs, and one that rounding makes', () => {
    const year = (value: number) => shares([['', '2024/25', value]], { title: 'Share answered, average of the year' })
    const of = (value: number) =>
      verdictsOf(quarters([85.3, 85, 84.3, 82.3], shares), year(value)).filter(each => each !== 'missing-denominator')
    assert.deepEqual(of(84.25), ['inconsistent'])
    assert.deepEqual(of(84.2), [])
    assert.deepEqual(of(84.3), [])
    assert.deepEqual(of(84.4), ['inconsistent'])
  })
})

describe('Stated changes', () => {
  const rates = shares([
    ['North', '2023/24', 3.5, '', { d: 900 }],
    ['North', '2024/25', 10.9, '', { d: 900 }],
  ])
  const change = (value: number, unit: 'percent' | 'points') =>
    verdictsOf(rates, counts([['North', '2024/25', value]], { title: 'Share answered, change', unit, kind: 'change' }))
  it('follow from the figures, rounding allowed for', () => {
    assert.deepEqual(change(7.4, 'points'), [])
    assert.deepEqual(change(7.5, 'points'), [])
    assert.deepEqual(change(7.6, 'points'), ['inconsistent'])
    assert.deepEqual(change(216.5, 'percent'), [])
    assert.deepEqual(change(230, 'percent'), ['inconsistent'])
  })
  it('points called per cent are told apart', () => assert.deepEqual(change(7.4, 'percent'), ['pp-percent-confusion']))
  it('one that only figures of another source could bear out is of another vintage', () => {
    const base = counts([
      ['', '2023/24', 37_417, 'National'],
      ['', '2024/25', 41_411, 'National'],
    ])
    const of = (value: number) =>
      verdictsOf(base, counts([['', '2024/25', value]], { title: 'Change in calls', unit: 'percent', kind: 'change' }))
    assert.deepEqual(of(12), ['vintage-mismatch'])
    assert.deepEqual(of(10.7), [])
  })
})

describe('Whatever else stands out', () => {
  const years = (values: readonly (number | null)[], more: Partial<WrittenMeasure> = {}) =>
    counts(
      values.flatMap((value, i): WrittenRow[] =>
        value === null ? [] : [['', `20${String(10 + i)}/${String(11 + i)}`, value]],
      ),
      more,
    )
  it('a sudden change of size, and an amount that no area has', () => {
    assert.deepEqual(verdictsOf(years([97.3, 98, 98_001])), ['implausible-magnitude'])
    assert.deepEqual(verdictsOf(years([14_200, 15_100, 14])), ['implausible-magnitude'])
    assert.deepEqual(verdictsOf(years([900, 950, 1])), [])
    assert.deepEqual(verdictsOf(years([2, 2100, 2500, 3])), [])
    assert.deepEqual(verdictsOf(years([97_268_000_000], { unit: 'money', kind: 'money' })), ['implausible-magnitude'])
  })
  it('a period left out of a series that is otherwise whole', () => {
    assert.deepEqual(verdictsOf(years([1, 2, 3, 4, null, 6, 7, 8])), ['missing-period'])
    assert.deepEqual(verdictsOf(years([1, 2, null, 4])), [])
    assert.deepEqual(verdictsOf(years([1, null, null, null, 2, null, 3, 4, null, 5, 6])), [])
  })
  it('one breakdown under two spellings', () => {
    const rows: WrittenRow[] = [
      ['Nuneaton & Bedworth', '2024/25', 4],
      ['Nuneaton and  Bedworth', '2024/25', 4],
    ]
    assert.deepEqual(verdictsOf(counts(rows)), ['duplicate-row'])
  })
  it('a figure known before its period began', () => {
    assert.deepEqual(verdictsOf(counts([['', '2024/25', 4, '', { asAt: '2023-04-01' }]])), ['period-conflict'])
    assert.deepEqual(verdictsOf(counts([['', '2024/25', 4, '', { asAt: '2025-04-01' }]])), [])
  })
  it('two measures told apart by their definition', () => {
    const staff = (title: string, value: number) => counts([['', '2024/25', value]], { title, kind: 'stock' })
    assert.deepEqual(verdictsOf(staff('Officers, headcount', 910), staff('Officers (FTE)', 880)), [
      'different-definitions',
    ])
    assert.deepEqual(verdictsOf(staff('Officers, headcount', 910), staff('Officers (FTE)', 910)), [])
    assert.deepEqual(verdictsOf(staff('Officers', 910), staff('Specials', 880)), [])
  })
})

it('what is found in very many places of one measure is one finding', () => {
  const rows = Array.from({ length: 30 }, (_, i) => `District ${String(i)}`).flatMap((name): WrittenRow[] => [
    [name, '2024/25', 10, 'One'],
    [name, '2024/25', 11, 'Two'],
  ])
  const all = found(counts(rows))
  assert.equal(all.length, 1)
  assert.match(all[0]?.sentence ?? '', /in 29 other places/)
})

describe('Arithmetic on printed digits', () => {
  it('knows the last digit that was given', () => {
    assert.deepEqual([85.3, 105, 9500, 28_000, 11_700_000, 0].map(stepOf), [0.1, 1, 1, 1000, 100_000, 1])
    assert.equal(finestStep([85, 85.3]), 0.1)
  })
  it('sums digits and not their binary neighbours', () => assert.equal(sumOf([0.1, 0.2]), 0.3))
  it('parts always add up to their own sum, and a share is that of its parts', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 }).map(each => each / 100)
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 8 }),
        parts => verdictOnSum(parts, sumOf(parts), true) === 'exact',
      ),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 5001, max: 9000 }), (part, whole) => {
        const stated = Number(((100 * part) / whole).toFixed(1))
        return verdictOnShare(part, whole, stated, 0.1) === 'exact'
      }),
    )
    fc.assert(fc.property(amount, value => agreement(value, stepOf(value), value, stepOf(value)) === 'exact'))
  })
  it('a mean given to more digits than its parts has to be theirs', () => {
    assert.equal(verdictOnMean([80.4, 80.4, 79.6, 79.8], 80.05), 'exact')
    assert.equal(verdictOnMean([85.3, 85, 84.3, 82.3], 84.25), 'inconsistent')
  })
  it('titles of one measure have one core', () => {
    assert.equal(coreOf('Change in total recorded crime on the year before'), 'recorded crime')
    assert.equal(coreOf('Recorded crime in the year'), 'recorded crime')
    assert.equal(coreOf('Revised net revenue budget'), coreOf('Annual revenue budget'))
  })
})
