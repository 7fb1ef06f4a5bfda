import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readUpload } from './read-upload.ts'
import { corruptPdf, corruptWord, pdfDocument, wordDocument, wordTable } from './testing-documents.ts'
import { parseText } from './text.ts'

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const upload = (fileName: string, mediaType: string, bytes: Buffer) => ({ field: 'file', fileName, mediaType, bytes })
const read = (fileName: string, bytes: Buffer) =>
  readUpload(upload(fileName, fileName.endsWith('.docx') ? word : 'application/pdf', bytes))

describe('reading an uploaded document', () => {
  it('makes Markdown of a Word document, its headings and tables too', async () => {
    const bytes = wordDocument(
      ['# Background', '1.1 First *paragraph*.', 'Second.'],
      wordTable([
        ['Year', 'Cost | net'],
        ['2026', '45'],
      ]),
    )
    const found = await read('report.docx', bytes)
    assert.ok(found.type === 'text')
    const { blocks } = parseText(found.markdown)
    assert.deepEqual(
      blocks.map(block => [block.type, block.number]),
      [
        ['heading', '1'],
        ['paragraph', '1.1'],
        ['paragraph', '1.2'],
        ['table', null],
      ],
    )
    assert.equal(blocks[3]?.type === 'table' && blocks[3].rows[0]?.[1], '45')
    assert.ok(!found.markdown.includes('1.1 First'))
    assert.match(found.notes.join(' '), /numbers that were typed/)
  })

  it('says in words that a Word document is damaged', async () => {
    const found = await read('broken.docx', corruptWord())
    assert.ok(found.type === 'unreadable')
    assert.match(found.message, /“broken.docx” cannot be opened as a Word document/)
  })

  it('reads the words of each page of a PDF', async () => {
    const found = await read('paper.pdf', pdfDocument(['Custody visits rose in the spring', 'Nothing else did so']))
    assert.deepEqual(found, {
      type: 'pdf',
      pages: ['Custody visits rose in the spring', 'Nothing else did so'],
      scanned: false,
    })
  })

  it('takes a scan of 300 pages, and knows that it has no text', async () => {
    const found = await read('scan.pdf', pdfDocument(Array.from({ length: 300 }, () => '')))
    assert.ok(found.type === 'pdf')
    assert.equal(found.pages.length, 300)
    assert.equal(found.scanned, true)
  })

  it('says what to do with a password', async () => {
    const found = await read('locked.pdf', pdfDocument(['Secret'], true))
    assert.ok(found.type === 'unreadable')
    assert.match(found.message, /protected by a password/)
  })

  it('says in words that a PDF is damaged', async () => {
    const found = await read('broken.pdf', corruptPdf())
    assert.ok(found.type === 'unreadable')
    assert.match(found.message, /cannot be opened as a PDF/)
  })

  it('lets other documents be', async () => {
    assert.deepEqual(await readUpload(upload('t.csv', 'text/csv', Buffer.from('a,b'))), { type: 'file' })
  })
})
