import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

/** A deadline from the page of the morning to its working, its pause, and the calendar that moves it. */
describe('deadlines, and how they are worked out', { timeout: 240_000 }, () => {
  let server: RunningServer
  let desks: Desks
  let clock = ''
  before(async () => {
    server = await serveEmbedded()
    desks = await openDesks(server.baseUrl)
  })
  after(async () => {
    await desks.close()
    await server.stop()
  })

  async function fillDate(page: Page, prefix: string, date: Temporal.PlainDate): Promise<void> {
    for (const part of ['day', 'month', 'year'] as const) {
      await page.locator(`[name="${prefix}-${part}"]`).fill(String(date[part]))
    }
  }

  it('the liaison opens the working of what is due from the force', async () => {
    const page = await desks.of('liaison')
    await desks.visit(page, '/workspace')
    assert.match(await desks.text(page), /Answer question Q-\d+-\d+ by \w+day/)
    await desks.follow(page, /How this day is worked out/)
    assert.match(await desks.text(page), /working days/)
    await desks.visit(page, '/workspace/duties')
    assert.match(await desks.text(page), /Answer question/)
  })

  it('whoever asked pauses the deadline with a reason, and lets it run again', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/duties/owed-to-us')
    await desks.follow(page, /Answer question/)
    clock = new URL(page.url()).pathname
    assert.match(await desks.text(page), /How the day is worked out/)
    await desks.press(page, /Pause/)
    await desks.press(page, 'Pause this clock')
    assert.match(await desks.text(page), /There is a problem/)
    await page.locator('[name="from-day"]').fill('31')
    await page.locator('[name="from-month"]').fill('2')
    await page.locator('[name="from-year"]').fill('2026')
    await page.getByLabel('Why?').fill('Asked for the period that is meant')
    await desks.press(page, 'Pause this clock')
    assert.match(await desks.text(page), /There is a problem/)
    assert.equal(await page.getByLabel('Why?').inputValue(), 'Asked for the period that is meant')
    const today = Temporal.Now.plainDateISO('Europe/London')
    await fillDate(page, 'from', today)
    await desks.press(page, 'Pause this clock')
    assert.match(await desks.text(page), /stands still|Paused/)
    await desks.press(page, /run again/)
    await fillDate(page, 'on', today)
    await page.getByLabel('Why?').fill('The answer came')
    await desks.press(page, /run again/)
    assert.match(await desks.text(page), /Asked for the period that is meant[\s\S]*/)
  })

  it('neither the panel nor a stranger sees that deadline', async () => {
    const page = await desks.of('panelClerk')
    assert.equal((await page.goto(server.baseUrl + clock))?.status(), 404)
    const stranger = await desks.window()
    await stranger.goto(server.baseUrl + clock)
    assert.match(stranger.url(), /sign-in/)
  })

  it('the year ahead and what was late stand on a page each', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/duties/year')
    assert.match(await desks.text(page), /precept/i)
    await desks.visit(page, '/workspace/duties/late')
  })

  it('a bank holiday that is proclaimed shows what it would move before it moves it', async () => {
    const page = await desks.of('administrator')
    await desks.visit(page, '/workspace/clocks/calendars/add')
    const today = Temporal.Now.plainDateISO('Europe/London')
    let day = today.add({ days: 1 })
    while (day.dayOfWeek > 5) day = day.add({ days: 1 })
    await fillDate(page, 'date', day)
    await page.getByLabel('What is it called?').fill('A day of thanks')
    await page
      .getByLabel(/England and Wales/)
      .first()
      .check()
    await page.getByLabel('Where was it proclaimed?').fill('The London Gazette')
    await desks.press(page, 'See what would move')
    await desks.press(page, /^Add|^Take|move/)
    await desks.visit(page, '/workspace/clocks/calendars')
    assert.match(await desks.text(page), /A day of thanks/)
  })

  it('a clerk sets a length of the panel’s own', async () => {
    const page = await desks.of('panelClerk')
    await desks.visit(page, '/workspace/clocks/settings')
    assert.match(await desks.text(page), /Answer a question to the chief constable[\s\S]*10 working days/)
  })

  it('anybody works out a deadline, and opens the working of a published one', async () => {
    const page = await desks.of('resident')
    await desks.visit(page, '/clocks?rule=FOI-20&from=2026-05-22')
    assert.match(await desks.text(page), /23 June 2026/)
    await desks.visit(page, '/ardenshire/questions')
    await desks.follow(page, /Why victim satisfaction/)
    await page.getByText('How this date is worked out').first().click()
    await desks.follow(page, 'Every deadline of this record')
    assert.match(await desks.text(page), /working days/)
  })

  it('a calendar of one’s own deadlines is an address to follow, until it is ended', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/account/calendar')
    await page.locator('main form button').first().click()
    const address = await page.locator('#address').inputValue()
    const feed = await fetch(address.replace(/^https?:\/\/[^/]+/, server.baseUrl))
    assert.match(await feed.text(), /BEGIN:VCALENDAR/)
    assert.equal((await fetch(`${server.baseUrl}/workspace/calendar/${'a'.repeat(43)}.ics`)).status, 404)
  })
})
