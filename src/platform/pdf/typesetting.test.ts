import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import fastify from 'fastify'
import { spellingOut } from './coverage.ts'
import type { Block, Part, PdfDocument, Typeset } from './document.ts'
import { readFonts } from './fonts.ts'
import { readPdf } from './testing.ts'
import { createTypesetter, UnbindableFiles } from './typesetting.ts'

const typesetter = createTypesetter(1)
after(() => typesetter.close())

const words = (text: string) => [{ text }]
const heading = (text: string, level = 1, listed = true): Block => ({
  type: 'heading',
  level,
  words: words(text),
  listed,
})
const paragraph = (text: string, number: string | null = null): Block => ({
  type: 'paragraph',
  number,
  words: words(text),
  note: null,
})
const part = (key: string, ...blocks: Block[]): Part => ({ key, head: `Head of ${key}`, blocks })
const document = (parts: readonly Part[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  title: 'Agenda pack',
  author: 'A body',
  head: 'A body, 11 March 2026',
  watermark: null,
  parts,
  labels: null,
  ...more,
})
const pageOf = (key: string, file: string, count: number): Part =>
  part(
    key,
    heading(key, 2),
    ...Array.from({ length: count }, (_, at): Block => ({
      type: 'bound',
      file,
      page: at + 1,
      alternative: `Page ${String(at + 1)} of a letter`,
    })),
  )

const readBack = ({ bytes }: Pick<Typeset, 'bytes'>) => readPdf(bytes)

/** A PDF of so many pages, made for the tests. */
async function upload(pages: number, sign = 'uploaded'): Promise<Buffer> {
  const parts = Array.from({ length: pages }, (_, at) => part(String(at), paragraph(`${sign} ${String(at + 1)}`)))
  return (await typesetter.typeset(document(parts), new Map())).bytes
}

/** What is left of a text without white space, what is invisible, and marks: the reader used here leaves those at other letters. */
const bare = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u{fffe}\u{ffff}]/gu, '')
    .normalize('NFKD')
    .replaceAll(/[\s\p{M}]/gu, '')

describe('a typeset document', () => {
  it('is tagged, claims PDF/UA-1, and says what it is', async () => {
    const table: Block = {
      type: 'table',
      header: [words('Measure'), words('Value')],
      rows: [[words('Calls answered'), words('91%')]],
      note: 'Restricted: a ground',
    }
    const made = await typesetter.typeset(
      document([
        { ...part('cover', heading('Agenda pack')), cover: true },
        part('contents', { type: 'contents', title: 'Contents' }),
        part('one', heading('Item 1'), paragraph('A paragraph', '1.1'), table, {
          type: 'list',
          ordered: true,
          items: [words('First'), words('Second')],
          note: null,
        }),
        part('two', heading('Item 2'), heading('Item 2, Appendix A', 2), heading('A level is left out', 5, false), {
          type: 'paragraph',
          number: null,
          words: [{ text: 'See ' }, { text: 'the plan', href: 'https://example.org/?a="1"&b=\\' }],
          note: null,
        }),
      ]),
      new Map(),
    )
    const read = await readBack(made)
    assert.equal(made.accessible, true)
    assert.ok(read.claims && read.tagged)
    assert.deepEqual(
      [read.info['Title'], read.info['Author'], read.info['Language']],
      ['Agenda pack', 'A body', 'en-GB'],
    )
    assert.equal(made.pages, 4)
    for (const [at, text] of read.text.entries()) assert.match(text, new RegExp(`Page ${String(at + 1)}$`))
    assert.deepEqual(read.labels, ['1', '2', '3', '4'])
    assert.deepEqual(made.places, [[1], [2], [3, 3, 3, 3], [4, 4, 4, 4]])
    assert.deepEqual(read.bookmarks, ['Contents', 'Item 1', 'Item 2', '  Item 2, Appendix A'])
    assert.match(read.text[1] ?? '', /Item 2, Appendix A[ .]+4/)
  })

  it('uses the typefaces of its packages and none of the machine', async () => {
    const made = await typesetter.typeset(
      document([part('one', paragraph('Text 😀 مرحبا שלום ไทย 中文 ✓ →'))]),
      new Map(),
    )
    const read = await readBack(made)
    assert.ok(read.fonts.length >= 3)
    for (const font of read.fonts) assert.match(font, /^(SourceSans3|NotoSansArabic|NotoSansHebrew|NotoEmoji)-/)
    assert.equal(made.accessible, true)
    assert.match(read.all, /\[U\+0E44\]/)
  })

  it('gives back any text whatever', async () => {
    const spell = spellingOut(await readFonts())
    const any = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom('#', '"', '\\', '[', ']', '*', '_', '$', '<', '@', '`', '/', 'u{', '//', 'a'),
      }),
      fc.constant('0123456789'.repeat(8)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 20, maxLength: 20 }), async texts => {
        const blocks = texts.flatMap((text, at): Block[] => [
          heading(`begin${String(at)}`),
          paragraph(text, text.slice(0, 3)),
          heading(text, 2),
          { type: 'table', header: [words(text)], rows: [[words(text), words('')]], note: text },
        ])
        const made = await typesetter.typeset(document([part('one', ...blocks)], { title: texts[0] ?? '' }), new Map())
        assert.equal(made.accessible, true)
        const { all } = await readBack(made)
        for (const [at, text] of texts.entries()) {
          const from = all.indexOf(`begin${String(at)}\n`)
          const section = all.slice(from, at === 19 ? undefined : all.indexOf(`begin${String(at + 1)}\n`))
          const wanted = [...bare(spell(text))].sort().join('')
          // Words that run from right to left come back in the order in which they stand on the line.
          assert.ok(holdsAll(bare(section), wanted), `${JSON.stringify(text)} is not in ${JSON.stringify(section)}`)
        }
      }),
      { numRuns: 6, interruptAfterTimeLimit: 60_000 },
    )
  })

  it('prints the labels it is given, and gives them to the reader', async () => {
    const labels = ['1', '2', '2A', '41A', '3']
    const parts = labels.map(label => part(label, heading(`Part ${label}`)))
    parts[0] = part('contents', { type: 'contents', title: 'Contents' })
    const made = await typesetter.typeset(document(parts, { labels }), new Map())
    const read = await readBack(made)
    assert.deepEqual(read.labels, labels)
    for (const [at, text] of read.text.entries()) assert.match(text, new RegExp(`Page ${labels[at] ?? ''}$`))
    assert.match(read.text[0] ?? '', /Part 41A[ .]+41A/)
    assert.ok(read.claims && read.tagged)
  })

  it('binds pages of a PDF in, tagged and with words for each, without the claim', async () => {
    const file = await upload(3)
    const parts = [part('one', paragraph('Before')), pageOf('letter', 'letter.pdf', 3), part('two', paragraph('After'))]
    const made = await typesetter.typeset(
      document(parts, { watermark: 'RESTRICTED – not for publication' }),
      new Map([['letter.pdf', file]]),
    )
    const read = await readBack(made)
    assert.deepEqual(made.places, [[1], [2, 2, 3, 4], [5]])
    assert.ok(!made.accessible && !read.claims && read.tagged)
    for (const page of [1, 2, 3]) {
      assert.match(made.bytes.toString('latin1'), new RegExp(`/Alt \\(Page ${String(page)} of a letter\\)`))
      assert.match(read.text[page] ?? '', new RegExp(`uploaded ${String(page)}`))
    }
    for (const text of read.text) assert.match(text, /RESTRICTED – not for publication/)
    assert.deepEqual(read.labels, ['1', '2', '3', '4', '5'])
  })

  it('lets a page be served while a document is typeset, a scan of 300 pages too', async () => {
    const app = fastify()
    app.get('/', () => 'served')
    let settled = false
    const file = await upload(300)
    const typesetting = typesetter
      .typeset(document([pageOf('scan', 'scan.pdf', 300)]), new Map([['scan.pdf', file]]))
      .finally(() => (settled = true))
    const page = await app.inject('/')
    assert.equal(page.body, 'served')
    assert.equal(settled, false)
    const made = await typesetting
    assert.equal(made.pages, 300)
    await app.close()
  })

  it('names the files that cannot be bound in, also one that ends the process', async () => {
    const good = await upload(1)
    const encrypted = Buffer.from(good.toString('latin1').replace('/Root', '/Encrypt 1 0 R /Root'), 'latin1')
    const files = new Map([
      ['good.pdf', good],
      ['encrypted.pdf', encrypted],
      ['cut.pdf', good.subarray(0, 500)],
      ['words.pdf', Buffer.from('not a PDF at all')],
    ])
    const parts = [...files.keys()].map(name => pageOf(name, name, 1))
    await assert.rejects(typesetter.typeset(document(parts), files), (fault: unknown) => {
      assert.ok(fault instanceof UnbindableFiles)
      assert.deepEqual(fault.names, ['encrypted.pdf', 'cut.pdf', 'words.pdf'])
      return true
    })
    assert.equal((await upload(2)).subarray(0, 5).toString(), '%PDF-')
  })
})

/** Whether every character of `wanted`, sorted, is in a text as often. */
function holdsAll(text: string, wanted: string): boolean {
  const there = Map.groupBy(text, each => each)
  const asked = Map.groupBy(wanted, each => each)
  return [...asked].every(([sign, signs]) => (there.get(sign)?.length ?? 0) >= signs.length)
}
