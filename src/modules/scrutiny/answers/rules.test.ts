import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { roles } from '../../../platform/access/viewer.ts'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Doer } from '../party.ts'
import { editAnswerObstacles, giveObstacles, handOverObstacles, prepareObstacles } from './rules.ts'
import type { AnswerFacts, AnswerState } from './rules.ts'

const answer: AnswerFacts = {
  state: 'ready',
  text: 'An answer.',
  part: false,
  hasReplyBy: false,
  giverOrganisation: 'force',
  giverPerson: 'acc',
  giverRole: 'chief-officer',
}
const doer = (role: Role, more: Partial<Doer> = {}): Doer => ({
  userId: 'user',
  personId: 'somebody',
  organisationId: 'force',
  roles: [role],
  ...more,
})

describe('giving an answer', () => {
  const allowed: readonly Role[] = ['chief-constable', 'commissioner', 'deputy-commissioner', 'chief-executive']
  for (const role of roles) {
    const may = allowed.includes(role)
    it(`in an officer’s name is ${may ? 'open' : 'refused'} to a ${role} who is not that officer`, () => {
      assert.equal(giveObstacles(answer, doer(role)).length === 0, may)
    })
  }
  it('is open to the officer in whose name it stands', () => {
    assert.deepEqual(giveObstacles(answer, doer('chief-officer', { personId: 'acc' })), [])
  })
  it('that names a rank and nobody is open to any chief officer, and one in the chief’s name is not', () => {
    assert.deepEqual(giveObstacles({ ...answer, giverPerson: null }, doer('chief-officer')), [])
    const chiefs = { ...answer, giverPerson: null, giverRole: 'chief-constable' } as const
    assert.equal(giveObstacles(chiefs, doer('chief-officer')).length, 1)
  })
  it('is refused to another organisation', () => {
    assert.match(giveObstacles(answer, doer('chief-constable', { organisationId: 'office' })).join(), /another/)
  })
  it('needs words', () => {
    assert.match(giveObstacles({ ...answer, text: ' \n' }, doer('chief-constable')).join(), /no text/)
  })

  const table: [AnswerState, { edit: boolean; handOver: boolean; give: boolean }][] = [
    ['preparing', { edit: true, handOver: true, give: true }],
    ['ready', { edit: true, handOver: false, give: true }],
    ['given', { edit: false, handOver: false, give: false }],
    ['corrected', { edit: false, handOver: false, give: false }],
  ]
  for (const [state, may] of table) {
    it(`and the deeds before it are as the table says when it is ${state}`, () => {
      const facts = { ...answer, state }
      assert.equal(editAnswerObstacles(facts).length === 0, may.edit)
      assert.equal(handOverObstacles(facts).length === 0, may.handOver)
      assert.equal(giveObstacles(facts, doer('chief-constable')).length === 0, may.give)
    })
  }
})

describe('beginning an answer', () => {
  const given = { id: 'first', state: 'given', part: false } as const
  const holding = { id: 'first', state: 'given', part: true } as const
  const cases: [string, Parameters<typeof prepareObstacles>, RegExp | null][] = [
    ['to a question that waits', ['put', [], null], null],
    ['to a challenge that waits', ['sent', [], null], null],
    ['to a withdrawn question', ['withdrawn', [], null], /withdrawn/],
    ['while one is being prepared', ['put', [{ id: 'x', state: 'preparing', part: false }], null], /already/],
    ['after a holding answer', ['put', [holding], null], null],
    ['after the whole answer', ['put', [given], null], /correct/],
    ['to correct the whole answer', ['put', [given], 'first'], null],
    ['to correct an answer of somebody else', ['put', [given], 'other'], /Only an answer/],
  ]
  for (const [name, facts, reason] of cases) {
    it(`${reason === null ? 'is allowed' : 'is refused'} ${name}`, () => {
      const reasons = prepareObstacles(...facts)
      if (reason === null) assert.deepEqual(reasons, [])
      else assert.match(reasons.join(), reason)
    })
  }
})
