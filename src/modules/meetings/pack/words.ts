import type { Words } from '../../../platform/pdf/document.ts'
import { withoutMarkers } from '../../../platform/web/quotations.ts'
import { markdown } from '../papers/markdown.ts'

/** A line of Markdown as runs of words: emphasis, strong, code and links. */
export function wordsOf(text: string): Words[] {
  const runs: Words[] = []
  let strong = 0
  let emphasis = 0
  let href: string | null = null
  for (const token of markdown.parseInline(withoutMarkers(text), {})[0]?.children ?? []) {
    if (token.type === 'strong_open') strong += 1
    else if (token.type === 'strong_close') strong -= 1
    else if (token.type === 'em_open') emphasis += 1
    else if (token.type === 'em_close') emphasis -= 1
    else if (token.type === 'link_open') href = String(token.attrGet('href') ?? '')
    else if (token.type === 'link_close') href = null
    else {
      const isBreak = token.type === 'softbreak' || token.type === 'hardbreak'
      const styles = { ...(strong > 0 && { strong: true }), ...(emphasis > 0 && { emphasis: true }) }
      const code = token.type === 'code_inline' ? { code: true } : {}
      runs.push({ text: isBreak ? ' ' : token.content, ...styles, ...code, ...(href !== null && { href }) })
    }
  }
  return runs.filter(run => run.text !== '')
}

/** Words that nobody meant as Markdown. */
export const plainWords = (text: string): Words[] => [{ text: withoutMarkers(text) }]
