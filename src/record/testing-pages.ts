import assert from 'node:assert/strict'
import type { Answer } from '../platform/web/route.ts'
import { createTemplates } from '../platform/web/templates.ts'
import { testSite } from './testing.ts'

const templates = createTemplates()

/** The main part of a workspace page as HTML. */
export function pageHtml(answer: Answer): string {
  assert.ok(answer.type === 'page', `A page was expected, not ${answer.type}`)
  const html = templates.render(answer.view, answer.model, testSite('workspace'))
  return html.slice(html.indexOf('<main'), html.indexOf('</main>'))
}

/** What it says, without its tags. */
export function pageText(answer: Answer): string {
  return pageHtml(answer)
    .replaceAll(/<\/?bdi>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ')
}
