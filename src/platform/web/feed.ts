import { escapeHtml } from './html.ts'

export interface FeedEntry {
  /** Never changes for one record: its UUID. */
  id: string
  title: string
  /** Below the site's own address: `/ardenshire/questions/q-2026-01`. */
  path: string
  published: Temporal.Instant
  updated: Temporal.Instant
  summary: string
  /** Another page that belongs to it, with what that page is. */
  related?: { path: string; title: string }
}

export interface Feed {
  /** Below the site's own address, with its ending: `/ardenshire/questions.atom`. */
  path: string
  /** The page the feed follows. */
  page: string
  title: string
  /** Whose record it is. */
  author: string
  /** Said under the title; the banner of a demonstration. */
  subtitle: string | null
  entries: readonly FeedEntry[]
}

export const atomType = 'application/atom+xml; charset=utf-8'

/**
 * A feed after RFC 4287. The ids of entries are `urn:uuid:`, so that a changed address makes no new entry.
 *
 * @param baseUrl the site's own address, without a slash at the end
 * @param whenEmpty the time of a feed without entries
 */
export function writeAtom(feed: Feed, baseUrl: string, whenEmpty: Temporal.Instant): string {
  const times = feed.entries.map(({ updated }) => updated).toSorted((a, b) => Temporal.Instant.compare(a, b))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
    element('id', baseUrl + feed.path),
    element('title', feed.title),
    ...(feed.subtitle === null ? [] : [element('subtitle', feed.subtitle)]),
    element('updated', time(times.at(-1) ?? whenEmpty)),
    `<author>${element('name', feed.author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeHtml(baseUrl + feed.path)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeHtml(baseUrl + feed.page)}"/>`,
    ...feed.entries.map(entry => entryElement(entry, baseUrl)),
    '</feed>',
    '',
  ].join('\n')
}

function entryElement(entry: FeedEntry, baseUrl: string): string {
  return [
    '<entry>',
    element('id', `urn:uuid:${entry.id}`),
    element('title', entry.title),
    `<link rel="alternate" type="text/html" href="${escapeHtml(baseUrl + entry.path)}"/>`,
    ...(entry.related === undefined ? [] : [relatedLink(entry.related, baseUrl)]),
    element('published', time(entry.published)),
    element('updated', time(entry.updated)),
    element('summary', entry.summary),
    '</entry>',
  ].join('\n')
}

function relatedLink({ path, title }: NonNullable<FeedEntry['related']>, baseUrl: string): string {
  return `<link rel="related" type="text/html" title="${escapeHtml(title)}" href="${escapeHtml(baseUrl + path)}"/>`
}

function element(name: string, text: string): string {
  return `<${name}>${escapeHtml(allowed(text))}</${name}>`
}

/** XML 1.0 has no place for most control characters, nor for half of a pair. */
function allowed(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}

const time = (at: Temporal.Instant): string => at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()
