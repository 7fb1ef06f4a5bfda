import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { inlineHtml } from './markdown.ts'
import { heldMarksOf, markBlock, marksOf, redactText, renameMarks } from './marking.ts'
import { partsOf, shownParts, wordsOf } from './parts.ts'
import { parseText } from './text.ts'

const report = `An opening line.

# Background

First paragraph.

Second paragraph,
on two lines.

- one
- two

## Detail

Third paragraph.

# Costs

| Year | Cost |
| --- | --- |
| 2026 | £4,512 |

Last paragraph.`

const numbersOf = (source: string) => parseText(source).blocks.map(block => [block.type, block.number])

describe('the text of a paper', () => {
  it('numbers paragraphs under their section, and neither lists, tables nor lower headings', () => {
    assert.deepEqual(numbersOf(report), [
      ['paragraph', null],
      ['heading', '1'],
      ['paragraph', '1.1'],
      ['paragraph', '1.2'],
      ['list', null],
      ['heading', null],
      ['paragraph', '1.3'],
      ['heading', '2'],
      ['table', null],
      ['paragraph', '2.1'],
    ])
  })

  it('counts through where there is no heading', () => {
    assert.deepEqual(numbersOf('One.\n\nTwo.'), [
      ['paragraph', '1'],
      ['paragraph', '2'],
    ])
  })

  it('prints HTML as it was typed, and leads nowhere but to web and mail', () => {
    const [part] = shownParts(
      partsOf('<script>x</script> [go](javascript:alert(1)) ![a](https://example.org/p.png)', {}, true),
    )
    const html = part?.html ?? ''
    assert.ok(html.includes('&lt;script&gt;'))
    assert.ok(!/href="(?!https:\/\/example\.org)/.test(html))
    assert.ok(!html.includes('<img'))
    assert.match(inlineHtml('[go](https://example.org)'), /<a href="https:\/\/example.org" class="govuk-link">/)
  })

  it('loses no words to link definitions, indented lines or code', () => {
    const words = partsOf('[marker]: https://example.org\n\n    indented words\n\n```\nfenced words\n```', {}, true)
      .map(wordsOf)
      .join(' ')
    for (const each of ['marker', 'indented words', 'fenced words']) assert.ok(words.includes(each), each)
  })
})

describe('marking a block', () => {
  const block = (source: string, number: string) => parseText(source).blocks.findIndex(each => each.number === number)
  const marked = markBlock(report, block(report, '1.2'), 'G1')

  it('puts it between fences, and no other', () => {
    const { blocks, faults } = parseText(marked)
    assert.deepEqual(faults, [])
    assert.deepEqual(
      blocks.filter(each => each.mark !== null).map(each => [each.number, each.mark]),
      [['1.2', 'G1']],
    )
  })

  it('keeps every number', () => {
    assert.deepEqual(numbersOf(marked), numbersOf(report))
  })

  it('comes back to the text as it was when the block is opened again', () => {
    assert.equal(markBlock(marked, block(marked, '1.2'), null), report)
  })

  it('hands on a gap in its place, with the numbers of the rest unchanged', () => {
    const handed = redactText(marked)
    assert.ok(!handed.includes('Second paragraph'))
    assert.deepEqual(
      parseText(handed).blocks.map(each => each.number),
      parseText(report).blocks.map(each => each.number),
    )
    assert.deepEqual(marksOf(handed), ['G1'])
    assert.deepEqual(heldMarksOf(handed), [])
  })

  it('keeps the numbers where a heading is withheld', () => {
    const withoutHeading = redactText(markBlock(report, block(report, '1'), 'G1'))
    assert.ok(!withoutHeading.includes('Background'))
    assert.deepEqual(
      parseText(withoutHeading).blocks.map(each => each.number),
      parseText(report).blocks.map(each => each.number),
    )
  })

  it('renames keys of what is held and of gaps', () => {
    assert.deepEqual(marksOf(renameMarks(marked, key => `R${key}`)), ['RG1'])
    assert.deepEqual(marksOf(renameMarks(redactText(marked), key => `R${key}`)), ['RG1'])
  })
})

describe('what is withheld of a text', () => {
  const grounds = { G1: { received: 'a ground' } }
  for (const [name, source] of [
    ['has no end', 'Open.\n\n::: restricted G1\nMARKER words.'],
    ['is misspelt', 'Open.\n\n::: restrictd G1\nMARKER words.\n:::'],
    ['is indented', 'Open.\n\n      ::: restricted G1\nMARKER words.\n:::'],
    ['begins inside another', '::: restricted G1\nOpen?\n::: restricted G2\nMARKER words.\n:::\n'],
    ['ends its lines as an old Mac does', 'Open.\r\r::: restricted G1\rMARKER words.\r:::'],
    ['names no ground', '::: restricted\nMARKER words.\n:::'],
  ] as const) {
    it(`stays back where its fence ${name}`, () => {
      const shown = JSON.stringify([partsOf(source, grounds, false), redactText(source)])
      assert.ok(!shown.includes('MARKER'), shown)
    })
  }

  it('says what is wrong with fences', () => {
    assert.equal(parseText('::: restricted G1\nx').faults.length, 1)
    assert.equal(parseText('x\n:::').faults.length, 1)
    assert.equal(parseText('::: restrictd G1\nx\n:::').faults.length, 1)
    assert.equal(parseText('::: restricted G1\nx\n:::').faults.length, 0)
  })

  it('never shows, for any text and any block marked', () => {
    const line = fc.constantFrom(
      'Plain words.',
      '# Heading',
      '- item',
      '',
      '    indented',
      '> quoted',
      '| a | b |',
      '| - | - |',
      ':::',
      '::: restricted G1',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.nat(), (lines, pick) => {
        const at = pick % (lines.length + 1)
        const source = [...lines.slice(0, at), '', 'MARKER stands here.', '', ...lines.slice(at)].join('\n')
        const { blocks } = parseText(source)
        const place = blocks.findIndex(each => JSON.stringify(each).includes('MARKER'))
        const withheld = blocks[place]?.mark === null ? markBlock(source, place, 'G9') : source
        assert.ok(!JSON.stringify(partsOf(withheld, grounds, false)).includes('MARKER'))
        assert.ok(!redactText(withheld).includes('MARKER'))
      }),
    )
  })
})
