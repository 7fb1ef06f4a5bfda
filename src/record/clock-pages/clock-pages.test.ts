import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Role, Viewer } from '../../platform/access/viewer.ts'
import { may } from '../../platform/access/may.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { Refusal } from '../../platform/refusals.ts'
import type { Answer, FormFields } from '../../platform/web/route.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import { clocksOf, dayOfDue } from '../clock-rows.ts'
import { historyOf } from '../history.ts'
import { declareKinds } from '../kinds.ts'
import { createRecord, findRecord } from '../records.ts'
import { seat, owe } from '../reminders/testing.ts'
import { noteModule } from '../testing-kind.ts'
import { testSite, testWorld } from '../testing.ts'
import type { TestWorld } from '../testing.ts'
import { clockSettings } from './index.ts'

const bodyModule = {
  ...noteModule,
  kinds: noteModule.kinds.map(kind => ({
    ...kind,
    kind: 'body',
    prefix: 'BO',
    states: { standing: { word: 'Meets', colour: 'green' as const, open: false } },
  })),
}
const permissions = { ...clockSettings.permissions, 'record.read': ['policy-lead', 'administrator'] as Role[] }

describe('the pages on which people set things about deadlines', () => {
  let world: TestWorld
  let body: string
  const templates = createTemplates()

  before(async () => {
    declareKinds([noteModule, bodyModule])
    world = await testWorld()
    const made = { areaId: 1, kind: 'body', state: 'standing' }
    const keeper = world.viewer(world.office, 'administrator')
    body = await world.as(keeper, async (trx, context) => {
      const record = await createRecord(trx, context, { ...made, title: 'The Performance Board' })
      return record.id
    })
    await world.as(world.viewer(world.panel, 'panel-clerk'), (trx, context) =>
      createRecord(trx, context, { ...made, title: 'The panel’s own group' }),
    )
  })
  after(() => world.close())

  /** What somebody gets at an address of these pages, as text without mark-up. */
  async function ask(
    viewer: Viewer,
    method: 'GET' | 'POST',
    path: string,
    more: { params?: Record<string, string>; query?: Record<string, string>; fields?: FormFields } = {},
  ): Promise<{ answer: Answer; text: string; html: string }> {
    const route = clockSettings.workspace.find(each => each.method === method && each.path === path)
    if (route === undefined) return assert.fail(`no route ${method} ${path}`)
    const answer = await world.as(viewer, (_trx, context) =>
      Promise.resolve(route.handler({ ...context, ...more, may: permission => may(permissions, viewer, permission) })),
    )
    const html = answer.type === 'page' ? templates.render(answer.view, answer.model, testSite('workspace')) : ''
    const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
    return { answer, html: main, text: main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ') }
  }
  const administrator = () => world.viewer(world.office, 'administrator')
  const status = (answer: Answer) => (answer.type === 'page' ? answer.status : answer.type)

  describe('lengths', () => {
    it('are listed for every rule that has one, with the default, and for one’s own bodies alone', async () => {
      const { text } = await ask(administrator(), 'GET', '/clocks/settings')
      for (const words of [
        'CORR-ACK',
        '3 working days',
        'CORR-RESP',
        '28 working days',
        'QUESTION-TIME',
        'CONSULT',
        'QUESTION-CC',
        'PCC-COMP-RECORD',
      ]) {
        assert.ok(text.includes(words), words)
      }
      assert.match(text, /keep the length they began with/)
      const one = await ask(administrator(), 'GET', '/clocks/settings/:rule', { params: { rule: 'CORR-ACK' } })
      assert.match(one.text, /The Performance Board/)
      assert.doesNotMatch(one.text, /own group/)
      const reader = await ask(world.viewer(world.office, 'policy-lead'), 'GET', '/clocks/settings')
      assert.match(reader.text, /can change these/)
      assert.doesNotMatch(reader.html, /href="\/workspace\/clocks\/settings\//)
    })

    it('are set for the organisation and a body, with who and when, and taken back', async () => {
      const params = { rule: 'QUESTION-TIME' }
      const fields = { own: '5', [`body-${body}`]: '10' }
      await ask(administrator(), 'POST', '/clocks/settings/:rule', { params, fields })
      const { text } = await ask(administrator(), 'GET', '/clocks/settings')
      assert.match(
        text,
        /QUESTION-TIME 3 working days 5 working days The Performance Board: 10 working days administrator of/,
      )
      await ask(administrator(), 'POST', '/clocks/settings/:rule', {
        params,
        fields: { own: '', [`body-${body}`]: '10' },
      })
      const after_ = await ask(administrator(), 'GET', '/clocks/settings/:rule', { params })
      assert.match(after_.html, /name="own" type="text"[^>]*>/)
      assert.doesNotMatch(after_.html, /name="own"[^>]*value="5"/)
      assert.match(after_.html, /value="10"/)
    })

    it('that are no lengths are answered by the box, and what was typed stays', async () => {
      for (const typed of ['0', '-1', '2.5', 'soon', '1001', '999999']) {
        const params = { rule: 'CORR-ACK' }
        const { answer, html } = await ask(administrator(), 'POST', '/clocks/settings/:rule', {
          params,
          fields: { own: typed },
        })
        assert.equal(status(answer), 422, typed)
        assert.match(html, /must be a whole number from 1 to 1,000/)
        assert.ok(html.includes(`value="${typed}"`), typed)
      }
      const { rows } = await sql`select 1 from workspace.clock_setting where rule = 'CORR-ACK'`.execute(
        world.database.owner,
      )
      assert.equal(rows.length, 0)
    })

    it('that law fixes are not there to be set', async () => {
      for (const rule of ['FOI-20', 'nothing']) {
        const { answer } = await ask(administrator(), 'GET', '/clocks/settings/:rule', { params: { rule } })
        assert.equal(answer.type, 'not-found', rule)
      }
    })
  })

  describe('calendars', () => {
    const holiday = {
      'date-day': '20',
      'date-month': '3',
      'date-year': '2026',
      name: 'A day of thanks',
      where: 'England and Wales',
      source: 'London Gazette, 12 March 2026',
    }

    it('say their source, how far they are known, and the holidays of a year', async () => {
      const { text } = await ask(administrator(), 'GET', '/clocks/calendars', { query: { year: '2027' } })
      assert.match(text, /GOV\.UK bank holidays/)
      assert.match(text, /known up to 31 December 2027/)
      assert.match(text, /Friday 26 March 2027 Good Friday England and Wales/)
      assert.match(text, /St Andrew/)
      assert.match(text, /office, the force and the panel of Testshire alike/)
    })

    it('show what would move before anything does, one’s own with its title and of others how many', async () => {
      const record = await owe(world, world.office, 'A letter', { rule: 'CORR-RESP', from: '2026-03-10' })
      await owe(world, world.panel, 'What the panel knows', { rule: 'CORR-RESP', from: '2026-03-10' })
      const { answer, text, html } = await ask(administrator(), 'POST', '/clocks/calendars/add', { fields: holiday })
      assert.equal(status(answer), 200)
      assert.match(text, /A letter Answer a letter Tuesday 21 April 2026 Wednesday 22 April 2026/)
      assert.match(text, /So do 1 deadline of other organisations/)
      assert.doesNotMatch(html, /panel knows/)
      for (const [name, value] of Object.entries(holiday)) {
        assert.ok(html.includes(`<input type="hidden" name="${name}" value="${value}">`), name)
      }
      const due = await world.as(administrator(), async trx => dayOfDue((await clocksOf(trx, record))[0]?.due ?? null))
      assert.equal(due?.toString(), '2026-04-21', 'nothing moved yet')
      const { rows } = await sql`select 1 from workspace.calendar_change`.execute(world.database.owner)
      assert.equal(rows.length, 0)

      const made = await ask(administrator(), 'POST', '/clocks/calendars/add/confirm', { fields: holiday })
      if (made.answer.type !== 'redirect') return assert.fail('not changed')
      assert.match(made.answer.notice ?? '', /2 deadlines moved/)
      const seq = made.answer.to.split('/').at(-1) ?? ''
      const shown = await ask(administrator(), 'GET', '/clocks/calendars/changes/:seq', { params: { seq } })
      assert.match(shown.text, /A letter Answer a letter Tuesday 21 April 2026 Wednesday 22 April 2026/)
      assert.match(shown.text, /So do 1 deadline of other organisations/)
      assert.doesNotMatch(shown.text, /panel knows/)
      const theirs = await ask(world.viewer(world.panel, 'panel-clerk'), 'GET', '/clocks/calendars/changes/:seq', {
        params: { seq },
      })
      assert.match(theirs.text, /What the panel knows/)
      assert.doesNotMatch(theirs.text, /A letter/)
      const history = await world.as(administrator(), trx => historyOf(trx, record))
      assert.ok(history.some(line => line.kind === 'note.clock-redated' && line.payload?.['was'] === '2026-04-21'))
      assert.equal((await world.as(administrator(), trx => findRecord(trx, record)))?.id, record.id)
      const listed = await ask(administrator(), 'GET', '/clocks/calendars')
      assert.match(listed.text, /Added: Friday 20 March 2026 A day of thanks, England and Wales London Gazette/)
    })

    it('refuse a day that is one already, and one that does not exist, by its field', async () => {
      const again = await ask(administrator(), 'POST', '/clocks/calendars/add/confirm', { fields: holiday })
      assert.equal(status(again.answer), 422)
      assert.match(again.text, /20 March 2026 is a bank holiday already: A day of thanks/)
      const none = { ...holiday, 'date-day': '29', 'date-month': '2' }
      const leap = await ask(administrator(), 'POST', '/clocks/calendars/add', { fields: none })
      assert.equal(status(leap.answer), 422)
      assert.match(leap.text, /2026 is not a leap year/)
      const empty = await ask(administrator(), 'POST', '/clocks/calendars/add', { fields: {} })
      for (const words of [
        'Enter the day',
        'Enter what the day is called',
        'Choose where',
        'Enter where it was proclaimed',
      ]) {
        assert.ok(empty.text.includes(words), words)
      }
    })

    it('let a day be taken away again, which moves everything back', async () => {
      const fields = { day: '2026-03-20', source: 'It was withdrawn' }
      const preview = await ask(administrator(), 'POST', '/clocks/calendars/remove', { fields })
      assert.match(preview.text, /Wednesday 22 April 2026 Tuesday 21 April 2026/)
      const made = await ask(administrator(), 'POST', '/clocks/calendars/remove/confirm', { fields })
      assert.equal(made.answer.type, 'redirect')
      const past = await ask(administrator(), 'POST', '/clocks/calendars/remove', {
        fields: { day: '2026-01-01', source: 'x' },
      })
      assert.equal(status(past.answer), 422, 'a day that is past stays')
    })

    it('are changed by an administrator of the office, and nobody else', async () => {
      const others = [world.viewer(world.force, 'administrator'), world.viewer(world.panel, 'administrator')]
      for (const viewer of others) {
        for (const path of ['/clocks/calendars/add', '/clocks/calendars/add/confirm']) {
          await assert.rejects(ask(viewer, 'POST', path, { fields: holiday }), Refusal)
        }
        assert.match(
          (await ask(viewer, 'GET', '/clocks/calendars')).text,
          /An administrator of the commissioner’s office can/,
        )
      }
      assert.deepEqual(clockSettings.permissions['clocks.calendar'], ['administrator'])
    })
  })

  describe('reminders of an organisation', () => {
    it('say that the address of the host council is awaited, until the clerk gives it', async () => {
      const clerk = world.viewer(world.panel, 'panel-clerk')
      const before_ = await ask(clerk, 'GET', '/clocks/reminders')
      assert.match(before_.text, /officer of the host council\. No address is known yet/)
      const params = { role: 'panel-clerk' }
      const bad = { to: 'address', address: 'not one', after: '0' }
      const refused = await ask(clerk, 'POST', '/clocks/reminders/:role', { params, fields: bad })
      assert.equal(status(refused.answer), 422)
      assert.match(refused.text, /Enter an email address like[\s\S]*must be between 1 and 60/)
      assert.match(refused.html, /value="not one"/)
      const fields = { to: 'address', address: 'officer@council.example', after: '3' }
      await ask(clerk, 'POST', '/clocks/reminders/:role', { params, fields })
      const after_ = await ask(clerk, 'GET', '/clocks/reminders')
      assert.match(after_.text, /officer@council\.example 3 working days panel-clerk of/)
      assert.doesNotMatch(after_.text, /No address is known/)
      const member = await ask(world.viewer(world.panel, 'panel-member'), 'GET', '/clocks/reminders')
      assert.doesNotMatch(member.text, /council\.example/)
      const office = await ask(administrator(), 'GET', '/clocks/reminders')
      assert.doesNotMatch(office.text, /council/, 'another organisation sees nothing of it')
    })

    it('take a role, the default, and no nonsense', async () => {
      const params = { role: 'policy-lead' }
      const post = (fields: FormFields) => ask(administrator(), 'POST', '/clocks/reminders/:role', { params, fields })
      for (const to of ['', 'policy-lead', 'panel-clerk', 'beadle']) {
        assert.equal(status((await post({ to, after: '1' })).answer), 422, to)
      }
      await post({ to: 'commissioner', after: '2' })
      assert.match(
        (await ask(administrator(), 'GET', '/clocks/reminders')).text,
        /commissioner [^.]*2 working days administrator of/,
      )
      await post({ to: 'default', after: '' })
      assert.doesNotMatch((await ask(administrator(), 'GET', '/clocks/reminders')).text, /2 working days/)
      const unknown = await ask(administrator(), 'GET', '/clocks/reminders/:role', { params: { role: 'panel-clerk' } })
      assert.equal(unknown.answer.type, 'not-found')
    })

    it('keep the days before, between none and sixty', async () => {
      for (const days of ['', '61', 'ten', '-1']) {
        const { answer } = await ask(administrator(), 'POST', '/clocks/reminders', { fields: { days } })
        assert.equal(status(answer), 422, days)
      }
      await ask(administrator(), 'POST', '/clocks/reminders', { fields: { days: '14' } })
      const { html, text } = await ask(administrator(), 'GET', '/clocks/reminders')
      assert.match(html, /name="days"[^>]*value="14"/)
      assert.match(text, /It is 14 days, set by administrator of .* on 11 March 2026/)
    })
  })

  describe('one’s own', () => {
    it('reminders show what a message would hold, from every organisation one acts for', async () => {
      const user = await seat(world, 'both', [
        { organisation: world.office, role: 'policy-lead' },
        { organisation: world.panel, role: 'legal-adviser' },
      ])
      const viewer = { ...world.viewer(world.office, 'policy-lead'), userId: user.id }
      await owe(world, world.office, 'Here', { rule: 'ACTION', from: '2026-02-10' })
      const owner = { role: 'legal-adviser' }
      await owe(world, world.panel, 'There', { rule: 'ACTION', from: '2026-02-10', owner })
      await owe(world, world.panel, 'Not mine', { rule: 'ACTION', from: '2026-02-10', owner: { role: 'panel-member' } })
      const { text } = await ask(viewer, 'GET', '/account/reminders')
      assert.match(text, /Overdue Act, or look again .*Here .*Tuesday 10 March 2026, 1 day late/)
      assert.match(text, /There/)
      assert.doesNotMatch(text, /Not mine/)
      const { answer } = await ask(viewer, 'POST', '/account/reminders', { fields: { before: '' } })
      assert.equal(status(answer), 422)
      await ask(viewer, 'POST', '/account/reminders', { fields: { before: 'no' } })
      assert.match((await ask(viewer, 'GET', '/account/reminders')).html, /value="no" checked/)
    })

    it('calendar shows its address once, with how to add it', async () => {
      const user = await seat(world, 'calendar', [{ organisation: world.office, role: 'policy-lead' }])
      const viewer = { ...world.viewer(world.office, 'policy-lead'), userId: user.id }
      assert.match((await ask(viewer, 'GET', '/account/calendar')).text, /has no address yet/)
      const made = await ask(viewer, 'POST', '/account/calendar')
      const address = /https:\/\/policing\.example\.org\/workspace\/calendar\/[\w-]{43}\.ics/.exec(made.html)?.[0] ?? ''
      assert.notEqual(address, '')
      for (const program of ['Outlook', 'Google', 'Apple']) assert.ok(made.text.includes(program), program)
      const later = await ask(viewer, 'GET', '/account/calendar')
      assert.match(later.text, /has had an address since 11 March 2026/)
      assert.ok(!later.html.includes(address))
      await ask(viewer, 'POST', '/account/calendar/end')
      assert.match((await ask(viewer, 'GET', '/account/calendar')).text, /has no address yet/)
      const rows = await inTransaction(world.database.program, null, trx =>
        trx.selectFrom('calendar_feed').select('user_id').execute(),
      )
      assert.deepEqual(rows, [])
    })
  })
})
