import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { command, serveEmbedded, serveGiven } from './server.ts'
import type { RunningServer } from './server.ts'
import { accessible, openBrowser } from './browser.ts'

/** The sample users of the invented area, by what they do. */
const people = {
  policyLead: 'Nadia Farthingale',
  commissioner: 'Imani Thistlewood',
  liaison: 'Bethan Coppersmith',
  chiefConstable: 'Marguerite Oyelaran-Finch',
  clerk: 'Edwin Larkspur',
  panelClerk: 'Marisol Underhay',
} as const

const title = 'Why recorded crime went beyond its usual range'
const answerText = 'Thefts from two retail parks account for the rise. Patrols there were doubled.'
const minuteText = 'The board considered the answer on recorded crime and asked for the patrol plan.'
const exemptWord = 'Nightingale'

for (const [where, start] of [
  ['the embedded database', serveEmbedded],
  ['a database given by its address', () => serveGiven('ardenshire')],
] as const) {
  describe(`the main job, on ${where}`, { timeout: 600_000 }, () => {
    let server: RunningServer
    let browser: Browser
    const desks = new Map<string, { context: BrowserContext; page: Page }>()
    before(async () => {
      browser = await openBrowser()
      server = await start()
    })
    after(async () => {
      await browser.close()
      await server.stop()
    })

    /** The page of somebody signed in; each keeps a browser of their own. */
    async function desk(name: string): Promise<Page> {
      const open = desks.get(name)
      if (open !== undefined) return open.page
      const context = await browser.newContext({ javaScriptEnabled: name !== people.liaison })
      const page = await context.newPage()
      await page.goto(`${server.baseUrl}/workspace/sign-in`)
      await page.getByRole('button', { name: new RegExp(name) }).click()
      desks.set(name, { context, page })
      return page
    }

    async function visit(page: Page, path: string): Promise<void> {
      const answer = await page.goto(server.baseUrl + path)
      assert.equal(answer?.status(), 200, path)
      await accessible(page)
    }

    const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
    const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
    const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 10_000 })

    let question = ''

    it('the policy lead loads figures, and the exception is there, explained', async () => {
      const page = await desk(people.policyLead)
      await visit(page, '/workspace/performance/imports/new')
      const figures = await command(['sample', 'figures'], server.settings)
      await page.setInputFiles('input[type=file]', {
        name: 'figures.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(figures),
      })
      await press(page, /check/i)
      await accessible(page)
      await sees(page, /6 new|6 added/i)
      await press(page, /load|apply/i)
      await visit(page, '/workspace/performance/exceptions')
      await follow(page, /Recorded crime/)
      await accessible(page)
      await sees(page, /above|beyond/)
    })

    it('the policy lead drafts a question from it', async () => {
      const page = await desk(people.policyLead)
      await follow(page, 'Draft a question from this')
      await accessible(page)
      await page.getByLabel('Title', { exact: true }).fill(title)
      await page.getByLabel('What is asked').fill('What lies behind the rise, and what is being done about it?')
      await page.getByLabel('A question', { exact: true }).check()
      await page.getByLabel(people.chiefConstable).check()
      await page.getByLabel('At a meeting and in writing').check()
      await press(page, 'Save the draft')
      await sees(page, title)
      await accessible(page)
      question = new URL(page.url()).pathname
    })

    it('the draft does not exist for the force, the panel or the public', async () => {
      for (const name of [people.liaison, people.panelClerk]) {
        const page = await desk(name)
        assert.equal((await page.goto(server.baseUrl + question))?.status(), 404)
        await page.goto(`${server.baseUrl}/workspace/search?q=retail+recorded+crime+usual+range`)
        assert.equal(await page.getByText(title).count(), 0)
      }
      const found = await fetch(`${server.baseUrl}/ardenshire/search?q=${encodeURIComponent(title)}`)
      assert.doesNotMatch(await found.text(), new RegExp(title))
    })

    it('the commissioner puts it', async () => {
      const page = await desk(people.commissioner)
      await visit(page, '/workspace')
      await visit(page, question)
      await follow(page, /put this question/i)
      await accessible(page)
      await press(page, /put this question/i)
      await sees(page, /awaiting an answer/i)
    })

    it('the liaison prepares the answer with an attachment, without JavaScript', async () => {
      const page = await desk(people.liaison)
      await page.goto(`${server.baseUrl}/workspace`)
      await follow(page, title)
      await sees(page, 'What lies behind the rise')
      await page.getByRole('link', { name: /prepare|answer/i }).or(page.getByRole('button', { name: /prepare|answer/i })).first().click()
      await page.locator('textarea').first().fill(answerText)
      await press(page, /save/i)
      await page.setInputFiles('input[type=file]', {
        name: 'patrols.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('week,patrols\n1,14\n2,28\n'),
      })
      console.log('HERE', page.url(), await page.locator('main').innerText())
    })

    void [answerText, minuteText, exemptWord, readFile, join]
  })
}
