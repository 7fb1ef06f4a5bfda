import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import { Refusal } from '../../platform/refusals.ts'
import { declareKinds } from '../../record/kinds.ts'
import { attach, attachmentsOf, releaseAttachments } from '../../record/files.ts'
import { publishRecord } from '../../record/publish.ts'
import { atAddress } from '../../record/published.ts'
import type { RecordHead } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { testNow, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import { organisations } from '../organisations/index.ts'
import { addUpdate, changeDue, closeItem, followUp, issueItem, raiseAction, reopenItem, reportDone } from './index.ts'
import { findItem, updatesOf } from './items/queries.ts'
import { itemSnapshot } from './items/snapshot.ts'

declareKinds([organisations, followUp])

describe('an action', () => {
  let world: TestWorld
  let clerk: Viewer
  let liaison: Viewer
  let panelClerk: Viewer
  before(async () => {
    world = await testWorld()
    clerk = world.viewer(world.office, 'board-clerk')
    liaison = world.viewer(world.force, 'liaison')
    panelClerk = world.viewer(world.panel, 'panel-clerk')
  })
  after(() => world.close())

  const date = (text: string) => ({ kind: 'date' as const, date: Temporal.PlainDate.from(text) })
  const raise = (more: object = {}): Promise<RecordHead> =>
    world.as(clerk, (trx, act) =>
      raiseAction(trx, act, {
        areaId: 1,
        title: 'Count the disclosure champions',
        asked: 'Say how many there are.',
        owner: { organisationId: world.force.id, role: 'chief-officer' },
        leadWords: 'Deputy chief constable',
        due: date('2026-04-01'),
        raisedByWords: 'Governance and Performance Board',
        ...more,
      }),
    )
  const issue = async (more: object = {}) => {
    const drafted = await raise(more)
    return world.as(clerk, (trx, act) => issueItem(trx, act, drafted))
  }

  it('is a draft of the raising organisation until it is issued, and then joint with the lead', async () => {
    const drafted = await raise()
    assert.equal(await world.as(liaison, trx => findRecord(trx, drafted)), null)
    await world.as(clerk, (trx, act) => issueItem(trx, act, drafted))
    assert.equal((await world.as(liaison, trx => findRecord(trx, drafted)))?.state, 'open')
    assert.equal(await world.as(panelClerk, trx => findRecord(trx, drafted)), null)
  })

  it('on a condition is looked at again after 28 days', async () => {
    const issued = await issue({
      due: { kind: 'condition', condition: 'Once the review is finalised', lookAgain: null },
    })
    assert.ok(issued.due?.kind === 'condition')
    assert.equal(issued.due.lookAgain?.toString(), '2026-04-08')
  })

  it('keeps every update as it was written', async () => {
    const issued = await issue()
    await world.as(liaison, (trx, act) => addUpdate(trx, act, issued, 'Half are counted.'))
    await world.as(clerk, (trx, act) => addUpdate(trx, act, issued, 'Noted.'))
    const updates = await world.as(liaison, trx => updatesOf(trx, issued))
    assert.deepEqual(
      updates.map(update => update.text),
      ['Half are counted.', 'Noted.'],
    )
  })

  it('keeps the due first set, and counts every change with its reason', async () => {
    const issued = await issue()
    await world.as(clerk, (trx, act) => changeDue(trx, act, issued, issued.version, date('2026-05-01'), 'Illness'))
    const action = await world.as(clerk, trx => findItem(trx, issued))
    assert.equal(action?.first_due_date?.toString(), '2026-04-01')
    assert.equal(action.due_moves, 1)
    const head = await world.as(clerk, trx => findRecord(trx, issued))
    assert.ok(head?.due?.kind === 'date')
    assert.equal(head.due.date.toString(), '2026-05-01')
    const { preview } = await world.as(clerk, trx => itemSnapshot(trx, issued, { type: 'public' }))
    assert.match(JSON.stringify(preview), /From 1 April 2026 to 1 May 2026\. Illness/, 'read before it is published')
  })

  it('is closed only with evidence and by the body that raised it, and can be re-opened', async () => {
    const issued = await issue()
    const closing = { decided: { way: 'chair' }, answersAsked: 'yes', reason: 'The count is attached.' } as const
    const close = (viewer: Viewer, record: RecordHead) =>
      world.as(viewer, (trx, act) => closeItem(trx, act, record, record.version, closing))
    await assert.rejects(close(clerk, issued), Refusal)
    await world.as(liaison, async (trx, act) => {
      await attach(trx, act, issued, { url: 'https://example.org/count' }, 'The count', 'evidence')
      await reportDone(trx, act, issued, issued.version)
    })
    const reported = await world.as(clerk, trx => findRecord(trx, issued))
    assert.ok(reported)
    await assert.rejects(close(liaison, reported), /body that raised it/)
    await close(clerk, reported)
    const closed = await world.as(clerk, trx => findRecord(trx, issued))
    assert.equal(closed?.state, 'closed')
    await world.as(clerk, (trx, act) =>
      reopenItem(trx, act, closed, closed.version, {
        meeting: { id: null, words: 'Board, 11 March 2026', date: null },
        reason: 'It was the wrong year.',
      }),
    )
    assert.equal((await world.as(clerk, trx => findItem(trx, issued)))?.reopened, 1)
  })

  it('is published with only the evidence chosen for the public', async () => {
    const issued = await issue()
    await world.as(clerk, async (trx, act) => {
      await attach(trx, act, issued, { url: 'https://example.org/open' }, 'Open evidence', 'evidence')
      await attach(trx, act, issued, { url: 'https://example.org/kept' }, 'Kept evidence', 'evidence')
      const [open] = await attachmentsOf(trx, issued)
      await releaseAttachments(trx, issued, [open?.id ?? ''])
    })
    const { address } = await world.as(clerk, (trx, act) => publishRecord(trx, act, issued))
    const at = await atAddress(world.database.public, 1, address, testNow)
    assert.ok(at.found === 'record')
    assert.match(JSON.stringify(at.snapshot.body), /Open evidence/)
    assert.doesNotMatch(JSON.stringify(at.snapshot.body), /Kept evidence/)
  })
})
