import MarkdownIt from 'markdown-it'

/**
 * Markdown as papers are written in it. HTML is printed as typed, and a picture becomes a link to it: pictures come as
 * files with words beside them. What could make text vanish from the page (link definitions) or turn up unasked (an
 * indented line as code) is off. Links lead to http, https and mailto alone.
 */
export const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'image',
  'reference',
  'code',
  'fence',
  'lheading',
])

export type MarkdownToken = ReturnType<typeof markdown.parse>[number]

const schemes = /^(https?:|mailto:)/i
markdown.validateLink = address => schemes.test(address.trim())

const plainLink = markdown.renderer.rules['link_open']
markdown.renderer.rules['link_open'] = (tokens, at, options, env, renderer) => {
  tokens[at]?.attrSet('class', 'govuk-link')
  return plainLink?.(tokens, at, options, env, renderer) ?? renderer.renderToken(tokens, at, options)
}

/** A line of Markdown as HTML: emphasis, strong, links and code; everything else is escaped. */
export function inlineHtml(text: string): string {
  return markdown.renderInline(text)
}

/** A line of Markdown as the words a reader sees. */
export function plainText(text: string): string {
  return (markdown.parseInline(text, {})[0]?.children ?? [])
    .map(token => (token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : token.content))
    .join('')
}
