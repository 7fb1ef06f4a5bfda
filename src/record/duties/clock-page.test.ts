import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { pageHtml, pageText } from '../testing-pages.ts'
import { clocksOf, findClock } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { stopClock } from '../clock-store.ts'
import { declareKinds } from '../kinds.ts'
import type { PostHolderName } from '../description.ts'
import { changeRecord } from '../records.ts'
import { releaseTo } from '../release.ts'
import { clockStory, day } from '../testing-clocks.ts'
import { testWorld } from '../testing.ts'
import type { TestWorld } from '../testing.ts'
import { noteModule } from '../testing-kind.ts'
import { showClock } from './clock-page.ts'
import { doDeed, showDeed } from './deeds.ts'

const deputy: PostHolderName = {
  personId: '0192d3c0-0000-7000-8000-0000000000aa',
  name: 'Ottoline Ferncastle',
  title: 'Deputy chief constable',
}
declareKinds([
  {
    ...noteModule,
    people: {
      names: async () => new Map([[deputy.personId, deputy.name]]),
      postHolders: async () => [deputy],
    },
  },
])

/** The three boxes of a date, as typed. */
const typed = (name: string, written: string) => {
  const [d = '', m = '', y = ''] = written.split(' ')
  return { [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y }
}

describe('the page of a clock', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  const from = day('2026-03-02')
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'chief-executive')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
  })
  after(() => world.close())
  const { start, dueOf } = clockStory(() => world)

  const open = (viewer: Viewer, clock: RunningClock, may: WorkspaceContext['may'] = () => true) =>
    world.as(viewer, (_trx, context) => showClock({ ...context, may }), { params: { id: clock.id } })
  const form = (viewer: Viewer, clock: RunningClock, deed: Parameters<typeof showDeed>[1]) =>
    world.as(viewer, (_trx, context) => showDeed(context, deed), { params: { id: clock.id } })
  const send = (viewer: Viewer, clock: RunningClock, deed: Parameters<typeof doDeed>[1], fields: object) =>
    world.as(viewer, (_trx, context) => doDeed(context, deed), {
      params: { id: clock.id },
      fields: { version: String(clock.sequence), ...fields },
    })
  const now = async (viewer: Viewer, clock: RunningClock): Promise<RunningClock> => {
    const found = await world.as(viewer, trx => findClock(trx, clock))
    assert.ok(found)
    return found
  }
  const refused = (answer: Answer, said: RegExp) => {
    assert.ok(answer.type === 'page')
    assert.equal(answer.status, 422)
    assert.match(pageText(answer), said)
  }

  it('says how it stands, the law, each day left out, whose it is, and what hangs on it', async () => {
    const { clock } = await start(officer, 'FOI-20', { from }, { title: 'A request about vans' })
    const shown = pageText(await open(officer, clock))
    assert.match(shown, /Deadline of note N-2026-\d+ Answer note N-2026-\d+/)
    assert.match(shown, /Not due 20 days left/)
    assert.match(shown, /Due 31 March 2026 20 days left/)
    assert.match(shown, /To be done by Chief executive/)
    assert.match(shown, /Owed by Office of the Commissioner for Testshire/)
    assert.match(shown, /A request about vans/)
    assert.match(shown, /Freedom of Information Act 2000/)
    assert.match(shown, /How well it is known Read in the law/)
    assert.match(shown, /17 March 2026: St Patrick's Day/)
    assert.match(shown, /A deadline began/)
  })

  it('is not there for an organisation that neither holds the record nor owes', async () => {
    const { clock } = await start(officer, 'FOI-20', { from })
    assert.equal((await open(clerk, clock)).type, 'not-found')
    assert.equal((await form(clerk, clock, 'cancel')).type, 'not-found')
    assert.equal((await send(clerk, clock, 'cancel', { why: 'mine' })).type, 'not-found')
    assert.equal((await now(officer, clock)).state, 'running')
    const nothing = await world.as(officer, (_trx, context) => showClock(context), { params: { id: 'no-clock' } })
    assert.equal(nothing.type, 'not-found')
  })

  it('offers whoever owes nothing but to hand it over, and names no record that was not released', async () => {
    const owner = { organisationId: world.force.id, role: 'chief-constable' }
    const { record, clock } = await start(officer, 'QUESTION-CC', { from }, { title: 'Not for the force yet', owner })
    const before = pageText(await open(liaison, clock))
    assert.doesNotMatch(before, /Not for the force yet/)
    assert.match(before, /Answer a note/)
    assert.match(before, /Hand it over/)
    assert.doesNotMatch(before, /Pause this clock|Cancel it/)
    for (const deed of ['pause', 'cancel', 'leave-out'] as const) {
      assert.equal((await form(liaison, clock, deed)).type, 'not-found', deed)
      assert.equal(
        (await send(liaison, clock, deed, { why: 'x', ...typed('from', '5 3 2026') })).type,
        'not-found',
        deed,
      )
    }
    assert.equal((await form(officer, clock, 'hand-over')).type, 'not-found')
    await world.as(officer, (trx, act) => releaseTo(trx, act, record, [world.force.id]))
    assert.match(pageText(await open(liaison, clock)), /Not for the force yet/)
    assert.equal((await now(officer, clock)).state, 'running')
  })

  it('offers nothing to a role that only reads', async () => {
    const { clock } = await start(officer, 'FOI-20', { from })
    const shown = pageText(await open(officer, clock, permission => permission !== 'clocks.manage'))
    assert.doesNotMatch(shown, /Pause this clock|Hand it over|Cancel it/)
  })

  it('pauses and resumes, and tells of both with the days before', async () => {
    const { record, clock } = await start(officer, 'FOI-20', { from })
    const done = await send(officer, clock, 'pause', { ...typed('from', '5 March 2026'), why: 'asked which vans' })
    assert.ok(done.type === 'redirect')
    const paused = await now(officer, clock)
    assert.match(pageText(await open(officer, paused)), /Paused The clock stands still/)
    assert.match(pageText(await form(officer, paused, 'resume')), /stood still since 5 March 2026/)
    await send(officer, paused, 'resume', { ...typed('on', '9 3 2026'), why: 'the white ones' })
    assert.equal(await dueOf(officer, record), '2026-04-02')
    const shown = pageText(await open(officer, await now(officer, clock)))
    assert.match(shown, /A deadline runs again by .* Its day: no day became 2 April 2026 the white ones/)
    assert.match(shown, /A deadline was paused by .* Its day: 31 March 2026 became no day asked which vans/)
  })

  it('answers bad input by its field and keeps what was typed', async () => {
    const { clock } = await start(officer, 'FOI-20', { from })
    const why = 'asked which vans'
    refused(await send(officer, clock, 'pause', { ...typed('from', '31 2 2026'), why }), /no 31 February 2026/)
    refused(await send(officer, clock, 'pause', { ...typed('from', '29 2 2026'), why }), /not a leap year/)
    refused(
      await send(officer, clock, 'pause', { ...typed('from', '1 3 2026'), why }),
      /before the clock does on 2 March/,
    )
    refused(await send(officer, clock, 'pause', { ...typed('from', '1 4 2026'), why }), /cannot be paused after it/)
    refused(await send(officer, clock, 'pause', { ...typed('from', '20 3 2026'), why }), /from today or an earlier day/)
    refused(await send(officer, clock, 'pause', { ...typed('from', '5 3 2026'), why: ' ' }), /Say why it is paused/)
    const again = await send(officer, clock, 'pause', { ...typed('from', '31 2 2026'), why })
    assert.match(pageHtml(again), /value="31"/)
    assert.match(pageHtml(again), /asked which vans/)
    assert.match(pageHtml(again), /href="#from-day"/)
    const days = { ...typed('from', '9 3 2026'), ...typed('to', '6 3 2026'), why }
    refused(await send(officer, clock, 'leave-out', days), /must not lie before the first/)
    assert.equal((await now(officer, clock)).sequence, clock.sequence)
  })

  it('refuses two pauses that overlap, and one that ends before it starts', async () => {
    const { clock } = await start(officer, 'FOI-20', { from })
    await send(officer, clock, 'pause', { ...typed('from', '5 3 2026'), why: 'asked' })
    const paused = await now(officer, clock)
    refused(
      await send(officer, paused, 'resume', { ...typed('on', '4 3 2026'), why: 'came' }),
      /before it starts on 5 March/,
    )
    await send(officer, paused, 'resume', { ...typed('on', '9 3 2026'), why: 'came' })
    const running = await now(officer, clock)
    refused(await send(officer, running, 'pause', { ...typed('from', '6 3 2026'), why: 'asked' }), /Two pauses overlap/)
  })

  it('is extended where the rule says on which ground', async () => {
    const { clock } = await start(officer, 'EIR-20', { from })
    const asked = pageText(await form(officer, clock, 'extend'))
    assert.match(asked, /The law allows more time where/)
    refused(await send(officer, clock, 'extend', {}), /Say why the ground holds here/)
    await send(officer, clock, 'extend', { ground: 'eleven thousand pages' })
    assert.match(pageText(await open(officer, await now(officer, clock))), /Extended because eleven thousand pages/)
    const other = await start(officer, 'QUESTION-PCC', { from })
    assert.equal((await form(officer, other.clock, 'extend')).type, 'not-found')
  })

  it('is handed to somebody in post or to a role, and to nobody else', async () => {
    const owner = { organisationId: world.force.id, role: 'chief-constable' }
    const { clock } = await start(officer, 'QUESTION-CC', { from }, { owner })
    const offered = pageText(await form(liaison, clock, 'hand-over'))
    assert.match(offered, /Ottoline Ferncastle Deputy chief constable/)
    assert.match(offered, /Whoever is chief officer/)
    assert.doesNotMatch(offered, /panel clerk/)
    refused(await send(liaison, clock, 'hand-over', { to: 'role:panel-clerk', why: 'away' }), /Choose who does it/)
    refused(await send(liaison, clock, 'hand-over', { to: 'person:nobody', why: 'away' }), /Choose who does it/)
    await send(liaison, clock, 'hand-over', { to: `person:${deputy.personId}`, why: 'away' })
    const handed = await now(liaison, clock)
    assert.deepEqual(handed.owner, { personId: deputy.personId, role: null })
    assert.match(pageText(await open(officer, handed)), /To be done by Ottoline Ferncastle/)
    await send(liaison, handed, 'hand-over', { to: 'role:chief-officer', why: 'back to the role' })
    assert.deepEqual((await now(liaison, clock)).owner, { personId: null, role: 'chief-officer' })
  })

  it('that was cancelled says why; nothing more can be done with it', async () => {
    const { record, clock } = await start(officer, 'FOI-20', { from })
    refused(await send(officer, clock, 'cancel', { why: '' }), /Say why this is not owed/)
    await send(officer, clock, 'cancel', { why: 'the request was withdrawn' })
    assert.equal(await dueOf(officer, record), null)
    const cancelled = await now(officer, clock)
    const shown = pageText(await open(officer, cancelled))
    assert.match(shown, /Not applicable the request was withdrawn/)
    assert.doesNotMatch(shown, /Pause this clock|Hand it over/)
    refused(await send(officer, cancelled, 'cancel', { why: 'again' }), /changed after you opened the form/)
  })

  it('that changed since the form was opened gives the form back and changes nothing', async () => {
    const { clock } = await start(officer, 'FOI-20', { from })
    await send(officer, clock, 'leave-out', {
      ...typed('from', '9 3 2026'),
      ...typed('to', '9 3 2026'),
      why: 'ordered',
    })
    const answer = await send(officer, clock, 'cancel', { why: 'a duplicate' })
    refused(answer, /changed after you opened the form/)
    assert.match(pageHtml(answer), /a duplicate/)
    assert.equal((await now(officer, clock)).state, 'running')
  })

  it('whose day was agreed cannot be paused, and says what to do instead', async () => {
    const agreed = { kind: 'date', date: day('2026-04-30') } as const
    const { clock } = await start(officer, 'QUESTION-PCC', { from }, { agreed })
    assert.match(pageText(await open(officer, clock)), /Not yet possible: Pause this clock A day was agreed/)
    refused(
      await send(officer, clock, 'pause', { ...typed('from', '5 3 2026'), why: 'x' }),
      /Change the due of its record/,
    )
  })

  it('tells of a due that was agreed by hand', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from })
    const due = { kind: 'date', date: day('2026-04-30') } as const
    await world.as(officer, (trx, act) =>
      changeRecord(trx, act, record, null, { due }, { kind: 'changed', why: 'both sides agreed' }),
    )
    const [agreed] = await world.as(officer, trx => clocksOf(trx, record))
    assert.equal(agreed?.agreed, true)
    assert.match(pageText(await open(officer, clock)), /Its day: 16 March 2026 became 30 April 2026 both sides agreed/)
  })

  it('of a duty that was done says when and with what outcome', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from: day('2026-02-02') })
    await world.as(officer, (trx, act) => stopClock(trx, act, record, 'QUESTION-PCC', 'answered', day('2026-02-19')))
    const shown = pageText(await open(officer, clock))
    assert.match(shown, /Kept late Kept on 19 February 2026, 3 days late/)
    assert.match(shown, /Outcome answered/)
  })
})
