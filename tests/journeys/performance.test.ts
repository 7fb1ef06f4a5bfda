import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ExcelJS from 'exceljs'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

/** Everything in the invented area follows today, so what is looked for does too. */
const today = Temporal.Now.plainDateISO('Europe/London')
const said = today.subtract({ days: 2 })
const inWords = (date: Temporal.PlainDate) =>
  date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const monthInWords = (month: Temporal.PlainYearMonth) =>
  month.toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'long', year: 'numeric' })
/** Oct-26, as a force writes it. */
const shortMonth = (month: Temporal.PlainYearMonth) =>
  month.toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'short' }).slice(0, 3) +
  `-${String(month.year).slice(2)}`
/** The quarter of the financial year that a month lies in: 2026/27 Q2. */
function quarterOf(month: Temporal.PlainYearMonth): string {
  const first = month.month < 4 ? month.year - 1 : month.year
  const quarter = Math.floor(((month.month + 8) % 12) / 3) + 1
  return `${String(first)}/${String(first + 1).slice(2)} Q${String(quarter)}`
}

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

/** The month that a dashboard prints under its latest figures. */
function monthIn(text: string): Temporal.PlainYearMonth {
  const names = Array.from(
    { length: 12 },
    (_, i) => monthInWords(new Temporal.PlainYearMonth(2000, i + 1)).split(' ')[0],
  )
  const [, name, year] = /\n(\w+) (20\d\d)\n/.exec(text.replaceAll('\t', '\n')) ?? []
  return new Temporal.PlainYearMonth(Number(year), names.indexOf(name) + 1)
}

describe('reading performance by exception', { timeout: 240_000 }, () => {
  let server: RunningServer
  let desks: Desks
  /** The latest month that has figures. */
  let latest: Temporal.PlainYearMonth
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
    const text = await desks.text(page)
    assert.match(text, /Victim satisfaction/)
    assert.doesNotMatch(text, /999 calls abandoned/)
    latest = monthIn(text)
    await desks.visit(page, `${address.pathname}${address.search}&view=table`)
    await desks.follow(page, 'Victim satisfaction')
  })

  it('a chart tells its figures under the keyboard', async () => {
    const page = await desks.of('policyLead')
    const chart = page.locator('[data-chart-table]').first()
    await chart.focus()
    await page.keyboard.press('ArrowLeft')
    const told = page.locator('[role="status"]').filter({ hasText: /20\d\d/ })
    assert.match(await told.first().innerText(), new RegExp(`${monthInWords(latest)}[^\\d]+\\d+\\.\\d%`))
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
    await page.getByLabel('Day', { exact: true }).fill(String(said.day))
    await page.getByLabel('Month', { exact: true }).fill(String(said.month))
    await page.getByLabel('Year', { exact: true }).fill(String(said.year))
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
    const buffer = await monthlyReturn(
      [1, 2].map(each => shortMonth(latest.add({ months: each }))),
      [7, 6],
    )
    await page.setInputFiles('input[type=file]', { name: 'return.xlsx', mimeType: mediaType, buffer })
    await desks.press(page, 'Check this file')
    assert.match(await desks.text(page), /What the rows and columns are/)
    await desks.press(page, 'Continue')
    const robbery = page
      .getByLabel('Robberies')
      .locator('option')
      .filter({ hasText: /^\s*Robbery \(/ })
    await page.getByLabel('Robberies').selectOption(await robbery.first().getAttribute('value'))
    await desks.press(page, 'Continue')
    await desks.press(page, 'Show the figures')
    assert.match(
      await desks.text(page),
      new RegExp(`2 figures can be read[\\s\\S]*${monthInWords(latest.add({ months: 1 }))}`),
    )
    await page.getByLabel(/Keep this reading for next month/).fill('Force monthly return')
    await desks.press(page, 'Check these figures')
    await desks.press(page, 'Load these figures')
    await desks.visit(page, '/workspace/performance/imports/new')
    const next = await monthlyReturn(
      [2, 3].map(each => shortMonth(latest.add({ months: each }))),
      [8, 5],
    )
    await page.setInputFiles('input[type=file]', { name: 'december.xlsx', mimeType: mediaType, buffer: next })
    await desks.press(page, 'Check this file')
    assert.match(await desks.text(page), /Force monthly return/)
  })

  it('two papers that give one figure two values are found, and listed with where each stands', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/performance/imports/new')
    const rows = [
      'measure\tperiod\tvalue\tsource',
      `Police support volunteers\t${latest.add({ months: 1 }).toString()}\t210\tAnnual report, page 4`,
      `Police support volunteers\t${latest.add({ months: 1 }).toString()}\t216\tAnnual report, page 9`,
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
    await page.getByLabel('Which figures is it about?').selectOption({ label: 'Victim satisfaction' })
    await desks.press(page, 'Continue')
    await desks.press(page, 'Save')
    assert.match(await desks.text(page), /There is a problem/)
    await page.getByLabel('Which month?').fill(latest.toString())
    await page.getByLabel('Commentary').fill(cause)
    await page.getByLabel('Who writes it?').fill('Head of performance, Ardenshire Police')
    await desks.press(page, 'Save')
    const office = await desks.of('policyLead')
    await desks.visit(office, '/workspace/performance/commentary')
    const name = `Commentary on Victim satisfaction, ${monthInWords(latest)}`
    assert.ok(!(await desks.text(office)).includes(name), 'a draft is nobody else’s')
    assert.match(await desks.text(page), /Not yet possible: Release it to others/)
    const chief = await desks.of('chiefConstable')
    await desks.visit(chief, new URL(page.url()).pathname)
    await desks.press(chief, 'Release it to others')
    await chief.getByLabel(/Office of the Police and Crime Commissioner/).check()
    await desks.press(chief, 'Release it')
    await desks.visit(office, '/workspace/performance/commentary')
    await desks.follow(office, name)
    assert.match(await desks.text(office), /The survey moved/)
  })

  it('the performance report of the quarter is written, published, and read on a phone', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/reports/performance/new')
    await page.getByLabel('Period').fill(quarterOf(latest).replace(/\/\d\d/, ''))
    await desks.press(page, 'Begin the report')
    assert.match(await desks.text(page), /There is a problem[\s\S]*if it is a quarter of the financial year/)
    await page.getByLabel('Period').fill(quarterOf(latest))
    await desks.press(page, 'Begin the report')
    assert.match(await desks.text(page), /Victim satisfaction: \d+ months in a row below/)
    assert.match(await desks.text(page), new RegExp(`Ardenshire Police, ${inWords(said)}: The survey moved`))
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
