import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { FormFields } from '../../platform/web/route.ts'
import { attach, attachmentsOf } from '../../record/files.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import { createRecord } from '../../record/records.ts'
import { addBody } from '../organisations/index.ts'
import {
  addUpdate,
  changeDue,
  closeItem,
  followUp,
  loadPrinted,
  onNoList,
  raiseItem,
  raisedFrom,
  itemLines,
} from './index.ts'
import { permissions } from './permissions.ts'
import { headOf, idIn, issue, makeCast, sendForm, versionIn, visit, visitPublic } from './testing.ts'
import type { Cast } from './testing.ts'

const awkward = `O'Brien "<b>x</b>" & ☂️ \u202Eشرطة`
const register = '/workspace/follow-up'

describe('the pages of follow-up', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const date = (day: string) => ({ kind: 'date' as const, date: Temporal.PlainDate.from(day) })
  const toForce = (more: object = {}) => ({
    kind: 'action' as const,
    title: 'Count the disclosure champions',
    asked: 'Say how many disclosure champions there are.',
    owner: { organisationId: cast.world.force.id, role: 'liaison' },
    leadWords: 'The liaison',
    due: date('2026-04-01'),
    raisedByWords: 'Governance and Performance Board',
    ...more,
  })
  const action = (more: object = {}) => issue(cast, toForce(more), cast.boardClerk)
  const at = (head: RecordHead, deed = '') =>
    `${register}/${{ action: 'actions', 'information-request': 'requests', recommendation: 'recommendations' }[head.kind] ?? ''}/${head.id}${deed}`
  const evidence = (head: RecordHead, by: Viewer) =>
    cast.world.as(by, (trx, act) => attach(trx, act, head, { url: 'https://example.org/x' }, 'The count', 'evidence'))
  const dueFields = (day: string, month: string, year: string) => ({
    'due-kind': 'date',
    'due-day': day,
    'due-month': month,
    'due-year': year,
  })

  it('ask for a permission on every route, and each is one that the module declares', () => {
    for (const route of followUp.workspace) assert.ok(route.permission in permissions, `${route.method} ${route.path}`)
  })

  it('let nobody of another organisation open, read or change what was not released to them', async () => {
    const recommendation = await issue(cast)
    const deeds = ['', '/close', '/reopen', '/due', '/cancel', '/leads', '/colour', '/ask-again', '/reply', '/evidence']
    for (const deed of deeds) {
      const seen = await visit(cast, cast.chiefExecutive, 'GET', at(recommendation, deed))
      assert.ok([403, 404].includes(seen.status), `${deed}: ${String(seen.status)}`)
    }
    for (const deed of ['/close', '/due', '/cancel', '/colour', '/public-evidence', '/issue']) {
      const seen = await visit(cast, cast.chiefExecutive, 'POST', at(recommendation, deed), {
        version: '2',
        reason: 'x',
      })
      assert.equal(seen.status, 404, deed)
    }
    assert.equal((await headOf(cast, cast.panelClerk, recommendation.id))?.state, 'open')
    const received = `${register}/received/recommendations/${recommendation.id}`
    assert.equal((await visit(cast, cast.commissioner, 'GET', received)).status, 200)
    assert.equal((await visit(cast, cast.liaison, 'GET', received)).status, 404)
    assert.equal((await visit(cast, cast.panelMember, 'GET', at(recommendation, '/close'))).status, 403)
  })

  it('let the organisation that leads on an action see it, and neither close, re-date nor cancel it', async () => {
    const shared = await action()
    await evidence(shared, cast.liaison)
    assert.equal((await visit(cast, cast.liaison, 'GET', at(shared))).status, 200)
    assert.equal((await visit(cast, cast.panelClerk, 'GET', at(shared))).status, 404)
    for (const deed of ['/close', '/due', '/cancel']) {
      assert.equal((await visit(cast, cast.liaison, 'POST', at(shared, deed), {})).status, 403, deed)
    }
    const closing = { way: 'chair', answersAsked: 'yes', reason: 'Done', version: '' }
    const both = { ...cast.liaison, roles: ['board-clerk' as const] }
    const tried = await sendForm(cast, both, at(shared, '/close'), closing)
    assert.equal(tried.status, 422)
    const again = await visit(cast, both, 'POST', at(shared, '/close'), { ...closing, version: String(shared.version) })
    assert.match(again.html, /It is closed by the body that raised it/)
  })

  it('send a reply from draft to the raiser’s page, and keep what was typed where something is missing', async () => {
    const recommendation = await issue(cast)
    const received = `${register}/received/recommendations/${recommendation.id}`
    const missing = await visit(cast, cast.chiefExecutive, 'POST', `${received}/reply`, {
      answer: 'partly',
      doing: awkward,
    })
    assert.equal(missing.status, 422)
    assert.match(missing.html, /Give the reason/)
    assert.match(missing.html, /O&#39;Brien &quot;&lt;b&gt;x/)
    const fields = { answer: 'partly', reason: awkward, 'in-the-name-of': 'The Commissioner' }
    const made = await visit(cast, cast.chiefExecutive, 'POST', `${received}/reply`, fields)
    const id = idIn(made.to)
    for (const stranger of [cast.panelClerk, cast.liaison]) {
      assert.equal((await visit(cast, stranger, 'GET', `${register}/replies/${id}`)).status, 404)
      assert.equal((await visit(cast, stranger, 'GET', `${register}/received/replies/${id}`)).status, 404)
    }
    assert.match((await visit(cast, cast.panelClerk, 'GET', at(recommendation))).html, /No reply has been received/)
    assert.equal((await visit(cast, cast.boardClerk, 'GET', `${register}/replies/${id}/send`)).status, 403)
    const stale = await visit(cast, cast.commissioner, 'POST', `${register}/replies/${id}/send`, {
      version: '0',
      publish: 'yes',
    })
    assert.match(stale.html, /Read it once more/)
    const sent = await sendForm(cast, cast.commissioner, `${register}/replies/${id}/send`, { publish: 'yes' })
    assert.equal(sent.status, 303, sent.html)
    const page = await visit(cast, cast.panelClerk, 'GET', at(recommendation))
    assert.match(page.html, /Partly accepted/)
    assert.match(page.html, /O&#39;Brien &quot;&lt;b&gt;x&lt;\/b&gt;/)
    assert.equal((await visit(cast, cast.panelClerk, 'GET', `${register}/received/replies/${id}`)).status, 200)
  })

  it('close at a meeting that was held, and re-open at one', async () => {
    const closed = await action()
    await evidence(closed, cast.boardClerk)
    const meeting = (title: string, day: string, state = 'held') =>
      cast.world.as(cast.boardClerk, (trx, act) =>
        createRecord(trx, act, { areaId: 1, kind: 'meeting', title, state, dated: Temporal.PlainDate.from(day) }),
      )
    const held = await meeting('Governance Board', '2026-03-04')
    await meeting('Board that did not meet', '2026-03-05', 'cancelled')
    const toCome = await meeting('Board to come', '2026-03-12')
    const form = await visit(cast, cast.boardClerk, 'GET', at(closed, '/close'))
    const send = (more: FormFields) =>
      visit(cast, cast.boardClerk, 'POST', at(closed, '/close'), {
        version: versionIn(form.html),
        answersAsked: 'partly',
        reason: 'The count is there.',
        ...more,
      })
    assert.match((await send({})).html, /Choose who closes it/)
    assert.match((await send({ way: 'meeting' })).html, /Choose the meeting at which it was decided/)
    assert.match((await send({ way: 'meeting', meeting: toCome.id })).html, /Choose the meeting at which/)
    assert.match(
      (await send({ way: 'meeting', meeting: held.id, 'meeting-words': 'Board' })).html,
      /list or name another, not both/,
    )
    assert.doesNotMatch(form.html, /Board to come|did not meet/)
    const done = await send({ way: 'meeting', meeting: held.id })
    assert.equal(done.status, 303, done.html)
    const closing = /at a meeting: Governance Board, 4 March 2026/
    assert.match((await visit(cast, cast.boardClerk, 'GET', at(closed))).html, closing)
    const noMeeting = await sendForm(cast, cast.boardClerk, at(closed, '/reopen'), { reason: 'The wrong year' })
    assert.match(noMeeting.html, /Choose the meeting/)
    const reopened = await sendForm(cast, cast.boardClerk, at(closed, '/reopen'), {
      reason: 'The wrong year',
      'meeting-words': 'Board, 11 March 2026',
    })
    assert.equal(reopened.status, 303, reopened.html)
    const page = await visit(cast, cast.boardClerk, 'GET', at(closed))
    assert.match(page.html, /Re-opened on 11 March 2026, at a meeting: <bdi>Board, 11 March 2026/)
    assert.match(page.html, closing, 'the closing that was undone stays')
  })

  it('move no due into the past, and keep what was typed', async () => {
    const moved = await action()
    const past = await sendForm(cast, cast.boardClerk, at(moved, '/due'), {
      ...dueFields('1', '3', '2026'),
      reason: 'Illness',
    })
    assert.equal(past.status, 422)
    assert.match(past.html, /The new date must be today or later: 1 March 2026 has passed/)
    assert.match(past.html, /Illness/)
    const later = await sendForm(cast, cast.boardClerk, at(moved, '/due'), {
      ...dueFields('1', '5', '2026'),
      reason: 'Illness',
    })
    assert.equal(later.status, 303, later.html)
    const list = await visit(cast, cast.boardClerk, 'GET', `${register}/re-dated`)
    assert.match(list.html, /1 April 2026[\s\S]*1 May 2026[\s\S]*11 March 2026: to 1 May 2026\. Illness/)
    const csv = await visit(cast, cast.boardClerk, 'GET', `${register}/re-dated.csv`)
    assert.match(csv.html, /Count the disclosure champions,The liaison,Under way,1 April 2026,1 May 2026,1,/)
    assert.doesNotMatch((await visit(cast, cast.liaison, 'GET', `${register}/re-dated`)).html, /Illness/)
  })

  it('refuse a form that was opened before somebody else changed the item', async () => {
    const changed = await action()
    const form = await visit(cast, cast.boardClerk, 'GET', at(changed, '/due'))
    await cast.world.as(cast.liaison, (trx, act) => addUpdate(trx, act, changed, 'Half are counted.'))
    const late = await visit(cast, cast.boardClerk, 'POST', at(changed, '/due'), {
      version: versionIn(form.html),
      ...dueFields('1', '6', '2026'),
      reason: 'The audit takes longer',
    })
    assert.equal(late.status, 422)
    assert.match(late.html, /changed after you opened this page[\s\S]*The audit takes longer/)
  })

  it('hand a lead over, let a substitute stand in, and keep on record who left and why', async () => {
    const led = await action()
    const change = (more: FormFields) => sendForm(cast, cast.boardClerk, at(led, '/leads'), more)
    const form = await visit(cast, cast.boardClerk, 'GET', at(led, '/leads'))
    const lead = /<option value="([0-9a-f-]{36})"[^>]*>The liaison/.exec(form.html)?.[1] ?? ''
    assert.match((await change({ change: 'takes-over', lead, why: 'x' })).html, /Choose who leads, or say it in words/)
    assert.match((await change({ change: 'leaves', lead: 'nobody', why: 'x' })).html, /Choose whom it is about/)
    const stood = await change({ change: 'stands-in', lead, 'by-words': 'Sam Ode', why: 'On leave' })
    assert.equal(stood.status, 303, stood.html)
    assert.match((await visit(cast, cast.boardClerk, 'GET', at(led))).html, /Sam Ode \(standing in for The liaison\)/)
    await change({
      change: 'takes-over',
      lead,
      by: cast.world.force.id,
      'by-words': 'Jo Lee',
      why: 'Moved to the county',
    })
    const page = await visit(cast, cast.boardClerk, 'GET', at(led))
    assert.match(page.html, /Jo Lee[\s\S]*until 11 March 2026: <bdi>Moved to the county/)
    assert.doesNotMatch(page.html, /Sam Ode \(standing in/, 'with the lead goes the substitute')
    await change({ change: 'joins', 'by-words': 'Pat Roe', why: 'More hands' })
    assert.match((await visit(cast, cast.boardClerk, 'GET', at(led))).html, /Jo Lee and Pat Roe/)
  })

  it('colour by the rule that the body sets, and show a choice against it with its reason', async () => {
    const late = await action({ due: date('2026-03-05') })
    const page = () => visit(cast, cast.boardClerk, 'GET', at(late))
    assert.match((await page()).html, /◊ Amber[\s\S]*It is 6 days late/)
    const rule = { 'red-late-days': '5', 'red-moves': '', 'amber-within-days': '7', 'without-date': 'amber' }
    const set = (more: FormFields, by = cast.boardClerk) => sendForm(cast, by, `${register}/colours/organisation`, more)
    assert.match((await set({ ...rule, 'red-late-days': 'soon' })).html, /as a whole number[\s\S]*value="soon"/)
    assert.match((await set({ ...rule, 'red-moves': 'two' })).html, /from 0 to 100, or empty/)
    assert.equal((await set(rule)).status, 303)
    assert.match((await page()).html, /∆ Red[\s\S]*6 days late: more than 5 days is red/)
    const stale = await visit(cast, cast.boardClerk, 'POST', `${register}/colours/organisation`, {
      ...rule,
      version: '0',
    })
    assert.match(stale.html, /Someone else changed the rule/)
    assert.equal((await set(rule, cast.panelMember)).status, 403)
    assert.match((await visit(cast, cast.liaison, 'GET', at(late))).html, /∆ Red/, 'in the colour of whoever raised it')
    assert.match((await sendForm(cast, cast.boardClerk, at(late, '/colour'), { colour: 'green' })).html, /Say why/)
    await sendForm(cast, cast.boardClerk, at(late, '/colour'), { colour: 'green', why: 'It is at the printer.' })
    assert.match((await page()).html, /• Green, chosen[\s\S]*The rule says red[\s\S]*It is at the printer\./)
  })

  it('let a body have a rule of its own, which goes before its organisation’s', async () => {
    const body = await cast.world.as(cast.panelClerk, (trx, act) =>
      addBody(trx, act, { areaId: 1, name: 'Budget Working Group', form: 'working-group' }),
    )
    const due = { due: date('2026-03-20') }
    const ofBody = await issue(cast, { ...due, raisedByBody: body.id })
    const ofPanel = await issue(cast, due)
    await sendForm(cast, cast.panelClerk, `${register}/colours/${body.id}`, {
      'red-late-days': '0',
      'red-moves': '0',
      'amber-within-days': '3',
      'without-date': 'green',
    })
    assert.match((await visit(cast, cast.panelClerk, 'GET', at(ofBody))).html, /• Green/)
    assert.match((await visit(cast, cast.panelClerk, 'GET', at(ofPanel))).html, /◊ Amber/)
    assert.equal((await visit(cast, cast.boardClerk, 'GET', `${register}/colours/${body.id}`)).status, 404)
  })

  it('raise something new: what is missing is said, it is read once more, and then issued', async () => {
    const fields = {
      kind: 'recommendation',
      title: 'Publish the survey',
      asked: awkward,
      'raised-day': '6',
      'raised-month': '3',
      'raised-year': '2026',
      'due-kind': 'none',
    }
    const post = (more: FormFields) => visit(cast, cast.panelClerk, 'POST', `${register}/new`, { ...fields, ...more })
    assert.match((await post({})).html, /Choose to whom it is addressed/)
    assert.match((await post({ to: 'nobody' })).html, /Choose only organisations from the list/)
    assert.match((await post({ kind: 'action' })).html, /Choose who leads/)
    assert.match((await post({ 'raised-year': '2027', to: cast.world.office.id })).html, /today or earlier/)
    const to = { to: [cast.world.office.id], 'to-words': 'Testshire County Council' }
    const check = await post(to)
    assert.match(check.html, /Read it once more[\s\S]*Testshire County Council/)
    assert.match((await post({ ...to, step: 'change' })).html, /O&#39;Brien &quot;&lt;b&gt;x/)
    const issued = await post({ ...to, step: 'issue' })
    assert.equal(issued.status, 303, issued.html)
    assert.equal((await headOf(cast, cast.panelClerk, idIn(issued.to)))?.state, 'open')
    assert.equal((await visit(cast, cast.panelMember, 'GET', `${register}/new`)).status, 403)
  })

  it('ask for information, which is received on a day, and closed once it is there', async () => {
    const request = await issue(cast, {
      ...toForce({ kind: 'information-request', title: 'Figures on cyclists' }),
      raisedByWords: 'The panel',
    })
    const future = await sendForm(cast, cast.panelClerk, at(request, '/report'), {
      'received-day': '1',
      'received-month': '4',
      'received-year': '2026',
    })
    assert.match(future.html, /today or earlier/)
    await sendForm(cast, cast.panelClerk, at(request, '/report'), {
      'received-day': '9',
      'received-month': '3',
      'received-year': '2026',
    })
    const page = await visit(cast, cast.panelClerk, 'GET', at(request))
    assert.match(page.html, /Received on[\s\S]*9 March 2026/)
    assert.match(page.html, /Not yet possible: Close this request for information[\s\S]*No evidence is attached/)
  })

  it('list the log in the panel’s own columns, narrowed by kind, state and lead, on a page and as CSV', async () => {
    const world = await makeCast()
    try {
      const raise = (more: object) => issue(world, { title: 'T', asked: 'Greater detail', ...more })
      const old = await raise({ leadWords: 'Neil, chief executive', dated: Temporal.PlainDate.from('2026-01-05') })
      await raise({ kind: 'action', asked: 'A list of champions', leadWords: '100% of the board', owner: null })
      await world.world.as(world.panelClerk, (trx, act) => addUpdate(trx, act, old, '=HYPERLINK("x")'))
      const log = (query = '') => visit(world, world.panelClerk, 'GET', `${register}/log${query}`)
      const { html } = await log()
      for (const heading of ['Date raised', 'Recommendation or action', 'Lead', 'Panel update', 'Progress notes']) {
        assert.match(html, new RegExp(`<th scope="col"[^>]*>${heading}</th>`))
      }
      assert.ok(html.indexOf('A list of champions') < html.indexOf('Greater detail'), 'the latest first')
      assert.doesNotMatch((await log('?kind=action')).html, /Greater detail/)
      assert.doesNotMatch((await log('?lead=neil')).html, /A list of champions/)
      assert.match((await log('?lead=100%25')).html, /A list of champions/)
      assert.doesNotMatch((await log('?lead=100%25')).html, /Greater detail/, 'a typed % matches itself alone')
      assert.match((await log('?standing=closed')).html, /Nothing matches these filters/)
      assert.match((await log('?after=2026-02-31_x&kind=nonsense')).html, /Greater detail/)
      const csv = await visit(world, world.panelClerk, 'GET', `${register}/log.csv?kind=recommendation`)
      assert.match(csv.html, /^\uFEFFdate raised,recommendation or action,lead,panel update,progress notes,/)
      assert.match(csv.html, /2026-01-05,Greater detail,"Neil, chief executive"/)
      assert.doesNotMatch(csv.html, /,=HYPERLINK/)
      assert.doesNotMatch((await visit(world, world.commissioner, 'GET', `${register}/log`)).html, /Greater detail/)
    } finally {
      await world.close()
    }
  })

  it('tell what was asked before and what came of it, by theme, with questions beside', async () => {
    const asked = await issue(cast, { title: 'Domestic abuse', asked: 'That convictions for domestic abuse be told.' })
    await cast.world.as(cast.panelClerk, async (trx, act) => {
      await attach(trx, act, asked, { url: 'https://example.org/a' }, 'Report', 'evidence')
      await addUpdate(trx, act, asked, 'The report came in March.')
    })
    const seen = await visit(cast, cast.panelMember, 'GET', `${register}/asked-before?q=domestic+abuse`)
    assert.match(seen.html, /convictions for domestic abuse be told[\s\S]*The report came in March\./)
    assert.match(
      (await visit(cast, cast.panelMember, 'GET', `${register}/asked-before?q=zebra`)).html,
      /Nothing matches/,
    )
    assert.doesNotMatch(
      (await visit(cast, cast.commissioner, 'GET', `${register}/asked-before?q=domestic+abuse`)).html,
      /convictions/,
    )
  })

  it('publish what is published and nothing else: the log, its forms, and what was asked before', async () => {
    const open = await issue(cast, { title: 'Open one', asked: 'That the survey be published.' })
    await issue(cast, { title: 'Kept one', asked: 'That a secret be kept.' })
    await cast.world.as(cast.panelClerk, async (trx, act) => {
      await attach(trx, act, open, { url: 'https://example.org/kept' }, 'Kept evidence', 'evidence')
      assert.equal((await attachmentsOf(trx, open)).length, 1)
      await publishRecord(trx, act, open)
    })
    for (const form of ['', '.csv', '.json', '.atom', '?kind=all', '/asked-before', '/asked-before?q=survey']) {
      const seen = await visitPublic(cast, `/testshire/recommendations${form}`)
      assert.match(seen.html, /survey be published|Open one/, form)
      assert.doesNotMatch(seen.html, /secret|Kept/, form)
    }
    const register = await visitPublic(cast, '/testshire/recommendations')
    const address = new RegExp(`/testshire/recommendations/${open.reference.toLowerCase()}`)
    assert.match(register.html, address)
    const page = await visitPublic(cast, `/testshire/recommendations/${open.reference.toLowerCase()}`)
    assert.match(page.html, /No reply has been received/)
    assert.doesNotMatch(page.html, /Kept evidence|Why this colour/)
    const request = await issue(cast, { ...toForce({ kind: 'information-request', asked: 'Figures on collisions' }) })
    await cast.world.as(cast.panelClerk, (trx, act) => publishRecord(trx, act, request))
    const shared = await visitPublic(cast, `/testshire/recommendations/${request.reference.toLowerCase()}`)
    assert.match(shared.html, /Figures on collisions/)
    assert.match((await visitPublic(cast, '/testshire/recommendations?kind=information-request')).html, /collisions/)
  })

  it('print a row of an old log as it stands, and beside it what the row shows, without judging anybody', async () => {
    const printed = await cast.world.as(cast.panelClerk, (trx, act) =>
      loadPrinted(trx, act, {
        kind: 'information-request',
        areaId: 1,
        title: 'Road traffic collisions',
        asked: 'Information and data regarding collisions involving cyclists.',
        owner: null,
        leadWords: 'Neil Hewison',
        due: date('2014-09-26'),
        raisedByWords: 'Testshire Police and Crime Panel',
        dated: Temporal.PlainDate.from('2014-07-18'),
        printedState: 'To be provided to the Panel as a briefing note – agreed with NH, 1 st August.',
        shows: 'only-arranged',
        showsWhy: 'It says that a briefing note was agreed, not that it was given.',
        state: 'open',
        source: 'Panel agenda of 26 September 2014, Appendix B',
      }),
    )
    const { html } = await visit(cast, cast.panelClerk, 'GET', at(printed))
    assert.match(html, /agreed with NH, 1 st August/)
    assert.match(html, /The row shows only that it was arranged/)
    assert.match(html, /It judges nobody who is named in it/)
    await cast.world.as(cast.panelClerk, (trx, act) => publishRecord(trx, act, printed))
    const log = await visitPublic(cast, '/testshire/recommendations?q=cyclists')
    assert.match(log.html, /agreed with NH, 1 st August[\s\S]*The row shows only that it was arranged/)
  })

  it('offer other modules what is on no list, and what was raised from something', async () => {
    const cause = await issue(cast)
    const raised = await cast.world.as(cast.panelClerk, (trx, act) =>
      raiseItem(trx, act, {
        ...toForce({ areaId: 1 }),
        areaId: 1,
        raisedFrom: [{ ...cause, relation: 'raised-by' }],
      }),
    )
    await cast.world.as(cast.panelClerk, async trx => {
      const outcomes = [
        { line: 'on a list', itemId: cause.id },
        { line: 'on none', itemId: null },
        { line: 'gone', itemId: '00000000-0000-7000-8000-000000000000' },
      ]
      assert.deepEqual(
        (await onNoList(trx, 1, outcomes)).map(outcome => outcome.line),
        ['on none', 'gone'],
      )
      assert.deepEqual(
        (await raisedFrom(trx, 1, [cause.id])).get(cause.id)?.map(line => line.id),
        [raised.id],
      )
      assert.equal((await itemLines(trx, 1, [cause.id])).get(cause.id)?.kind, 'recommendation')
    })
    const others = await cast.world.as(cast.commissioner, trx => onNoList(trx, 1, [{ itemId: cause.id }]))
    assert.equal(others.length, 1, 'what is not theirs to see counts as none')
  })

  it('count the moves of a date and the times something was re-opened in what is published', async () => {
    const moved = await action({ title: 'A moved one' })
    await evidence(moved, cast.boardClerk)
    await cast.world.as(cast.boardClerk, async (trx, act) => {
      await changeDue(trx, act, moved, moved.version, date('2026-06-01'), 'The audit')
      await closeItem(trx, act, moved, moved.version + 1, {
        decided: { way: 'chair' },
        answersAsked: 'no',
        reason: 'It was not done.',
      })
      await publishRecord(trx, act, moved)
    })
    const page = await visitPublic(cast, `/testshire/actions/${moved.reference.toLowerCase()}`)
    assert.match(page.html, /Due as first set: 1 April 2026\. The date has moved 1 time\./)
    assert.match(page.html, /Closed on 11 March 2026, <bdi>by the chair[\s\S]*<strong>No<\/strong>/)
  })
})
