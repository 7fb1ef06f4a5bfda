import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { createApp } from '../app.ts'
import { fileInMemory, loadObservations, raiseExceptions } from '../modules/performance/index.ts'
import { demonstrationUsers } from '../platform/access/demonstration.ts'
import { readConfiguration } from '../platform/configuration.ts'
import { testDatabase } from '../platform/database/testing.ts'
import type { TestDatabase } from '../platform/database/testing.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import { Fault } from '../platform/fault.ts'
import { Refusal } from '../platform/refusals.ts'
import { londonDate } from '../platform/time.ts'
import { listAreas } from '../record/areas.ts'
import { verifyHistory } from '../record/history.ts'
import { createRecord } from '../record/records.ts'
import type { ClaimFact, DenyList } from './facts.ts'
import { exampleFigures } from './example-figures.ts'
import { loadChosen, loadSamples } from './index.ts'
import type { ExampleFigures } from './invented/facts.ts'
import { readFacts } from './read-facts.ts'
import { crawl, DenyListSearch, errorsInPapers, publishedText } from './testing.ts'
import type { Sent } from './testing.ts'

/** A Wednesday in the middle of a month. */
const now = Temporal.Instant.from('2026-03-11T10:00:00Z')
const historical = ['warwickshire', 'west-mercia', 'warwickshire-and-west-mercia']
const all = [...historical, 'ardenshire']
/** What the rules find is theirs; the figures they find it in are counted. */
const byRule = 'data-query'
/** Words of what was withheld, planted so that they can be looked for. */
const planted = /quayside|fernhill/i

const someone = { userId: 'someone', personId: null, name: 'Someone' }

describe('the sample areas', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let folder: string
  let organisations: string[]
  let sent: Sent[]
  let deny: DenyListSearch
  const log: string[] = []

  before(async () => {
    database = await testDatabase()
    folder = await mkdtemp(join(tmpdir(), 'peelian-sample-'))
    const configuration = readConfiguration({ DATA_DIR: folder })
    const services = {
      configuration,
      sessionSecret: 'a secret of this test alone',
      demo: true,
      program: database.program,
      public: database.public,
      publicRead: database.public,
      now: () => now,
      log: (line: string) => void log.push(line),
    }
    await loadSamples(services)
    app = await createApp(services)
    const { rows } = await sql<{ id: string }>`select id from workspace.organisation`.execute(database.owner)
    organisations = rows.map(({ id }) => id)
    deny = new DenyListSearch(await readFacts<DenyList>('deny-list.json'))
    sent = await crawl(app, ['/', ...all.flatMap(area => [`/${area}/`, `/${area}/history.atom`])])
  })

  after(async () => {
    await app.close()
    await database.close()
    await rm(folder, { recursive: true })
  })

  const pagesOf = (areas: readonly string[]) =>
    sent.filter(({ address }) => areas.includes(address.split(/[/?]/)[1] ?? ''))

  it('are four, of which three are read-only', async () => {
    const areas = await inTransaction(database.program, null, trx => listAreas(trx))
    assert.deepEqual(
      areas.map(area => [area.slug, area.historical, area.demonstration]),
      all.map(slug => [slug, historical.includes(slug), true]),
    )
  })

  it('hold what their facts say, published', async () => {
    const counts = await inTransaction(database.program, null, trx =>
      trx
        .selectFrom('published.entry_count as c')
        .innerJoin('published.area as a', 'a.id', 'c.area_id')
        .select(['a.slug', 'c.kind'])
        .select(e => e.fn.sum<string>('c.n').as('n'))
        .groupBy(['a.slug', 'c.kind'])
        .execute(),
    )
    const published: Record<string, Record<string, number>> = {}
    for (const { slug, kind, n } of counts.filter(row => Number(row.n) > 0 && row.kind !== byRule)) {
      published[slug] = { ...published[slug], [kind]: Number(n) }
    }
    assert.deepEqual(published, expectedCounts)
  })

  it('hold the figures of the papers as printed, two places as two', async () => {
    const held = await paperFigures(database)
    const valuesOf = (measure: string, breakdown: string, period: string) =>
      held
        .filter(each => each.measure === measure && each.breakdown === breakdown && each.period === period)
        .map(({ value }) => value)
        .sort((a, b) => a - b)
    const outside = 'Robbery: Force outside the high demand areas'
    assert.deepEqual(valuesOf('Detection rate', outside, '2012-09-01'), [26.9])
    assert.deepEqual(valuesOf('Detection rate', outside, '2013-09-01'), [16.2])
    assert.deepEqual(valuesOf('Detection rate, difference in percentage points', outside, '2013-09-01'), [-10.7])
    assert.deepEqual(valuesOf('Establishment', 'Role: Police community support officers', '2017-04-01'), [105, 108])
    assert.deepEqual(
      valuesOf('Proposed spending on Operation Devonport, 2015/16 and 2016/17', '', '2014-09-26'),
      [4950656],
    )
    assert.deepEqual(valuesOf('Capital for number plate recognition', 'Kind: Fixed', '2014-09-26'), [139560.24])
    assert.deepEqual(valuesOf('Revised net revenue budget', '', '2017-04-01'), [98001000])
    assert.deepEqual(valuesOf('Savings of the change programme', 'Line: Planned as revised', '2014-08-19'), [34200000])
    assert.ok(held.length > 330, `${held.length} figures`)
  })

  it('leave out of the figures what may not be told of people', async () => {
    const held = await paperFigures(database)
    // Numbers of people that some groups of the report were: reached, told of a service, at an academy.
    for (const value of [77567, 1039, 165]) assert.ok(!held.some(each => each.value === value), String(value))
    const left = /exploit|terroris|rapes?\b|kick|bail|breath test|136/i
    assert.deepEqual(
      held.filter(({ measure, breakdown }) => left.test(`${measure} ${breakdown}`)),
      [],
    )
    const ofPeople = /arrest|leaving|assault|complaint|ambassador/i
    const small = held.filter(each => ofPeople.test(each.measure) && each.unit === 'count' && each.value < 5)
    assert.deepEqual(small, [])
  })

  it('hold what papers say against their figures: claims as their facts have it, and what the rules find', async () => {
    const facts = await readFacts<ClaimFact[]>('warwickshire/claims.json')
    const { rows: claims } = await sql<{ title: string; verdict: string }>`
      select r.title, c.verdict from workspace.performance_claim c
      join workspace.record r on r.area_id = c.area_id and r.id = c.id`.execute(database.owner)
    const verdicts = new Map(claims.map(({ title, verdict }) => [title, verdict]))
    assert.deepEqual(
      facts.map(({ says }) => [says, verdicts.get(says)]),
      facts.map(({ says, verdict }) => [says, verdict]),
    )
    const { rows: found } = await sql<{ measure: string; verdict: string }>`
      select r.title as measure, q.verdict from workspace.performance_data_query q
      join workspace.record r on r.area_id = q.area_id and r.id = q.measure_id
      where q.severity = 'error' order by 1, 2`.execute(database.owner)
    assert.deepEqual(
      found.map(({ measure, verdict }) => `${measure}: ${verdict}`),
      errorsInPapers,
    )
  })

  it('have an unbroken history', async () => {
    const verified = await inTransaction(database.program, organisations, trx => verifyHistory(trx))
    assert.deepEqual(verified.broken, [])
    assert.ok(verified.events > 500, `${verified.events} events`)
  })

  it('refuse a change where they are historical', async () => {
    const [organisation] = organisations
    assert.ok(organisation)
    const viewer = { ...someone, organisation: { id: organisation, name: 'An office', kind: 'office' as const } }
    const attempt = inTransaction(database.program, organisations, trx =>
      createRecord(trx, { viewer, now }, { areaId: 1, kind: 'question', title: 'A question of today', state: 'draft' }),
    )
    await assert.rejects(
      attempt,
      (fault: unknown) => fault instanceof Refusal && /historical/.test(fault.reasons[0] ?? ''),
    )
  })

  it('are loaded once', async () => {
    await assert.rejects(loadChosen(database.program, ['warwickshire'], now), (fault: unknown) => {
      return fault instanceof Fault && /Already there: warwickshire/.test(fault.message)
    })
    await assert.rejects(loadChosen(database.program, ['mercia'], now), /no sample area "mercia"/)
  })

  it('let a visitor of the demonstration be somebody in each organisation', async () => {
    const users = await demonstrationUsers(database.program, londonDate(now))
    const places = new Set(users.flatMap(user => user.places.map(place => place.organisation)))
    assert.ok(places.size === 3, [...places].join(', '))
    const emails = await inTransaction(database.program, null, trx =>
      trx.selectFrom('auth.user').select('email').execute(),
    )
    assert.ok(emails.every(({ email }) => email.endsWith('.example')))
  })

  it('leave a file of figures to load, and say where', async () => {
    const csv = await readFile(join(folder, 'example-figures.csv'), 'utf8')
    assert.match(csv, /^Recorded crime,2026-02,3355$/m)
    assert.match(csv, /^Recorded crime,2026-01,2851$/m)
    assert.ok(log.some(line => line.includes('example-figures.csv')))
  })

  it('can be walked without a missing page', () => {
    const missing = sent.filter(({ status }) => status !== 200)
    assert.deepEqual(
      missing.map(({ address, status }) => `${status} ${address}`),
      [],
    )
    assert.ok(sent.length > 200, `only ${sent.length} addresses were found`)
  })

  it('say on every page and feed that they are a demonstration, and keep out of search engines', async () => {
    for (const area of all) {
      const { banner } = await readFacts<{ banner: string }>(`${area}/area.json`)
      const pages = pagesOf([area])
      assert.ok(pages.length > 10, `${pages.length} pages of ${area}`)
      for (const page of pages) {
        assert.equal(page.robots, 'noindex', page.address)
        if (/html|atom/.test(page.mediaType)) assert.ok(page.body.includes(banner), `no banner on ${page.address}`)
      }
    }
  })

  it('call nothing in a historical area late', () => {
    for (const page of pagesOf(historical)) {
      const late = /\b(overdue|late|missed)\b/i.exec(page.body)
      assert.equal(late, null, `${page.address}: ${page.body.slice((late?.index ?? 0) - 60, (late?.index ?? 0) + 60)}`)
    }
    assert.ok(pagesOf(historical).some(page => page.body.includes('No later paper is held')))
  })

  it('name nobody on the deny-list, and of its subjects nothing in the historical areas', async () => {
    const areas = await inTransaction(database.program, null, trx => listAreas(trx))
    const historicalIds = areas.filter(area => area.historical).map(area => area.id)
    const texts = (await publishedText(database.owner)).map(each => ({
      where: `published.${each.table}`,
      text: each.text,
      fromPapers: each.area !== null && historicalIds.includes(each.area),
    }))
    const pages = sent.map(({ address, body }) => ({
      where: address,
      text: body,
      fromPapers: historical.includes(address.split(/[/?]/)[1] ?? ''),
    }))
    assert.ok(texts.length > 200, `${texts.length} published rows`)
    for (const { where, text, fromPapers } of [...texts, ...pages]) {
      assert.deepEqual(deny.namesIn(text), [], where)
      // The words of a search vector are stems without an order, in which an allowed phrase cannot be told; the names of
      // the fields of a published row are the software's own.
      const said = text.replace(/"search": "[^"]*"/, '').replaceAll(/"\w+":/g, '')
      if (fromPapers) assert.deepEqual(deny.subjectsIn(said), [], where)
    }
  })

  it('publish of what is withheld nothing but the notice of the gap', async () => {
    for (const { table, text } of await publishedText(database.owner)) assert.doesNotMatch(text, planted, table)
    for (const { address, body } of sent) assert.doesNotMatch(body, planted, address)
    const ofArdenshire = pagesOf(['ardenshire']).map(({ body }) => body)
    assert.ok(ofArdenshire.some(body => body.includes('Operational matter') && body.includes('article 2(2)(c)')))
    assert.ok(
      ofArdenshire.some(body => body.includes('A property matter') && body.includes('Schedule 12A, paragraph 3')),
    )
    const ofWarwickshire = pagesOf(['warwickshire']).map(({ body }) => body)
    assert.ok(
      ofWarwickshire.some(body => body.includes('Appendix B') && body.includes('Marked RESTRICTED in the paper')),
    )
  })
})

describe('Ardenshire', () => {
  it('is the same on the first day of a month that is a Sunday', async () => {
    const database = await testDatabase()
    const sunday = Temporal.Instant.from('2026-11-01T12:00:00Z')
    assert.deepEqual(await loadChosen(database.program, ['ardenshire'], sunday), ['ardenshire'])
    const entries = await inTransaction(database.program, null, trx =>
      trx
        .selectFrom('published.entry')
        .select(['kind', 'dated'])
        .where(sql<boolean>`valid_to = 'infinity'`)
        .execute(),
    )
    const counts = Object.entries(Object.groupBy(entries, ({ kind }) => kind)).map(([kind, of]) => [kind, of?.length])
    assert.deepEqual(Object.fromEntries(counts), expectedCounts['ardenshire'])
    const toCome = entries.filter(({ dated }) => Temporal.PlainDate.compare(dated, londonDate(sunday)) > 0)
    assert.deepEqual(
      toCome.map(({ kind }) => kind),
      ['meeting'],
    )
    await database.close()
  })

  it('is told by the file of figures what that file says it tells', async () => {
    const database = await testDatabase()
    await loadChosen(database.program, ['ardenshire'], now)
    const { rows } = await sql<{ id: string }>`select id from workspace.organisation where kind = 'office'`.execute(
      database.owner,
    )
    const office = rows.map(({ id }) => id)
    const [id = ''] = office
    const act = { viewer: { ...someone, organisation: { id, name: 'The office', kind: 'office' as const } }, now }
    const file = fileInMemory('example-figures.csv', Buffer.from(await exampleFigures(londonDate(now))))
    const { expected } = await readFacts<ExampleFigures>('ardenshire/example-figures.json')
    const [report, raised] = await inTransaction(database.program, office, async trx => {
      const loaded = await loadObservations(trx, act, file, { areaId: 1, dryRun: false })
      return [loaded, await raiseExceptions(trx, act, 1, loaded.series)]
    })
    const { added, changed, unchanged } = report
    const { exception, ...counts } = expected
    assert.deepEqual({ added, changed, unchanged }, counts)
    assert.equal(exception.measure, 'ardenshire-recorded-crime')
    assert.equal(raised.raised, 1)
    await database.close()
  })
})

describe('DenyListSearch', () => {
  const search = new DenyListSearch({
    description: '',
    normalisation: [],
    algorithm: 'sha-256',
    longest: 3,
    names: ['jane o'].map(name => createHash('sha256').update(name).digest('hex')),
    patterns: [{ pattern: '\\bvictims?\\b', flags: 'i', why: '' }],
    allowed: ['victim satisfaction'],
  })

  it('finds a name in any spelling, in mark-up and in addresses', () => {
    for (const text of ['by JANE  O’', '<b>Jane</b> O', '/people/jane-o', '"jane":"o"']) {
      assert.deepEqual(search.namesIn(text), ['jane o'], text)
    }
    assert.deepEqual(search.namesIn('Jane and Jan'), [])
  })

  it('finds a subject, and lets the allowed phrase pass', () => {
    assert.equal(search.subjectsIn('the victim of it').length, 1)
    assert.deepEqual(search.subjectsIn('Victim satisfaction, /performance/victim-satisfaction'), [])
  })
})

type PaperFigure = { measure: string; unit: string; breakdown: string; period: string; value: number }

/** Every figure of the areas made from papers. */
async function paperFigures({ owner }: TestDatabase): Promise<PaperFigure[]> {
  const { rows } = await sql<PaperFigure>`
    select r.title as measure, m.unit, s.breakdown, o.period_start::text as period, o.value
    from workspace.performance_observation o
    join workspace.performance_series s on s.id = o.series_id
    join workspace.performance_measure m on m.area_id = s.area_id and m.id = s.measure_id
    join workspace.record r on r.area_id = m.area_id and r.id = m.id
    join workspace.area a on a.id = s.area_id and a.historical`.execute(owner)
  return rows
}

/** Published records of each area by kind. Where a measure's figures are for two lengths of period, it is two measures. */
const expectedCounts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  warwickshire: {
    body: 9,
    'office-holder': 24,
    plan: 2,
    objective: 9,
    measure: 85,
    claim: 25,
    question: 13,
    challenge: 1,
    meeting: 5,
    minutes: 3,
    paper: 2,
    'programme-item': 26,
    review: 1,
    recommendation: 1,
    'information-request': 17,
    action: 21,
  },
  'west-mercia': { body: 2, 'office-holder': 4, plan: 2, measure: 3, meeting: 1, paper: 1 },
  'warwickshire-and-west-mercia': { body: 6, 'office-holder': 2, measure: 9 },
  ardenshire: {
    body: 2,
    'office-holder': 24,
    plan: 1,
    objective: 5,
    measure: 30,
    commentary: 3,
    exception: 5,
    question: 6,
    answer: 7,
    assurance: 4,
    meeting: 9,
    minutes: 6,
    'programme-item': 8,
    review: 1,
    action: 2,
  },
}
