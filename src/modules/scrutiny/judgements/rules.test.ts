import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { roles } from '../../../platform/access/viewer.ts'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Doer } from '../party.ts'
import { judgeObstacles, judgementStates, outcomeObstacles, outcomesFor, reviseObstacles } from './rules.ts'
import type { Outcome } from './rules.ts'

const judged = { askerOrganisation: 'asker', askerPerson: 'member', draftedBy: 'user', answered: true }
const doer = (role: Role, more: Partial<Doer> = {}): Doer => ({
  userId: 'other',
  personId: 'other',
  organisationId: 'asker',
  roles: [role],
  ...more,
})

describe('judging an answer', () => {
  const allowed: readonly Role[] = [
    'commissioner',
    'deputy-commissioner',
    'chief-executive',
    'panel-chair',
    'panel-clerk',
  ]
  for (const role of roles) {
    const may = allowed.includes(role)
    it(`is ${may ? 'open' : 'refused'} to a ${role}`, () => {
      assert.equal(judgeObstacles(judged, doer(role)).length === 0, may)
    })
  }
  it('is open to a panel member for their own question', () => {
    assert.deepEqual(judgeObstacles(judged, doer('panel-member', { personId: 'member' })), [])
  })
  it('waits for the whole answer, and is the asker’s alone', () => {
    assert.match(judgeObstacles({ ...judged, answered: false }, doer('commissioner')).join(), /in whole/)
    assert.match(judgeObstacles(judged, doer('chief-constable', { organisationId: 'force' })).join(), /asker/)
  })
  it('comes to an outcome of its own kind of organisation', () => {
    for (const outcome of Object.keys(judgementStates) as Outcome[]) {
      const kinds = (['office', 'panel'] as const).filter(kind => outcomeObstacles(outcome, kind).length === 0)
      assert.equal(kinds.length, 1, outcome)
      assert.ok(outcomesFor(kinds[0] ?? 'other').includes(outcome))
    }
  })
  it('is revised in public only by whoever may publish', () => {
    assert.equal(reviseObstacles(true, false).length, 1)
    assert.deepEqual(reviseObstacles(true, true), [])
    assert.deepEqual(reviseObstacles(false, false), [])
  })
})
