import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { london } from '../../src/platform/time.ts'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

const panel = 'Ardenshire Police and Crime Panel'
const secret = 'Whistlewick'
const minute = 'The commissioner gave his report.'
const promised = 'The Chief Executive agreed to circulate the vacancies of each team.'
const owed = /how long each district waits for an answer on 101/
const recommendation = 'Publish the vacancies of each team every quarter'
const reply = 'The waits of each district are published every quarter from January.'
const question = 'Why is the front desk at Tarnwick closed on Mondays?'

/** A panel's clerk takes a meeting from the calendar to signed minutes, and what it recommended to its closure. */
describe('a meeting of the panel, and what comes of it', { timeout: 300_000 }, () => {
  let server: RunningServer
  let desks: Desks
  let meeting = ''
  let next = ''
  let minutes = ''
  before(async () => {
    server = await serveEmbedded()
    desks = await openDesks(server.baseUrl)
  })
  after(async () => {
    await desks.close()
    await server.stop()
  })

  const today = Temporal.Now.plainDateISO(london)

  async function fillDate(page: Page, prefix: string, date: Temporal.PlainDate): Promise<void> {
    for (const part of ['day', 'month', 'year'] as const) {
      await page.locator(`[name="${prefix}-${part}"]`).fill(String(date[part]))
    }
  }

  async function schedule(page: Page, date: Temporal.PlainDate): Promise<string> {
    await desks.visit(page, '/workspace/meetings/new')
    await page.getByLabel('Body', { exact: true }).selectOption({ label: panel })
    await fillDate(page, 'date', date)
    await page.getByLabel('The public may attend').check()
    await desks.press(page, 'Schedule it')
    return new URL(page.url()).pathname
  }

  it('is put into the calendar, with the standing items of the work programme', async () => {
    const page = await desks.of('panelClerk')
    meeting = await schedule(page, today.subtract({ days: 1 }))
    await desks.press(page, /Add the standing items/)
    assert.match(await desks.text(page), /Report of the Police and Crime Commissioner/)
    assert.match(await desks.text(page), /Publish the agenda by/)
    next = await schedule(page, today)
  })

  it('has an exempt item, and the resolution to exclude the public in its proper words', async () => {
    const page = await desks.of('panelClerk')
    await desks.visit(page, meeting)
    await desks.press(page, 'Add an item')
    await page.getByLabel('Title', { exact: true }).fill(`A complaint about ${secret}`)
    await page.getByLabel('Ordinary item').check()
    await page.getByLabel(/No: exempt/).check()
    await page.getByLabel('Paragraphs of Schedule 12A').fill('1')
    await page.getByLabel('Why the public interest is in withholding it').fill('It names an individual.')
    await page.getByLabel('Neutral title').fill('A complaint')
    await desks.press(page, 'Add the item')
    await desks.visit(page, `${meeting}/room`)
    assert.match(await desks.text(page), /section 100A\(4\)[\s\S]*paragraph 1 of Part 1 of Schedule 12A/)
  })

  it('is announced, and its pack is made; the restricted copy alone has the item', async () => {
    const page = await desks.of('panelClerk')
    await desks.visit(page, `${meeting}/attendance`)
    await desks.press(page, 'Note everyone who usually attends')
    await desks.visit(page, meeting)
    await desks.press(page, 'Publish the agenda')
    assert.match(await desks.text(page), /What stays back[\s\S]*A complaint/)
    await desks.press(page, 'Publish and send the agenda')
    await desks.visit(page, `${meeting}/pack`)
    assert.match(await desks.text(page), new RegExp(secret))
  })

  it('a member with a phone opens the pack and goes to a page of it', async () => {
    const page = await desks.of('resident')
    const address = `/ardenshire/meetings/${today.subtract({ days: 1 }).toString()}-ardenshire-police-and-crime-panel`
    await until(async () => (await fetch(`${server.baseUrl}${address}/pack.pdf`)).status === 200)
    const pdf = await fetch(`${server.baseUrl}${address}/pack.pdf`)
    assert.match(pdf.headers.get('content-type') ?? '', /application\/pdf/)
    await desks.visit(page, `${address}/pack?page=3`)
    assert.match(await desks.text(page), /Page 3 of the pack/)
    assert.doesNotMatch(await page.content(), new RegExp(secret))
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= 320'), 'nothing runs over the edge')
  })

  it('is minuted as it is typed, without a connection too', async () => {
    const page = await desks.of('panelClerk')
    await desks.visit(page, meeting)
    await desks.press(page, 'Begin the minutes')
    const field = page.getByLabel('Minute of item 2')
    await page.context().setOffline(true)
    await field.pressSequentially(minute, { delay: 5 })
    await page.getByText(/Not kept yet: there is no connection/).waitFor()
    await page.context().setOffline(false)
    await page.getByText(/Kept as a draft/).waitFor({ timeout: 15_000 })
    await page.reload()
    assert.equal(await page.getByLabel('Minute of item 2').inputValue(), minute, 'no word is lost')
  })

  it('offers what the prose promises, and takes a recommendation with its addressee', async () => {
    const page = await desks.of('panelClerk')
    await page.getByLabel('Minute of item 2').fill(`${minute} ${promised}`)
    await desks.press(page, 'Save item 2')
    assert.match(await desks.text(page), /stands on no list yet/)
    await page.getByText('Add an action, undertaking, request or recommendation to item 2').click()
    await page.locator('[name="item-2-form"][value="recommendation"]').check()
    await page.locator('[name="item-2-what"]').fill(`${recommendation}.`)
    await page.locator('[name="item-2-who"]').fill('Imani Thistlewood')
    await desks.press(page, 'Save item 2')
    await page.getByLabel('Minute of item 4').fill(`${secret} was discussed.`)
    await desks.press(page, 'Save item 4')
    minutes = new URL(page.url()).pathname.replace(/\/take$/, '')
    await desks.visit(page, minutes)
    await desks.press(page, 'Circulate them')
    await desks.press(page, 'Circulate the minutes')
  })

  it('what was promised in the prose shows up as minuted and on no list', async () => {
    const page = await desks.of('panelClerk')
    await desks.visit(page, '/workspace/meetings/minutes/on-no-list')
    assert.match(await desks.text(page), /agreed to circulate the vacancies/)
  })

  it('is agreed by the next meeting, signed by the chair, and published without a word of the exempt item', async () => {
    const page = await desks.of('panelClerk')
    await desks.visit(page, minutes)
    await desks.press(page, 'Record that they were agreed')
    const choose = page.getByLabel('Which meeting agreed them?')
    const value = next.split('/').at(-1) ?? ''
    await choose.selectOption(value)
    await desks.press(page, 'Record that they were agreed')
    const chair = await desks.of('panelChair')
    await desks.visit(chair, minutes)
    await desks.press(chair, 'Sign the minutes')
    await chair.getByLabel('I sign these minutes as a true record').check()
    await desks.press(chair, 'Sign')
    await desks.visit(page, minutes)
    await desks.press(page, 'Publish the minutes')
    await desks.press(page, /^Publish/)
    const resident = await desks.of('resident')
    const address = `/ardenshire/meetings/${today.subtract({ days: 1 }).toString()}-ardenshire-police-and-crime-panel`
    await desks.visit(resident, address)
    assert.ok((await desks.text(resident)).includes(minute))
    for (const path of [
      address,
      `/ardenshire/search?q=${secret}`,
      '/ardenshire/meetings.json',
      '/ardenshire/meetings.atom',
    ]) {
      const body = await (await fetch(server.baseUrl + path)).text()
      assert.doesNotMatch(body.replaceAll(`value="${secret}"`, ''), new RegExp(`about ${secret}|${secret} was`), path)
    }
  })

  it('the office replies to a recommendation; nobody reads the reply before it is sent', async () => {
    const page = await desks.of('policyLead')
    await desks.visit(page, '/workspace/follow-up')
    await desks.follow(page, owed)
    await desks.press(page, 'Write the reply')
    await page.getByLabel('Accepted', { exact: true }).check()
    await page.getByLabel('The reason', { exact: true }).fill(reply)
    await page.getByLabel('In whose name the reply stands').fill('Imani Thistlewood, Police and Crime Commissioner')
    await desks.press(page, 'Save the reply')
    const draft = new URL(page.url()).pathname
    const clerk = await desks.of('panelClerk')
    assert.equal((await clerk.goto(server.baseUrl + draft))?.status(), 404)
    const commissioner = await desks.of('commissioner')
    await desks.visit(commissioner, draft)
    await desks.press(commissioner, 'Send this reply')
    await commissioner.getByLabel('Yes', { exact: true }).check()
    await desks.press(commissioner, 'Send the reply')
  })

  it('the chair closes it, saying whether the reply answers what was asked, and a resident reads all of it', async () => {
    const chair = await desks.of('panelChair')
    await desks.visit(chair, '/workspace/follow-up')
    await desks.follow(chair, owed)
    assert.ok((await desks.text(chair)).includes(reply))
    await desks.press(chair, 'Close this recommendation')
    await chair.locator('[name="way"][value="chair"]').check()
    await chair.locator('[name="answersAsked"][value="partly"]').check()
    await chair.getByLabel('Why is it closed?').fill('It is published by district from January.')
    await desks.press(chair, 'Close the recommendation')
    const clerk = await desks.of('panelClerk')
    await clerk.goto(chair.url())
    await desks.press(clerk, 'Publish')
    await desks.press(clerk, /^Publish/)
    const resident = await desks.of('resident')
    await desks.visit(resident, '/ardenshire/recommendations')
    await desks.follow(resident, owed)
    const text = await desks.text(resident)
    for (const part of [reply, 'It is published by district from January.']) assert.ok(text.includes(part), part)
  })

  it('a resident asks a question at the next meeting, the clerk has it, and no one else', async () => {
    const page = await desks.of('resident')
    await desks.visit(page, '/ardenshire/public-questions/ask')
    await desks.press(page, 'Send your question')
    assert.match(await desks.text(page), /There is a problem/)
    await page.getByLabel('Your question').fill(question)
    await page.getByLabel('Please read it out for me').check()
    await page.getByLabel('Your name').fill('Ottoline Marchbanks')
    await page.getByLabel('Email address').fill('ottoline@example.org')
    for (const box of await page.getByRole('checkbox').all()) {
      const name = await box.getAttribute('name')
      if (name !== null && !/publish|name/.test(name)) await box.check()
    }
    const [meetingChoice] = await page.getByRole('radio', { name: /next meeting/i }).all()
    await meetingChoice?.check()
    await desks.press(page, 'Send your question')
    assert.match(await desks.text(page), /PQ|reference/i)
    const clerk = await desks.of('panelClerk')
    await until(async () => {
      await desks.visit(clerk, '/workspace/scrutiny/public-questions')
      return /Received/.test(await desks.text(clerk))
    })
    for (const path of [
      '/ardenshire/public-questions',
      '/ardenshire/public-questions.json',
      '/ardenshire/search?q=Tarnwick+Mondays',
    ]) {
      assert.doesNotMatch(await (await fetch(server.baseUrl + path)).text(), /Marchbanks|ottoline@|front desk at/, path)
    }
  })

  /** Work that happens after the commit takes a moment. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 60; tries += 1) {
      if (await holds()) return
      await wait(500)
    }
    throw new Error('It did not come about within half a minute')
  }
})
