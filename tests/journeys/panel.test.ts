import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openDesks } from './desks.ts'
import type { Desks, Who } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

const title = 'How you check that calls from the moor are answered'
const asked = 'What do you do to satisfy yourself that calls from the moor are answered?'
const answer = 'The chief constable reports the waits by district to each board since May.'
const tasking = 'Report the waits of the moor by the hour'
const reason = 'The report to the board is what was asked for.'
const challenge = 'The wait for an officer, and the reports on it'
const letter = 'Neither the waits nor the reports on them are as they were promised.'
const reply = 'The waits are longer because of leave. The reports come monthly from now on.'

describe('what the panel asks, and what the office asks in turn', { timeout: 240_000 }, () => {
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

  it('a member of the panel drafts a question to the commissioner', async () => {
    const page = await desks.of('panelMember')
    await desks.visit(page, '/workspace/scrutiny')
    await desks.press(page, 'Draft a question')
    assert.match(await desks.text(page), /The panel scrutinises the commissioner, not the force/)
    await page.getByLabel('Title', { exact: true }).fill(title)
    await page.getByLabel('What is asked').fill(asked)
    await page.getByLabel(/Thistlewood/).check()
    await desks.press(page, 'Save the draft')
    question = new URL(page.url()).pathname
    assert.match(await desks.text(page), /Draft/)
  })

  it('neither the office nor the force sees that draft', async () => {
    for (const who of ['policyLead', 'commissioner', 'liaison'] as const) {
      const page = await desks.of(who)
      assert.equal((await page.goto(server.baseUrl + question))?.status(), 404, who)
      for (const path of ['/workspace/scrutiny/to-answer', '/workspace/search?q=calls+from+the+moor']) {
        await desks.visit(page, path)
        assert.doesNotMatch(await desks.text(page), new RegExp(title), `${who} at ${path}`)
      }
    }
  })

  it('the member puts it, and the office alone has it', async () => {
    const page = await desks.of('panelMember')
    await desks.visit(page, question)
    await desks.press(page, 'Put this question')
    await desks.press(page, 'Put this question')
    assert.match(await desks.text(page), /Awaiting an answer/)
    const liaison = await desks.of('liaison')
    await desks.visit(liaison, '/workspace/scrutiny/to-answer')
    assert.doesNotMatch(await desks.text(liaison), new RegExp(title))
    await openSent(await desks.of('policyLead'), title)
  })

  it('the policy lead begins the answer, and the commissioner gives it', async () => {
    const page = await desks.of('policyLead')
    await openSent(page, title)
    await prepare(page, answer, /Thistlewood/)
    await give('commissioner', title)
  })

  it('a tasking of the chief constable comes of it, and is put', async () => {
    const lead = await desks.of('policyLead')
    await openSent(lead, title)
    await desks.press(lead, 'Task the chief constable')
    assert.match(await desks.text(lead), new RegExp(`It comes of .*${title}`))
    assert.ok(await lead.getByLabel('A tasking: something to be done and reported on').isChecked())
    await lead.getByLabel('Title', { exact: true }).fill(tasking)
    await lead.getByLabel('What is asked').fill('Report how long callers from the moor wait, by the hour.')
    await lead.getByLabel(/Oyelaran-Finch/).check()
    await desks.press(lead, 'Save the draft')
    const path = new URL(lead.url()).pathname
    const page = await desks.of('commissioner')
    await desks.visit(page, path)
    await desks.press(page, 'Put this question')
    await desks.press(page, 'Put this question')
    await publishAll(page)
    await openSent(await desks.of('liaison'), tasking)
  })

  it('the member judges whether the answer answers what was asked', async () => {
    const page = await desks.of('panelMember')
    await desks.visit(page, question)
    assert.match(await desks.text(page), new RegExp(answer))
    await desks.press(page, 'Judge the answer')
    await page.getByLabel('Answers what we asked', { exact: true }).check()
    await page.getByLabel('Why?').fill(reason)
    await desks.press(page, 'Record the judgement')
    await desks.visit(page, question)
    assert.match(await desks.text(page), /Answers what we asked/)
    assert.equal(await page.getByRole('button', { name: 'Publish' }).count(), 0, 'a member does not publish')
  })

  it('the panel’s clerk publishes it, and a resident reads question, answer, judgement and the tasking', async () => {
    const clerk = await desks.of('panelClerk')
    await desks.visit(clerk, question)
    await publishAll(clerk)
    const page = await desks.of('resident')
    await desks.visit(page, '/ardenshire/questions')
    await desks.follow(page, title)
    const text = await desks.text(page)
    for (const part of [asked, answer, reason, 'Answers what we asked', 'Lockhart-Din'])
      assert.ok(text.includes(part), part)
    await desks.follow(page, 'See the whole trail')
    await desks.follow(page, tasking)
    assert.match(await desks.text(page), /There is no answer yet/)
  })

  it('the commissioner sends a formal challenge on two subjects', async () => {
    const page = await desks.of('commissioner')
    await desks.visit(page, '/workspace/scrutiny/challenges')
    await desks.press(page, 'Draft a formal challenge')
    await page.getByLabel('Title', { exact: true }).fill(challenge)
    await page.getByLabel('The letter', { exact: true }).fill(letter)
    await page.getByLabel('Subject 1', { exact: true }).fill('Waits for an officer')
    await page.getByLabel('What is asked on subject 1').fill('Why they grew, and what is done.')
    await page.getByLabel('Subject 2', { exact: true }).fill('Reports to the board')
    await desks.press(page, 'Save the draft')
    await desks.press(page, 'Send this challenge')
    assert.match(
      await desks.text(page),
      /Waits for an officer[\s\S]*Reports to the board[\s\S]*cannot be changed any more/,
    )
    await desks.press(page, 'Send this challenge')
    assert.match(await desks.text(page), /Awaiting a reply/)
  })

  it('the force replies to it', async () => {
    const page = await desks.of('liaison')
    await openSent(page, challenge)
    assert.match(await desks.text(page), /Waits for an officer[\s\S]*Reports to the board/)
    await prepare(page, reply, /Oyelaran-Finch/)
    await give('chiefConstable', challenge)
  })

  it('letter, subjects and reply are published', async () => {
    const page = await desks.of('commissioner')
    await desks.visit(page, '/workspace/scrutiny/challenges')
    await desks.follow(page, challenge)
    assert.match(await desks.text(page), /Replied, not yet judged/)
    await publishAll(page)
    const resident = await desks.of('resident')
    await desks.visit(resident, '/ardenshire/search?q=wait+for+an+officer+reports')
    await desks.follow(resident, challenge)
    const text = await desks.text(resident)
    for (const part of ['Waits for an officer', 'Reports to the board', letter, reply])
      assert.ok(text.includes(part), part)
  })

  async function openSent(page: Page, words: string): Promise<void> {
    await desks.visit(page, '/workspace/scrutiny/to-answer')
    await desks.follow(page, words)
  }

  /** From the question that was sent to an answer that waits for whoever gives it. */
  async function prepare(page: Page, text: string, giver: RegExp): Promise<void> {
    await desks.press(page, 'Start the answer')
    await page.getByLabel('The answer', { exact: true }).fill(text)
    await page.getByLabel(giver).check()
    await page.getByLabel('In writing', { exact: true }).check()
    await desks.press(page, 'Save the answer')
    await desks.press(page, 'Hand it over to be given')
  }

  async function give(who: Who, to: string): Promise<void> {
    const page = await desks.of(who)
    await desks.visit(page, '/workspace/scrutiny/answers')
    await desks.follow(page, new RegExp(to))
    await desks.press(page, 'Give this answer')
    await page.getByLabel('Yes', { exact: true }).check()
    await desks.press(page, 'Give this answer')
    assert.match(await desks.text(page), /Given/)
  }

  /** Publishes a question or challenge with all that is offered with it. */
  async function publishAll(page: Page): Promise<void> {
    await desks.press(page, 'Publish')
    await desks.press(page, 'Publish what is ticked')
  }
})
