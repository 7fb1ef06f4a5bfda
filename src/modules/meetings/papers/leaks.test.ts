import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findLeaks } from './leaks.ts'

const found = (withheld: string, open: string) =>
  findLeaks([{ where: 'Appendix B', text: withheld }], [{ where: 'Item 4', text: open }]).map(leak => [
    leak.kind,
    leak.found,
  ])

describe('what is withheld in one paper and printed in another', () => {
  for (const [name, withheld, open, expected] of [
    ['a sum of money', 'It cost £4,512 in all.', 'We spent £4512 last year.', [['figure', '£4512']]],
    ['a small sum of money', 'Each gets £45.', 'An allowance of £45 is paid.', [['figure', '£45']]],
    ['a percentage with a decimal', 'A rise of 7.3%.', 'It rose by 7.3 per cent.', [['figure', '7.3 per cent']]],
    ['a number of three digits', 'There were 317 cases.', 'Of 317 cases, most closed.', [['figure', '317']]],
    ['no year', 'Begun in 2025.', 'Plans for 2025.', []],
    ['no small number', 'There were 12 cases.', 'In 12 months.', []],
    ['no whole percentage', 'About 7% of them.', 'A 7% rise.', []],
    [
      'a phrase, as long as it goes on',
      'The covert vehicle depot at Marsh Lane will close.',
      'Staff at the covert vehicle depot at Marsh Lane were told.',
      [['phrase', 'the covert vehicle depot at Marsh Lane']],
    ],
    [
      'no words that every paper prints',
      'The Police and Crime Commissioner said so.',
      'The Police and Crime Commissioner.',
      [],
    ],
    ['a name', 'The supplier is Tarrant Hollis of Leeds.', 'We thank Tarrant Hollis.', [['name', 'Tarrant Hollis']]],
    ['no name of the trade', 'The Chief Constable was told.', 'The Chief Constable agreed.', []],
  ] as const) {
    it(`finds ${name}`, () => assert.deepEqual(found(withheld, open), expected))
  }

  it('says where both stand, and knows the same finding again', () => {
    const texts = [{ where: 'Appendix B', text: 'It cost £4,512.' }]
    const [first] = findLeaks(texts, [{ where: 'Item 4', text: 'It was £4,512 then.' }])
    const [again] = findLeaks(texts, [{ where: 'Item 4', text: 'Later: £4,512 and more.' }])
    assert.equal(first?.openIn, 'Item 4')
    assert.equal(first.withheldIn, 'Appendix B')
    assert.equal(first.fingerprint, again?.fingerprint)
  })

  it('looks through 200 pages, each of its words once', () => {
    const page = (n: number) => Array.from({ length: 400 }, (_, i) => `word${String(n * 400 + i)}x`).join(' ')
    const pages = Array.from({ length: 200 }, (_, n) => ({ where: `Page ${String(n)}`, text: page(n) }))
    const withheld = Array.from({ length: 50 }, (_, n) => ({ where: 'Back', text: page(n + 1000) }))
    const planted = [...pages, { where: 'Here', text: 'Payment of £98,765 to nobody.' }]
    const leaks = findLeaks([...withheld, { where: 'There', text: 'It is £98,765.' }], planted)
    assert.deepEqual(
      leaks.map(leak => leak.openIn),
      ['Here'],
    )
  })
})
