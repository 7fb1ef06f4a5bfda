import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { pauseClock } from '../clock-changes.ts'
import { judgedAt } from '../clock-models.ts'
import { clocksOf } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { stopClock } from '../clock-store.ts'
import { declareKinds } from '../kinds.ts'
import { releaseTo } from '../release.ts'
import { clockStory, day } from '../testing-clocks.ts'
import { testNow, testWorld } from '../testing.ts'
import type { TestWorld } from '../testing.ts'
import { noteModule } from '../testing-kind.ts'
import { pageText as text } from '../testing-pages.ts'
import { showDuties, sendDuties } from './duty-pages.ts'
import { showLate, sendLate } from './late-pages.ts'
import { countDuties, othersWhoOwe, pageOfDuties, valuesOf } from './queries.ts'
import { urgencies, urgencyOf } from './urgency.ts'
import type { Urgency } from './urgency.ts'
import { showYear } from './year-page.ts'

declareKinds([noteModule])

describe('the duties of an organisation', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  const judged = judgedAt({ historical: false, asAt: null }, testNow)
  const made: Record<string, RunningClock> = {}
  const { start } = clockStory(() => world)

  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'chief-executive')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
    const begin = async (
      name: string,
      rule: string,
      from: string,
      more: Parameters<typeof start>[3] & { viewer?: Viewer } = {},
    ) => {
      const { viewer = officer, ...rest } = more
      const { record, clock } = await start(viewer, rule, { from: day(from) }, { title: name, ...rest })
      made[name] = clock
      return { record, clock }
    }
    await begin('overdue', 'QUESTION-PCC', '2026-02-02', { owner: { role: 'chief-executive' } })
    await begin('today', 'QUESTION-PCC', '2026-02-25', { owner: { role: 'policy-lead' } })
    await begin('soon', 'QUESTION-PCC', '2026-02-26')
    await begin('last soon', 'QUESTION-PCC', '2026-03-04')
    await begin('later', 'QUESTION-PCC', '2026-03-05')
    await begin('far', 'CLASS-REVIEW', '2026-03-05')
    await begin('no day', 'REVIEW-DECIDE', '2026-03-05')
    await begin('consulting', 'CONSULT', '2026-03-05')
    await begin('consulted', 'CONSULT', '2025-03-05')
    await begin('not law', 'DPC-30', '2026-03-02')
    const hours = await start(
      officer,
      'BREACH-72H',
      { from: Temporal.PlainDateTime.from('2026-03-08T09:00') },
      {
        title: 'hours run out',
      },
    )
    made['hours run out'] = hours.clock
    const left = await start(
      officer,
      'BREACH-72H',
      { from: Temporal.PlainDateTime.from('2026-03-08T11:00') },
      {
        title: 'hours left',
      },
    )
    made['hours left'] = left.clock
    const paused = await begin('paused', 'FOI-20', '2026-03-05')
    await world.as(officer, (trx, act) => pauseClock(trx, act, paused.clock, day('2026-03-06'), 'asked'))
    const asked = await begin('asked of the force', 'QUESTION-CC', '2026-03-09', {
      owner: { organisationId: world.force.id, role: 'chief-constable' },
    })
    await world.as(officer, (trx, act) => releaseTo(trx, act, asked.record, [world.force.id]))
    await begin('the panel’s own', 'QUESTION-PCC', '2026-02-02', { viewer: clerk })
    const late = await begin('kept late', 'QUESTION-PCC', '2026-02-02')
    await world.as(officer, (trx, act) =>
      stopClock(trx, act, late.record, 'QUESTION-PCC', 'answered', day('2026-02-19')),
    )
    const inTime = await begin('kept', 'QUESTION-PCC', '2026-02-02')
    await world.as(officer, (trx, act) =>
      stopClock(trx, act, inTime.record, 'QUESTION-PCC', 'answered', day('2026-02-16')),
    )
  })
  after(() => world.close())

  const names = async (viewer: Viewer, urgency: Urgency | null, more: object = {}) => {
    const scope = { areaId: 1, owedBy: [viewer.organisation.id] }
    const { clocks } = await world.as(viewer, trx => pageOfDuties(trx, scope, judged, { urgency, size: 50, ...more }))
    return clocks.map(nameOf)
  }
  const nameOf = (clock: { id: string }) => Object.entries(made).find(([, each]) => each.id === clock.id)?.[0]
  const page = (viewer: Viewer, handler: (context: WorkspaceContext) => Promise<Answer>, query: object = {}) =>
    world.as(viewer, (_trx, context) => handler(context), { query: { ...query } })

  it('stand in order of their days, with what has none at the end and what is not owed left out', async () => {
    const all = await names(officer, null)
    assert.deepEqual(all.slice(0, 8), [
      'overdue',
      'today',
      'hours run out',
      'hours left',
      'soon',
      'last soon',
      'later',
      'consulting',
    ])
    assert.deepEqual(new Set(all.slice(8)), new Set(['far', 'no day', 'paused']))
  })

  it('fall under one urgency each, and the list agrees with the rule', async () => {
    const expected: Record<Urgency, string[]> = {
      overdue: ['overdue', 'hours run out'],
      today: ['today', 'hours left'],
      soon: ['soon', 'last soon'],
      later: ['later', 'far'],
      'no-day': ['no day'],
      paused: ['paused'],
      period: ['consulting'],
    }
    const clocks = await world.as(officer, trx => trx.selectFrom('clock').select('record_id').execute())
    for (const urgency of urgencies) {
      assert.deepEqual(await names(officer, urgency), expected[urgency], urgency)
      const ruled: (string | undefined)[] = []
      for (const { record_id: id } of clocks) {
        const on = await world.as(officer, trx => clocksOf(trx, { areaId: 1, id }))
        const own = on.filter(clock => clock.organisationId === world.office.id)
        ruled.push(...own.filter(clock => urgencyOf(clock, judged) === urgency).map(nameOf))
      }
      assert.deepEqual(new Set(ruled), new Set(expected[urgency]), urgency)
    }
  })

  it('in a historical area are never overdue', async () => {
    const still = judgedAt({ historical: true, asAt: day('2026-03-11') }, testNow.add({ hours: 24 * 900 }))
    const scope = { areaId: 1, owedBy: [world.office.id] }
    const counts = await world.as(officer, trx => countDuties(trx, scope, still, {}))
    assert.equal(counts.get('overdue'), 0)
    assert.equal(counts.get('soon'), 2)
    const { clocks } = await world.as(officer, trx => pageOfDuties(trx, scope, still, { urgency: null, size: 50 }))
    assert.ok(clocks.every(clock => urgencyOf(clock, still) !== null))
    assert.ok(!clocks.some(clock => nameOf(clock) === 'overdue'))
  })

  it('are counted by urgency', async () => {
    const counts = await world.as(officer, trx =>
      countDuties(trx, { areaId: 1, owedBy: [world.office.id] }, judged, {}),
    )
    assert.deepEqual(Object.fromEntries(counts), {
      overdue: 2,
      today: 2,
      soon: 2,
      later: 2,
      'no-day': 1,
      paused: 1,
      period: 1,
    })
  })

  it('turn page by page, forwards and back, over those without a day, and miss none', async () => {
    const all = await names(officer, null)
    for (const size of [1, 3, 4]) {
      const scope = { areaId: 1, owedBy: [world.office.id] }
      const turn = (more: object) =>
        world.as(officer, trx => pageOfDuties(trx, scope, judged, { urgency: null, size, ...more }))
      const seen: (string | undefined)[] = []
      let found = await turn({})
      assert.equal(found.previous, null)
      seen.push(...found.clocks.map(nameOf))
      while (found.next !== null) {
        found = await turn({ after: found.next })
        seen.push(...found.clocks.map(nameOf))
      }
      assert.deepEqual(seen, all)
      const back = [found.clocks.map(nameOf)]
      while (found.previous !== null) {
        found = await turn({ before: found.previous })
        back.unshift(found.clocks.map(nameOf))
      }
      assert.deepEqual(back.flat(), all)
    }
  })

  it('are filtered by owner and kind; an address that makes no sense shows everything', async () => {
    assert.deepEqual(await names(officer, null, { role: 'policy-lead' }), ['today'])
    assert.deepEqual(await names(officer, 'overdue', { role: 'policy-lead' }), [])
    assert.equal((await names(officer, null, { kind: 'note' })).length, 11)
    assert.deepEqual(await world.as(officer, trx => valuesOf(trx, 1, world.office.id, 'owner_role')), [
      'chief-executive',
      'policy-lead',
    ])
    const shown = text(
      await page(officer, context => showDuties(context, 'own'), {
        urgency: 'nonsense',
        owner: 'role:',
        after: 'x',
        kind: 'y',
      }),
    )
    assert.match(shown, /11 duties are running/)
    assert.match(
      text(await page(officer, context => showDuties(context, 'own'), { owner: 'role:policy-lead' })),
      /1 duty is running/,
    )
  })

  it('are a page that says what is to be done, by whom, and how late', async () => {
    const shown = text(await page(officer, context => showDuties(context, 'own')))
    assert.match(shown, /Answer note N-2026-\d+ overdue Chief executive Overdue 16 February 2026 23 days late/)
    assert.match(shown, /Answer note N-2026-\d+ paused Chief executive Paused None while paused/)
    const csv = await page(officer, context => sendDuties(context, 'own'), { urgency: 'overdue' })
    assert.ok(csv.type === 'content' && typeof csv.body === 'string')
    const lines = csv.body.trim().split('\r\n')
    assert.equal(lines.length, 3)
    assert.match(lines[1] ?? '', /^Answer note N-2026-\d+,N-2026-\d+,overdue,Overdue,2026-02-02,2026-02-16,,-23,/)
  })

  it('of one organisation are nothing to another', async () => {
    assert.deepEqual(await names(clerk, null), ['the panel’s own'])
    const scope = { areaId: 1, owedBy: [world.office.id] }
    const { clocks } = await world.as(clerk, trx => pageOfDuties(trx, scope, judged, { urgency: null, size: 50 }))
    assert.deepEqual(clocks, [])
    const counts = await world.as(clerk, trx => countDuties(trx, scope, judged, {}))
    assert.ok([...counts.values()].every(n => n === 0))
    const shown = text(await page(clerk, context => showDuties(context, 'own'), { owner: `person:${world.office.id}` }))
    assert.doesNotMatch(shown, /overdue N-|asked of the force/)
  })

  it('that others owe are seen by whoever holds the record', async () => {
    assert.deepEqual(await world.as(officer, trx => othersWhoOwe(trx, 1, world.office.id)), [world.force.id])
    assert.deepEqual(await world.as(clerk, trx => othersWhoOwe(trx, 1, world.panel.id)), [])
    const shown = text(await page(officer, context => showDuties(context, 'others')))
    assert.match(shown, /Answer note N-2026-\d+ asked of the force Testshire Police Not due 23 March 2026/)
    assert.deepEqual(await names(liaison, null), ['asked of the force'])
    const force = text(await page(liaison, context => showDuties(context, 'own')))
    assert.match(force, /asked of the force Chief constable/)
  })

  it('that were late in a year are told with by how much', async () => {
    const shown = text(await page(officer, showLate))
    assert.match(shown, /What was late in 2025\/26 1 done late, 2 still not done/)
    assert.match(shown, /overdue Chief executive 16 February 2026 23 days/)
    assert.match(shown, /kept late Chief executive 16 February 2026 19 February 2026 3 days/)
    assert.match(
      text(await page(officer, showLate, { year: '2026' })),
      /What was late in 2026 1 done late, 2 still not done/,
    )
    assert.match(
      text(await page(officer, showLate, { year: '2025' })),
      /What was late in 2025 0 done late Nothing|Nothing was late/,
    )
    assert.doesNotMatch(text(await page(officer, showLate, { year: '2025' })), /kept late Chief/)
    assert.match(
      text(await page(officer, showLate, { year: '2025/27' })),
      /2025\/26/,
      'what makes no sense is this year',
    )
    assert.doesNotMatch(text(await page(clerk, showLate)), /kept late Chief/)
    const csv = await page(officer, sendLate)
    assert.ok(csv.type === 'content' && typeof csv.body === 'string')
    assert.equal(csv.body.trim().split('\r\n').length, 4)
  })

  it('stand in the year ahead with the days that law gives', async () => {
    const shown = text(await page(officer, showYear, { from: '2026-03' }))
    assert.match(shown, /March 2026 to February 2027/)
    assert.match(shown, /Wed 11 Answer note N-2026-\d+/)
    assert.match(shown, /Mon 1 Notify the panel of the proposed precept/)
    assert.match(shown, /Mon 8 Review the proposed precept and report \(for the panel to do\)/)
    assert.match(shown, /Send the annual report to the panel \. As soon as practicable/)
    assert.doesNotMatch(shown, /the panel’s own/)
    assert.match(text(await page(officer, showYear, { from: 'never' })), /March 2026 to February 2027/)
    assert.match(
      text(await page(clerk, showYear, { from: '2027-02' })),
      /Notify the panel of the proposed precept \(for the commissioner to do\)/,
    )
  })
})
