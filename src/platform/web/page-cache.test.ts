import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PageCache, storedPage } from './page-cache.ts'
import { type CountedArea, PublishedAreas } from './published-areas.ts'

const page = (text: string): ReturnType<typeof storedPage> => storedPage(200, Buffer.from(text), {})

test('the cache never holds more than it may, and what is asked for stays longest', async () => {
  const cache = new PageCache(60_000)
  cache.keep('/asked', 1, await page('asked'))
  cache.keep('/not-asked', 1, await page('not asked'))
  cache.find('/asked')
  for (let n = 0; n < 27; n++) cache.keep(`/${n}`, 1, await page(`page ${n}`))
  for (let n = 0; n < 3; n++) cache.keep(`/more/${n}`, 1, await page(`more ${n}`))
  assert.ok(cache.bytes <= 60_000)
  assert.equal(cache.find('/not-asked'), undefined)
  assert.ok(cache.find('/asked'))
})

test('a page too large for the cache is not kept, and keeping one twice counts once', async () => {
  const cache = new PageCache(60_000)
  cache.keep('/large', 1, await page('x'.repeat(20_000)))
  assert.equal(cache.find('/large'), undefined)
  cache.keep('/a', 1, await page('a'))
  const once = cache.bytes
  cache.keep('/a', 1, await page('b'))
  assert.equal(cache.bytes, once)
  cache.forgetArea(1)
  assert.equal(cache.bytes, 0)
})

function watched(): { cache: PageCache; areas: PublishedAreas; now: { at: string }; read: CountedArea[] } {
  const read: CountedArea[] = [1, 2].map(id => ({
    id,
    slug: `area-${id}`,
    name: `Area ${id}`,
    banner: null,
    historical: false,
    asAt: null,
    counter: 1,
  }))
  const now = { at: '2026-03-10T12:00:00Z' }
  const cache = new PageCache()
  const areas = new PublishedAreas(
    async () => read.map(area => ({ ...area })),
    cache,
    () => Temporal.Instant.from(now.at),
  )
  return { cache, areas, now, read }
}

test('a publication makes the pages of its area and those of all areas anew, and leaves the others', async () => {
  const { cache, areas, read } = watched()
  await areas.look()
  for (const [address, id] of [
    ['/1', 1],
    ['/2', 2],
    ['/', null],
  ] as const)
    cache.keep(address, id, await page(address))
  await areas.look()
  assert.ok(cache.find('/1') && cache.find('/2') && cache.find('/'))
  const before = areas.state(1)
  const first = read[0]
  assert.ok(first)
  read[0] = { ...first, counter: 2 }
  await areas.look()
  assert.equal(cache.find('/1'), undefined)
  assert.equal(cache.find('/'), undefined)
  assert.ok(cache.find('/2'))
  assert.notEqual(areas.state(1), before)
})

test('at midnight in London every page is made anew', async () => {
  const { cache, areas, now } = watched()
  now.at = '2026-07-01T22:59:59Z'
  await areas.look()
  cache.keep('/1', 1, await page('1'))
  const before = areas.state(1)
  now.at = '2026-07-01T23:00:00Z'
  await areas.look()
  assert.equal(cache.find('/1'), undefined)
  assert.notEqual(areas.state(1), before)
})

test('pages are not trusted before the areas were read', async () => {
  const { areas } = watched()
  assert.equal(areas.upToDate, false)
  await areas.look()
  assert.equal(areas.upToDate, true)
})
