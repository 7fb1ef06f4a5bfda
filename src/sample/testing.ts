import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../platform/database/tables.ts'
import type { DenyList } from './facts.ts'

/** What the public site sent at an address. */
export interface Sent {
  address: string
  status: number
  mediaType: string
  robots: string
  body: string
}

/**
 * Follows every link of the public site from some addresses on: pages, lists in each form, feeds and files. The
 * workspace, style sheets, and the same list in another order are left out; of a page that can be asked for in many
 * ways (one part of a measure after the other) the first is read.
 */
export async function crawl(app: FastifyInstance, from: readonly string[]): Promise<Sent[]> {
  const known = new Set(from)
  const waiting = [...from]
  const sent: Sent[] = []
  const asked = new Map<string, number>()
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (sent.length > 5000) throw new Error('The public site has no end')
    const answer = await app.inject({ url: address })
    const page = {
      address,
      status: answer.statusCode,
      mediaType: String(answer.headers['content-type'] ?? ''),
      robots: String(answer.headers['x-robots-tag'] ?? ''),
      body: answer.body,
    }
    sent.push(page)
    for (const next of linksIn(page)) {
      if (known.has(next)) continue
      known.add(next)
      const [path = '', query] = next.split('?')
      const times = (asked.get(path) ?? 0) + (query === undefined ? 0 : 1)
      asked.set(path, times)
      if (times > mostAsked) continue
      waiting.push(next)
    }
  }
  return sent
}

/** In how many ways one page is asked for, beside the plain one. */
const mostAsked = 1
const leftOut = /^\/(workspace|assets)\b|[?&](sort|as-of)=/

function linksIn({ address, body, mediaType }: Sent): string[] {
  if (!/html|xml/.test(mediaType)) return []
  const links = [...body.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'))
  return links.flatMap(link => {
    const url = URL.parse(link, `http://127.0.0.1:3000${address}`)
    if (url === null || url.hostname !== '127.0.0.1') return []
    const path = `${url.pathname}${url.search}`
    return leftOut.test(path) ? [] : [path]
  })
}

/** Finds what may not stand in anything public. */
export class DenyListSearch {
  readonly #list: DenyList
  readonly #names: ReadonlySet<string>
  readonly #hashes = new Map<string, string>()

  constructor(list: DenyList) {
    this.#list = list
    this.#names = new Set(list.names)
  }

  /** The runs of words in a text whose hash is on the list. */
  namesIn(text: string): string[] {
    return [...new Set([...this.#runsIn(text), ...this.#runsIn(withoutMarkup(text))])]
  }

  #runsIn(text: string): Set<string> {
    const words = normalised(text)
    const found = new Set<string>()
    for (const at of words.keys()) {
      for (let length = 1; length <= this.#list.longest && at + length <= words.length; length += 1) {
        const run = words.slice(at, at + length).join(' ')
        if (this.#names.has(this.#hashOf(run))) found.add(run)
      }
    }
    return found
  }

  /** What the patterns for historical areas find, after the allowed phrases were taken out. */
  subjectsIn(text: string): string[] {
    const rest = this.#list.allowed.reduce(
      (left, phrase) => left.replaceAll(phrasePattern(phrase), ' '),
      text.normalize('NFKC'),
    )
    return this.#list.patterns.flatMap(({ pattern, flags }) => {
      const match = new RegExp(pattern, flags).exec(rest)
      return match === null ? [] : [rest.slice(Math.max(0, match.index - 40), match.index + 40)]
    })
  }

  #hashOf(run: string): string {
    let hash = this.#hashes.get(run)
    if (hash === undefined) {
      hash = createHash(this.#list.algorithm.replace('-', '')).update(run).digest('hex')
      this.#hashes.set(run, hash)
    }
    return hash
  }
}

/** What a reader sees of a page: a name may be broken by a tag, an apostrophe written as a number. */
function withoutMarkup(text: string): string {
  return text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/&#(?:39|x27);/g, "'")
}

/** The words of a text as the list's own normalisation makes them. */
function normalised(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’‘ʼ]/g, '')
    .split(/\P{L}+/u)
    .filter(word => word !== '')
}

/** The words of a phrase, whatever stands between them: spaces on a page, hyphens in an address. */
function phrasePattern(phrase: string): RegExp {
  return new RegExp(normalised(phrase).join('\\P{L}+'), 'giu')
}

/** Everything in the published tables as text, file contents too; `area` is null for what belongs to none. */
export async function publishedText(owner: Database): Promise<{ table: string; area: number | null; text: string }[]> {
  const tables = await sql<{ name: string; area: string | null }>`
    select t.table_name as name, c.column_name as area from information_schema.tables t
    left join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
      and c.column_name in ('area_id', 'from_area')
    where t.table_schema = 'published' and t.table_type = 'BASE TABLE'`.execute(owner)
  const all: { table: string; area: number | null; text: string }[] = []
  for (const { name, area } of tables.rows) {
    const { rows } = await sql<{ area: number | null; text: string }>`
      select ${area === null ? sql`null::int` : sql.ref(area)} as area, to_jsonb(t)::text as text
      from ${sql.table(`published.${name}`)} as t`.execute(owner)
    all.push(...rows.map(row => ({ table: name, ...row })))
  }
  const files = await sql<{ area: number; bytes: Buffer }>`
    select f.area_id as area, p.bytes from published.file f join published.file_piece p on p.file_id = f.id`.execute(
    owner,
  )
  return [...all, ...files.rows.map(({ area, bytes }) => ({ table: 'file', area, text: bytes.toString('utf8') }))]
}

/** What the rules find wrong in the figures of the papers, and nothing else. */
export const errorsInPapers = [
  'Establishment: conflict',
  'Grants for work on drugs and alcohol: inconsistent-beyond-rounding',
  'Police and Crime Panel meetings: conflict',
  'Posts paid for by grants: conflict',
  'Share of the arrests in Operation Devonport: inconsistent',
  'Staff of Operation Devonport: inconsistent-beyond-rounding',
  'Uses of force by group: incomplete-breakdown',
  'Victim satisfaction, average of the year: inconsistent',
]
