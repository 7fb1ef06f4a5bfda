import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../../platform/refusals.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { addItem, cancelMeeting, deferItem, deferralsOf, moveItem, moveMeeting, withdrawItem } from '../index.ts'
import { findMeeting } from '../meeting/queries.ts'
import { setBodyRules } from '../room/body-rule-queries.ts'
import { makePanel, planPanelMeeting, publishPanelAgenda } from '../room/testing.ts'
import type { PanelCast } from '../room/testing.ts'
import { ask, day, noon, planMeeting, visit, visitPublic } from '../testing.ts'
import { takeUp } from './considered.ts'
import { markItem } from './items.ts'
import { noticeOf, standingOf } from './notice-clock.ts'
import { chairsNotesOf, NotesOvertaken, runningOrder, setChairsNotes } from './chairs-notes-queries.ts'
import { consideredAt, itemsOf } from './queries.ts'
import { numbered, reorderedAgenda, withParts } from './rules.ts'

describe('the numbers of an agenda', () => {
  const item = (id: string, number: string | null = null, parent_id: string | null = null) => ({
    id,
    number,
    parent_id,
  })
  const shown = (items: readonly ReturnType<typeof item>[]) => numbered(items).map(each => each.shown)

  it('name the parts of an item by letters', () => {
    const items = [item('a'), item('a1', null, 'a'), item('a2', null, 'a'), item('b'), item('b1', null, 'b')]
    assert.deepEqual(shown(items), ['1', '1a', '1b', '2', '2a'])
    assert.deepEqual(shown([item('a', '5'), item('a1', '5a', 'a'), item('a2', null, 'a')]), ['5', '5a', '5b'])
  })

  it('give no number twice, wherever a late item stands', () => {
    assert.deepEqual(shown([item('a', '1'), item('late'), item('b', '2'), item('c', '3')]), ['1', '4', '2', '3'])
    const anything = fc.array(
      fc.tuple(fc.option(fc.integer({ min: 1, max: 9 }).map(String), { nil: null }), fc.boolean()),
    )
    fc.assert(
      fc.property(anything, all => {
        const given = new Set<string>()
        const items = all.map(([number, part], at) => {
          const own = number === null || given.has(number) ? null : number
          if (own !== null) given.add(own)
          return item(String(at), part ? null : own, part && at > 0 ? '0' : null)
        })
        assert.equal(new Set(shown(items)).size, items.length)
      }),
    )
  })

  it('name the twenty-seventh part aa', () => {
    const parts = Array.from({ length: 27 }, (_, at) => item(`p${String(at)}`, null, 'a'))
    assert.equal(shown([item('a'), ...parts]).at(-1), '1aa')
  })

  it('move a whole item with its parts, and a part within its item', () => {
    const items = [item('a'), item('a1', null, 'a'), item('b'), item('b1', null, 'b'), item('b2', null, 'b')]
    assert.deepEqual(reorderedAgenda(items, 'b', 'up'), ['b', 'b1', 'b2', 'a', 'a1'])
    assert.deepEqual(reorderedAgenda(items, 'b2', 'up'), ['a', 'a1', 'b', 'b2', 'b1'])
    assert.equal(reorderedAgenda(items, 'a1', 'up'), null)
    assert.equal(reorderedAgenda(items, 'nobody', 'up'), null)
  })

  it('keep every item, whatever moves', () => {
    const shape = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(shape, fc.nat(), fc.boolean(), (counts, at, up) => {
        const items = counts.flatMap((parts, n) => [
          item(`w${String(n)}`),
          ...Array.from({ length: parts }, (_, p) => item(`w${String(n)}p${String(p)}`, null, `w${String(n)}`)),
        ])
        const id = items[at % items.length]?.id ?? ''
        const order = reorderedAgenda(items, id, up ? 'up' : 'down')
        if (order === null) return
        assert.deepEqual(order.toSorted(), items.map(each => each.id).toSorted())
        const moved = order.flatMap(each => items.find(other => other.id === each) ?? [])
        assert.deepEqual(withParts(moved), order, 'parts still follow their item')
      }),
    )
  })
})

describe('the running order of the chair', () => {
  it('goes as far as every item has a length', () => {
    const items = [
      { id: 'a', minutes: 10, withdrawn: false },
      { id: 'b', minutes: 5, withdrawn: true },
      { id: 'c', minutes: null, withdrawn: false },
      { id: 'd', minutes: 20, withdrawn: false },
    ]
    assert.deepEqual(
      [...runningOrder('10:00', items)],
      [
        ['a', '10:00'],
        ['c', '10:10'],
      ],
    )
    assert.equal(runningOrder(null, items).size, 0)
  })
})

describe('the agenda of a panel', () => {
  let cast: PanelCast
  before(async () => {
    cast = await makePanel()
  })
  after(() => cast.close())

  const asClerk = <T>(deed: Parameters<typeof cast.world.as<T>>[1], on?: string) =>
    cast.world.as(cast.panelClerk, deed, on === undefined ? {} : { now: noon(on) })
  const clocks = async (meeting: { areaId: number; id: string }) =>
    (await asClerk(trx => clocksOf(trx, meeting)))
      .filter(clock => clock.rule.id === 'AGENDA-E')
      .map(({ state, due, outcome }) => [state, due?.toString() ?? null, outcome])
  const noticeFor = (meeting: { areaId: number; id: string }) =>
    asClerk(async (trx, act) => {
      const found = await findMeeting(trx, meeting)
      return found === null ? null : noticeOf(trx, act, found)
    })
  const refused = (deed: Promise<unknown>, words: RegExp) =>
    assert.rejects(deed, (error: Error) => error instanceof Refusal && words.test(error.message))

  it('is due five clear working days before, is dated again when the meeting moves, and stops when published', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-04-09')
    assert.deepEqual(await clocks(meeting), [['running', '2026-03-30', null]], 'over Easter')
    const page = await visit(cast, cast.panelClerk, 'GET', `/workspace/meetings/${meeting.id}`)
    assert.match(page.html, /Publish the agenda by Monday/)
    assert.match(page.html, /30 March 2026/)
    assert.match(page.html, /Good Friday/)
    const head = await asClerk(trx => findRecord(trx, meeting))
    await asClerk((trx, act) =>
      moveMeeting(trx, act, meeting, head?.version ?? 0, { date: day('2026-04-24'), openToPublic: true }),
    )
    assert.deepEqual(await clocks(meeting), [['running', '2026-04-16', null]])
    await publishPanelAgenda(cast, meeting)
    assert.deepEqual(await clocks(meeting), [['stopped', '2026-04-16', 'published']])
    assert.equal((await noticeFor(meeting))?.standing, 'in-time')
  })

  it('published after its day, or moved too near, is short notice and says so', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-03-16')
    await publishPanelAgenda(cast, meeting)
    assert.equal((await noticeFor(meeting))?.standing, 'short')
    const page = await visit(cast, cast.panelClerk, 'GET', `/workspace/meetings/${meeting.id}`)
    assert.match(page.html, /only if the chair agrees that it is urgent/)
    const later = (await planPanelMeeting(cast, '2026-06-16')).meeting
    await publishPanelAgenda(cast, later)
    assert.equal((await noticeFor(later))?.standing, 'in-time')
    const head = await asClerk(trx => findRecord(trx, later))
    const to = { date: day('2026-06-03'), openToPublic: true }
    await asClerk((trx, act) => moveMeeting(trx, act, later, head?.version ?? 0, to), '2026-06-01')
    assert.equal((await noticeFor(later))?.standing, 'short', 'moved to two days hence')
  })

  it('cancelled, has no clock any more', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-05-15')
    const head = await asClerk(trx => findRecord(trx, meeting))
    await asClerk((trx, act) => cancelMeeting(trx, act, meeting, head?.version ?? 0, 'Illness'))
    assert.deepEqual(
      (await clocks(meeting)).map(([state]) => state),
      ['stopped'],
    )
  })

  it('of an office’s board is under no law, but keeps the notice the board gives itself', async () => {
    const { meeting } = await planMeeting(cast, '2026-04-09')
    const notice = () =>
      cast.world.as(cast.clerk, async (trx, act) => {
        const found = await findMeeting(trx, meeting)
        return found === null ? null : noticeOf(trx, act, found)
      })
    assert.equal(await notice(), null)
    const none = { quorum_numerator: null, quorum_denominator: null, quorum_least: null, quorum_words: null }
    const rules = { ...none, meets_in_public: false, casting_vote: null }
    await cast.world.as(cast.clerk, (trx, act) =>
      setBodyRules(trx, act, cast.board, null, { ...rules, notice_days: 3 }),
    )
    assert.equal((await notice())?.by.toString(), '2026-04-01', 'three clear working days over Easter')
    assert.equal((await notice())?.lawful, null)
    await cast.world.as(cast.clerk, (trx, act) =>
      setBodyRules(trx, act, cast.board, null, { ...rules, notice_days: null }),
    )
  })

  it('judges the notice by the law before the body’s own', () => {
    const dates = { lawful: day('2026-03-05'), local: day('2026-03-02') }
    const given = (text: string | null) => standingOf({ ...dates, given: text === null ? null : day(text) })
    assert.equal(given(null), 'to-give')
    assert.equal(given('2026-03-02'), 'in-time')
    assert.equal(given('2026-03-05'), 'short-of-own')
    assert.equal(given('2026-03-06'), 'short')
  })

  it('takes no further item once published without the chair’s reason, and shows the reason', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-05-20')
    const add = (late: Parameters<typeof addItem>[3]['late']) =>
      asClerk((trx, act) => addItem(trx, act, meeting, { title: 'Budget', late: late ?? null }))
    const urgent = { as: 'urgent', reason: 'The grant closes on 1 June', decidedOn: day('2026-03-10') } as const
    await refused(add(urgent), /not published yet/)
    await publishPanelAgenda(cast, meeting)
    await refused(add(null), /late, urgent or tabled/)
    await refused(add({ ...urgent, decidedOn: day('2026-03-12') }), /after today/)
    await add(urgent)
    await publishPanelAgenda(cast, meeting)
    const page = await visitPublic(cast, '/meetings/2026-05-20-testshire-police-and-crime-panel')
    assert.match(page.html, /Urgent item\. The chair’s reason, 10 March 2026: <bdi>The grant closes on 1 June/)
    assert.match(page.html, /4\. <bdi>Budget/)
  })

  it('asks for that reason on the page, and keeps what was typed', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-05-21')
    await publishPanelAgenda(cast, meeting)
    const path = `/workspace/meetings/${meeting.id}/items/new`
    const typed = { title: 'A matter just come up', kind: 'ordinary', marking: 'open' }
    const back = await visit(cast, cast.panelClerk, 'POST', path, typed)
    assert.equal(back.status, 422)
    assert.match(back.html, /Choose whether it is late, urgent or tabled/)
    assert.match(back.html, /Enter why the chair lets it in/)
    assert.match(back.html, /A matter just come up/)
    const made = await visit(cast, cast.panelClerk, 'POST', path, { ...typed, late: 'tabled', 'late-reason': 'Needed' })
    assert.equal(made.status, 303)
  })

  it('keeps numbers when an item with parts is withdrawn after publication', async () => {
    const { meeting, open } = await planPanelMeeting(cast, '2026-05-22')
    const part = await asClerk((trx, act) => addItem(trx, act, meeting, { title: 'Its annex', partOf: open }))
    await refused(
      asClerk((trx, act) => addItem(trx, act, meeting, { title: 'Deeper', partOf: part })),
      /no parts of its own/,
    )
    await publishPanelAgenda(cast, meeting)
    const shown = async () =>
      numbered(await asClerk(trx => itemsOf(trx, meeting))).map(each => [each.shown, each.withdrawn_why !== null])
    assert.deepEqual(await shown(), [
      ['1', false],
      ['2', false],
      ['2a', false],
      ['3', false],
    ])
    const item = (await asClerk(trx => itemsOf(trx, meeting))).find(each => each.id === open)
    await asClerk((trx, act) => withdrawItem(trx, act, meeting, open, item?.version ?? 0, 'Not ready'))
    assert.deepEqual(await shown(), [
      ['1', false],
      ['2', true],
      ['2a', true],
      ['3', false],
    ])
    await asClerk((trx, act) => moveItem(trx, act, meeting, open, 'up'))
    assert.deepEqual(
      (await shown()).map(([number]) => number),
      ['2', '2a', '1', '3'],
    )
  })

  it('withholds the parts of a withheld item with it', async () => {
    const { meeting, open, withheld } = await planPanelMeeting(cast, '2026-05-26')
    const items = () => asClerk(trx => itemsOf(trx, meeting))
    await asClerk((trx, act) => addItem(trx, act, meeting, { title: 'Statement of Zebedee', partOf: withheld }))
    const annex = await asClerk((trx, act) => addItem(trx, act, meeting, { title: 'Annex on Zebedee', partOf: open }))
    const whole = (await items()).find(each => each.id === open)
    const ground = { code: 'schedule-12a', paragraphs: [1], publicInterest: 'A named person' } as const
    await asClerk((trx, act) => markItem(trx, act, meeting, open, whole?.version ?? 0, ground))
    await refused(
      asClerk(async (trx, act) => {
        const part = (await itemsOf(trx, meeting)).find(each => each.id === annex)
        await markItem(trx, act, meeting, annex, part?.version ?? 0, null)
      }),
      /part of an item that is withheld/,
    )
    await publishPanelAgenda(cast, meeting)
    const page = await visitPublic(cast, '/meetings/2026-05-26-testshire-police-and-crime-panel')
    assert.doesNotMatch(page.html, /Zebedee/)
    assert.match(page.html, /items 2, 2a, 3 and 3a on the grounds that they involve/)
    assert.match(page.html, /paragraph 1 of Part 1 of Schedule 12A/)
  })

  it('puts an item off with what is considered under it, and remembers how often', async () => {
    const first = await planPanelMeeting(cast, '2026-06-01')
    const second = await planPanelMeeting(cast, '2026-06-08')
    const third = await planPanelMeeting(cast, '2026-06-15')
    const question = await ask({ ...cast, clerk: cast.panelClerk }, 'On patrols')
    await asClerk((trx, act) => takeUp(trx, act, first.meeting, first.open, question))
    await publishPanelAgenda(cast, first.meeting)
    const defer = (from: typeof first, id: string, to: typeof first | null, why: string) =>
      asClerk((trx, act) => deferItem(trx, act, from.meeting, id, { version: null, to: to?.meeting ?? null, why }))
    await refused(defer(second, second.open, first, 'x'), /later meeting/)
    const next = (await defer(first, first.open, second, 'The report is late')) ?? ''
    const last = (await defer(second, next, third, 'Again')) ?? ''
    const history = await asClerk(trx => deferralsOf(trx, { areaId: 1, id: last }))
    assert.deepEqual(
      history.map(each => each.why),
      ['The report is late', 'Again'],
    )
    const considered = await asClerk(trx => consideredAt(trx, third.meeting))
    assert.deepEqual(
      considered.map(each => [each.item_id, each.record_id]),
      [[last, question.id]],
    )
    await publishPanelAgenda(cast, first.meeting)
    const page = await visitPublic(cast, '/meetings/2026-06-01-testshire-police-and-crime-panel')
    assert.match(page.html, /Deferred to the meeting of 8 June 2026\. The report is late/)
    await publishPanelAgenda(cast, third.meeting)
    await refused(defer(second, second.first, third, 'x'), /late, urgent or tabled/)
  })

  it('puts an item off from its page', async () => {
    const first = await planPanelMeeting(cast, '2026-07-01')
    const later = await planPanelMeeting(cast, '2026-07-08')
    const path = `/workspace/meetings/${first.meeting.id}/items/${first.open}/defer`
    const shown = await visit(cast, cast.panelClerk, 'GET', path)
    assert.match(shown.html, /8 July 2026/)
    const empty = await visit(cast, cast.panelClerk, 'POST', path, { version: '1', to: later.meeting.id })
    assert.match(empty.html, /Say why it is put off/)
    const sent = await visit(cast, cast.panelClerk, 'POST', path, {
      version: '1',
      to: later.meeting.id,
      why: 'Not ready',
    })
    assert.equal(sent.status, 303)
    assert.ok(
      (await asClerk(trx => itemsOf(trx, later.meeting))).some(item => item.title === 'Report of the commissioner'),
    )
  })

  it('has a chair’s copy that nobody else gets a word of', async () => {
    const secret = 'Let Zebedee speak first'
    const { meeting, open } = await planPanelMeeting(cast, '2026-06-22')
    const path = `/workspace/meetings/${meeting.id}/chairs-copy`
    const fields = { [`minutes-${open}`]: '25', [`notes-${open}`]: secret, [`seen-${open}`]: '' }
    assert.equal((await visit(cast, cast.panelClerk, 'POST', `${path}/${open}`, fields)).status, 303)
    assert.match((await visit(cast, cast.panelChair, 'GET', path)).html, new RegExp(secret))
    await publishPanelAgenda(cast, meeting)
    for (const role of ['panel-member', 'legal-adviser', 'administrator'] as const) {
      const other = cast.world.viewer(cast.world.panel, role)
      assert.equal((await visit(cast, other, 'GET', path)).status, 403, role)
      assert.doesNotMatch((await visit(cast, other, 'GET', `/workspace/meetings/${meeting.id}`)).html, /Zebedee|25 min/)
    }
    for (const outsider of [cast.commissioner, cast.clerk]) {
      assert.equal((await visit(cast, outsider, 'GET', path)).status, 404)
    }
    assert.equal((await visit(cast, cast.chief, 'GET', path)).status, 403)
    const received = await cast.world.as(cast.clerk, trx => findReceived(trx, cast.world.office.id, meeting))
    assert.ok(received)
    assert.doesNotMatch(JSON.stringify(received), /Zebedee/)
    const page = await visitPublic(cast, '/meetings/2026-06-22-testshire-police-and-crime-panel')
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.html, /Zebedee/)
    await assert.rejects(
      cast.world.as(cast.clerk, trx => chairsNotesOf(trx, meeting)),
      Refusal,
    )
  })

  it('loses no note of two people who write on one item', async () => {
    const { meeting, open } = await planPanelMeeting(cast, '2026-06-23')
    const write = (seen: string | null, notes: string) =>
      asClerk((trx, act) => setChairsNotes(trx, act, meeting, open, seen, { minutes: null, notes }))
    await write(null, 'First thoughts')
    await assert.rejects(write(null, 'Second thoughts'), NotesOvertaken)
    const path = `/workspace/meetings/${meeting.id}/chairs-copy/${open}`
    const both = await visit(cast, cast.panelClerk, 'POST', path, { [`notes-${open}`]: 'Mine', [`seen-${open}`]: '' })
    assert.equal(both.status, 422)
    assert.match(both.html, /First thoughts/)
    assert.match(both.html, /Mine/)
    const wrong = await visit(cast, cast.panelClerk, 'POST', path, { [`minutes-${open}`]: 'an hour' })
    assert.match(wrong.html, /whole number between 1 and 600/)
    assert.match(wrong.html, /an hour/)
  })
})
