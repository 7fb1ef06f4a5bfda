import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  await mkdir(join(folder, 'fonts'), { recursive: true })
  await writeFile(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
    <fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  )
  Object.assign(process.env, {
    TMPDIR: folder,
    FONTCONFIG_PATH: folder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  })
  const { default: chromium } = await import('@sparticuz/chromium')
  const { chromium: playwright } = await import('playwright-core')
  return playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'], headless: true })
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
