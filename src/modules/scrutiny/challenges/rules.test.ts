import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { roles } from '../../../platform/access/viewer.ts'
import type { Role } from '../../../platform/access/viewer.ts'
import {
  challengePublicationReasons,
  challengeStates,
  editChallengeObstacles,
  replyNotHeldObstacles,
  sendObstacles,
} from './rules.ts'
import type { ChallengeFacts, ChallengeState } from './rules.ts'

const draft: ChallengeFacts = { state: 'draft', subjects: 3, hasLetter: true, askerOrganisation: 'office' }
const doer = (role: Role) => ({ userId: 'u', personId: null, organisationId: 'office', roles: [role] })

describe('a formal challenge', () => {
  for (const role of roles) {
    const may = ['commissioner', 'deputy-commissioner', 'chief-executive'].includes(role)
    it(`${may ? 'may' : 'may not'} be sent by a ${role}`, () => {
      assert.equal(sendObstacles(draft, doer(role)).length === 0, may)
    })
  }
  it('is sent with a letter and a subject', () => {
    assert.equal(sendObstacles({ ...draft, subjects: 0, hasLetter: false }, doer('commissioner')).length, 2)
  })
  const table: [ChallengeState, { edit: boolean; send: boolean; note: boolean; publish: boolean }][] = [
    ['draft', { edit: true, send: true, note: false, publish: false }],
    ['sent', { edit: false, send: false, note: true, publish: true }],
    ['replied', { edit: false, send: false, note: false, publish: true }],
    ['reply-not-held', { edit: false, send: false, note: false, publish: true }],
    ['judged', { edit: false, send: false, note: false, publish: true }],
  ]
  assert.equal(table.length, Object.keys(challengeStates).length)
  for (const [state, may] of table) {
    it(`can be worked on as the table says when it is ${state}`, () => {
      const facts = { ...draft, state }
      assert.equal(editChallengeObstacles(facts).length === 0, may.edit)
      assert.equal(sendObstacles(facts, doer('commissioner')).length === 0, may.send)
      assert.equal(replyNotHeldObstacles(facts).length === 0, may.note)
      assert.equal(challengePublicationReasons(facts).length === 0, may.publish)
    })
  }
})
