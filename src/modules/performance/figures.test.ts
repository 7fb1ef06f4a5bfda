import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { figureText, lineText, markInWords } from './figures.ts'
import { drawnLimits, kinds, refusalOfKind } from './measure.ts'

describe('Figures in print', () => {
  it('carry their unit and thousands separators', () => {
    assert.equal(figureText(10765, { unit: 'count', decimals: 0 }), '10,765')
    assert.equal(figureText(85.3, { unit: 'percent', decimals: 1 }), '85.3%')
    assert.equal(figureText(-1250, { unit: 'money', decimals: 0 }), '-£1,250')
    assert.equal(lineText(10398.5, { unit: 'count', decimals: 0 }), '10,398.5')
  })
  it('round half up on decimals, which toFixed does not', () => {
    assert.equal(figureText(84.225, { unit: 'percent', decimals: 2 }), '84.23%')
    assert.equal((84.225).toFixed(2), '84.22')
  })
  it('have no negative nothing', () => assert.equal(figureText(-0.04, { unit: 'rate', decimals: 1 }), '0.0'))
  it('say what stood instead', () => {
    assert.equal(markInWords('*'), '*')
    assert.equal(markInWords(''), 'no figure')
    assert.equal(markInWords(null), 'no figure')
  })
})

describe('Kinds of measure', () => {
  it('process control is refused to totals that overlap, stocks, changes and grades', () => {
    const refused = kinds.filter(kind => refusalOfKind(kind) !== null)
    assert.deepEqual(refused, ['stock', 'rolling', 'cumulative', 'change', 'grade'])
  })
  it('a limit that no figure can reach is not drawn', () => {
    const limits = { lower: -3.06, upper: 104 }
    assert.deepEqual(drawnLimits({ kind: 'count', unit: 'count' }, limits), { lower: null, upper: 104 })
    assert.deepEqual(drawnLimits({ kind: 'proportion', unit: 'percent' }, limits), { lower: null, upper: null })
    assert.deepEqual(drawnLimits({ kind: 'money', unit: 'money' }, limits), limits)
  })
})
