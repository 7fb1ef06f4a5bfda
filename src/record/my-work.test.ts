import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Role, Viewer } from '../platform/access/viewer.ts'
import { extendClock, handOverClock } from './clock-changes.ts'
import { startClock } from './clock-store.ts'
import { declareKinds } from './kinds.ts'
import { showMyWork } from './my-work-page.ts'
import type { ModuleDescription } from './description.ts'
import { createRecord } from './records.ts'
import { changeCalendar } from './redate-clocks.ts'
import { releaseTo } from './release.ts'
import { clockStory, day } from './testing-clocks.ts'
import { pageText } from './testing-pages.ts'
import { testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { noteModule } from './testing-kind.ts'

const [note] = noteModule.kinds
const memos: ModuleDescription = {
  ...noteModule,
  name: 'memos',
  kinds:
    note === undefined
      ? []
      : [
          {
            ...note,
            kind: 'memo',
            word: 'memo',
            plural: 'memos',
            prefix: 'MEMO',
            waitsFor: { asked: 'memos.sign' },
            work: { draft: 'Finish {record}' },
            workspacePath: id => `/workspace/memos/${id}`,
            publicPath: 'memos',
            relations: {},
            expects: [],
          },
        ],
}
declareKinds([noteModule, memos])

const me = '0192d3c0-0000-7000-8000-000000000001'
const colleague = '0192d3c0-0000-7000-8000-000000000002'

describe('My work', () => {
  let world: TestWorld
  const from = day('2026-03-02')
  const who = (organisation: Viewer['organisation'], role: Role, personId: string | null = null): Viewer => ({
    ...world.viewer(organisation, role),
    personId,
  })
  let lead: Viewer
  let commissioner: Viewer
  let liaison: Viewer
  let clerk: Viewer
  before(async () => {
    world = await testWorld()
    lead = who(world.office, 'policy-lead', me)
    commissioner = who(world.office, 'commissioner')
    liaison = who(world.force, 'liaison')
    clerk = who(world.panel, 'panel-clerk')
  })
  after(() => world.close())
  const { start } = clockStory(() => world)

  const work = async (
    viewer: Viewer,
    query: Record<string, string> = {},
    may: (permission: string) => boolean = () => false,
  ) => pageText(await world.as(viewer, (_trx, context) => showMyWork({ ...context, may }), { query }))
  const section = (text: string, heading: string, until: string) =>
    text.slice(text.indexOf(heading), text.indexOf(until, text.indexOf(heading) + heading.length))
  const count = (text: string, words: string) => text.split(words).length - 1

  it('says what is due from me in my own words of work, by urgency, each once with its working', async () => {
    await start(lead, 'QUESTION-PCC', { from: day('2026-02-27') }, { title: 'Vans', owner: { personId: me } })
    await start(lead, 'QUESTION-PCC', { from: day('2026-02-02') }, { title: 'Old vans', owner: { personId: me } })
    await start(
      lead,
      'QUESTION-PCC',
      { from: day('2026-02-25') },
      { title: 'Vans of today', owner: { role: 'policy-lead' } },
    )
    const shown = await work(lead)
    assert.match(shown, /Overdue \(1\) Answer note N-2026-\d+: it was due on Monday 16 February Overdue Old vans/)
    assert.match(shown, /Due today \(1\) Answer note N-2026-\d+ today Due today Vans of today/)
    assert.match(
      shown,
      /Due in the next 7 days \(1\) Answer note N-2026-\d+ by Friday 13 March Due soon Vans 13 March 2026 2 days left How this day is worked out/,
    )
    const mine = section(shown, 'Waiting for you', 'What moved')
    for (const title of ['Old vans', 'Vans of today']) assert.equal(count(mine, title), 1, title)
  })

  it('leaves a colleague’s deadline and another role’s to them', async () => {
    await start(
      lead,
      'QUESTION-PCC',
      { from },
      { title: 'Theirs by name', owner: { personId: colleague, role: 'policy-lead' } },
    )
    await start(lead, 'QUESTION-PCC', { from }, { title: 'Theirs by role', owner: { role: 'commissioner' } })
    await start(lead, 'HMICFRS-56', { from }, { title: 'Theirs by the rule' })
    const mine = section(await work(lead), 'Waiting for you', 'What moved')
    assert.doesNotMatch(mine, /Theirs by/)
    const theirs = section(await work(commissioner), 'Waiting for you', 'What moved')
    assert.match(theirs, /Theirs by role/)
    assert.match(theirs, /Respond to note N-2026-\d+ by Sunday 26 April Not due Theirs by the rule/)
  })

  it('takes the role alone for somebody who is not tied to a person', async () => {
    const untied = who(world.office, 'policy-lead')
    assert.match(section(await work(untied), 'Waiting for you', 'What moved'), /Theirs by name/)
  })

  it('keeps the due of a record without a deadline, and lists it once', async () => {
    await world.as(lead, (trx, act) =>
      createRecord(trx, act, {
        areaId: 1,
        kind: 'memo',
        title: 'A memo to finish',
        state: 'draft',
        owner: { organisationId: world.office.id, personId: me },
        due: { kind: 'date', date: day('2026-03-13') },
      }),
    )
    const shown = await work(lead)
    assert.match(shown, /Finish memo MEMO-2026-\d+ by Friday 13 March Draft A memo to finish/)
    assert.equal(count(section(shown, 'Waiting for you', 'What moved'), 'A memo to finish'), 1)
  })

  it('lists apart what waits for my approval, for those alone who may give it', async () => {
    await world.as(lead, (trx, act) =>
      createRecord(trx, act, { areaId: 1, kind: 'memo', title: 'A memo to sign', state: 'asked' }),
    )
    const signer = await work(commissioner, {}, permission => permission === 'memos.sign')
    assert.match(signer, /Waiting for your approval Memo MEMO-2026-\d+ Asked A memo to sign/)
    assert.doesNotMatch(section(signer, 'Waiting for you', 'Waiting for your approval'), /A memo to sign/)
    assert.doesNotMatch(section(await work(lead), 'Waiting for you', 'What moved'), /A memo to sign/)
  })

  it('gives what was released the day of its deadline here; the asker sees it among what others owe', async () => {
    const record = await world.as(lead, async (trx, act) => {
      const made = await createRecord(trx, act, {
        areaId: 1,
        kind: 'note',
        title: 'Put to the force',
        state: 'asked',
        owner: { organisationId: world.office.id, personId: me },
      })
      return made
    })
    const owner = { organisationId: world.force.id, role: 'chief-constable' }
    await world.as(lead, async (trx, act) => {
      await startClock(trx, act, record, 'QUESTION-CC', { from }, owner)
      await releaseTo(trx, act, record, [world.force.id])
    })
    const force = await work(liaison)
    assert.match(force, /Answer note N-2026-\d+ by Monday 16 March Due soon Put to the force, sent to you/)
    assert.equal(count(section(force, 'Waiting for you', 'What moved'), 'Put to the force'), 1)
    assert.match(force, /Sent to you Note N-2026-\d+: Put to the force from Office of the Commissioner for Testshire/)
    const office = await work(lead)
    assert.match(
      office,
      /What others owe you Answer note N-2026-\d+ by Monday 16 March Due soon Put to the force, from Testshire Police/,
    )
    assert.doesNotMatch(section(office, 'Waiting for you', 'What others owe you'), /Put to the force/)
    assert.doesNotMatch(await work(clerk), /Put to the force/)
  })

  it('tells which deadlines moved, from which day to which and why, and who got them', async () => {
    const { clock } = await start(lead, 'EIR-20', { from }, { title: 'Air quality', owner: { personId: me } })
    await world.as(lead, (trx, act) => extendClock(trx, act, clock, 'eleven thousand pages'))
    const shown = section(await work(lead), 'What moved', '</main>')
    assert.match(
      shown,
      /Answer note N-2026-\d+ A deadline was extended: 31 March 2026 became 30 April 2026 \(eleven thousand pages\)/,
    )
    await world.as(
      lead,
      (trx, act) => handOverClock(trx, act, clock, { role: 'commissioner', personId: null }, 'leaving'),
      { now: Temporal.Instant.from('2026-03-11T10:01:00Z') },
    )
    assert.match(await work(commissioner), /A deadline was handed over \(leaving\)/)
    const holiday = {
      date: day('2026-03-12'),
      name: 'A jubilee',
      whereTaken: 'England and Wales',
      source: 'The Gazette',
    }
    await world.as(lead, (trx, act) => changeCalendar(trx, act, 1, { ...holiday, change: 'added' }))
    assert.match(await work(lead), /moved with the bank holidays: 13 March 2026 became 16 March 2026/)
    assert.doesNotMatch(await work(clerk), /became/)
  })

  it('looks back 7 days, and 30 where asked', async () => {
    await start(lead, 'QUESTION-PCC', { from }, { title: 'Long ago' })
    const later = { now: Temporal.Instant.from('2026-03-31T10:00:00Z') }
    const after = async (query: Record<string, string>) =>
      pageText(await world.as(lead, (_trx, context) => showMyWork(context), { ...later, query }))
    assert.match(await after({}), /What moved in the last 7 days Nothing moved/)
    assert.match(await after({ days: '30' }), /What moved in the last 30 days Deadlines/)
  })
})
