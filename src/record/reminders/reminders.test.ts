import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '../../platform/database/transaction.ts'
import { startJobs } from '../../platform/jobs.ts'
import { registerMail } from '../../platform/mail.ts'
import { pauseClock } from '../clock-changes.ts'
import { clocksOf } from '../clock-rows.ts'
import { stopClock } from '../clock-store.ts'
import { declareKinds } from '../kinds.ts'
import { changeCalendar } from '../redate-clocks.ts'
import { releaseTo } from '../release.ts'
import { noteModule } from '../testing-kind.ts'
import { testWorld } from '../testing.ts'
import type { TestWorld } from '../testing.ts'
import { beginReminders, writeDay } from './daily-job.ts'
import type { ReminderSettings } from './daily-job.ts'
import { chooseToldBefore, setDaysBefore, setEscalation } from './settings.ts'
import { mailsTo, owe, seat } from './testing.ts'
import type { TestUser } from './testing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('reminders', () => {
  let world: TestWorld
  let folder: string
  const said: string[] = []
  let settings: ReminderSettings
  let people: Record<'lead' | 'colleague' | 'chief' | 'liaison' | 'clerk' | 'chair' | 'both', TestUser>
  const personOfColleague = '0190bbbb-0000-7000-8000-000000000001'

  before(async () => {
    declareKinds([noteModule])
    world = await testWorld()
    folder = await mkdtemp(join(tmpdir(), 'peelian-reminders-'))
    const log = (line: string) => void said.push(line)
    const baseUrl = 'https://policing.example.org'
    registerMail({ smtpUrl: undefined, dataDirectory: folder, baseUrl, log })
    settings = { db: world.database.program, baseUrl, now: () => Temporal.Instant.from('2026-03-11T07:00:00Z'), log }
    const { office, force, panel } = world
    people = {
      lead: await seat(world, 'lead', [{ organisation: office, role: 'policy-lead' }]),
      colleague: await seat(world, 'colleague', [{ organisation: office, role: 'policy-lead' }], personOfColleague),
      chief: await seat(world, 'chief', [{ organisation: office, role: 'chief-executive' }]),
      liaison: await seat(world, 'liaison', [{ organisation: force, role: 'liaison' }]),
      clerk: await seat(world, 'clerk', [{ organisation: panel, role: 'panel-clerk' }]),
      chair: await seat(world, 'chair', [{ organisation: panel, role: 'panel-chair' }]),
      both: await seat(world, 'both', [
        { organisation: office, role: 'administrator' },
        { organisation: panel, role: 'legal-adviser' },
      ]),
    }
  })
  after(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  /** A new page: nothing runs, nothing was told. */
  async function clean(): Promise<void> {
    const { owner } = world.database
    for (const table of ['reminder_day', 'reminder_message', 'reminder_told', 'reminder_escalation', 'clock']) {
      await sql`delete from ${sql.table(`workspace.${table}`)}`.execute(owner)
    }
    await sql`truncate workspace.clock`.execute(owner)
    await sql`delete from jobs.job`.execute(world.database.program)
  }
  const run = (on: string) => writeDay(settings, day(on))
  const subjects = async (who: TestUser) => (await mailsTo(world, who.email)).map(mail => mail.subject)

  it('come once a day, gather everything, and say nothing where nothing new was reached', async () => {
    await clean()
    // 10 working days after Wednesday 4 March: due on Wednesday 18 March.
    const question = await owe(world, world.office, 'Response times\nBcc: all <in the north>', {
      rule: 'QUESTION-CC',
      from: '2026-03-04',
      owner: { role: 'policy-lead' },
    })
    // 28 days after 10 February: due on 10 March.
    await owe(world, world.office, 'An action that is late', { rule: 'ACTION', from: '2026-02-10' })
    await run('2026-03-11')
    const [mail, ...more] = await mailsTo(world, people.lead.email)
    assert.equal(more.length, 0)
    assert.equal(mail?.subject, 'Your deadlines on Wednesday 11 March 2026: 1 overdue, 1 soon')
    assert.match(
      mail.text,
      /OVERDUE\n\n\* Act, or look again\n {2}note \S+: An action that is late\n {2}Was due on Tuesday 10 March 2026, 1 day late\n/,
    )
    assert.match(
      mail.text,
      /Answer a question to the chief constable\n {2}note \S+: Response times Bcc: all <in the north>\n {2}Due on Wednesday 18 March 2026\n {2}https:\/\/policing\.example\.org\/workspace\/notes\//,
    )
    assert.match(mail.html, /Response times Bcc: all &lt;in the north&gt;/)
    assert.match(mail.html, new RegExp(`<a href="https://policing.example.org/workspace/notes/${question.id}">`))
    assert.doesNotMatch(mail.html, /style=|<style|<script/)
    assert.equal((await mailsTo(world, people.colleague.email)).length, 1, 'everybody who holds the role')
    assert.equal((await mailsTo(world, people.chief.email)).length, 0, 'nobody else')
    await run('2026-03-12')
    assert.equal((await subjects(people.lead)).length, 1, 'nothing new on the day after')
    await run('2026-03-18')
    assert.deepEqual((await subjects(people.lead)).slice(1), [
      'Your deadlines on Wednesday 18 March 2026: 1 overdue, 1 due today',
    ])
  })

  it('come to the person that a clock names, and to nobody for a role of theirs', async () => {
    await clean()
    const owner = { role: 'policy-lead', personId: personOfColleague }
    await owe(world, world.office, 'Hers', { rule: 'ACTION', from: '2026-02-10', owner })
    await run('2026-03-11')
    assert.equal((await subjects(people.colleague)).length, 1)
    assert.deepEqual(await subjects(people.lead), [])
  })

  it('are written once where two processes write the same day, and none after it is finished', async () => {
    await clean()
    await owe(world, world.office, 'Late', { rule: 'ACTION', from: '2026-02-10' })
    await Promise.all([run('2026-03-11'), run('2026-03-11'), run('2026-03-11')])
    assert.equal((await subjects(people.lead)).length, 1)
    await owe(world, world.office, 'Late too', { rule: 'ACTION', from: '2026-02-10' })
    await run('2026-03-11')
    assert.equal((await subjects(people.lead)).length, 1, 'that is told tomorrow')
    await run('2026-03-12')
    assert.equal((await subjects(people.lead)).length, 2)
  })

  it('that fail for one come to the others, and to that one when it is tried again', async () => {
    await clean()
    await owe(world, world.office, 'Late', { rule: 'ACTION', from: '2026-02-10' })
    const { owner } = world.database
    await sql`create function refuse_mail() returns trigger language plpgsql as
      $$ begin if new.data ->> 'to' = 'lead@testshire.example' then raise 'no room'; end if; return new; end $$`.execute(
      owner,
    )
    await sql`create trigger refuse_mail before insert on jobs.job for each row execute function refuse_mail()`.execute(
      owner,
    )
    await assert.rejects(run('2026-03-11'), /1 reminders could not be written/)
    await sql`drop trigger refuse_mail on jobs.job`.execute(owner)
    assert.deepEqual([(await subjects(people.lead)).length, (await subjects(people.colleague)).length], [0, 1])
    await run('2026-03-11')
    assert.deepEqual([(await subjects(people.lead)).length, (await subjects(people.colleague)).length], [1, 1])
    assert.doesNotMatch(said.join('\n'), /lead|colleague|@/, 'the log names nobody')
  })

  it('never come at weekends or on bank holidays, one that was added here included', async () => {
    await clean()
    await owe(world, world.office, 'Late', { rule: 'ACTION', from: '2026-02-10' })
    await run('2026-03-14')
    await run('2026-04-03')
    assert.deepEqual(await subjects(people.lead), [])
    const holiday = {
      date: day('2026-03-11'),
      name: 'A day',
      whereTaken: 'England and Wales',
      source: 'a proclamation',
    }
    await world.as(world.viewer(world.office, 'administrator'), (trx, context) =>
      changeCalendar(trx, context, world.area.id, { ...holiday, change: 'added' }),
    )
    await run('2026-03-11')
    assert.deepEqual(await subjects(people.lead), [])
    await sql`delete from workspace.calendar_change`.execute(world.database.owner)
  })

  it('name a record that is not open by its reference alone', async () => {
    await clean()
    const record = await owe(
      world,
      world.office,
      'The informant in Leek',
      { rule: 'ACTION', from: '2026-02-10' },
      { classification: 'confidential', ground: { code: 'confidential', reason: 'an informant' } as const },
    )
    await run('2026-03-11')
    const [mail] = await mailsTo(world, people.lead.email)
    assert.match(mail?.text ?? '', new RegExp(`note ${record.reference}\n`))
    assert.doesNotMatch(JSON.stringify(mail), /informant/)
  })

  it('of the force never name an unreleased title of the office, and name it as it was sent', async () => {
    await clean()
    const owner = { organisationId: world.force.id, role: 'liaison' }
    const record = await owe(world, world.office, 'A secret draft', { rule: 'QUESTION-CC', from: '2026-02-10', owner })
    await run('2026-03-11')
    const [first] = await mailsTo(world, people.liaison.email)
    assert.match(first?.text ?? '', /Answer a question to the chief constable\n {2}note\n/)
    assert.doesNotMatch(JSON.stringify(first), /secret draft/)
    assert.ok(!JSON.stringify(first).includes(record.reference))
    const viewer = world.viewer(world.office, 'administrator')
    await world.as(viewer, (trx, context) => releaseTo(trx, context, record, [world.force.id]))
    await sql`update workspace.record set title = 'A later secret' where id = ${record.id}`.execute(
      world.database.owner,
    )
    await run('2026-03-18')
    const [, second] = await mailsTo(world, people.liaison.email)
    assert.match(second?.text ?? '', /A secret draft/)
    assert.doesNotMatch(JSON.stringify(second), /later secret/)
  })

  it('do not come of what stands still, was done, or lies in a historical area', async () => {
    await clean()
    const office = world.viewer(world.office, 'administrator')
    const paused = await owe(world, world.office, 'Paused', { rule: 'ACTION', from: '2026-02-12' })
    await world.as(office, async (trx, context) => {
      const [clock] = await clocksOf(trx, paused)
      if (clock !== undefined) await pauseClock(trx, context, clock, day('2026-03-04'), 'asked')
    })
    const done = await owe(world, world.office, 'Done', { rule: 'ACTION', from: '2026-02-10' })
    await world.as(office, (trx, context) => stopClock(trx, context, done, 'ACTION', 'done'))
    await run('2026-03-11')
    await owe(world, world.office, 'Old', { rule: 'ACTION', from: '2026-02-10' })
    await sql`update workspace.area set historical = true`.execute(world.database.owner)
    await run('2026-03-12')
    await sql`update workspace.area set historical = false`.execute(world.database.owner)
    assert.deepEqual([...(await subjects(people.lead)), ...(await subjects(people.chief))], [])
  })

  it('go on to whoever the role goes on to, a working day later and then each week', async () => {
    await clean()
    // Due on Tuesday 10 March; told overdue on 11, goes on on 12.
    await owe(world, world.office, 'Late', { rule: 'ACTION', from: '2026-02-10' })
    for (const on of ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-18', '2026-03-19']) await run(on)
    assert.equal((await subjects(people.lead)).length, 2)
    assert.deepEqual(await subjects(people.chief), [
      'Your deadlines on Thursday 12 March 2026: 1 passed on to you',
      'Your deadlines on Thursday 19 March 2026: 1 passed on to you',
    ])
    assert.match((await mailsTo(world, people.chief.email))[0]?.text ?? '', /PASSED ON TO YOU[\s\S]*Late/)
  })

  it('go on to an address outside without a title, once the clerk has given one', async () => {
    await clean()
    const owed = { rule: 'MINUTES-PUB', from: '2026-03-02' }
    const record = await owe(world, world.panel, 'What the panel knows', owed)
    await run('2026-03-11')
    assert.equal((await subjects(people.chair)).length, 1, 'until then to the chair')
    const clerk = world.viewer(world.panel, 'panel-clerk')
    const officer = { to: { address: 'officer@council.example' }, afterDays: 2 }
    await world.as(clerk, (trx, context) => setEscalation(trx, context, world.area.id, 'panel-clerk', officer))
    for (const on of ['2026-03-12', '2026-03-13']) await run(on)
    const [mail, ...more] = await mailsTo(world, 'officer@council.example')
    assert.equal(more.length, 0)
    assert.match(mail?.subject ?? '', /Testshire Police and Crime Panel: 1 overdue deadline$/)
    assert.match(mail?.text ?? '', new RegExp(`note ${record.reference}`))
    assert.doesNotMatch(JSON.stringify(mail), /What the panel knows|workspace\/notes/)
    assert.equal((await subjects(people.chair)).length, 1, 'no longer to the chair')
    const { rows } = await sql<{ kind: string; payload: string }>`
      select kind, payload::text as payload from workspace.event join workspace.event_payload using (area_id, seq)
      where kind = 'reminder.escalation-set'`.execute(world.database.owner)
    assert.equal(rows.length, 1)
    assert.doesNotMatch(rows[0]?.payload ?? '', /council\.example/, 'histories are kept for ever')
  })

  it('come as many days before as the organisation set, unless somebody wants none', async () => {
    await clean()
    const administrator = world.viewer(world.office, 'administrator')
    await world.as(administrator, (trx, context) => setDaysBefore(trx, context, world.area.id, 2))
    await world.as({ ...administrator, userId: people.lead.id }, (trx, context) =>
      chooseToldBefore(trx, context, false),
    )
    // Due on Wednesday 18 March.
    await owe(world, world.office, 'Soon', { rule: 'ACTION', from: '2026-02-18' })
    await run('2026-03-13')
    assert.deepEqual(await subjects(people.colleague), [])
    await run('2026-03-16')
    assert.equal((await subjects(people.colleague)).length, 1)
    await run('2026-03-18')
    assert.deepEqual(await subjects(people.lead), ['Your deadlines on Wednesday 18 March 2026: 1 due today'])
    assert.equal((await subjects(people.colleague)).length, 2)
    await sql`delete from workspace.reminder_setting`.execute(world.database.owner)
    await sql`delete from workspace.reminder_preference`.execute(world.database.owner)
  })

  it('come from all the organisations somebody acts for in one message, which says whose each is', async () => {
    await clean()
    const owner = { role: 'administrator' }
    await owe(world, world.office, 'Of the office', { rule: 'ACTION', from: '2026-02-10', owner })
    await owe(world, world.panel, 'Of the panel', {
      rule: 'ACTION',
      from: '2026-02-10',
      owner: { role: 'legal-adviser' },
    })
    await run('2026-03-11')
    const [mail, ...more] = await mailsTo(world, people.both.email)
    assert.equal(more.length, 0)
    assert.match(mail?.text ?? '', /1 day late \(Office of the Commissioner for Testshire\)/)
    assert.match(mail?.text ?? '', /1 day late \(Testshire Police and Crime Panel\)/)
  })

  it('are written by a job that begins with the program, makes up for a missed morning and queues the next', async () => {
    await clean()
    await owe(world, world.office, 'Late', { rule: 'ACTION', from: '2026-02-10' })
    const now = () => Temporal.Instant.from('2026-03-11T09:30:00Z')
    await beginReminders({ ...settings, now })
    await beginReminders({ ...settings, now })
    const jobs = await startJobs({
      url: world.database.urls.program,
      onFailure: (_job, fault) => said.push(String(fault)),
    })
    try {
      const mailFolder = join(folder, 'mail')
      const mails = () => readdir(mailFolder).catch(() => [])
      while ((await mails()).length < 2) await new Promise(resolve => setTimeout(resolve, 50))
      const [mail = ''] = await mails()
      assert.match(await readFile(join(mailFolder, mail), 'utf8'), /Subject: Your deadlines on Wednesday 11 March 2026/)
    } finally {
      await jobs.stop()
    }
    const { rows } = await sql<{ start: Temporal.Instant }>`
      select start_after as start from jobs.job where name = 'record.reminders' and state = 'created'`.execute(
      world.database.program,
    )
    assert.deepEqual(
      rows.map(({ start }) => start.toString()),
      ['2026-03-12T07:00:00Z'],
    )
    await inTransaction(world.database.program, null, async trx => {
      const found = await trx.selectFrom('reminder_day').select('day').execute()
      assert.deepEqual(
        found.map(row => row.day.toString()),
        ['2026-03-11'],
      )
    })
  })
})
