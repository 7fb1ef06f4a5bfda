import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ExcelJS from 'exceljs'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

const cause = 'The survey moved from the telephone to messages in March.'
const summary = 'Victims were less satisfied for seven months. The force says why, and we have asked what it will do.'
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A force's own return: one measure a row, one month a column, under names of its own. */
async function monthlyReturn(months: readonly string[], robberies: readonly number[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Return')
  sheet.addRow(['Measure', ...months])
  sheet.addRow(['Robberies', ...robberies])
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('reading performance by exception', { timeout: 240_000 }, () => {
  let server: RunningServer
  let desks: Desks
  before(async () => {
    server = await serveEmbedded()
    desks = await openDesks(server.baseUrl)
  })
  after(async () => {
    await desks.close()
    await server.stop()
  })

  it('the dashboard shows what is out of the ordinary, and its filters live in the address', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/performance')
    assert.match(await desks.text(page), /\d+ measures, \d+ out of the ordinary/)
    await page.getByLabel('What the rules say').selectOption({ label: 'For the worse' })
    await desks.press(page, 'Apply filters')
    const address = new URL(page.url())
    assert.equal(address.searchParams.get('standing'), 'bad')
    assert.match(await desks.text(page), /Victim satisfaction/)
    assert.doesNotMatch(await desks.text(page), /999 calls abandoned/)
    await desks.visit(page, `${address.pathname}${address.search}&view=table`)
    await desks.follow(page, 'Victim satisfaction')
  })

  it('a chart tells its figures under the keyboard', async () => {
    const page = await desks.of('policyLead')
    const chart = page.locator('[data-chart-table]').first()
    await chart.focus()
    await page.keyboard.press('ArrowLeft')
    const told = page.locator('[role="status"]').filter({ hasText: /20\d\d/ })
    assert.match(await told.first().innerText(), /September 2026[^\d]+77\.8%/)
  })

  it('an exception is explained by the office, and only the chief executive or commissioner accepts it', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/performance/exceptions')
    await desks.follow(page, /Victim satisfaction/)
    assert.match(await desks.text(page), /Not yet possible: Accept the explanation/)
    await desks.press(page, 'Record the explanation')
    await desks.press(page, 'Record the explanation')
    assert.match(await desks.text(page), /There is a problem/)
    await page.getByLabel('The explanation').fill(cause)
    await page.getByLabel('Who gave it?').fill('Ardenshire Police')
    await page.getByLabel('Day', { exact: true }).fill('20')
    await page.getByLabel('Month', { exact: true }).fill('11')
    await page.getByLabel('Year', { exact: true }).fill('2026')
    await page.getByLabel('The public may read it when the exception is published').check()
    await desks.press(page, 'Record the explanation')
    assert.match(await desks.text(page), /Explained[\s\S]*The survey moved/)
    const exception = new URL(page.url()).pathname
    const commissioner = await desks.of('commissioner')
    await desks.visit(commissioner, exception)
    await desks.press(commissioner, 'Accept the explanation')
  })

  it('a spreadsheet in the force’s own layout is read by a mapping that is kept', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/performance/imports/new')
    const buffer = await monthlyReturn(['Oct-26', 'Nov-26'], [7, 6])
    await page.setInputFiles('input[type=file]', { name: 'return.xlsx', mimeType: mediaType, buffer })
    await desks.press(page, 'Check this file')
    assert.match(await desks.text(page), /What the rows and columns are/)
    await desks.press(page, 'Continue')
    await page.getByLabel('Robberies').selectOption({ label: 'Robbery (M-2026-22)' })
    await desks.press(page, 'Continue')
    await desks.press(page, 'Show the figures')
    assert.match(await desks.text(page), /2 figures can be read[\s\S]*October 2026/)
    await page.getByLabel(/Keep this reading for next month/).fill('Force monthly return')
    await desks.press(page, 'Check these figures')
    await desks.press(page, 'Load these figures')
    await desks.visit(page, '/workspace/performance/imports/new')
    const next = await monthlyReturn(['Nov-26', 'Dec-26'], [8, 5])
    await page.setInputFiles('input[type=file]', { name: 'december.xlsx', mimeType: mediaType, buffer: next })
    await desks.press(page, 'Check this file')
    assert.match(await desks.text(page), /Force monthly return/)
  })

  it('two papers that give one figure two values are found, and listed with where each stands', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/performance/imports/new')
    const rows = [
      'measure\tperiod\tvalue\tsource',
      'Police support volunteers\t2026-10\t210\tAnnual report, page 4',
      'Police support volunteers\t2026-10\t216\tAnnual report, page 9',
    ]
    await page.getByLabel('Or paste a table').fill(rows.join('\n'))
    await desks.press(page, 'Check this file')
    await desks.press(page, 'Load these figures')
    await desks.visit(page, '/workspace/performance/data-queries')
    await desks.follow(page, /Police support volunteers/)
    assert.match(await desks.text(page), /210[\s\S]*page 4[\s\S]*216[\s\S]*page 9/)
  })

  it('the force comments on its figures without JavaScript, and the office reads it once it is sent', async () => {
    const page = await desks.of('liaison')
    await desks.visit(page, '/workspace/performance/commentary/new')
    console.error(page.url(), await desks.text(page))
  })

  it('the performance report of the quarter is written, published, and read on a phone', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/reports/performance/new')
    await page.getByLabel('Period').fill('2026 Q3')
    await desks.press(page, 'Begin the report')
    assert.match(await desks.text(page), /There is a problem[\s\S]*2026\/27 Q3/)
    await page.getByLabel('Period').fill('2026/27 Q2')
    await desks.press(page, 'Begin the report')
    assert.match(await desks.text(page), /July to September 2026[\s\S]*Victim satisfaction: 7 months in a row below/)
    await desks.press(page, 'Write the summary and remarks')
    await page.getByLabel('Summary').fill(summary)
    await desks.press(page, 'Save')
    await desks.press(page, 'Publish with its figures')
    assert.match(await desks.text(page), /Published/)
    const resident = await desks.of('resident')
    await desks.visit(resident, '/ardenshire/performance-reports')
    await desks.follow(resident, /^Performance report$/)
    assert.match(await desks.text(resident), /Victims were less satisfied[\s\S]*Victim satisfaction/)
    assert.match(await desks.text(resident), /The report as a PDF[\s\S]*The report as a spreadsheet/)
    assert.ok(Number(await resident.evaluate('document.documentElement.scrollWidth')) <= 320)
  })

  it('a resident walks from what stands out to an area, to similar forces, and to a report with small counts hidden', async () => {
    const page = await desks.of('resident')
    await desks.visit(page, '/ardenshire/performance?standing=bad')
    assert.match(await desks.text(page), /Victim satisfaction/)
    await desks.visit(page, '/ardenshire/performance/areas')
    await desks.follow(page, 'Port Ardley')
    assert.match(await desks.text(page), /Recorded crime/)
    await desks.visit(page, '/ardenshire/performance/recorded-crime-for-each-1-000-people/compare')
    assert.match(await desks.text(page), /similar forces/)
    await desks.visit(page, '/ardenshire/performance/reports/stop-and-search')
    assert.match(await desks.text(page), /\[c\]|hidden/)
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 320)
  })
})
