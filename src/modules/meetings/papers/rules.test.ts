import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareSections } from './compare.ts'
import { readBackground, textFaults } from './forms.ts'
import { nextSupplement } from './place-paper.ts'
import { alternativeText, isScanned, splitRecommendations } from './read-upload.ts'
import { requestObstacles } from './request-paper.ts'
import { firstReview } from './review-clock.ts'
import { letterOf, nextGroundKey, paperMarkingObstacles, publishingObstacles, sendingObstacles } from './rules.ts'

const paper = {
  classification: 'open',
  publication: 'unpublished',
  received: false,
  written: true,
  unsettled: [],
} as const
const exempt = { code: 'schedule-12a', paragraphs: [3], publicInterest: 'Prices' } as const
const limb = { code: 'article-2-2', limb: 'c', decidedBy: 'The chief executive' } as const

describe('sending a paper', () => {
  const terms = { inFull: false, mayPublish: true }
  for (const [name, facts, sent, reasons] of [
    ['an open one', {}, {}, 0],
    ['one without words', { written: false }, {}, 1],
    ['one that another wrote', { received: true }, {}, 1],
    ['a wholly withheld one with gaps alone', { classification: 'exempt' }, { mayPublish: false }, 1],
    ['a wholly withheld one in full', { classification: 'exempt' }, { inFull: true, mayPublish: false }, 0],
    ['a wholly withheld one to be published', { classification: 'exempt' }, { inFull: true }, 1],
  ] as const) {
    it(`${reasons === 0 ? 'allows' : 'refuses'} ${name}`, () => {
      assert.equal(sendingObstacles({ ...paper, ...facts }, { ...terms, ...sent }).length, reasons)
    })
  }
})

describe('marking a part', () => {
  for (const [name, ground, holder, publication, reasons] of [
    ['a panel under Schedule 12A', exempt, 'panel', 'unpublished', 0],
    ['a panel under article 2(2)', limb, 'panel', 'unpublished', 1],
    ['an office under article 2(2)', limb, 'office', 'unpublished', 0],
    ['an office under Schedule 12A', exempt, 'office', 'unpublished', 1],
    ['a force under Schedule 12A', exempt, 'force', 'unpublished', 1],
    ['what is public', exempt, 'panel', 'published', 1],
    ['what is public as open', null, 'panel', 'published', 0],
    ['what was taken down', exempt, 'panel', 'taken-down', 0],
  ] as const) {
    it(`${reasons === 0 ? 'allows' : 'refuses'} ${name}`, () => {
      assert.equal(paperMarkingObstacles(ground, { holder, publication }).length, reasons)
    })
  }
})

describe('publishing the papers of a meeting', () => {
  const placed = { ...paper, title: 'Budget', borrowed: 0 }
  it('waits for the panel’s own ground, for settled markings and for the check', () => {
    assert.deepEqual(publishingObstacles([placed], 0), [])
    assert.equal(publishingObstacles([{ ...placed, borrowed: 2 }], 0).length, 1)
    assert.equal(publishingObstacles([{ ...placed, unsettled: ['lost'] }], 0).length, 1)
    assert.equal(publishingObstacles([placed], 3).length, 1)
  })
})

describe('small rules', () => {
  it('letters appendices past Z', () => {
    assert.deepEqual([0, 1, 25, 26, 27, 52].map(letterOf), ['A', 'B', 'Z', 'AA', 'AB', 'BA'])
  })
  it('gives each ground a key of its own', () => {
    assert.equal(nextGroundKey([]), 'G1')
    assert.equal(nextGroundKey(['G1', 'RG7', 'G3']), 'G4')
  })
  it('counts supplements on', () => {
    assert.equal(nextSupplement([null, null]), 1)
    assert.equal(nextSupplement([null, 2, 1]), 3)
  })
  it('asks for a paper before its meeting, as long as that is to come', () => {
    const day = (text: string) => Temporal.PlainDate.from(text)
    assert.deepEqual(requestObstacles(day('2026-03-01'), day('2026-03-10'), 'planned'), [])
    assert.equal(requestObstacles(day('2026-03-11'), day('2026-03-10'), 'planned').length, 1)
    assert.equal(requestObstacles(day('2026-03-01'), day('2026-03-10'), 'cancelled').length, 1)
    assert.equal(requestObstacles(day('2026-03-01'), day('2026-03-10'), 'held').length, 1)
  })
  it('reviews first what is due first', () => {
    assert.equal(firstReview([exempt]), null)
    const days = [
      { ...exempt, reviewOn: '2027-01-01' },
      { ...limb, reviewOn: '2026-06-01' },
    ]
    assert.equal(firstReview(days)?.toString(), '2026-06-01')
  })
  it('reads background papers, and says which line is wrong', () => {
    assert.deepEqual(readBackground('Budget | https://example.org/b\n\nA letter'), {
      background: [
        { title: 'Budget', url: 'https://example.org/b' },
        { title: 'A letter', url: null },
      ],
    })
    assert.ok('faults' in readBackground('Fine\nBad | javascript:alert(1)'))
    assert.match(JSON.stringify(readBackground('Fine\nBad | ftp://x')), /Line 2/)
  })
  it('refuses a key that leads to no ground', () => {
    const source = '::: restricted G2\nx\n:::'
    assert.equal(textFaults('body', source, {}).length, 1)
    assert.deepEqual(textFaults('body', source, { G2: { own: exempt } }), [])
  })
})

describe('what a document is called', () => {
  it('is how its words begin, or its place where it has none', () => {
    assert.equal(alternativeText('', 3, 40, 'Survey'), 'Page 3 of 40 of Survey')
    assert.equal(
      alternativeText('Custody visits rose in the spring', 1, 2, 'Survey'),
      'Page 1 of 2 of Survey: Custody visits rose in the spring',
    )
    assert.ok(alternativeText('word '.repeat(200), 1, 2, 'Survey').length < 240)
  })
  it('is a scan where most pages have no words', () => {
    assert.equal(isScanned(['', '1', 'Words enough to be read aloud']), true)
    assert.equal(isScanned(['', 'Words enough to be read aloud', 'And some more of these words']), false)
  })
  it('puts the recommendations first', () => {
    assert.deepEqual(
      splitRecommendations('# Recommendations\n\nThat it be noted.\n\n## More\n\nx\n\n# Background\n\nWhy.'),
      {
        recommendations: 'That it be noted.\n\n## More\n\nx',
        body: '# Background\n\nWhy.',
      },
    )
    assert.deepEqual(splitRecommendations('# Why\n\nx'), { recommendations: '', body: '# Why\n\nx' })
  })
})

describe('what changed between two versions', () => {
  const section = (id: string, text: string) => ({ id, title: id, text })
  it('names what differs, by section and paragraph, and nothing else', () => {
    const before = [section('body', '# A\n\nSame.\n\nOld words.'), section('B', 'Kept.'), section('C', 'Gone.')]
    const after = [section('body', '# A\n\nSame.\n\nNew words.\n\nAdded.'), section('B', 'Kept.')]
    assert.deepEqual(compareSections(before, after), [
      {
        title: 'body',
        changes: [
          { number: '1.2', before: 'Old words.', after: 'New words.' },
          { number: '1.3', before: null, after: 'Added.' },
        ],
      },
      { title: 'C', changes: [{ number: '1', before: 'Gone.', after: null }] },
    ])
  })
})
