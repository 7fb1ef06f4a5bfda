import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Due } from '../../../record/record.ts'
import { findingsOf, stoppingReasons } from './findings.ts'
import type { Examined } from './findings.ts'
import { findLead } from './lead.ts'
import type { Lead, Present } from './lead.ts'
import { shortTitle } from './raise-actions.ts'

const present = (name: string, more: Partial<Present> = {}): Present => ({
  personId: `id of ${name}`,
  organisationId: 'force',
  present: true,
  initials: null,
  names: [name],
  publicName: 'Head of Something',
  ...more,
})
const attendees = [
  present('Debbie Marsh', { publicName: 'Debbie Marsh, Chief Constable' }),
  present('Alex Franklin-Smith'),
  present('Sara Anders', { present: false }),
  present('Peter Reed'),
  present('Polly Reed'),
  present('Minute taker', { personId: null, publicName: 'Minute taker' }),
]
const said = (words: string | null) => ({ words, personId: null, organisationId: null, role: null })

describe('whom an outcome is for', () => {
  const cases: [string, string | null, Partial<Lead>][] = [
    ['initials of somebody present', 'DM', { personId: 'id of Debbie Marsh', words: 'Debbie Marsh, Chief Constable' }],
    ['initials with points', 'D.M.', { personId: 'id of Debbie Marsh', finding: null }],
    ['initials of a double name', 'AFS', { personId: 'id of Alex Franklin-Smith', words: 'Head of Something' }],
    [
      'initials nobody has',
      'BS',
      { personId: null, words: 'not identified (shown as BS)', finding: 'nobody-has-initials' },
    ],
    ['initials of somebody who sent apologies', 'SA', { personId: null, finding: 'nobody-has-initials' }],
    [
      'initials that two have',
      'PR',
      { personId: null, words: 'not identified (shown as PR)', finding: 'several-have-initials' },
    ],
    ['letters that only a label begins with', 'MT', { personId: null, finding: 'nobody-has-initials' }],
    ['a name, whoever types it', 'debbie marsh', { personId: 'id of Debbie Marsh', organisationId: 'force' }],
    ['a team', 'The estates team', { personId: null, words: 'The estates team', finding: null }],
    ['nobody', null, { words: null, finding: null }],
  ]
  for (const [name, words, expected] of cases) {
    it(name, () => {
      const found: Partial<Lead> = findLead(said(words), attendees)
      for (const key of Object.keys(expected) as (keyof Lead)[]) assert.equal(found[key], expected[key], key)
    })
  }

  it('initials printed beside a name decide', () => {
    const printed = [...attendees, present('Steve Russel', { initials: 'BS' })]
    assert.equal(findLead(said('BS'), printed).personId, 'id of Steve Russel')
  })

  it('what was given beyond doubt stands', () => {
    const lead = findLead(
      { words: 'Chief Constable', personId: null, organisationId: 'force', role: 'chief-constable' },
      [],
    )
    assert.deepEqual([lead.words, lead.organisationId, lead.finding], ['Chief Constable', 'force', null])
  })
})

describe('what does not resolve', () => {
  const lead: Lead = { personId: 'p', organisationId: 'force', role: null, words: 'Chief Constable', finding: null }
  const outcome = (change: Partial<Lead>, due: Due | null = null, finding: string | null = null) => ({
    id: 'o',
    itemId: 'i',
    lead: { ...lead, ...change },
    leadSaid: 'BS',
    due,
    finding,
  })
  const examined = (outcomes: Examined['outcomes'], next: string | null = null): Examined => ({
    date: Temporal.PlainDate.from('2022-12-06'),
    nextMeeting: { printed: '3rd January 2022', date: next === null ? null : Temporal.PlainDate.from(next) },
    outcomes,
    stated: [],
  })
  const condition: Due = { kind: 'condition', condition: 'once the review is finalised', lookAgain: null }
  const cases: [string, Examined, RegExp, boolean][] = [
    ['nobody has the initials', examined([outcome({ finding: 'nobody-has-initials' })]), /Nobody present.*BS/, false],
    ['two have them', examined([outcome({ finding: 'several-have-initials' })]), /More than one.*BS/, false],
    ['a due that is only a condition', examined([outcome({}, condition)]), /once the review is finalised/, false],
    ['a next meeting before this one', examined([], '2022-01-03'), /3rd January 2022/, false],
    ['what a loader found', examined([outcome({}, null, 'The row holds no text.')]), /no text/, false],
    ['no addressee at all', examined([outcome({ words: null })]), /nobody/, true],
  ]
  for (const [name, facts, words, stops] of cases) {
    it(`${name} ${stops ? 'stops the issue' : 'is shown and does not stop the issue'}`, () => {
      const findings = findingsOf(facts)
      assert.equal(findings.length, 1)
      assert.match(findings[0]?.words ?? '', words)
      assert.equal(stoppingReasons(findings).length > 0, stops)
    })
  }

  it('nothing is found where all resolves', () => {
    const again: Due = { ...condition, lookAgain: Temporal.PlainDate.from('2023-01-31') }
    assert.deepEqual(findingsOf(examined([outcome({}, again)], '2023-01-03')), [])
  })
})

describe('the title of an action', () => {
  it('is the first sentence, cut between words', () => {
    assert.equal(shortTitle('Count them. Then report back.'), 'Count them')
    const long = shortTitle('word '.repeat(60))
    assert.ok(long.length <= 121 && long.endsWith('word…'), long)
  })
})
