import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../platform/access/viewer.ts'
import { Refusal } from '../platform/refusals.ts'
import { clocksOf, findClock, standingOf } from './clock-rows.ts'
import { clockNotKnown, stopClock } from './clock-store.ts'
import { historyOf } from './history.ts'
import { declareKinds } from './kinds.ts'
import { createRecord } from './records.ts'
import { clockStory, day } from './testing-clocks.ts'
import { testNow, testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { noteModule } from './testing-kind.ts'

declareKinds([noteModule])

describe('a clock on a record', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  const today = day('2026-03-11')
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'policy-lead')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
  })
  after(() => world.close())
  const { start, clockOn, dueOf } = clockStory(() => world)

  it('begins with its facts and its working, and gives the record its due', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from: today })
    assert.equal(clock.due?.toString(), '2026-03-25')
    assert.equal(await dueOf(officer, record), '2026-03-25')
    assert.equal(clock.startedOn?.toString(), '2026-03-11')
    assert.equal(clock.state, 'running')
    assert.equal(clock.organisationId, world.office.id)
    assert.match(clock.working.join(' '), /10 working days/)
    const begun = (await world.as(officer, trx => historyOf(trx, record))).find(
      line => line.kind === 'note.clock-started',
    )
    assert.equal(begun?.payload?.['clock'], clock.id)
    assert.equal(begun.payload['due'], '2026-03-25')
  })

  it('that starts on 29 February is due 12 months later on the last day of February', async () => {
    const { clock } = await start(officer, 'CLASS-REVIEW', { from: day('2024-02-29') })
    assert.equal(clock.due?.toString(), '2025-02-28')
  })

  it('that starts on Christmas Eve leaves the holidays out', async () => {
    const { clock } = await start(officer, 'QUESTION-PCC', { from: day('2025-12-24') })
    assert.equal(clock.due?.toString(), '2026-01-12', 'two bank holidays and New Year’s Day')
  })

  it('that counts hours ends at its moment, on the night the clocks change too', async () => {
    const from = Temporal.Instant.from('2026-03-28T23:30:00Z')
    const { clock } = await start(officer, 'BREACH-72H', { from })
    assert.equal(clock.due?.toString(), '2026-04-01T00:30:00', 'London went an hour forward')
    assert.equal(standingOf(clock, Temporal.PlainDateTime.from('2026-04-01T00:29'), null).state, 'due-today')
    assert.equal(standingOf(clock, Temporal.PlainDateTime.from('2026-04-01T00:31'), null).state, 'overdue')
  })

  it('keeps the moment of the hour that comes twice', async () => {
    const second = Temporal.Instant.from('2026-10-25T01:30:00Z')
    const { clock } = await start(officer, 'BREACH-72H', { from: second })
    assert.equal(clock.due?.toString(), '2026-10-28T01:30:00')
    assert.ok(clock.facts.from instanceof Temporal.Instant)
  })

  it('is of no force where its rule was not law on the day, and is then not judged', async () => {
    const { clock } = await start(officer, 'DPC-30', { from: day('2026-03-02') })
    assert.equal(clock.inForce, false)
    assert.equal(standingOf(clock, day('2027-01-01'), null).state, 'not-applicable')
  })

  it('whose due was agreed says so in place of the count, and keeps the rule', async () => {
    const { record, clock } = await start(
      officer,
      'QUESTION-PCC',
      { from: today },
      { agreed: { kind: 'date', date: day('2026-04-30') } },
    )
    assert.equal(await dueOf(officer, record), '2026-04-30')
    assert.equal(clock.agreed, true)
    assert.deepEqual(clock.working, [clock.rule.sentence, 'A date was agreed instead of the length of the rule.'])
  })

  it('of a rule without a number of days has no day, and nobody is late with it', async () => {
    const { record, clock } = await start(officer, 'REVIEW-DECIDE', { from: today })
    assert.equal(clock.due, null)
    assert.equal((await clockOn(officer, record))?.agreed, false)
    assert.equal(await dueOf(officer, record), 'condition ')
    assert.equal(standingOf(clock, day('2030-01-01'), null).state, 'not-due')
  })

  it('of a misspelt rule is refused with the rule that is meant', async () => {
    await assert.rejects(start(officer, 'QUESTION-PPC', { from: today }), /Did you mean QUESTION-PCC/)
  })

  it('can be kept, kept late, and stopped only once', async () => {
    const kept = await start(officer, 'QUESTION-PCC', { from: today })
    await world.as(officer, (trx, act) =>
      stopClock(trx, act, kept.record, 'QUESTION-PCC', 'answered', day('2026-03-25')),
    )
    const stopped = await clockOn(officer, kept.record)
    assert.ok(stopped)
    assert.equal(standingOf(stopped, day('2027-01-01'), null).state, 'kept')
    assert.equal(stopped.outcome, 'answered')
    await world.as(officer, (trx, act) => stopClock(trx, act, kept.record, 'QUESTION-PCC', 'again', day('2026-05-01')))
    assert.equal((await clockOn(officer, kept.record))?.outcome, 'answered')
    const late = await start(officer, 'QUESTION-PCC', { from: today })
    await world.as(officer, (trx, act) =>
      stopClock(trx, act, late.record, 'QUESTION-PCC', 'answered', day('2026-03-27')),
    )
    const stoppedLate = await clockOn(officer, late.record)
    assert.ok(stoppedLate)
    const standing = standingOf(stoppedLate, day('2027-01-01'), null)
    assert.deepEqual([standing.state, standing.days], ['kept-late', -2])
  })

  it('whose start is not evidenced is not known, with the reason, and is never late', async () => {
    const record = await world.as(officer, async (trx, act) => {
      const made = await createRecord(trx, act, { areaId: 1, kind: 'note', title: 'No agenda held', state: 'asked' })
      await clockNotKnown(trx, act, made, 'AGENDA-E', 'The agenda of this meeting is not held.')
      return made
    })
    const clock = await clockOn(officer, record)
    assert.ok(clock)
    const standing = standingOf(clock, day('2030-01-01'), null)
    assert.deepEqual([standing.state, standing.reason], ['not-known', 'The agenda of this meeting is not held.'])
    assert.equal(await dueOf(officer, record), null)
  })

  it('in a historical area stands still at the day of the last paper', async () => {
    const { clock } = await start(officer, 'QUESTION-PCC', { from: today })
    assert.equal(standingOf(clock, day('2030-01-01'), day('2026-03-20')).state, 'due-soon')
    assert.equal(standingOf(clock, day('2030-01-01'), day('2026-06-30')).state, 'not-known')
    assert.equal(standingOf(clock, day('2030-01-01'), null).state, 'overdue')
  })

  it('is seen by whoever holds the record and whoever owes, and by nobody else', async () => {
    const { record, clock } = await start(
      officer,
      'QUESTION-CC',
      { from: today },
      { owner: { organisationId: world.force.id, role: 'chief-constable' } },
    )
    assert.equal((await world.as(liaison, trx => findClock(trx, clock)))?.id, clock.id)
    assert.equal(await world.as(clerk, trx => findClock(trx, clock)), null)
    assert.deepEqual(await world.as(clerk, trx => clocksOf(trx, record)), [])
    const begun = (await world.as(liaison, trx => historyOf(trx, record))).map(line => line.kind)
    assert.deepEqual(begun, ['note.clock-started'], 'whoever owes reads of its clock, and nothing else of the record')
  })

  it('is not started by facts that do not suit its rule', async () => {
    await assert.rejects(start(officer, 'R3', { from: testNow }), Refusal)
  })
})
