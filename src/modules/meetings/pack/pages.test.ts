import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Block } from '../../../platform/pdf/document.ts'
import type { PackBody, PlacedPart } from './make-pack.ts'
import { findPage, packPage } from './pages.ts'
import { gapBlock } from './paper-blocks.ts'
import { isWithheldSince } from './publish-pack.ts'
import { plainWords } from './words.ts'

const heading = (text: string, anchor?: string, level = 1): Block => ({
  type: 'heading',
  level,
  words: plainWords(text),
  listed: true,
  ...(anchor !== undefined && { anchor }),
})
const paragraph = (text: string): Block => ({ type: 'paragraph', number: null, words: plainWords(text), note: null })
const part = (key: string, labels: string[], placed: readonly (readonly [Block, string])[]): PlacedPart => ({
  key,
  head: key,
  supplement: null,
  records: [],
  labels,
  blocks: placed.map(([block]) => block),
  places: placed.map(([, place]) => place),
})
const body = (...parts: PlacedPart[]): PackBody => ({
  title: 'Agenda pack',
  fileName: 'pack.pdf',
  watermark: null,
  labels: parts.flatMap(each => each.labels),
  parts,
  accessible: true,
  kept: {},
})
const front = [part('cover', ['1'], [[heading('Agenda pack'), '1']]), part('contents', ['2', '2A'], [])]

describe('the page of a pack', () => {
  const pack = body(
    ...front,
    part(
      'paper',
      ['3', '4', '5', '5A', '6'],
      [
        [heading('Item 1', 'item-1'), '3'],
        [paragraph('Begins on 3 and goes on to 5'), '3'],
        [heading('Deep', undefined, 5), '5A'],
        [paragraph('Goes on to the end'), '5A'],
      ],
    ),
  )

  it('has a place for every printed page, once', () => {
    const { parts, front: before } = packPage(pack, null)
    const blocks = parts.flatMap(each => each.blocks)
    assert.deepEqual(
      blocks.map(each => each.pages),
      [['3'], ['4', '5'], ['5A'], ['6']],
    )
    const places = [...before.cover, ...before.contents, ...blocks.flatMap(each => each.pages)]
    assert.deepEqual(places, pack.labels)
  })

  it('lists items with the page they are printed on, and leaves no level of headings out', () => {
    const { contents, parts } = packPage(pack, null)
    assert.deepEqual(contents, [{ text: 'Item 1', href: '#item-1', level: 1, page: '3' }])
    assert.deepEqual(
      parts.flatMap(each => each.blocks).flatMap(each => (each.level === 0 ? [] : [each.level])),
      [2, 3],
    )
  })

  it('finds a page by what is printed on it', () => {
    assert.deepEqual(findPage(pack, ' 5a '), { found: '#page-5a' })
    assert.deepEqual(findPage(pack, '34'), { missing: '34' })
    assert.equal(findPage(pack, ''), null)
    assert.equal(findPage(pack, undefined), null)
  })
})

describe('an earlier pack', () => {
  const agenda = (...placed: Block[]) =>
    body(
      ...front,
      part(
        'agenda:1',
        ['3'],
        placed.map(block => [block, '3'] as const),
      ),
    )
  const open = agenda(heading('Item 1', 'item-1'), paragraph('Words'), heading('Item 2', 'item-2'))

  it('may stand where something was added, withheld from the beginning or not', () => {
    const more = agenda(...(open.parts[2]?.blocks ?? []), heading('Item 3', 'item-3'), gapBlock(null, 'a ground'))
    assert.equal(isWithheldSince(open, more), false)
  })

  it('may not stand where a notice is by now in the place of words', () => {
    const less = agenda(heading('Item 1', 'item-1'), gapBlock(null, 'a ground'), heading('Item 2', 'item-2'))
    assert.equal(isWithheldSince(open, less), true)
  })
})
