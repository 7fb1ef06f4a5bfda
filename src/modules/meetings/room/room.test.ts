import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Refusal } from '../../../platform/refusals.ts'
import type { RecordHead } from '../../../record/record.ts'
import { addAttendance, nameByInitials, removeAttendance } from '../agenda/attendance.ts'
import type { NewAttendance } from '../agenda/attendance.ts'
import { noon } from '../testing.ts'
import { setBodyRules } from './body-rule-queries.ts'
import type { BodyRules } from './body-rule-queries.ts'
import { roomFindings } from './findings.ts'
import { roomForMinutes } from './for-minutes.ts'
import { declareInterest, mustLoadRoom, noteMeeting, noteMovement, noteNoneDeclared } from './in-the-room.ts'
import { addResolution, WordingQuestioned } from './resolve.ts'
import type { NewResolution } from './resolve.ts'
import { makePanel, planPanelMeeting } from './testing.ts'
import type { PanelCast, PanelMeeting } from './testing.ts'

const date = '2026-03-10'
const names = ['Amabel Thorne', 'Basil Quarrington', 'Coralie Dunmore', 'Digby Underwell', 'Esme Farringdon'] as const

describe('in the room', () => {
  let cast: PanelCast
  before(async () => {
    cast = await makePanel()
  })
  after(() => cast.close())

  const note = (meeting: RecordHead, made: Omit<NewAttendance, 'organisationId' | 'label'> & Partial<NewAttendance>) =>
    cast.world.as(cast.panelClerk, (trx, act) =>
      addAttendance(trx, act, meeting, { organisationId: cast.world.panel.id, label: 'Member', ...made }),
    )
  const member = (name: string) => cast.members.get(name)?.personId ?? ''
  const here = (meeting: RecordHead, name: string) => note(meeting, { personId: member(name), presence: 'attended' })
  const room = (meeting: RecordHead) => cast.world.as(cast.panelClerk, trx => mustLoadRoom(trx, meeting))
  const findings = async (meeting: RecordHead) => roomFindings(await room(meeting)).map(each => each.kind)
  const resolve = (meeting: RecordHead, made: Partial<NewResolution> & { itemId: string }) =>
    cast.world.as(cast.panelClerk, (trx, act) =>
      addResolution(trx, act, meeting, { kind: 'ordinary', text: 'That the report be noted.', way: 'agreed', ...made }),
    )
  const said = (meeting: RecordHead) =>
    cast.world.as(cast.panelClerk, trx => roomForMinutes(trx, meeting, { type: 'public' }))
  const refused = (deed: Promise<unknown>, words: RegExp) =>
    assert.rejects(deed, (error: Error) => error instanceof Refusal && words.test(error.message))

  /** A meeting with the first so many members noted; their rows in the order of `names`. */
  const held = async (count: number, on = date): Promise<PanelMeeting & { rows: string[] }> => {
    const planned = await planPanelMeeting(cast, on)
    const rows: string[] = []
    for (const name of names.slice(0, count)) rows.push(await here(planned.meeting, name))
    return { ...planned, rows }
  }

  it('takes authority, group and seat of a member from the membership of that day', async () => {
    const { meeting } = await held(5)
    const [first] = (await room(meeting)).attendees
    assert.equal(first?.row.authority, 'Northtown Borough Council')
    assert.equal(first.row.votes, true)
    const groups = (await said(meeting))?.attendance.map(each => each.side)
    assert.deepEqual(groups, [
      'Members for Northtown Borough Council',
      'Members for Testshire County Council',
      'Co-opted independent members',
    ])
  })

  it('notes a member of two authorities for one of them, and never for both', async () => {
    const { meeting } = await planPanelMeeting(cast, date)
    const { personId, seats } = cast.doubled
    await refused(note(meeting, { personId, presence: 'attended' }), /Southtown District Council and Testshire County/)
    await note(meeting, { personId, presence: 'attended', seatId: seats[0] ?? '' })
    const [row] = (await room(meeting)).attendees
    assert.equal(row?.row.authority, 'Southtown District Council')
    await refused(note(meeting, { personId, presence: 'attended', seatId: seats[1] ?? '' }), /attends for one of them/)
    assert.equal((await room(meeting)).inPost, 6, 'seven seats, six persons; substitutes are no members')
  })

  it('lets somebody replace a member who is not there, once', async () => {
    const { meeting } = await planPanelMeeting(cast, date)
    const coralie = cast.members.get('Coralie Dunmore')
    const stands = {
      personId: cast.substitute.personId,
      presence: 'attended',
      substituteFor: coralie?.seatId ?? '',
    } as const
    const there = await here(meeting, 'Coralie Dunmore')
    await refused(note(meeting, stands), /Coralie Dunmore is noted as attending, so nobody replaces them/)
    await cast.world.as(cast.panelClerk, (trx, act) => removeAttendance(trx, act, meeting, there))
    await note(meeting, { personId: coralie?.personId ?? '', presence: 'apologies' })
    await note(meeting, stands)
    await refused(here(meeting, 'Coralie Dunmore'), /Somebody is noted as replacing Coralie Dunmore/)
    await refused(note(meeting, { ...stands, personId: null }), /replacing Coralie Dunmore already/)
    const people = (await said(meeting))?.attendance.flatMap(each => each.people)
    assert.equal(people?.find(each => each.name.startsWith('Gideon'))?.for, 'Coralie Dunmore')
    assert.deepEqual(
      (await findings(meeting)).filter(kind => kind === 'substitute-apologised'),
      [],
    )
    await note(meeting, { personId: cast.substitute.personId, presence: 'apologies' })
    assert.ok((await findings(meeting)).includes('substitute-apologised'))
  })

  it('asks whom two people with the same initials are, until one is chosen', async () => {
    const { meeting } = await held(3)
    const before = await findings(meeting)
    assert.ok(!before.includes('shared-initials'))
    const chloe = await note(meeting, { personId: null, label: 'Officer', presence: 'attended', initials: 'BQ' })
    assert.ok(!(await findings(meeting)).includes('shared-initials'), 'printed beside one, they mean that one')
    const [, basil] = (await room(meeting)).attendees
    await cast.world.as(cast.panelClerk, (trx, act) => nameByInitials(trx, act, meeting, basil?.row.id ?? '', 'BQ'))
    assert.ok((await findings(meeting)).includes('shared-initials'))
    await cast.world.as(cast.panelClerk, (trx, act) => nameByInitials(trx, act, meeting, chloe, null))
    assert.ok(!(await findings(meeting)).includes('shared-initials'))
  })

  it('records no resolution at an item without a quorum, and says that it was informal', async () => {
    const { meeting, first, open, rows } = await held(3)
    await cast.world.as(cast.panelClerk, (trx, act) =>
      noteMovement(trx, act, meeting, { attendanceId: rows[2] ?? '', direction: 'left', itemId: open, at: '11:05' }),
    )
    assert.equal((await resolve(meeting, { itemId: first })).carried, true)
    await refused(
      resolve(meeting, { itemId: open }),
      /not quorate at item 2: 2 members are in the room, and the quorum is 3/,
    )
    const minutes = await said(meeting)
    assert.deepEqual(minutes?.informal, ['2', '3'])
    const left = minutes.attendance.flatMap(each => each.people).find(each => each.left !== null)
    assert.equal(left?.left, 'before item 2, at 11:05')
  })

  it('finds a resolution that lost its quorum when attendance was put right', async () => {
    const { meeting, open, rows } = await held(3)
    await resolve(meeting, { itemId: open })
    assert.ok(!(await findings(meeting)).includes('inquorate-resolution'))
    await cast.world.as(cast.panelClerk, (trx, act) => removeAttendance(trx, act, meeting, rows[2] ?? ''))
    assert.ok((await findings(meeting)).includes('inquorate-resolution'))
  })

  it('only warns where the quorum is not known, or a time is not placed', async () => {
    const { meeting, open, rows } = await held(3)
    await cast.world.as(cast.panelClerk, (trx, act) =>
      noteMovement(trx, act, meeting, { attendanceId: rows[0] ?? '', direction: 'arrived', itemId: null, at: '10:30' }),
    )
    assert.equal((await resolve(meeting, { itemId: open })).carried, true, 'it may have been quorate')
    assert.ok((await findings(meeting)).includes('time-without-item'))
  })

  it('counts by a fraction of the members in post where the rules say so', async () => {
    const { meeting, open } = await held(3)
    const rules = {
      quorum_numerator: 2,
      quorum_denominator: 3,
      quorum_least: null,
      quorum_words: 'two thirds',
      notice_days: null,
      meets_in_public: false,
      casting_vote: null,
    }
    const set = (made: BodyRules) =>
      cast.world.as(cast.panelClerk, (trx, act) => setBodyRules(trx, act, cast.panelBody, null, made))
    await set(rules)
    await refused(resolve(meeting, { itemId: open }), /the quorum is 4/)
    await set({ ...rules, quorum_numerator: null, quorum_denominator: null, quorum_words: null })
    assert.equal((await resolve(meeting, { itemId: open })).carried, true)
  })

  it('counts nobody who left the room for an interest, neither for the quorum nor for the vote', async () => {
    const { meeting, first, open, rows } = await held(3)
    const declare = (itemId: string | null, leftRoom: boolean) =>
      cast.world.as(cast.panelClerk, (trx, act) =>
        declareInterest(trx, act, meeting, {
          attendanceId: rows[1] ?? '',
          itemId,
          kind: 'pecuniary',
          nature: 'Their firm has the contract',
          leftRoom,
        }),
      )
    await refused(declare(null, true), /for which item/)
    await declare(open, true)
    await refused(resolve(meeting, { itemId: open }), /not quorate/)
    const votes = rows.map(attendanceId => ({ attendanceId, vote: 'for' as const }))
    assert.equal((await resolve(meeting, { itemId: first, way: 'recorded', votes })).carried, true)
    const minutes = await said(meeting)
    assert.deepEqual(
      minutes?.declarations.map(each => [each.who, each.item, each.leftRoom]),
      [['Basil Quarrington, Member', '2', true]],
    )
    await refused(
      cast.world.as(cast.panelClerk, (trx, act) => noteNoneDeclared(trx, act, meeting, true)),
      /Interests are recorded/,
    )
  })

  it('finds a member with a pecuniary interest who is not recorded as leaving', async () => {
    const { meeting, open, rows } = await held(4)
    const made = { attendanceId: rows[0] ?? '', itemId: open, nature: 'A grant', leftRoom: false }
    await cast.world.as(cast.panelClerk, (trx, act) => declareInterest(trx, act, meeting, { ...made, kind: 'other' }))
    assert.ok(!(await findings(meeting)).includes('pecuniary-stayed'))
    await cast.world.as(cast.panelClerk, (trx, act) =>
      declareInterest(trx, act, meeting, { ...made, kind: 'pecuniary' }),
    )
    assert.ok((await findings(meeting)).includes('pecuniary-stayed'))
  })

  it('says that nobody declared an interest where that was recorded, and only there', async () => {
    const { meeting } = await held(3)
    assert.equal((await said(meeting))?.noneDeclared, false)
    await cast.world.as(cast.panelClerk, (trx, act) => noteNoneDeclared(trx, act, meeting, true))
    assert.equal((await said(meeting))?.noneDeclared, true)
  })

  it('records votes by name, and refuses those of whoever was outside', async () => {
    const { meeting, open, rows } = await held(5)
    const [a = '', b = '', c = '', d = '', e = ''] = rows
    const votes = [
      { attendanceId: a, vote: 'for' as const },
      { attendanceId: b, vote: 'against' as const },
      { attendanceId: c, vote: 'for' as const },
      { attendanceId: d, vote: 'abstained' as const },
      { attendanceId: e, vote: 'absent' as const },
    ]
    await cast.world.as(cast.panelClerk, (trx, act) =>
      noteMovement(trx, act, meeting, { attendanceId: e, direction: 'left', itemId: open, at: null }),
    )
    const stranger = votes.map(each => (each.attendanceId === e ? { ...each, vote: 'for' as const } : each))
    await refused(resolve(meeting, { itemId: open, way: 'recorded', votes: stranger }), /not in the room/)
    await refused(resolve(meeting, { itemId: open, proposer: a, seconder: a }), /Somebody else seconds/)
    await refused(resolve(meeting, { itemId: open, proposer: e }), /members who are in the room/)
    const { carried } = await resolve(meeting, { itemId: open, way: 'recorded', votes, proposer: a, seconder: c })
    assert.equal(carried, true)
    const [resolution] = (await said(meeting))?.resolutions[open] ?? []
    assert.equal(resolution?.vote, 'Recorded vote: 2 for, 1 against, 1 abstained.')
    assert.deepEqual(
      resolution.votes.map(each => [each.vote, each.names.length]),
      [
        ['For', 2],
        ['Against', 1],
        ['Abstained', 1],
        ['Absent', 1],
      ],
    )
    assert.equal(resolution.proposer, 'Amabel Thorne, Member')
  })

  it('carries a veto by two thirds of the members in post, not of those present', async () => {
    const { meeting, open } = await held(5)
    const veto = (votesFor: number) =>
      resolve(meeting, { itemId: open, kind: 'veto', way: 'hands', tally: { for: votesFor, against: 0, abstained: 0 } })
    assert.equal((await veto(3)).carried, false, 'three of the six in post')
    assert.equal((await veto(4)).carried, true, 'four of six')
    const words = (await said(meeting))?.resolutions[open]?.map(each => each.vote).join(' ') ?? ''
    assert.match(words, /two-thirds of the 6 members in post, present or not: 4 votes\. 3 were given/)
    await refused(resolve(meeting, { itemId: open, kind: 'veto' }), /put to the vote/)
  })

  it('asks for a reason where the words to exclude the public omit Schedule 12A, and keeps them', async () => {
    const { meeting, withheld } = await held(4)
    const text = 'That the public be excluded as defined in Paragraph 1 of the Local Government Act 1972.'
    const exclude = (confirmedWhy: string | null) =>
      resolve(meeting, { itemId: withheld, kind: 'exclude-public', text, confirmedWhy })
    await assert.rejects(exclude(null), (error: Error) => {
      return error instanceof WordingQuestioned && /Schedule 12A/.test(error.message)
    })
    await exclude('The panel passed it so.')
    assert.ok((await findings(meeting)).includes('wording-confirmed'))
  })

  it('resolves only from the day of the meeting on', async () => {
    const { meeting, open } = await planPanelMeeting(cast, '2026-03-20')
    for (const name of names) await here(meeting, name)
    await refused(resolve(meeting, { itemId: open }), /20 March 2026\. Resolutions are recorded from that day on/)
    const later = cast.world.as(
      cast.panelClerk,
      (trx, act) => addResolution(trx, act, meeting, { itemId: open, kind: 'ordinary', text: 'Noted.', way: 'agreed' }),
      { now: noon('2026-03-20') },
    )
    assert.equal((await later).carried, true)
  })

  it('takes an inquorate resolution from a paper as found, and as a finding', async () => {
    const { meeting, open } = await held(1)
    await cast.world.as(cast.panelClerk, (trx, act) =>
      addResolution(trx, { ...act, loading: true }, meeting, {
        itemId: open,
        kind: 'ordinary',
        text: 'Noted.',
        way: 'agreed',
      }),
    )
    assert.ok((await findings(meeting)).includes('inquorate-resolution'))
  })

  it('keeps from the public what was declared and resolved under a withheld item', async () => {
    const { meeting, withheld, rows } = await held(4)
    await cast.world.as(cast.panelClerk, async (trx, act) => {
      const interest = { kind: 'other', nature: 'Knows the complainant Zebedee', leftRoom: false } as const
      await declareInterest(trx, act, meeting, { attendanceId: rows[0] ?? '', itemId: withheld, ...interest })
    })
    await resolve(meeting, { itemId: withheld, text: 'That Zebedee be written to.' })
    assert.doesNotMatch(JSON.stringify(await said(meeting)), /Zebedee/)
    const own = await cast.world.as(cast.panelClerk, trx =>
      roomForMinutes(trx, meeting, { type: 'organisation', id: cast.world.panel.id }),
    )
    assert.match(JSON.stringify(own), /be written to/)
    const office = await cast.world.as(cast.panelClerk, trx =>
      roomForMinutes(trx, meeting, { type: 'organisation', id: cast.world.office.id }),
    )
    assert.doesNotMatch(JSON.stringify(office), /Zebedee/)
    assert.equal(await cast.world.as(cast.clerk, trx => roomForMinutes(trx, meeting, { type: 'public' })), null)
  })

  it('says who presided, or that the paper does not say, and how many of the public were there', async () => {
    const { meeting, rows } = await held(3)
    const facts = (made: Parameters<typeof noteMeeting>[3]) =>
      cast.world.as(cast.panelClerk, (trx, act) => noteMeeting(trx, act, meeting, made))
    assert.ok((await findings(meeting)).includes('nobody-presided'))
    await facts({ presiding: rows[0] ?? '', publicPresent: 12, onlineFollowers: 340 })
    const minutes = await said(meeting)
    assert.deepEqual(
      [minutes?.presided, minutes?.publicPresent, minutes?.onlineFollowers],
      ['Amabel Thorne, Member', 12, 340],
    )
    await facts({ presidingNotRecorded: true })
    assert.equal((await said(meeting))?.presided, 'It is not recorded who presided.')
    assert.equal((await said(meeting))?.publicPresent, 12, 'what is left out stays')
    assert.ok(!(await findings(meeting)).includes('nobody-presided'))
  })
})
