import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { accessible, openBrowser } from './browser.ts'

/** The sample users of the invented area, by what they do; a resident signs in nowhere. */
const people = {
  commissioner: 'Imani Thistlewood',
  policyLead: 'Nadia Farthingale',
  clerk: 'Edwin Larkspur',
  administrator: 'Sunita Brambley',
  liaison: 'Bethan Coppersmith',
  chiefConstable: 'Marguerite Oyelaran-Finch',
  panelChair: 'Winifred Adeyemi-Stone',
  panelMember: 'Parveen Lockhart-Din',
  panelClerk: 'Marisol Underhay',
  resident: null,
} as const

export type Who = keyof typeof people

/** One browser in which each person has a window of their own, and what they do in it. */
export interface Desks {
  /** The page of somebody, signed in. */
  of(who: Who): Promise<Page>
  /** A further window in which nobody is signed in. */
  window(): Promise<Page>
  /** Opens an address, which must be there and accessible. */
  visit(page: Page, path: string): Promise<void>
  /** Presses a button, or what looks like one; the page after it must be accessible. */
  press(page: Page, name: string | RegExp): Promise<void>
  /** Follows a link; the page it leads to must be accessible. */
  follow(page: Page, name: string | RegExp): Promise<void>
  /** What the main part of the page says. */
  text(page: Page): Promise<string>
  close(): Promise<void>
}

/**
 * Opens the browser. The liaison works without JavaScript, and the resident on a narrow screen.
 *
 * @param withAxe false where another test looks at the very same pages with axe
 */
export async function openDesks(baseUrl: string, withAxe = true): Promise<Desks> {
  const browser = await openBrowser()
  const open = new Map<Who, { context: BrowserContext; page: Page }>()

  async function signIn(who: Who): Promise<Page> {
    const context = await browser.newContext({
      javaScriptEnabled: who !== 'liaison',
      ...(who === 'resident' && { viewport: { width: 320, height: 700 } }),
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const name = people[who]
    if (name !== null) {
      await page.goto(`${baseUrl}/workspace/sign-in`)
      await page.getByRole('button', { name: new RegExp(name) }).click()
      await page.waitForURL(url => !url.pathname.includes('sign-in'))
    }
    open.set(who, { context, page })
    return page
  }

  /** Without JavaScript axe cannot run; the same pages are looked at by those who have it. */
  const scripted = (page: Page) => page !== open.get('liaison')?.page

  async function settled(page: Page, where: string): Promise<void> {
    await page.waitForLoadState('load')
    const said = await page.locator('h1').first().innerText()
    assert.doesNotMatch(said, /Something went wrong|not found/i, where)
    if (withAxe && scripted(page)) await accessible(page)
  }

  return {
    async window() {
      const context = await browser.newContext()
      context.setDefaultTimeout(10_000)
      return context.newPage()
    },
    of: async who => open.get(who)?.page ?? signIn(who),
    async visit(page, path) {
      const answer = await page.goto(baseUrl + path)
      assert.equal(answer?.status(), 200, path)
      await settled(page, path)
    },
    async press(page, name) {
      await page.locator('main').getByRole('button', { name }).first().click()
      await settled(page, String(name))
    },
    async follow(page, name) {
      await page.locator('main').getByRole('link', { name }).first().click()
      await settled(page, String(name))
    },
    text: page => page.locator('main').innerText(),
    close: () => browser.close(),
  }
}
