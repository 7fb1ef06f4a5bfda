import { londonDate } from '../time.ts'
import type { PageCache } from './page-cache.ts'
import type { PublicArea } from './route.ts'

/** An area as the public site knows it, with the counter that every publication raises. */
export interface CountedArea extends PublicArea {
  counter: number
}

/** A withdrawal must be gone everywhere within two seconds: past this, pages are no longer taken from the cache. */
const trustedFor = 2000

/**
 * The areas of the public site, read again each second. When an area's counter was raised, its cached pages are
 * forgotten; at midnight in London all are, since they say how many days are left.
 */
export class PublishedAreas {
  readonly #read: () => Promise<readonly CountedArea[]>
  readonly #cache: PageCache
  readonly #now: () => Temporal.Instant
  #bySlug: ReadonlyMap<string, CountedArea> = new Map()
  #today = ''
  #seenAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(read: () => Promise<readonly CountedArea[]>, cache: PageCache, now: () => Temporal.Instant) {
    this.#read = read
    this.#cache = cache
    this.#now = now
  }

  /** Reads the areas, and then again each second until stopped. */
  async start(): Promise<void> {
    await this.look()
    this.#timer = setInterval(() => void this.look().catch(() => undefined), 1000)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Reads the areas now. */
  async look(): Promise<void> {
    const asked = performance.now()
    const areas = await this.#read()
    const today = londonDate(this.#now()).toString()
    if (today !== this.#today || areas.length !== this.#bySlug.size) this.#cache.forgetAll()
    for (const area of areas) {
      if (!isSame(this.#bySlug.get(area.slug), area)) this.#cache.forgetArea(area.id)
    }
    this.#bySlug = new Map(areas.map(area => [area.slug, area]))
    this.#today = today
    this.#seenAt = asked
  }

  /** Whether what is in the cache may be served without asking. */
  get upToDate(): boolean {
    return performance.now() - this.#seenAt < trustedFor
  }

  find(slug: string): CountedArea | undefined {
    return this.#bySlug.get(slug)
  }

  all(): CountedArea[] {
    return [...this.#bySlug.values()]
  }

  /** Changes whenever any page of an area, or of all areas for null, may have changed. */
  state(areaId: number | null): string {
    const counters = this.all().filter(area => areaId === null || area.id === areaId)
    return `${this.#today} ${counters.map(({ id, counter }) => `${id}:${counter}`).join(' ')}`
  }
}

function isSame(before: CountedArea | undefined, now: CountedArea): boolean {
  return before !== undefined && before.counter === now.counter && before.id === now.id && before.banner === now.banner
}
