import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Ground } from '../../record/classification.ts'
import { classificationOf, markingObstacles, numbered, reordered } from './agenda/rules.ts'
import type { MarkingFacts } from './agenda/rules.ts'
import {
  addressWords,
  agendaObstacles,
  agendaPublishingObstacles,
  cancellingObstacles,
  meetingTitle,
  minutingObstacles,
  movingObstacles,
} from './meeting/rules.ts'
import type { MeetingFacts, MeetingState } from './meeting/rules.ts'
import {
  agreeingObstacles,
  circulatingObstacles,
  isSigned,
  outcomeObstacles,
  publishingObstacles,
  signingObstacles,
  signingRole,
  writingObstacles,
} from './minutes/rules.ts'
import type { AgreeingMeeting, Doer, MinutesState } from './minutes/rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-03-11')

describe('what may be done with a meeting', () => {
  const facts: MeetingFacts = { state: 'agenda-published', date: day('2026-03-10'), items: 3, minutes: null }
  const states: readonly MeetingState[] = ['planned', 'agenda-published', 'held', 'cancelled']
  const table: [string, (state: MeetingState) => readonly string[], readonly MeetingState[]][] = [
    ['move it', state => movingObstacles({ state }), ['planned', 'agenda-published']],
    ['cancel it', state => cancellingObstacles({ state }), ['planned', 'agenda-published']],
    ['change its agenda', state => agendaObstacles({ state, minutes: null }), ['planned', 'agenda-published', 'held']],
    [
      'publish its agenda',
      state => agendaPublishingObstacles({ state, items: 1 }),
      ['planned', 'agenda-published', 'held'],
    ],
    ['minute it', state => minutingObstacles({ ...facts, state }, today), ['planned', 'agenda-published', 'held']],
  ]
  for (const [deed, obstacles, allowed] of table) {
    for (const state of states) {
      it(`${deed}: ${allowed.includes(state) ? 'allowed' : 'refused'} when ${state}`, () => {
        assert.equal(obstacles(state).length === 0, allowed.includes(state))
      })
    }
  }

  it('minutes are begun on the day and not before, once, and of an agenda with items', () => {
    assert.deepEqual(minutingObstacles({ ...facts, date: today }, today), [])
    assert.match(minutingObstacles({ ...facts, date: today.add({ days: 1 }) }, today).join(), /12 March 2026/)
    assert.match(minutingObstacles({ ...facts, minutes: 'draft' }, today).join(), /already/)
    assert.match(minutingObstacles({ ...facts, items: 0 }, today).join(), /no item/)
  })

  it('the agenda stays as it was once its minutes are circulated', () => {
    assert.deepEqual(agendaObstacles({ state: 'held', minutes: 'draft' }), [])
    assert.equal(agendaObstacles({ state: 'held', minutes: 'circulated' }).length, 1)
  })

  it('an empty agenda is not published', () => {
    assert.match(agendaPublishingObstacles({ state: 'planned', items: 0 }).join(), /no item/)
  })

  it('is called by its body and day, and numbered from the second of one day on', () => {
    const title = meetingTitle('Board', today, [])
    assert.equal(title, 'Board, 11 March 2026')
    assert.equal(meetingTitle('Board', today, [title]), 'Board, 11 March 2026 (2)')
    assert.equal(meetingTitle('Board', today, [title, `${title} (2)`]), 'Board, 11 March 2026 (3)')
    assert.equal(addressWords(`Minutes of ${title}`, today).trim(), 'Board')
    assert.notEqual(addressWords(`${title} (2)`, today).trim(), 'Board')
  })
})

describe('the order and marking of items', () => {
  it('moving keeps every item once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), fc.boolean(), (ids, at, up) => {
        const id = ids[at % ids.length] ?? ''
        const order = reordered(ids, id, up ? 'up' : 'down')
        if (order !== null) assert.deepEqual([...order].sort(), [...ids].sort())
      }),
    )
  })

  it('moves by one place and stops at the ends', () => {
    assert.deepEqual(reordered(['a', 'b', 'c'], 'b', 'up'), ['b', 'a', 'c'])
    assert.deepEqual(reordered(['a', 'b', 'c'], 'b', 'down'), ['a', 'c', 'b'])
    assert.equal(reordered(['a', 'b'], 'a', 'up'), null)
    assert.equal(reordered(['a', 'b'], 'b', 'down'), null)
  })

  it('shows the number as printed, otherwise the place', () => {
    const shown = numbered([{ number: null }, { number: '2a' }, { number: null }]).map(item => item.shown)
    assert.deepEqual(shown, ['1', '2a', '3'])
  })

  const article: Ground = { code: 'article-2-2', limb: 'c', decidedBy: 'CEO' }
  const schedule: Ground = { code: 'schedule-12a', paragraphs: [3], publicInterest: 'x' }
  const confidential: Ground = { code: 'confidential', reason: 'x' }
  const legacy: Ground = { code: 'legacy-marking', marking: 'RESTRICTED' }
  it('a ground stands for one classification', () => {
    const all = [null, article, schedule, confidential, legacy].map(classificationOf)
    assert.deepEqual(all, ['open', 'withheld', 'exempt', 'confidential', 'unresolved'])
  })

  const facts: MarkingFacts = { holder: 'office', minutes: null, publishedOutcomes: [] }
  const cases: [string, Ground | null, Partial<MarkingFacts>, boolean][] = [
    ['an office under article 2(2)', article, {}, true],
    ['an office under Schedule 12A', schedule, {}, false],
    ['a panel under Schedule 12A', schedule, { holder: 'panel' }, true],
    ['a panel as confidential', confidential, { holder: 'panel' }, true],
    ['a panel under article 2(2)', article, { holder: 'panel' }, false],
    ['a legacy marking as found', legacy, {}, true],
    ['after an action of it was published', article, { publishedOutcomes: ['AC-2026-01'] }, false],
    ['open again, though an action is published', null, { publishedOutcomes: ['AC-2026-01'] }, true],
    ['after the minutes were published', article, { minutes: 'published' }, false],
    ['while the minutes are circulated', article, { minutes: 'circulated' }, true],
  ]
  for (const [name, ground, change, allowed] of cases) {
    it(`${allowed ? 'may' : 'may not'} be marked: ${name}`, () => {
      assert.equal(markingObstacles(ground, { ...facts, ...change }).length === 0, allowed)
    })
  }
})

describe('the life of minutes', () => {
  const states: readonly MinutesState[] = ['draft', 'circulated', 'agreed', 'signed', 'published']
  const keeper = { organisationId: 'office' }
  const commissioner: Doer = { organisationId: 'office', kind: 'office', roles: ['commissioner'] }
  const next: AgreeingMeeting = { bodyId: 'board', date: day('2026-03-11'), state: 'held', beginsWithMinutes: true }
  const minutes = { keptBy: 'office', bodyId: 'board', date: day('2026-02-10'), written: 1 }
  const parties = { signatories: ['office', 'force'], signed: [] as string[] }
  const table: [string, (state: MinutesState) => readonly string[], readonly MinutesState[]][] = [
    ['written', state => writingObstacles({ ...minutes, state }, keeper, null), ['draft']],
    ['corrected', state => writingObstacles({ ...minutes, state }, keeper, 'A name'), ['draft', 'circulated']],
    ['given outcomes', outcomeObstacles, ['draft']],
    ['circulated', state => circulatingObstacles({ ...minutes, state }, keeper, []), ['draft']],
    ['agreed', state => agreeingObstacles({ ...minutes, state }, keeper, next, today), ['circulated']],
    ['signed', state => signingObstacles({ ...parties, state }, commissioner), ['agreed']],
    ['published', state => publishingObstacles({ ...minutes, state }, keeper), ['signed']],
  ]
  for (const [deed, obstacles, allowed] of table) {
    for (const state of states) {
      it(`${state} minutes ${allowed.includes(state) ? 'are' : 'are not'} ${deed}`, () => {
        assert.equal(obstacles(state).length === 0, allowed.includes(state))
      })
    }
  }

  it('only whoever takes them writes, circulates, records agreement and publishes', () => {
    const force = { organisationId: 'force' }
    assert.match(writingObstacles({ ...minutes, state: 'draft' }, force, null).join(), /takes the minutes/)
    assert.match(circulatingObstacles({ ...minutes, state: 'draft' }, force, []).join(), /takes the minutes/)
    assert.match(agreeingObstacles({ ...minutes, state: 'circulated' }, force, next, today).join(), /takes the minutes/)
    assert.match(publishingObstacles({ ...minutes, state: 'signed' }, force).join(), /takes the minutes/)
  })

  it('empty minutes, and those with something addressed to nobody, are not circulated', () => {
    assert.match(circulatingObstacles({ ...minutes, state: 'draft', written: 0 }, keeper, []).join(), /Nothing/)
    assert.deepEqual(circulatingObstacles({ ...minutes, state: 'draft' }, keeper, ['Nobody.']), ['Nobody.'])
  })

  const meetingsCases: [string, Partial<AgreeingMeeting> | null, RegExp][] = [
    ['no meeting chosen', null, /Choose/],
    ['another body', { bodyId: 'panel' }, /body whose meeting/],
    ['an earlier meeting', { date: day('2026-02-10') }, /later meeting/],
    ['a meeting to come', { date: day('2026-03-12') }, /12 March 2026/],
    ['a cancelled meeting', { state: 'cancelled' }, /cancelled/],
    ['a meeting that begins otherwise', { beginsWithMinutes: false }, /first item/],
  ]
  for (const [name, change, reason] of meetingsCases) {
    it(`are not agreed by ${name}`, () => {
      const at = change === null ? null : { ...next, ...change }
      assert.match(agreeingObstacles({ ...minutes, state: 'circulated' }, keeper, at, today).join(' '), reason)
    })
  }

  const signers: [string, Partial<Doer>, readonly string[], boolean][] = [
    ['the commissioner', {}, [], true],
    ['the deputy', { roles: ['deputy-commissioner'] }, [], true],
    ['the board’s clerk', { roles: ['board-clerk'] }, [], false],
    ['the chief constable', { organisationId: 'force', kind: 'force', roles: ['chief-constable'] }, ['office'], true],
    ['another chief officer', { organisationId: 'force', kind: 'force', roles: ['chief-officer'] }, [], false],
    [
      'a commissioner’s role in the force',
      { organisationId: 'force', kind: 'force', roles: ['commissioner'] },
      [],
      false,
    ],
    ['the commissioner again', {}, ['office'], false],
    ['a panel that does not hold them', { organisationId: 'panel', kind: 'panel', roles: ['panel-chair'] }, [], false],
  ]
  for (const [name, change, signed, allowed] of signers) {
    it(`are ${allowed ? '' : 'not '}signed by ${name}`, () => {
      const doer = { ...commissioner, ...change }
      const reasons = signingObstacles({ state: 'agreed', signatories: ['office', 'force'], signed }, doer)
      assert.equal(reasons.length === 0, allowed)
    })
  }

  it('are signed once each side has signed', () => {
    assert.equal(isSigned({ signatories: ['office', 'force'], signed: ['office'] }), false)
    assert.equal(isSigned({ signatories: ['office', 'force'], signed: ['force', 'office'] }), true)
    assert.equal(signingRole({ kind: 'panel', roles: ['panel-member', 'panel-chair'] }), 'panel-chair')
  })
})
