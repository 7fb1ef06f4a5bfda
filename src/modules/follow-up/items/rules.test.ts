import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Due } from '../../../record/record.ts'
import { leadingNow, leadsInWords, ownerOf } from './leads.ts'
import type { Lead } from './leads.ts'
import {
  askAgainObstacles,
  cancellingObstacles,
  closingObstacles,
  leadChangeObstacles,
  meetingObstacles,
  newDueFault,
  redatingObstacles,
  reopeningObstacles,
  reportingObstacles,
} from './rules.ts'
import type { Actor, ItemFacts } from './rules.ts'

const office: Actor = { organisationId: 'office', personId: 'clerk' }
const force: Actor = { organisationId: 'force', personId: null }
const other: Actor = { organisationId: 'panel', personId: null }
const action: ItemFacts = {
  kind: 'action',
  state: 'open',
  leadPersons: ['chief'],
  leadOrganisations: ['force'],
  raisedBy: 'office',
  evidence: 1,
  replies: 0,
  awaited: [],
}
const recommendation: ItemFacts = { ...action, kind: 'recommendation', state: 'replied', evidence: 0, replies: 1 }
const today = Temporal.PlainDate.from('2026-03-11')

type Rule = (item: ItemFacts, actor: Actor) => string[]
const table: [string, Rule, ItemFacts, Actor, RegExp | null][] = [
  ['closing with evidence, by the body that raised it', closingObstacles, action, office, null],
  ['closing what was reported', closingObstacles, { ...action, state: 'reported' }, office, null],
  ['closing without evidence', closingObstacles, { ...action, evidence: 0 }, office, /No evidence/],
  ['closing by another organisation', closingObstacles, action, force, /body that raised it/],
  ['closing by its own lead', closingObstacles, action, { ...office, personId: 'chief' }, /leads/],
  [
    'closing by a substitute of the lead',
    closingObstacles,
    { ...action, leadPersons: ['chief', 'clerk'] },
    office,
    /leads/,
  ],
  ['closing a draft', closingObstacles, { ...action, state: 'draft' }, office, /draft/],
  ['closing what is closed', closingObstacles, { ...action, state: 'closed' }, office, /closed/],
  ['closing a recommendation on its reply', closingObstacles, recommendation, office, null],
  [
    'closing a recommendation that one has not replied to',
    closingObstacles,
    { ...recommendation, state: 'open', awaited: ['The force'] },
    office,
    /No reply has come yet from The force/,
  ],
  ['reporting done with evidence', reportingObstacles, action, force, null],
  ['reporting done without evidence', reportingObstacles, { ...action, evidence: 0 }, force, /No evidence/],
  [
    'information that arrived and is not attached yet',
    reportingObstacles,
    { ...action, kind: 'information-request', evidence: 0 },
    force,
    null,
  ],
  ['a recommendation done before the reply', reportingObstacles, { ...recommendation, state: 'open' }, office, /reply/],
  ['a recommendation done after it', reportingObstacles, recommendation, office, null],
  ['re-opening', reopeningObstacles, { ...action, state: 'closed' }, office, null],
  ['re-opening by another', reopeningObstacles, { ...action, state: 'closed' }, force, /body that raised it/],
  ['re-opening what is open', reopeningObstacles, action, office, /Only what is closed/],
  ['re-dating', redatingObstacles, action, office, null],
  ['re-dating by the one who leads', redatingObstacles, action, force, /body that raised it/],
  ['re-dating what is closed', redatingObstacles, { ...action, state: 'closed' }, office, /closed/],
  ['giving up', cancellingObstacles, action, office, null],
  ['giving up by another', cancellingObstacles, action, force, /body that raised it/],
  ['giving up what is closed', cancellingObstacles, { ...action, state: 'closed' }, office, /closed/],
  ['changing the lead, by the lead’s organisation', leadChangeObstacles, action, force, null],
  ['changing the lead, by an outsider', leadChangeObstacles, action, other, /Who leads is said by/],
  ['asking for a fuller reply', askAgainObstacles, recommendation, office, null],
  ['asking for one before there is any', askAgainObstacles, { ...recommendation, state: 'open' }, office, /no reply/],
  ['asking for one to an action', askAgainObstacles, action, office, /Only to a recommendation/],
  ['asking for one by the addressee', askAgainObstacles, recommendation, force, /body that raised it/],
]

describe('what may be done with an item', () => {
  for (const [name, rule, item, actor, reason] of table) {
    it(`${reason === null ? 'allows' : 'refuses'} ${name}`, () => {
      const reasons = rule(item, actor)
      if (reason === null) assert.deepEqual(reasons, [])
      else assert.match(reasons.join(' '), reason)
    })
  }

  it('takes no meeting that is still to come for the one at which it was decided', () => {
    assert.deepEqual(meetingObstacles({ date: today }, today), [])
    assert.deepEqual(meetingObstacles({ date: null }, today), [])
    assert.match(meetingObstacles({ date: today.add({ days: 1 }) }, today).join(), /has not been held yet/)
  })
})

describe('a new due', () => {
  const on = (date: string): Due => ({ kind: 'date', date: Temporal.PlainDate.from(date) })
  const cases: [string, Due | null, Due, RegExp | null][] = [
    ['later', on('2026-03-20'), on('2026-04-20'), null],
    ['earlier, and still to come', on('2026-04-20'), on('2026-03-12'), null],
    ['today', on('2026-03-01'), on('2026-03-11'), null],
    ['in the past', on('2026-03-20'), on('2026-03-10'), /must be today or later: 10 March 2026 has passed/],
    ['the same', on('2026-03-20'), on('2026-03-20'), /due already/],
    ['a condition', on('2026-03-20'), { kind: 'condition', condition: 'Once it is done', lookAgain: null }, null],
    [
      'a condition to be looked at in the past',
      null,
      { kind: 'condition', condition: 'Once it is done', lookAgain: Temporal.PlainDate.from('2026-01-01') },
      /today or later/,
    ],
  ]
  for (const [name, before, after, fault] of cases) {
    it(`${fault === null ? 'may be' : 'may not be'} ${name}`, () => {
      const found = newDueFault(before, after, today)
      if (fault === null) assert.equal(found, null)
      else assert.match(found ?? '', fault)
    })
  }
})

describe('those who lead', () => {
  const lead = (id: string, more: Partial<Lead> = {}): Lead => ({
    id,
    words: id,
    person_id: null,
    organisation_id: `organisation of ${id}`,
    role: null,
    stands_in_for: null,
    since: today,
    until: null,
    ...more,
  })
  const cases: [string, Lead[], string][] = [
    ['one', [lead('Ann')], 'Ann'],
    ['several', [lead('Ann'), lead('Bob'), lead('Cas')], 'Ann, Bob and Cas'],
    ['a substitute', [lead('Ann'), lead('Bob', { stands_in_for: 'Ann' })], 'Bob (standing in for Ann)'],
    ['one who left', [lead('Ann', { until: today }), lead('Bob')], 'Bob'],
    ['nobody after all left', [lead('Ann', { until: today })], 'nobody leads now'],
    ['a lead whose substitute left', [lead('Ann'), lead('Bob', { stands_in_for: 'Ann', until: today })], 'Ann'],
    [
      'two, one of them stood in for',
      [lead('Ann'), lead('Bob', { stands_in_for: 'Ann' }), lead('Cas')],
      'Bob (standing in for Ann) and Cas',
    ],
  ]
  for (const [name, leads, words] of cases) {
    it(`in words: ${name}`, () => assert.equal(leadsInWords(leads), words))
  }

  it('own the record by the first of them who is known', () => {
    assert.equal(ownerOf([lead('Ann', { organisation_id: null }), lead('Bob')])?.organisationId, 'organisation of Bob')
    assert.equal(ownerOf([lead('Ann', { until: today })]), null)
    assert.deepEqual(leadingNow([]), [])
  })
})
