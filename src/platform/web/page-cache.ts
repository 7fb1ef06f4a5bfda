import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** A public page as it goes out: bytes and headers, plain and compressed, made once. */
export interface StoredPage {
  status: number
  etag: string
  bytes: Buffer
  headers: Readonly<Record<string, string>>
  gzip: Buffer
  gzipHeaders: Readonly<Record<string, string>>
  unchangedHeaders: Readonly<Record<string, string>>
  /** True once it was asked for again, which spares it at the next eviction. */
  used: boolean
}

/**
 * Makes a page ready to go out. Its ETag is a hash of what is sent: the published content, the templates and the day
 * all show in the bytes, and pictures are drawn alike each time. Caches keep a page but ask each time whether it still
 * holds, so that a withdrawal is seen at once.
 *
 * @param headers the site's security headers and the page's own
 */
export async function storedPage(
  status: number,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<StoredPage> {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 32)}"`
  const common = { ...headers, 'cache-control': 'public, max-age=0, must-revalidate', vary: 'accept-encoding', etag }
  const plainHeaders = Object.freeze({ ...common, 'content-length': String(bytes.length) })
  const same = { status, etag, bytes, headers: plainHeaders, unchangedHeaders: Object.freeze(common), used: false }
  // Compressed inside already, and large: to compress it again would cost much and gain nothing.
  if (headers['content-type'] === 'application/pdf') return { ...same, gzip: bytes, gzipHeaders: plainHeaders }
  const compressed = await compress(bytes)
  return {
    ...same,
    gzip: compressed,
    // Another representation must carry another strong ETag.
    gzipHeaders: Object.freeze({
      ...common,
      etag: gzipTag(etag),
      'content-encoding': 'gzip',
      'content-length': String(compressed.length),
    }),
  }
}

const gzipTag = (etag: string): string => `${etag.slice(0, -1)}-gzip"`

/** Sends a page, or says that the visitor's own copy still holds. */
export function sendStored(request: IncomingMessage, response: ServerResponse, page: StoredPage): void {
  const known = request.headers['if-none-match']
  if (known !== undefined && page.status === 200 && holds(known, page.etag)) {
    response.writeHead(304, page.unchangedHeaders)
    response.end()
    return
  }
  const encodings = request.headers['accept-encoding']
  const compressed = encodings !== undefined && acceptsGzip(encodings)
  response.writeHead(page.status, compressed ? page.gzipHeaders : page.headers)
  if (request.method === 'HEAD') response.end()
  else response.end(compressed ? page.gzip : page.bytes)
}

function holds(known: string, etag: string): boolean {
  const compressed = gzipTag(etag)
  return known.split(',').some(each => {
    const tag = each.trim().replace(/^W\//, '')
    return tag === etag || tag === compressed || tag === '*'
  })
}

function acceptsGzip(encodings: string): boolean {
  return encodings.includes('gzip') && !/gzip\s*;\s*q=0(\.0*)?\s*(,|$)/.test(encodings)
}

interface Entry {
  areaId: number | null
  page: StoredPage
}

/** A page that took part in nothing but its address costs this much beside its bytes. */
const overhead = 2000

/** Rendered pages by address, bounded by their bytes; an area's pages go when anything of it is published. */
export class PageCache {
  readonly #most: number
  readonly #entries = new Map<string, Entry>()
  #bytes = 0

  /** @param most in bytes, plain and compressed together */
  constructor(most = 64_000_000) {
    this.#most = most
  }

  get bytes(): number {
    return this.#bytes
  }

  find(address: string): StoredPage | undefined {
    const page = this.#entries.get(address)?.page
    if (page !== undefined) page.used = true
    return page
  }

  /** @param areaId null for a page that shows something of every area */
  keep(address: string, areaId: number | null, page: StoredPage): void {
    this.#forget(address)
    if (weight(page) > this.#most / 10) return
    this.#entries.set(address, { areaId, page })
    this.#bytes += weight(page)
    this.#evict()
  }

  /** Forgets the pages of an area, and those that show something of every area. */
  forgetArea(areaId: number): void {
    for (const [address, entry] of this.#entries) {
      if (entry.areaId === areaId || entry.areaId === null) this.#forget(address)
    }
  }

  forgetAll(): void {
    this.#entries.clear()
    this.#bytes = 0
  }

  #forget(address: string): void {
    const entry = this.#entries.get(address)
    if (entry === undefined) return
    this.#entries.delete(address)
    this.#bytes -= weight(entry.page)
  }

  /** The oldest goes first; one that was asked for since gets a second turn. */
  #evict(): void {
    for (const [address, entry] of this.#entries) {
      if (this.#bytes <= this.#most) return
      this.#entries.delete(address)
      if (entry.page.used) {
        entry.page.used = false
        this.#entries.set(address, entry)
      } else this.#bytes -= weight(entry.page)
    }
  }
}

const weight = (page: StoredPage): number => page.bytes.length + page.gzip.length + overhead
