import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { roles } from '../../../platform/access/viewer.ts'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Doer } from '../party.ts'
import {
  editObstacles,
  publicationReasons,
  publicQuestionStates,
  putObstacles,
  questionStates,
  readsAsAboutTheForce,
  readyObstacles,
  stateAfterAnswer,
  stateAfterJudgement,
  withdrawObstacles,
} from './rules.ts'
import type { QuestionFacts, QuestionState } from './rules.ts'

const draft: QuestionFacts = {
  state: 'draft',
  askedFor: 'writing',
  hasMeeting: false,
  askerOrganisation: 'asker',
  askerPerson: 'person',
  draftedBy: 'user',
}
const doer = (role: Role, more: Partial<Doer> = {}): Doer => ({
  userId: 'another-user',
  personId: 'another-person',
  organisationId: 'asker',
  roles: [role],
  ...more,
})
const states = Object.keys(questionStates) as QuestionState[]

describe('putting a question', () => {
  const may: Partial<Record<Role, boolean>> = {
    commissioner: true,
    'deputy-commissioner': true,
    'chief-executive': true,
    'panel-chair': true,
    'panel-clerk': true,
  }
  for (const role of roles) {
    const allowed = may[role] === true
    it(`${allowed ? 'is open to' : 'is refused to'} a ${role}`, () => {
      assert.equal(putObstacles(draft, doer(role)).length === 0, allowed)
    })
  }

  it('is open to a panel member for their own question, whoever they are to the record', () => {
    assert.deepEqual(putObstacles(draft, doer('panel-member', { userId: 'user' })), [])
    assert.deepEqual(putObstacles(draft, doer('panel-member', { personId: 'person' })), [])
    assert.match(putObstacles(draft, doer('panel-member')).join(), /own questions/)
    const nobody = { ...draft, askerPerson: null }
    assert.match(putObstacles(nobody, doer('panel-member', { personId: null })).join(), /own questions/)
  })

  it('is refused to another organisation whatever its roles', () => {
    assert.match(putObstacles(draft, doer('commissioner', { organisationId: 'other' })).join(), /another organisation/)
  })

  for (const state of states) {
    const allowed = state === 'draft' || state === 'ready'
    it(`is ${allowed ? 'possible' : 'refused'} when it is ${state}`, () => {
      assert.equal(putObstacles({ ...draft, state }, doer('commissioner')).length === 0, allowed)
    })
  }

  it('needs to know the meeting at which it wants to be answered', () => {
    const atMeeting = { ...draft, askedFor: 'meeting' } as const
    assert.match(putObstacles(atMeeting, doer('commissioner')).join(), /meeting/)
    assert.deepEqual(putObstacles({ ...atMeeting, hasMeeting: true }, doer('commissioner')), [])
  })
})

describe('other deeds on a question', () => {
  const table: [QuestionState, { edit: boolean; ready: boolean; withdraw: boolean; publish: boolean }][] = [
    ['draft', { edit: true, ready: true, withdraw: true, publish: false }],
    ['ready', { edit: true, ready: false, withdraw: true, publish: false }],
    ['put', { edit: false, ready: false, withdraw: true, publish: true }],
    ['part-answered', { edit: false, ready: false, withdraw: true, publish: true }],
    ['answered', { edit: false, ready: false, withdraw: false, publish: true }],
    ['withheld', { edit: false, ready: false, withdraw: false, publish: true }],
    ['judged', { edit: false, ready: false, withdraw: false, publish: true }],
    ['judged-withheld', { edit: false, ready: false, withdraw: false, publish: true }],
    ['withdrawn', { edit: false, ready: false, withdraw: false, publish: true }],
  ]
  assert.equal(table.length, states.length)
  for (const [state, allowed] of table) {
    it(`are as the table says when it is ${state}`, () => {
      const question = { ...draft, state }
      assert.equal(editObstacles(question).length === 0, allowed.edit)
      assert.equal(readyObstacles(question).length === 0, allowed.ready)
      assert.equal(withdrawObstacles(question, doer('commissioner')).length === 0, allowed.withdraw)
      assert.equal(publicationReasons(question).length === 0, allowed.publish)
      assert.equal(publicQuestionStates.includes(state), allowed.publish)
    })
  }
  it('are refused to a policy lead where the question leaves the house', () => {
    assert.equal(withdrawObstacles({ ...draft, state: 'put' }, doer('policy-lead')).length, 1)
  })
})

describe('what an answer and a judgement do to a question', () => {
  it('is never silence: a whole answer is waiting to be judged, a withheld one says so', () => {
    assert.equal(stateAfterAnswer({ part: true, open: true }), 'part-answered')
    assert.equal(stateAfterAnswer({ part: true, open: false }), 'part-answered')
    assert.equal(stateAfterAnswer({ part: false, open: true }), 'answered')
    assert.equal(stateAfterAnswer({ part: false, open: false }), 'withheld')
  })
  it('leaves a withheld answer withheld when it is judged', () => {
    assert.equal(stateAfterJudgement('answered'), 'judged')
    assert.equal(stateAfterJudgement('withheld'), 'judged-withheld')
    assert.equal(stateAfterJudgement('judged-withheld'), 'judged-withheld')
  })
  it('is said to the public in a state of its own, whatever was answered', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (part, open) => {
        assert.ok(publicQuestionStates.includes(stateAfterAnswer({ part, open })))
      }),
    )
  })
})

describe('a panel’s question', () => {
  const about: [string, boolean][] = [
    ['Why did the chief constable close the front counters?', true],
    ['How many officers are off sick?', true],
    ['What did you do when the chief constable closed the front counters?', false],
    ['How does the Commissioner know that officers are well?', false],
    ['When is the budget published?', false],
  ]
  for (const [text, warned] of about) {
    it(`${warned ? 'is warned about' : 'passes'}: ${text}`, () => assert.equal(readsAsAboutTheForce(text), warned))
  }
})
