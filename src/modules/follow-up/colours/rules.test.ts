import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { colourOf, colourWords, firstRule, ruleInWords } from './rules.ts'
import type { Coloured, ColourRule, Override } from './rules.ts'

const today = Temporal.PlainDate.from('2026-03-11')
const rule: ColourRule = { redLateDays: 10, redMoves: 2, amberWithinDays: 7, amberWithoutDate: true }
const override: Override = { colour: 'green', why: 'The report is at the printer.', by: 'The clerk', on: today }
const inDays = (days: number): Coloured => ({ state: 'open', due: today.add({ days }), moves: 0 })

describe('the colour of an item', () => {
  const cases: [string, Coloured, Partial<ColourRule>, string | null, RegExp][] = [
    ['late beyond the limit', inDays(-11), {}, 'red', /11 days late: more than 10 days is red/],
    ['late at the limit', inDays(-10), {}, 'amber', /10 days late: late by up to 10 days is amber/],
    ['one day late', inDays(-1), {}, 'amber', /1 day late/],
    ['due today', inDays(0), {}, 'amber', /due today/],
    ['due within the days', inDays(7), {}, 'amber', /in 7 days: due within 7 days is amber/],
    ['due after them', inDays(8), {}, 'green', /19 March 2026, in 8 days/],
    ['moved too often, and in time', { ...inDays(30), moves: 3 }, {}, 'red', /moved 3 times: more than 2 times is red/],
    ['moved as often as it may', { ...inDays(30), moves: 2 }, {}, 'green', /in 30 days/],
    ['moved often where moves do not count', { ...inDays(30), moves: 9 }, { redMoves: null }, 'green', /30 days/],
    ['moved once where none may', { ...inDays(30), moves: 1 }, { redMoves: 0 }, 'red', /moved 1 time:/],
    ['without a date', { ...inDays(0), due: null }, {}, 'amber', /No date is set/],
    ['without a date, by another rule', { ...inDays(0), due: null }, { amberWithoutDate: false }, 'green', /No date/],
    ['replied to and late', { ...inDays(-11), state: 'replied' }, {}, 'red', /late/],
    ['reported done', { ...inDays(8), state: 'reported' }, {}, 'green', /8 days/],
    ['closed, however late', { ...inDays(-99), state: 'closed' }, {}, 'complete', /closed/],
    ['a draft', { ...inDays(-99), state: 'draft' }, {}, null, /^$/],
    ['given up', { ...inDays(-99), state: 'cancelled' }, {}, null, /^$/],
  ]
  for (const [name, item, change, colour, why] of cases) {
    it(`is ${colour ?? 'none'}: ${name}`, () => {
      const found = colourOf(item, { ...rule, ...change }, today)
      assert.equal(found?.colour ?? null, colour)
      assert.match(found?.why.join(' ') ?? '', why)
    })
  }

  it('chosen against the rule keeps what the rule says beside it', () => {
    const found = colourOf(inDays(-11), rule, today, override)
    assert.deepEqual([found?.colour, found?.byRule, found?.override], ['green', 'red', override])
    assert.match(found?.why.join() ?? '', /more than 10 days is red/)
  })

  it('is complete once it is closed, whatever was chosen before', () => {
    assert.equal(colourOf({ ...inDays(0), state: 'closed' }, rule, today, override)?.override, null)
  })

  it('never gets better as a day passes or a date moves once more', () => {
    const rank = { complete: -1, green: 0, amber: 1, red: 2 }
    const days = fc.integer({ min: 0, max: 60 })
    const rules = fc.record({
      redLateDays: days,
      redMoves: fc.option(fc.integer({ min: 0, max: 5 })),
      amberWithinDays: days,
      amberWithoutDate: fc.boolean(),
    })
    fc.assert(
      fc.property(rules, fc.integer({ min: -90, max: 90 }), fc.integer({ min: 0, max: 8 }), (any, away, moves) => {
        const item = { ...inDays(away), moves }
        const now = rank[colourOf(item, any, today)?.colour ?? 'complete']
        assert.ok(rank[colourOf(item, any, today.add({ days: 1 }))?.colour ?? 'complete'] >= now)
        assert.ok(rank[colourOf({ ...item, moves: moves + 1 }, any, today)?.colour ?? 'complete'] >= now)
      }),
    )
  })

  it('is a word and a symbol of its own, so that nobody has to see colours', () => {
    const all = Object.values(colourWords)
    for (const key of ['word', 'symbol', 'tag'] as const) assert.equal(new Set(all.map(each => each[key])).size, 4)
  })
})

describe('the rule in words', () => {
  it('says its own numbers', () => {
    const words = ruleInWords(rule).join(' ')
    assert.match(words, /late by more than 10 days, or when its date has moved more than 2 times/)
    assert.match(words, /due within 7 days, or late at all, or when no date is set/)
    assert.doesNotMatch(ruleInWords({ ...firstRule, redMoves: null }).join(' '), /moved/)
  })
})
