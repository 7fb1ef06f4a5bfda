import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { accessible } from './browser.ts'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { serveEmbedded } from './server.ts'
import type { RunningServer } from './server.ts'

const email = 'rowan.hartley@ardenshire.example'
const name = 'Rowan Hartley'
const password = 'lantern marble otter'
const newPassword = 'thistle harbour violin'

describe('an account, from its invitation on', { timeout: 240_000 }, () => {
  let server: RunningServer
  let desks: Desks
  let page: Page
  let key = ''
  before(async () => {
    server = await serveEmbedded()
    desks = await openDesks(server.baseUrl)
    page = await desks.window()
  })
  after(async () => {
    await desks.close()
    await server.stop()
  })

  it('the administrator invites somebody, who chooses a name and a password', async () => {
    const administrator = await desks.of('administrator')
    await desks.visit(administrator, '/workspace/organisations/users')
    await desks.press(administrator, 'Invite someone')
    await desks.press(administrator, 'Send the invitation')
    assert.match(await desks.text(administrator), /Enter the email address[\s\S]*Choose at least one role/)
    await administrator.getByLabel('Their email address').fill(email)
    await administrator.getByLabel('policy lead').check()
    await desks.press(administrator, 'Send the invitation')
    assert.match(await desks.text(administrator), new RegExp(`Invitations not yet accepted[\\s\\S]*${email}`))
    const link = await linkInMail('invitation')
    await desks.visit(page, link)
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('Password', { exact: true }).fill('too short')
    await desks.press(page, 'Accept the invitation')
    assert.match(await desks.text(page), /must be 12 characters or more/)
    assert.equal(await page.getByLabel('Your name').inputValue(), name)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await desks.press(page, 'Accept the invitation')
    assert.match(await page.locator('body').innerText(), new RegExp(`${name}, acting for`))
  })

  it('the link of the invitation works once', async () => {
    const other = await desks.window()
    const answer = await other.goto(server.baseUrl + (await linkInMail('invitation')))
    assert.equal(answer?.status(), 404)
    assert.match(await desks.text(other), /no longer works/)
    await accessible(other)
  })

  it('signs in with the password, and sets up a code', async () => {
    await signOut()
    await signIn(page, password)
    await desks.visit(page, '/workspace/account/second-factor')
    await page.getByLabel('Your password').fill(password)
    await desks.press(page, 'Set up the code')
    key = (await page.locator('main strong code').innerText()).replaceAll(' ', '')
    await page.getByLabel('Six-figure code').fill('000000')
    await desks.press(page, 'Finish')
    assert.match(await desks.text(page), /That code is not right/)
    await page.getByLabel('Six-figure code').fill(codeOf(key))
    await desks.press(page, 'Finish')
    assert.match(await desks.text(page), /Asked for when you sign in/)
  })

  it('from then on is asked for the code, and is not in without it', async () => {
    await signOut()
    await signIn(page, password)
    await page.goto(`${server.baseUrl}/workspace/account`)
    assert.match(page.url(), /sign-in/)
    await signIn(page, password)
    await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
    await desks.press(page, 'Continue')
    await desks.visit(page, '/workspace/account')
  })

  it('signing out everywhere ends the session in another browser', async () => {
    const other = await desks.window()
    await signIn(other, password)
    await other.getByLabel('Code', { exact: true }).fill(codeOf(key))
    await desks.press(other, 'Continue')
    await desks.visit(page, '/workspace/account')
    assert.equal(await page.locator('main tbody tr').count(), 2)
    await desks.press(page, 'Sign out everywhere')
    await other.goto(`${server.baseUrl}/workspace/account`)
    assert.match(other.url(), /sign-in/)
  })

  it('a forgotten password is replaced by a link in a mail, and the code is asked for still', async () => {
    await desks.visit(page, '/workspace/sign-in')
    await desks.follow(page, 'I have forgotten my password')
    await page.getByLabel('Email address').fill(email)
    await desks.press(page, 'Send the link')
    await desks.visit(page, await linkInMail('new-password'))
    await page.getByLabel('New password').fill(newPassword)
    await desks.press(page, 'Change the password')
    await signIn(page, password)
    assert.match(await desks.text(page), /email address or password is not right/)
    await signIn(page, newPassword)
    await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
    await desks.press(page, 'Continue')
    await desks.visit(page, '/workspace/account')
    await signOut()
  })

  it('wrong passwords come to a pause, in which the right one does not open it either', async () => {
    for (let tries = 0; tries < 8; tries += 1) await signIn(page, 'not the password')
    assert.match(await desks.text(page), /is not right/)
    await signIn(page, newPassword)
    assert.match(await desks.text(page), /Too many tries\. Wait 15 minutes/)
    await accessible(page)
  })

  async function signIn(at: Page, words: string): Promise<void> {
    await at.goto(`${server.baseUrl}/workspace/sign-in`)
    await at.getByLabel('Email address').fill(email)
    await at.getByLabel('Password', { exact: true }).fill(words)
    await at.getByRole('button', { name: 'Sign in', exact: true }).click()
    await at.waitForLoadState('load')
  }

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL(/sign-in/)
  }

  /** The address in the mail to the invited person whose link leads to such a page; mails leave in the background. */
  async function linkInMail(kind: 'invitation' | 'new-password'): Promise<string> {
    const folder = join(server.dataDirectory, 'mail')
    for (;;) {
      for (const file of (await readdir(folder).catch(() => [])).toReversed()) {
        const mail = unfolded(await readFile(join(folder, file), 'latin1'))
        const link = new RegExp(`https?://[^/\\s]+(/workspace/${kind}/\\S+)`).exec(mail)?.[1]
        if (mail.includes(`To: ${email}`) && link !== undefined) return link
      }
      await wait(50)
    }
  }
})

/** A mail with its quoted-printable lines put together again. */
function unfolded(mail: string): string {
  return mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
}

/** The code an authenticator app shows now for a key in base 32 (RFC 6238: HMAC-SHA-1, 30 seconds, six figures). */
function codeOf(secret: string): string {
  const bits = [...secret].map(letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes =
    bits
      .join('')
      .match(/.{8}/g)
      ?.map(byte => Number.parseInt(byte, 2)) ?? []
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', Buffer.from(bytes)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
