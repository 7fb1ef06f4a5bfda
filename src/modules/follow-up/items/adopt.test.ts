import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { adoptingObstacles } from './rules.ts'

describe('adopting what was asked for', () => {
  const item = {
    kind: 'action' as const,
    state: 'open',
    leadPersons: [],
    leadOrganisations: [],
    raisedBy: 'panel',
    evidence: 0,
    replies: 0,
    awaited: [],
  }
  const panel = { organisationId: 'panel', personId: null }

  it('is for the organisation that raised it, once, while it is under way', () => {
    assert.deepEqual(adoptingObstacles(item, panel, false), [])
    assert.equal(adoptingObstacles(item, { ...panel, organisationId: 'office' }, false).length, 1)
    assert.equal(adoptingObstacles({ ...item, state: 'closed' }, panel, false).length, 1)
    assert.equal(adoptingObstacles(item, panel, true).length, 1)
  })
})
