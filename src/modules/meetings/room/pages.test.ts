import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Refusal } from '../../../platform/refusals.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { attendanceOf, itemsOf } from '../agenda/queries.ts'
import {
  addItem,
  addMeeting,
  circulateMinutes,
  loadMinutes,
  publishAgenda,
  startMinutes,
  writeMinute,
} from '../index.ts'
import { day, noteAttendance, planMeeting, visit, visitPublic } from '../testing.ts'
import { setBodyRules } from './body-rule-queries.ts'
import { makePanel, planPanelMeeting, publishPanelAgenda } from './testing.ts'
import type { PanelCast } from './testing.ts'

const date = '2026-03-10'
const rules = {
  quorum_numerator: null,
  quorum_denominator: null,
  quorum_least: null,
  quorum_words: null,
  notice_days: null,
  meets_in_public: false,
  casting_vote: null,
}

describe('the pages of a meeting in session', () => {
  let cast: PanelCast
  before(async () => {
    cast = await makePanel()
  })
  after(() => cast.close())

  const pathOf = ({ id }: { id: string }) => `/workspace/meetings/${id}`
  const get = (address: string) => visit(cast, cast.panelClerk, 'GET', address)
  const post = (address: string, fields: Record<string, string> = {}) =>
    visit(cast, cast.panelClerk, 'POST', address, fields)
  const rows = (meeting: RecordHead) => cast.world.as(cast.panelClerk, trx => attendanceOf(trx, meeting))
  const rowOf = async (meeting: RecordHead, name: string) =>
    (await rows(meeting)).find(row => row.person_id === cast.members.get(name)?.personId)?.id ?? ''

  it('take the clerk from attendance to a recorded vote', async () => {
    const { meeting, open } = await planPanelMeeting(cast, date)
    const path = pathOf(meeting)
    assert.equal((await post(`${path}/attendance/all`)).status, 303)
    assert.ok(
      !(await rows(meeting)).some(row => row.person_id === cast.doubled.personId),
      'somebody with two seats is noted by hand',
    )
    const listed = await get(`${path}/attendance`)
    assert.match(listed.html, /Members for Northtown Borough Council/)
    assert.match(listed.html, /Fenella Marchbanks, Member, Southtown District Council/)
    const doubled = await post(`${path}/attendance`, { person: cast.doubled.seats[0] ?? '', presence: 'attended' })
    assert.equal(doubled.status, 303)
    const chair = await rowOf(meeting, 'Amabel Thorne')
    assert.equal((await post(`${path}/room/facts`, { presiding: chair, public: '14', online: '1,200' })).status, 303)
    const basil = await rowOf(meeting, 'Basil Quarrington')
    const interest = {
      person: basil,
      item: open,
      kind: 'pecuniary',
      nature: 'Employs a contractor',
      'left-room': 'yes',
    }
    assert.equal((await post(`${path}/room/declaration`, interest)).status, 303)
    const movement = { person: await rowOf(meeting, 'Digby Underwell'), direction: 'left', item: open, at: '11.15' }
    assert.equal((await post(`${path}/room/movement`, movement)).status, 303)
    const vote = { item: open, kind: 'ordinary', text: 'That the report be noted.', way: 'recorded', proposer: chair }
    const form = await get(`${path}/room/resolution?item=${open}`)
    assert.match(form.html, /Not in the room at this item/)
    assert.doesNotMatch(form.html, new RegExp(`<option value="${basil}"`), 'whoever left cannot propose')
    const outside = await post(`${path}/room/resolution`, {
      ...vote,
      [`vote-${basil}`]: 'for',
      [`vote-${chair}`]: 'for',
    })
    assert.equal(outside.status, 422)
    assert.match(outside.html, /not in the room at this item/)
    assert.match(outside.html, /That the report be noted/)
    const recorded = { ...vote, [`vote-${chair}`]: 'for', [`vote-${basil}`]: 'absent' }
    assert.equal((await post(`${path}/room/resolution`, recorded)).status, 303)
    const room = await get(`${path}/room`)
    assert.match(room.html, /In the chair: <bdi>Amabel Thorne, Chair/)
    assert.match(room.html, /Followed online: 1200/)
    assert.match(room.html, /Recorded vote: 1 for, 0 against, 0 abstained/)
    assert.match(room.html, /left before item 2, at 11:15/)
    assert.match(room.html, /4 in the room; the quorum is 3/)
  })

  it('answer bad input beside the field, with what was typed', async () => {
    const { meeting, open } = await planPanelMeeting(cast, date)
    const path = pathOf(meeting)
    await post(`${path}/attendance/all`)
    const person = await rowOf(meeting, 'Amabel Thorne')
    const table: [string, Record<string, string>, RegExp][] = [
      ['facts', { public: 'a dozen' }, /The number of press and public must be a whole number/],
      ['movement', { person, direction: 'left' }, /Say before which item it was, or at what time/],
      ['movement', { person, direction: 'left', at: 'noon' }, /Enter the time like 10:00/],
      ['movement', { direction: 'left', item: open }, /Choose who came or went/],
      ['declaration', { person, kind: 'other' }, /Say what the interest is/],
      ['declaration', { person, kind: 'other', nature: 'Kept text', 'left-room': 'yes' }, /for which item they left/],
      ['resolution', { item: open, kind: 'ordinary', way: 'agreed' }, /Enter what was resolved/],
      [
        'resolution',
        { item: open, kind: 'ordinary', way: 'hands', text: 'Kept text' },
        /Enter the number of votes for/,
      ],
      ['resolution', { kind: 'ordinary', way: 'agreed', text: 'Kept text' }, /Choose the item/],
    ]
    for (const [form, fields, words] of table) {
      const back = await post(`${path}/room/${form}`, fields)
      assert.equal(back.status, 422, `${form}: ${JSON.stringify(fields)}`)
      assert.match(back.html, words)
      if (Object.values(fields).includes('Kept text')) assert.match(back.html, /Kept text/)
    }
  })

  it('offer the resolution to exclude the public, and question another wording', async () => {
    const { meeting, withheld } = await planPanelMeeting(cast, date)
    const path = pathOf(meeting)
    await post(`${path}/attendance/all`)
    assert.match((await get(path)).html, /item 3 on the grounds that it involves/)
    const empty = { item: withheld, kind: 'exclude-public', way: 'agreed' }
    assert.equal((await post(`${path}/room/resolution`, empty)).status, 303)
    const text = 'That the public be excluded under Paragraph 2 of the Local Government Act 1972.'
    const questioned = await post(`${path}/room/resolution`, { ...empty, text })
    assert.equal(questioned.status, 422)
    assert.match(questioned.html, /does not name Schedule 12A/)
    assert.match(questioned.html, /Why does this wording stand\?/)
    const stands = await post(`${path}/room/resolution`, { ...empty, text, 'confirmed-why': 'Passed so' })
    assert.equal(stands.status, 303)
    const worded = await post(`${path}/exclusion`, { text })
    assert.equal(worded.status, 422)
    assert.match(worded.html, /does not name paragraph 1, under which item 3 is marked/)
    assert.equal((await post(`${path}/exclusion`, { text, 'confirmed-why': 'As the panel has it' })).status, 303)
    await publishPanelAgenda(cast, meeting)
    const page = await visitPublic(cast, '/meetings/2026-03-10-testshire-police-and-crime-panel-3')
    assert.match(page.html, /excluded under Paragraph 2 of the Local Government Act 1972/)
    assert.doesNotMatch(page.html, /As the panel has it|named resident/)
  })

  it('keep the rules of a body, and say when two people changed them', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-09-01')
    const path = `${pathOf(meeting)}/rules`
    assert.match((await get(path)).html, /A quorum of 3 stands with the body itself/)
    const half = await post(path, { version: '0', numerator: '1' })
    assert.equal(half.status, 422)
    assert.match(half.html, /A fraction has two numbers/)
    const upside = await post(path, { version: '0', numerator: '3', denominator: '1' })
    assert.match(upside.html, /must not be greater/)
    const fields = { version: '0', numerator: '1', denominator: '2', least: '3', words: 'one half', casting: 'no' }
    assert.equal((await post(path, fields)).status, 303)
    assert.match((await get(`${pathOf(meeting)}/room`)).html, /1\/2 of the members in post, and at least 3/)
    const late = await post(path, fields)
    assert.equal(late.status, 422)
    assert.match(late.html, /Someone else changed these rules/)
    await cast.world.as(cast.panelClerk, (trx, act) => setBodyRules(trx, act, cast.panelBody, null, rules))
  })

  it('belong to whose meeting it is', async () => {
    const { meeting } = await planPanelMeeting(cast, date)
    for (const page of ['/room', '/rules', '/exclusion', '/room/resolution', '/chairs-copy']) {
      assert.equal((await visit(cast, cast.clerk, 'GET', `${pathOf(meeting)}${page}`)).status, 404, page)
    }
    const forced = await visit(cast, cast.clerk, 'POST', `${pathOf(meeting)}/room/facts`, { public: '3' })
    assert.equal(forced.status, 404)
    assert.equal((await visit(cast, cast.liaison, 'POST', `${pathOf(meeting)}/room/facts`, {})).status, 403)
    const member = cast.world.viewer(cast.world.panel, 'panel-member')
    const read = await visit(cast, member, 'GET', `${pathOf(meeting)}/room`)
    assert.equal(read.status, 200)
    assert.doesNotMatch(read.html, /Record a resolution|Take off/)
  })

  it('put who was there, interests and votes before the public with the minutes, and not before', async () => {
    const { meeting, first, open, withheld } = await planPanelMeeting(cast, '2026-03-03')
    const path = pathOf(meeting)
    await post(`${path}/attendance/all`)
    const chair = await rowOf(meeting, 'Amabel Thorne')
    await post(`${path}/room/facts`, { presiding: chair, public: '9' })
    await post(`${path}/room/declaration`, { person: chair, item: open, kind: 'other', nature: 'Sits on the trust' })
    await post(`${path}/room/declaration`, { person: chair, item: withheld, kind: 'other', nature: 'Knows Zebedee' })
    const hands = { way: 'hands', for: '4', against: '1', abstained: '0', kind: 'ordinary' }
    await post(`${path}/room/resolution`, { ...hands, item: open, text: 'That the report be noted.' })
    await post(`${path}/room/resolution`, { ...hands, item: withheld, text: 'That Zebedee be answered.' })
    await publishPanelAgenda(cast, meeting)
    const address = '/meetings/2026-03-03-testshire-police-and-crime-panel'
    const early = await visitPublic(cast, address)
    assert.doesNotMatch(early.html, /Sits on the trust|be noted|Amabel|Zebedee/)
    await cast.world.as(cast.panelClerk, (trx, act) =>
      loadMinutes(trx, act, { meeting, state: 'published', minutes: [{ itemId: first, text: 'Agreed.' }] }),
    )
    const page = await visitPublic(cast, address)
    assert.match(page.html, /In the chair: <bdi>Amabel Thorne, Chair/)
    assert.match(page.html, /Members for Northtown Borough Council/)
    assert.match(page.html, /Sits on the trust/)
    assert.match(page.html, /Show of hands: 4 for, 1 against, 0 abstained\./)
    assert.match(page.html, /Press and public: 9/)
    assert.doesNotMatch(page.html, /Zebedee/)
  })
})

describe('kinds of meeting', () => {
  let cast: PanelCast
  before(async () => {
    cast = await makePanel()
  })
  after(() => cast.close())

  const schedule = (fields: Record<string, string>) =>
    visit(cast, cast.panelClerk, 'POST', '/workspace/meetings/new', {
      body: cast.panelBody.id,
      'date-day': '2',
      'date-month': '6',
      'date-year': '2026',
      ...fields,
    })
  const refused = (deed: Promise<unknown>, words: RegExp) =>
    assert.rejects(deed, (error: Error) => error instanceof Refusal && words.test(error.message))

  it('a confirmation hearing is held in public, for a post, and deliberates in private', async () => {
    const without = await schedule({ form: 'confirmation-hearing', 'open-to-public': 'yes' })
    assert.equal(without.status, 422)
    assert.match(without.html, /Say for which post/)
    const closed = await schedule({ form: 'confirmation-hearing', 'candidate-post': 'chief constable' })
    assert.match(closed.html, /held in public/)
    const hearing = { form: 'confirmation-hearing', 'candidate-post': 'chief constable', 'open-to-public': 'yes' }
    const made = await schedule(hearing)
    assert.equal(made.status, 303)
    const meeting = { areaId: 1, id: made.to.split('/').at(-1) ?? '' }
    await cast.world.as(cast.panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null))
    const page = await visitPublic(cast, '/meetings/2026-06-02-testshire-police-and-crime-panel')
    assert.match(page.html, /Confirmation hearing/)
    assert.match(page.html, /Questions to the candidate for chief constable/)
    assert.match(page.html, /The panel’s deliberation/)
    assert.match(page.html, /This item is not public/)
    assert.match(page.html, /public and press be excluded/)
    await refused(
      cast.world.as(cast.clerk, (trx, act) =>
        addMeeting(trx, act, {
          areaId: 1,
          bodyId: cast.board.id,
          date: day('2026-06-03'),
          form: 'confirmation-hearing',
          candidatePost: 'chief constable',
        }),
      ),
      /meetings of the panel/,
    )
  })

  it('a working group is closed unless a setting opens it', async () => {
    const { meeting } = await planPanelMeeting(cast, '2026-06-10', { form: 'working-group', openToPublic: null })
    await refused(publishPanelAgenda(cast, meeting), /closed/)
    const page = await visit(cast, cast.panelClerk, 'GET', `/workspace/meetings/${meeting.id}`)
    assert.match(page.html, /Not yet possible: Publish the agenda/)
    await cast.world.as(cast.panelClerk, (trx, act) =>
      setBodyRules(trx, act, cast.panelBody, null, { ...rules, meets_in_public: true }),
    )
    await publishPanelAgenda(cast, meeting)
    assert.equal((await visitPublic(cast, '/meetings/2026-06-10-testshire-police-and-crime-panel')).status, 200)
  })

  it('a private briefing is nobody else’s: its notes are neither circulated nor published', async () => {
    const { meeting, open } = await planPanelMeeting(cast, '2026-03-09', {
      form: 'private-briefing',
      openToPublic: null,
    })
    await refused(publishPanelAgenda(cast, meeting), /Nothing of a private briefing/)
    const minutes = await cast.world.as(cast.panelClerk, async (trx, act) => {
      const begun = await startMinutes(trx, act, meeting, act.today)
      await writeMinute(trx, act, begun, open, { text: 'We were told much.', version: null })
      return begun
    })
    await refused(
      cast.world.as(cast.panelClerk, (trx, act) => circulateMinutes(trx, act, minutes, null)),
      /stay with the organisation/,
    )
    for (const outsider of [cast.clerk, cast.liaison]) {
      assert.equal(await cast.world.as(outsider, trx => findRecord(trx, minutes)), null)
    }
    assert.equal((await visitPublic(cast, '/meetings/2026-03-09-testshire-police-and-crime-panel')).status, 404)
  })

  it('a public scrutiny meeting notes guests and followers', async () => {
    const { meeting } = await planMeeting(cast, '2026-03-10')
    await noteAttendance(cast, meeting)
    const guest = { label: 'Headteacher', presence: 'attended', part: 'guest' }
    const path = `/workspace/meetings/${meeting.id}`
    assert.equal((await visit(cast, cast.clerk, 'POST', `${path}/attendance`, guest)).status, 303)
    assert.match((await visit(cast, cast.clerk, 'GET', `${path}/room`)).html, /Guests/)
    const closed = { areaId: 1, bodyId: cast.board.id, date: day('2026-08-01'), form: 'public-scrutiny' } as const
    await refused(
      cast.world.as(cast.clerk, (trx, act) => addMeeting(trx, act, { ...closed, openToPublic: false })),
      /held in public/,
    )
    const made = await cast.world.as(cast.clerk, async (trx, act) => {
      const open = await addMeeting(trx, act, { ...closed, openToPublic: true })
      await addItem(trx, act, open, { title: 'Questions from the public' })
      return open
    })
    assert.equal((await cast.world.as(cast.clerk, trx => itemsOf(trx, made))).length, 1)
  })
})
