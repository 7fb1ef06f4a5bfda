import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import assert from 'node:assert/strict'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'

const root = join(import.meta.dirname, '../..')

const folder = join(root, 'node_modules/.cache/browser')

/**
 * A headless browser out of an npm package. It unpacks itself into a folder of the project (it would take any browser
 * it finds in the common one), brings its own system libraries, which a bare Debian lacks, and is told where its fonts
 * lie: without any, a text field ends it.
 */
export async function openBrowser(): Promise<Browser> {
  Object.assign(process.env, {
    TMPDIR: folder,
    FONTCONFIG_PATH: folder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  })
  const { default: chromium } = await import('@sparticuz/chromium')
  const { chromium: playwright } = await import('playwright-core')
  if (!existsSync(folder)) await unpack(() => chromium.executablePath())
  return playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'], headless: true })
}

/** Unpacks beside the folder and moves it there whole: test files that run at once must not meet half a browser. */
async function unpack(unpackInto: () => Promise<string>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const own = await mkdtemp(`${folder}-`)
  process.env['TMPDIR'] = own
  await unpackInto()
  await writeFile(
    join(own, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
    <fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  )
  // Where another process was faster, its folder stands and ours goes.
  await rename(own, folder).catch(() => rm(own, { recursive: true }))
  process.env['TMPDIR'] = folder
}

interface AxeResults {
  violations: { id: string; help: string; nodes: { target: unknown[] }[] }[]
}

/** Fails with what axe found on the page: WCAG 2.2 A and AA and its best practices. */
export async function accessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const results: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
  const found = results.violations.map(
    violation =>
      `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.target.join(' ')).join('; ')})`,
  )
  assert.deepEqual(found, [], `axe on ${page.url()}`)
  assert.equal(await page.locator('h1').count(), 1, `one h1 on ${page.url()}`)
}
