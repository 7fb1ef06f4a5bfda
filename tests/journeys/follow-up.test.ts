import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openDesks } from './desks.ts'
import type { Desks, Who } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

/** Under way in the invented area: raised by the office's board, led by the force, its date moved once. */
const action = 'Bring a plan, with a date, for a control room without agency staff'
const update = 'The last agency contract ended on the first of the month.'
const later = 'The training of the new staff takes a month longer.'
const found = 'The staffing return shows no agency staff in four weeks.'
/** A draft of the office that nobody has put. */
const draft = 'How people who ring again and again are helped'

describe('an action is followed to its evidenced end', { timeout: 240_000 }, () => {
  let server: RunningServer
  let desks: Desks
  let address = ''
  before(async () => {
    server = await serveEmbedded()
    desks = await openDesks(server.baseUrl)
  })
  after(async () => {
    await desks.close()
    await server.stop()
  })

  it('without evidence it is neither reported done nor closed, and the page says why', async () => {
    const clerk = await openAction('clerk')
    address = new URL(clerk.url()).pathname
    assert.match(await desks.text(clerk), /Not yet possible: Close this action\s+No evidence is attached\./)
    await desks.visit(clerk, `${address}/close`)
    await closeWith(clerk, 'It is done.')
    assert.match(await desks.text(clerk), /No evidence is attached\./)
    assert.equal(await clerk.getByLabel('Why is it closed?').inputValue(), 'It is done.', 'nothing typed is lost')
    const liaison = await openAction('liaison')
    assert.match(await desks.text(liaison), /Not yet possible: Report it done\s+No evidence is attached\./)
  })

  it('the liaison tells how it goes, attaches a file and a link, and reports it done', async () => {
    const page = await desks.of('liaison')
    await desks.press(page, 'Add an update')
    await page.getByLabel('What has been done').fill(update)
    await desks.press(page, 'Add the update')
    await desks.press(page, 'Attach evidence')
    await page.getByLabel('Title', { exact: true }).fill('Staffing return')
    await desks.press(page, 'Attach it')
    assert.match(await desks.text(page), /Choose a file or give a link/)
    assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'Staffing return')
    const buffer = Buffer.from('week,agency staff\n1,0\n2,0\n')
    await page.setInputFiles('input[type=file]', { name: 'return.csv', mimeType: 'text/csv', buffer })
    await desks.press(page, 'Attach it')
    await desks.press(page, 'Attach evidence')
    await page.getByLabel('Title', { exact: true }).fill('Contract register')
    await page.getByLabel('Or a link').fill('https://contracts.example/ardenshire')
    await desks.press(page, 'Attach it')
    assert.match(await desks.text(page), /Staffing return[\s\S]*Contract register/)
    await desks.press(page, 'Report it done')
    await desks.press(page, 'Report it done')
    assert.match(await desks.text(page), /Reported done/)
    assert.equal(await page.getByRole('button', { name: 'Close this action' }).count(), 0, 'the lead does not close it')
  })

  it('the clerk moves its date; the one first set stays, and the moves are counted', async () => {
    const page = await openAction('clerk')
    const first = /Due as first set\s+([^\n]+)/.exec(await desks.text(page))?.[1] ?? ''
    assert.match(await desks.text(page), /Times the date has moved\s+1\s/)
    await desks.press(page, 'Change the date')
    await fillDate(page, Temporal.Now.plainDateISO('Europe/London').add({ days: 30 }))
    await desks.press(page, 'Change the date')
    assert.match(await desks.text(page), /Say why the date is changed/)
    await page.getByLabel('Why is the date changed?').fill(later)
    await desks.press(page, 'Change the date')
    const text = await desks.text(page)
    assert.match(text, /Times the date has moved\s+2\s/)
    assert.notEqual(first, '')
    assert.equal(/Due as first set\s+([^\n]+)/.exec(text)?.[1], first, 'the date first set stays')
    assert.match(text, new RegExp(`Changes of date[\\s\\S]*${later}`))
  })

  it('what was done meanwhile stops a closing that was begun before it, and keeps what was typed', async () => {
    const page = await desks.of('clerk')
    await desks.press(page, 'Close this action')
    await page.getByLabel('Its chair, between meetings').check()
    await page.getByLabel('Partly', { exact: true }).check()
    await page.getByLabel('Why is it closed?').fill(found)
    const liaison = await openAction('liaison')
    await desks.press(liaison, 'Add an update')
    await liaison.getByLabel('What has been done').fill('The plan for the leave of August is added.')
    await desks.press(liaison, 'Add the update')
    await desks.press(page, 'Close the action')
    assert.match(await desks.text(page), /changed after you opened this page/)
    assert.equal(await page.getByLabel('Why is it closed?').inputValue(), found)
    assert.ok(await page.getByLabel('Partly', { exact: true }).isChecked())
  })

  it('the clerk closes it, saying whether it answers what was asked, and opens it again', async () => {
    const page = await desks.of('clerk')
    await desks.press(page, 'Close the action')
    assert.match(await desks.text(page), new RegExp(`Does it answer what was asked\\? Partly[\\s\\S]*${found}`))
    await desks.press(page, 'Re-open this action')
    await page.getByLabel('Or another meeting').fill('Governance and Performance Board, held by telephone')
    await page.getByLabel(/Why/).fill('Agency staff are back since Monday.')
    await desks.press(page, 'Re-open the action')
    assert.match(await desks.text(page), /Times re-opened\s+1/)
    await desks.press(page, 'Close this action')
    await closeWith(page, found)
    assert.match(await desks.text(page), /How it was closed/)
  })

  it('it is published with the evidence that was chosen, and no other', async () => {
    const page = await desks.of('clerk')
    await page.getByLabel('Staffing return').check()
    await desks.press(page, 'Save the choice')
    await desks.press(page, 'Publish')
    await desks.press(page, 'Publish this action')
    const resident = await desks.of('resident')
    await desks.visit(resident, '/ardenshire/actions')
    await desks.follow(resident, action)
    const text = await desks.text(resident)
    for (const part of [update, later, found, 'Staffing return']) assert.ok(text.includes(part), part)
    assert.doesNotMatch(await resident.content(), /Contract register|contracts\.example/)
    const [download] = await Promise.all([
      resident.waitForEvent('download'),
      resident.getByRole('link', { name: 'Staffing return' }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'return.csv')
  })

  it('of a draft that two people change at once both texts are shown, and neither is lost', async () => {
    const lead = await openDraft('policyLead')
    const commissioner = await openDraft('commissioner')
    await lead.getByLabel('What is asked').fill('Who helps those who ring most often?')
    await lead.getByLabel('Why it is asked').fill('They ring thirty times a day.')
    await commissioner.getByLabel('What is asked').fill('How is it known who rings most often?')
    await desks.press(commissioner, 'Save the draft')
    await desks.press(lead, 'Save the draft')
    assert.match(await desks.text(lead), /Thistlewood changed this[\s\S]*What is there now\s+How is it known who rings/)
    assert.equal(await lead.locator('textarea[name=text]').inputValue(), 'Who helps those who ring most often?')
    await lead.locator('textarea[name=text]').fill('How is it known who rings most often, and who helps them?')
    await desks.press(lead, 'Save what you typed')
    assert.match(await desks.text(lead), /and who helps them\?[\s\S]*They ring thirty times a day\./)
  })

  for (const [name, register] of [
    ['the home page', null],
    ['a question', '/ardenshire/questions'],
    ['a measure', '/ardenshire/performance'],
    ['a meeting', '/ardenshire/meetings'],
  ] as const) {
    it(`${name} fits a screen 320 pixels wide, and paper`, async () => {
      const page = await desks.of('resident')
      await desks.visit(page, register ?? '/ardenshire/')
      if (register !== null) {
        await page.locator(`main a[href^="${register}/"]`).first().click()
        await page.waitForLoadState('load')
        assert.notEqual(new URL(page.url()).pathname, register)
      }
      for (const media of ['screen', 'print'] as const) {
        await page.emulateMedia({ media })
        assert.ok((await widthOf(page)) <= 320, `${page.url()} on ${media} is ${String(await widthOf(page))} wide`)
      }
      await page.emulateMedia({ media: null })
    })
  }

  async function openAction(who: Who): Promise<Page> {
    const page = await desks.of(who)
    await desks.visit(page, '/workspace/follow-up/actions')
    await desks.follow(page, action)
    return page
  }

  async function openDraft(who: Who): Promise<Page> {
    const page = await desks.of(who)
    await desks.visit(page, '/workspace/scrutiny/questions')
    await desks.follow(page, draft)
    await desks.press(page, 'Change the draft')
    return page
  }

  async function closeWith(page: Page, reason: string): Promise<void> {
    await page.getByLabel('Its chair, between meetings').check()
    await page.getByLabel('Yes', { exact: true }).check()
    await page.getByLabel('Why is it closed?').fill(reason)
    await desks.press(page, 'Close the action')
  }
})

async function fillDate(page: Page, date: Temporal.PlainDate): Promise<void> {
  await page.getByLabel('Day').first().fill(String(date.day))
  await page.getByLabel('Month').first().fill(String(date.month))
  await page.getByLabel('Year').first().fill(String(date.year))
}

async function widthOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth')
}
