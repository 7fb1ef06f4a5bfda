import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Page } from 'playwright-core'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { command, commandKilled, serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

const header = 'measure,period,value'
/** Put to the force in the invented area, and not answered yet. */
const waiting = 'Why victim satisfaction has been lower for seven months'
const title = '"Why" <b>bold</b> & <script>alert(1)</script> it’s \u{1F693} שלום עולם'
const typed = 'A <em>long</em> answer, and "quoted".\nWith a second line.'
const rows = 300_000

/** Files that are not loaded, and what is said of each. */
const refused: [what: string, name: string, bytes: Buffer, words: RegExp][] = [
  ['without a column', 'a.csv', Buffer.from('measure,value\nRecorded crime,1\n'), /There is no column “period”/],
  ['with wrong dates', 'b.csv', figures('31/02/2019,4', '2019-13,4'), /\n2\s+period[\s\S]*\n3\s+period/],
  ['with a period twice', 'c.csv', figures('2019-01,4', '2019-01,5'), /has 5 here and 4 on line 2, from one source/],
  ['with a formula', 'd.csv', figures('2019-01,=1+1'), /begins with “=” \(=1\+1\): a formula, not a figure/],
  ['of Excel, named as CSV', 'e.csv', workbook(), /may be damaged/],
  ['of nothing', 'f.csv', Buffer.alloc(0), /“f\.csv” is empty/],
]

/** Files that are read as they are meant. */
const read: [what: string, name: string, bytes: Buffer, words: RegExp][] = [
  [
    'with a byte order mark',
    'bom.csv',
    Buffer.concat([Buffer.from('\ufeff'), figures('2019-01,4')]),
    /New figures\s+1\s/,
  ],
  [
    'in Windows-1252',
    'windows.csv',
    Buffer.from(`${header},breakdown\r\nRecorded crime,2019-01,4,Café quarter\r\n`, 'latin1'),
    /New figures\s+1\s[\s\S]*in Windows-1252, the encoding of older Windows programs/,
  ],
]

describe('what comes in as nobody would wish it', { timeout: 300_000 }, () => {
  let server: RunningServer
  let desks: Desks
  let question = ''
  before(async () => {
    server = await serveEmbedded()
    desks = await openDesks(server.baseUrl)
  })
  after(async () => {
    await desks.close()
    await server.stop()
  })

  for (const [what, name, buffer, words] of refused) {
    it(`a file of figures ${what} is refused in words, and nothing of it is kept`, async () => {
      const page = await desks.of('policyLead')
      const kept = await filesOfFigures(page)
      await check(page, name, buffer)
      assert.match(await desks.text(page), words)
      assert.match(await desks.text(page), /There is a problem/)
      assert.equal(await filesOfFigures(page), kept)
    })
  }

  for (const [what, name, buffer, words] of read) {
    it(`a file of figures ${what} is read, and changes nothing until it is loaded`, async () => {
      const page = await desks.of('policyLead')
      await check(page, name, buffer)
      assert.match(await desks.text(page), words)
      await desks.press(page, 'Do not load this file')
    })
  }

  it('an attachment of another type, or too large, is refused beside its field, and what was typed stays', async () => {
    const page = await desks.of('chiefConstable')
    await desks.visit(page, '/workspace/scrutiny/to-answer')
    await desks.follow(page, waiting)
    await desks.press(page, 'Start the answer')
    await page.getByLabel('The answer', { exact: true }).fill(typed)
    await page.getByLabel(/Oyelaran-Finch/).check()
    await page.getByLabel('In writing', { exact: true }).check()
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
    const attachment = page.locator('input[type=file]')
    await attachment.setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: program })
    await desks.press(page, 'Save the answer')
    await refusedBeside(page, '“report.pdf” must be PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG')
    const large = join(server.dataDirectory, 'large.csv')
    await writeFile(large, `${header}\n`)
    await truncate(large, 50_000_001)
    await attachment.setInputFiles(large)
    await desks.press(page, 'Save the answer')
    await refusedBeside(page, '“large.csv” must be 50 MB or smaller')
    await desks.press(page, 'Save the answer')
    assert.match(await desks.text(page), /A <em>long<\/em> answer, and "quoted"\.\s+With a second line\./)
  })

  it('a title of quotes, HTML, emoji and right-to-left letters is text in the workspace', async () => {
    const page = await desks.of('commissioner')
    await desks.visit(page, '/workspace/scrutiny/questions/new')
    await page.getByLabel('Title', { exact: true }).fill(title)
    await page.getByLabel('What is asked').fill(typed)
    await page.getByLabel(/Oyelaran-Finch/).check()
    await desks.press(page, 'Save the draft')
    question = new URL(page.url()).pathname
    await isText(page)
  })

  it('what is not published exists for nobody who is signed out', async () => {
    const page = await desks.of('commissioner')
    await desks.press(page, 'Put this question')
    await desks.press(page, 'Put this question')
    await desks.press(page, 'Publish')
    const address = await page.locator('.peelian-address').innerText()
    assert.match(address, /\/ardenshire\/questions\/./)
    const unpublished = await fetch(new URL(address, server.baseUrl))
    const unknown = await fetch(`${server.baseUrl}/ardenshire/questions/nothing-of-the-kind`)
    assert.deepEqual([unpublished.status, unknown.status], [404, 404])
    const plain = async (answer: Response) => (await answer.text()).replaceAll(/nonce[^>]*|nothing-of-the-kind/g, '')
    const path = new URL(address, server.baseUrl).pathname.split('/').at(-1) ?? ''
    assert.equal((await plain(unpublished)).replaceAll(path, ''), await plain(unknown), 'no hint that it exists')
    for (const there of [question, '/workspace/scrutiny/questions/0190aaaa-0000-7000-8000-00000000000f']) {
      const closed = await fetch(server.baseUrl + there, { redirect: 'manual' })
      assert.equal(closed.status, 303)
      assert.match(closed.headers.get('location') ?? '', /^\/workspace\/sign-in/)
    }
  })

  it('published, the title is text to the public too, on the page and in every form', async () => {
    const page = await desks.of('commissioner')
    await desks.press(page, 'Publish what is ticked')
    const resident = await desks.of('resident')
    await desks.visit(resident, '/ardenshire/questions')
    await desks.follow(resident, title)
    await isText(resident)
    const json = await (await fetch(`${server.baseUrl}/ardenshire/questions.json`)).text()
    assert.ok(json.includes(JSON.stringify(title)), 'the title as it was typed, in JSON')
    const feed = await (await fetch(`${server.baseUrl}/ardenshire/questions.atom`)).text()
    assert.ok(!feed.includes('<script>') && !feed.includes('<b>'), 'no mark-up of a title in the feed')
  })

  it('a day that is none, in the address of an earlier version, is answered in words', async () => {
    for (const asOf of ['soon', '2022-02-30', '06/12/2022', '']) {
      const answer = await fetch(`${server.baseUrl}/ardenshire/?as-of=${encodeURIComponent(asOf)}`)
      const text = await answer.text()
      assert.ok(answer.status < 500, `${asOf}: ${String(answer.status)}`)
      if (asOf !== '') assert.match(text, /Give the date as year, month and day/, asOf)
    }
  })

  it('a load that is killed half-way leaves nothing, and the server goes on', async () => {
    const file = join(server.dataDirectory, 'large-figures.csv')
    await pipeline(Readable.from(manyFigures()), createWriteStream(file))
    const load = ['import', 'performance', file, '--area', 'ardenshire']
    await commandKilled(load, server.settings)
    assert.equal((await fetch(`${server.baseUrl}/ardenshire/performance`)).status, 200)
    const said = await command([...load, '--dry-run', '--json'], server.settings)
    const report = JSON.parse(said.slice(said.indexOf('{'))) as Record<string, unknown>
    assert.deepEqual([report['rows'], report['added'], report['changed'], report['unchanged']], [rows, rows, 0, 0])
  })

  it('what was acknowledged is there after the server was killed', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/scrutiny/questions/new')
    await page.getByLabel('Title', { exact: true }).fill('Saved just before the end')
    await page.getByLabel('What is asked').fill('Is it still there?')
    await page.getByLabel(/Oyelaran-Finch/).check()
    await page.locator('main').getByRole('button', { name: 'Save the draft' }).click()
    await page.waitForURL(/questions\/[0-9a-f-]{36}$/)
    const path = new URL(page.url()).pathname
    await server.stop('kill')
    await desks.close()
    server = await serveEmbedded(server.dataDirectory)
    desks = await openDesks(server.baseUrl)
    const again = await desks.of('policyLead')
    await desks.visit(again, path)
    assert.match(await desks.text(again), /Saved just before the end[\s\S]*Is it still there\?/)
  })

  async function check(page: Page, name: string, buffer: Buffer): Promise<void> {
    await desks.visit(page, '/workspace/performance/imports/new')
    await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer })
    await desks.press(page, 'Check this file')
  }

  async function filesOfFigures(page: Page): Promise<string> {
    await desks.visit(page, '/workspace/performance/imports')
    return desks.text(page)
  }

  /** What is wrong stands at the file's field, and the rest of the form is as it was. */
  async function refusedBeside(page: Page, words: string): Promise<void> {
    const group = page.locator('.govuk-form-group--error', { has: page.locator('input[type=file]') })
    assert.match(await group.innerText(), new RegExp(words))
    assert.equal(await page.getByLabel('The answer', { exact: true }).inputValue(), typed)
    assert.ok(await page.getByLabel(/Oyelaran-Finch/).isChecked())
    assert.ok(await page.getByLabel('In writing', { exact: true }).isChecked())
  }

  async function isText(page: Page): Promise<void> {
    assert.equal((await page.locator('h1').innerText()).trim(), title)
    assert.ok((await page.title()).includes(title), 'the title of the window')
    assert.equal(await page.locator('main b, main em, main script').count(), 0)
    assert.match(await desks.text(page), /A <em>long<\/em> answer, and "quoted"\./)
  }
})

/** A file of figures of one measure. */
function figures(...lines: readonly string[]): Buffer {
  return Buffer.from(`${header}\n${lines.map(line => `Recorded crime,${line}\n`).join('')}`)
}

/** Figures of 75 years by month, in enough breakdowns. */
function* manyFigures(): Generator<string> {
  yield `${header},breakdown\n`
  for (let row = 0; row < rows; row += 1) {
    const month = new Temporal.PlainYearMonth(1950, 1).add({ months: row % 900 }).toString()
    yield `Recorded crime,${month},${String(row % 97)},Beat ${String(Math.floor(row / 900))}\n`
  }
}

/** As much of an Excel workbook as tells it from other zip files: its table of contents, stored as it is. */
function workbook(): Buffer {
  const name = Buffer.from('[Content_Types].xml')
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
  const content = Buffer.from(`<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt32LE(content.length, 18)
  head.writeUInt32LE(content.length, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name, content])
}
