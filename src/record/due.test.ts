import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../platform/access/viewer.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import type { Trx } from '../platform/database/tables.ts'
import type { Answer, PublicArea, PublicContext, PublicRoute } from '../platform/web/route.ts'
import { createTemplates } from '../platform/web/templates.ts'
import { addArea } from './areas.ts'
import { cancelClock, extendClock, pauseClock } from './clock-changes.ts'
import { clocksOf } from './clock-rows.ts'
import { clockNotKnown, startClock, stopClock } from './clock-store.ts'
import { declareKinds } from './kinds.ts'
import { registerCsv, registerFeed, registerJson } from './public-data.ts'
import { recordPublic } from './public.ts'
import { publishRecord } from './publish.ts'
import type { Act } from './record.ts'
import { changeRecord, createRecord } from './records.ts'
import type { NewRecord } from './records.ts'
import { releaseTo } from './release.ts'
import { noteModule } from './testing-kind.ts'
import { testNow, testSite, testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { workspaceRegisterPage } from './workspace-pages.ts'
import { recordWorkspace } from './workspace.ts'

declareKinds([noteModule])

const day = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(`${text}T10:00:00Z`)
const [note] = noteModule.kinds

describe('how a date was worked out', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  const templates = createTemplates()
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'policy-lead')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
    await inTransaction(world.database.program, null, trx =>
      addArea(trx, {
        ...{ id: 2, slug: 'oldshire', name: 'Oldshire', kind: 'area', office_title: 'Commissioner' },
        ...{ historical: true, demonstration: false, as_at: day('2014-09-26'), banner: 'From papers of 2014.' },
      }),
    )
  })
  after(() => world.close())

  type Begun = { rule?: string; from?: string; title?: string; more?: Partial<NewRecord>; owes?: string }
  /** A note of the office whose due is a clock's. */
  async function begin(trx: Trx, act: Act, { rule = 'QUESTION-CC', from = '2026-03-11', ...rest }: Begun = {}) {
    const made = { areaId: 1, kind: 'note', title: rest.title ?? 'A note', state: 'asked', ...rest.more }
    const record = await createRecord(trx, act, made)
    const owner = { role: 'chief-constable', ...(rest.owes !== undefined && { organisationId: rest.owes }) }
    const due = await startClock(trx, act, record, rule, { from: day(from) }, owner)
    return changeRecord(trx, act, record, null, { due }, { kind: 'changed' })
  }
  const begun = (made: Begun = {}) => world.as(officer, (trx, act) => begin(trx, act, made))

  function html(answer: Answer, side: 'public' | 'workspace' = 'workspace'): string {
    assert.equal(answer.type, 'page')
    return answer.type === 'page' ? templates.render(answer.view, answer.model, testSite(side)) : ''
  }
  function inside(path: string, viewer: Viewer, id: string): Promise<Answer> {
    const route = recordWorkspace.find(each => each.path === path && each.method === 'GET')
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), { params: { id } })
  }
  const testshire: PublicArea = {
    id: 1,
    slug: 'testshire',
    name: 'Testshire',
    banner: null,
    historical: false,
    asAt: null,
  }
  const oldshire: PublicArea = { ...testshire, id: 2, slug: 'oldshire', historical: true, asAt: day('2014-09-26') }
  function publicContext(more: Partial<PublicContext> = {}): PublicContext {
    const now = more.now ?? testNow
    return {
      ...{ db: world.database.public, area: testshire, now, asOf: now, params: {}, query: {} },
      today: day('2026-03-11'),
      baseUrl: 'https://example.org',
      ...more,
    }
  }
  async function outside(path: string, id: string, more: Partial<PublicContext> = {}): Promise<Answer> {
    const route: PublicRoute | undefined = recordPublic.find(each => each.path === path)
    assert.ok(route, path)
    return route.handler(publicContext({ params: { id }, ...more }))
  }
  async function data(path: string, id: string, more: Partial<PublicContext> = {}): Promise<Record<string, unknown>> {
    const answer = await outside(path, id, more)
    assert.equal(answer.type, 'content')
    return answer.type === 'content' ? (JSON.parse(answer.body.toString()) as Record<string, unknown>) : {}
  }
  /** The register of notes at a desk. */
  const register = async (viewer: Viewer) => {
    assert.ok(note)
    const parts = { address: '/workspace/notes', empty: 'None.' }
    return html(await world.as(viewer, (_trx, context) => workspaceRegisterPage(context, note, parts)))
  }
  const text = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

  it('opens to rule, law, start, each day left out and why, end and standing', async () => {
    const record = await begun({ rule: 'EIR-20', from: '2026-03-09' })
    const page = html(await inside('/records/:id/due', officer, record.id))
    assert.match(page, /href="https:\/\/www\.legislation\.gov\.uk\/uksi\/2004\/3391\/regulation\/5"/)
    const words = text(page)
    assert.match(words, /no later than 20 working days after the request was received/)
    assert.match(words, /Started 9 March 2026: the day the request was received/)
    assert.match(words, /17 March 2026: .*Northern Ireland/)
    assert.match(words, /14 March 2026 to 15 March 2026: a weekend/)
    assert.match(words, /The last day is Thursday 9 April 2026/)
    assert.match(words, /Not due 29 days left/)
    assert.match(words, /Read in the law itself/)
    assert.match(words, /If it is not kept The Information Commissioner may issue a decision notice/)
    assert.match(words, /To be done by: chief constable/)
    assert.match(page, /href="\/workspace\/clocks\/[0-9a-f-]{36}"/)
  })

  it('shows every deadline of a record, and one that has stopped still opens', async () => {
    const record = await begun()
    await world.as(officer, async (trx, act) => {
      await startClock(trx, act, record, 'REC-REPLY', { from: day('2026-03-11') }, { setsDue: false })
      await stopClock(trx, act, record, 'QUESTION-CC', 'answered', day('2026-03-23'))
    })
    const words = text(html(await inside('/records/:id/due', officer, record.id)))
    assert.match(words, /Kept Kept on 23 March 2026, 2 days before its last day\./)
    assert.match(words, /Reply to a recommendation/)
    assert.match(words, /A convention; a body may set its own/)
  })

  it('says how late something was kept, why it does not apply, and that it is not known', async () => {
    const late = await begun()
    const off = await begun()
    const unknown = await begun({ title: 'Without a paper' })
    await world.as(officer, async (trx, act) => {
      await stopClock(trx, act, late, 'QUESTION-CC', 'answered', day('2026-03-27'))
      const [clock] = await clocksOf(trx, off)
      assert.ok(clock)
      await cancelClock(trx, act, clock, 'The question was withdrawn.')
      await clockNotKnown(trx, act, unknown, 'MINUTES-PUB', 'The signed minutes are not held.')
    })
    assert.match(
      text(html(await inside('/records/:id/due', officer, late.id))),
      /Kept late Kept on 27 March 2026, 2 days late/,
    )
    assert.match(
      text(html(await inside('/records/:id/due', officer, off.id))),
      /Not applicable The question was withdrawn/,
    )
    assert.match(
      text(html(await inside('/records/:id/due', officer, unknown.id))),
      /Not known The signed minutes are not held/,
    )
  })

  it('tells a pause and the ground of an extension to those inside, and to the public no words that somebody typed', async () => {
    const record = await begun({ rule: 'SAR-1M', from: '2026-03-02' })
    await world.as(officer, async (trx, act) => {
      const [clock] = await clocksOf(trx, record)
      assert.ok(clock)
      await extendClock(trx, act, clock, 'Ms Nettleship asked for nine years of letters')
      await pauseClock(trx, act, clock, day('2026-03-05'), 'Proof of identity of Ms Nettleship')
      await publishRecord(trx, act, record)
    })
    const page = text(html(await inside('/records/:id/due', officer, record.id)))
    assert.match(page, /Extended: Ms Nettleship asked for nine years of letters/)
    assert.match(page, /The clock has stood still since Thursday 5 March 2026/)
    const open = text(html(await outside('/records/:id/due', record.id), 'public'))
    assert.match(open, /stood still since Thursday 5 March 2026/)
    assert.doesNotMatch(open, /Nettleship/)
    assert.doesNotMatch(JSON.stringify(await data('/records/:id.json', record.id)), /Nettleship/)
  })

  it('is not there for an organisation that may see neither record nor duty', async () => {
    const record = await begun({ title: 'Kept inside the office', owes: world.force.id })
    assert.equal((await inside('/records/:id/due', clerk, record.id)).type, 'not-found')
    const duty = html(await inside('/records/:id/due', liaison, record.id))
    assert.doesNotMatch(duty, /Kept inside the office/, 'who owes knows the duty, not the record')
    assert.match(duty, /QUESTION-CC/)
    await world.as(officer, (trx, act) => releaseTo(trx, act, record, [world.force.id, world.panel.id]))
    assert.match(html(await inside('/records/:id/due', liaison, record.id)), /Kept inside the office/)
    const third = html(await inside('/records/:id/due', clerk, record.id))
    assert.doesNotMatch(third, /QUESTION-CC/, 'a clock is for those who hold the record and for who owes')
    assert.equal((await inside('/records/:id/due', officer, 'nothing')).type, 'not-found')
  })

  it('is public with the record, and what an organisation keeps to itself is not', async () => {
    const record = await begun({ title: 'Published with two deadlines' })
    assert.equal((await outside('/records/:id/due', record.id)).type, 'not-found')
    await world.as(officer, async (trx, act) => {
      await startClock(trx, act, record, 'CLASS-REVIEW', { from: day('2026-03-11') }, { setsDue: false })
      await publishRecord(trx, act, record)
    })
    const page = html(await outside('/records/:id/due', record.id), 'public')
    assert.match(text(page), /Answer a question to the chief constable/)
    assert.doesNotMatch(page, /CLASS-REVIEW|Look again|policy-lead of/)
    const { deadlines, working } = await data('/records/:id/due.json', record.id)
    assert.equal(working, `https://example.org/testshire/records/${record.id}/due`)
    assert.ok(Array.isArray(deadlines))
    assert.equal(deadlines.length, 1)
    const [clock] = deadlines as Record<string, unknown>[]
    assert.equal(clock?.['rule'], 'QUESTION-CC')
    assert.equal(clock?.['due'], '2026-03-25')
    assert.equal(clock?.['standing'], 'not-due')
    assert.deepEqual((clock?.['leftOut'] as unknown[])[0], { on: '2026-03-14', until: '2026-03-15', why: 'a weekend' })
    const whole = await data('/records/:id.json', record.id)
    assert.deepEqual(whole['deadlines'], deadlines)
    assert.deepEqual(whole['body'], { title: 'Published with two deadlines' })
  })

  it('shows under ?as-of how it stood then', async () => {
    const record = await begun({ title: 'Moved since' })
    await world.as(officer, (trx, act) => publishRecord(trx, act, record))
    const now = at('2026-03-30')
    const stop = (trx: Trx, act: Act) => stopClock(trx, act, record, 'QUESTION-CC', 'answered')
    await world.as(officer, stop, { now })
    assert.match(text(html(await outside('/records/:id/due', record.id, { now }), 'public')), /Kept late/)
    const earlier = { now, asOf: at('2026-03-24'), query: { 'as-of': '2026-03-24' } }
    const then = html(await outside('/records/:id/due', record.id, earlier), 'public')
    assert.match(text(then), /Due soon 1 day left/)
  })

  it('is where every list, download and feed leads', async () => {
    const record = await begun({ title: 'In every list' })
    await world.as(officer, (trx, act) => publishRecord(trx, act, record))
    assert.ok(note)
    const address = `https://example.org/testshire/records/${record.id}/due`
    for (const form of [registerJson, registerCsv, registerFeed]) {
      const answer = await form(publicContext(), note)
      assert.ok(answer.type === 'content' && answer.body.toString().includes(address), form.name)
    }
    const trail = html(await outside('/records/:id/trail', record.id), 'public')
    assert.match(text(trail), /No reply yet\. It is due on 25 March 2026\. How the date is worked out/)
    assert.ok(trail.includes(`href="/testshire/records/${record.id}/due"`))
    assert.ok((await register(officer)).includes(`href="/workspace/records/${record.id}/due"`))
  })

  it('says that a date set by hand has no rule, and that an agreed one has another', async () => {
    const agreed = await world.as(officer, async (trx, act) => {
      const made = { areaId: 1, kind: 'note', title: 'By hand', state: 'asked' }
      const due = { kind: 'date', date: day('2026-04-01') } as const
      const record = await createRecord(trx, act, { ...made, due })
      await publishRecord(trx, act, record)
      const other = await createRecord(trx, act, made)
      await startClock(trx, act, other, 'QUESTION-CC', { from: day('2026-03-11') }, {}, due)
      return { record, other }
    })
    const open = text(html(await outside('/records/:id/due', agreed.record.id), 'public'))
    assert.match(open, /set by hand\. No rule stands behind it/)
    const words = text(html(await inside('/records/:id/due', officer, agreed.other.id)))
    assert.match(words, /Agreed for this one, in place of the rule/)
    assert.match(words, /A date was agreed instead of the length of the rule/)
  })

  it('in a historical area clocks stand still, and nothing there was ever missed', async () => {
    const old = { ...officer, area: { id: 2, slug: 'oldshire', name: 'Oldshire', historical: true } }
    const load = (from: string, rule = 'QUESTION-CC') =>
      world.as(old, async (trx, context) => {
        const act: Act = { viewer: old, now: testNow, loading: true }
        const more = { areaId: 2, dated: day(from) }
        const record = await begin(trx, act, { rule, from, more, title: `Asked on ${from}` })
        await publishRecord(trx, { ...context, loading: true }, record)
        return record
      })
    const past = await load('2014-09-01')
    const open = { area: oldshire }
    for (const page of [
      text(html(await outside('/records/:id/due', past.id, open), 'public')),
      text(html(await inside('/records/:id/due', old, past.id))),
      text(await register(old)),
    ]) {
      assert.match(page, /No later paper is held/)
      assert.doesNotMatch(page, /late\b|Overdue|left\b(?! out)/i, page)
    }
    const [clock] = (await data('/records/:id/due.json', past.id, open))['deadlines'] as Record<string, unknown>[]
    assert.equal(clock?.['standing'], 'not-known')
    const ahead = await load('2014-09-25')
    const stands = text(html(await outside('/records/:id/due', ahead.id, open), 'public'))
    assert.match(stands, /13 days left\. No later paper is held/)
    const later = await load('2014-09-01', 'SIO-7A')
    const judged = text(html(await outside('/records/:id/due', later.id, open), 'public'))
    assert.match(judged, /Not applicable This was not law on the day, so it is not judged/)
    assert.match(judged, /It was not yet law then: it is in force from Monday 31 May 2021/)
  })

  async function testOwnScope(): Promise<void> {
    const record = await begun()
    const rows = await inTransaction(world.database.program, clerk, trx => clocksOf(trx, record))
    assert.deepEqual(rows, [])
  }
  it('keeps the rows of clocks from others in the database itself', testOwnScope)
})
