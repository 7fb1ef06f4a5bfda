import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import { Refusal } from '../../platform/refusals.ts'
import { historyOf } from '../../record/history.ts'
import { declareKinds } from '../../record/kinds.ts'
import { publishRecord } from '../../record/publish.ts'
import { atAddress } from '../../record/published.ts'
import type { RecordHead } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { testNow, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import {
  addAppointment,
  addBody,
  addMembership,
  addOrganisation,
  addPerson,
  addPolicingBody,
  addSuccession,
  bodiesOf,
  chiefOfficers,
  endAppointment,
  endMembership,
  findBody,
  findOrganisationBySlug,
  membersOn,
  organisations,
  organisationsOf,
  personNames,
  policingBodiesOf,
  publicNames,
  serveArea,
  settleStandings,
  whoHeld,
} from './index.ts'
import { successionsOf } from './organisations.ts'

declareKinds([organisations])

const day = (text: string) => Temporal.PlainDate.from(text)
const areaId = 1

describe('Organisations, people and bodies', () => {
  let world: TestWorld
  let office: Viewer
  let panel: Viewer
  before(async () => {
    world = await testWorld()
    office = world.viewer(world.office, 'administrator')
    panel = world.viewer(world.panel, 'panel-clerk')
    await world.as(office, async trx => {
      for (const each of [world.office, world.force, world.panel]) await serveArea(trx, each.id, areaId)
    })
  })
  after(() => world.close())

  const officeHolder = (viewer: Viewer, name: string, publicName: string | null = name) =>
    world.as(viewer, (trx, act) => addPerson(trx, act, { areaId, name, publicName }))
  const head = (viewer: Viewer, record: RecordHead) => world.as(viewer, trx => findRecord(trx, record))

  it('an area has its organisations, office first, and a panel its host', async () => {
    await world.as(office, async trx => {
      const council = await addOrganisation(trx, { name: 'Testshire Council', kind: 'council', areas: [areaId] })
      const other = await addOrganisation(trx, { name: 'Testshire Council', kind: 'other', areas: [] })
      assert.equal(council.slug, 'testshire-council')
      assert.equal(other.slug, 'testshire-council-2')
      const kinds = (await organisationsOf(trx, areaId)).map(each => each.kind)
      assert.deepEqual(kinds, ['office', 'force', 'panel', 'council'])
      assert.deepEqual(
        (await organisationsOf(trx, areaId, 'council')).map(each => each.id),
        [council.id],
      )
      assert.equal((await findOrganisationBySlug(trx, 'testshire-council'))?.id, council.id)
      assert.equal((await organisationsOf(trx, 2)).length, 0)
    })
  })

  it('a local policing body may be followed by another, and no date is inferred', async () => {
    await world.as(office, async trx => {
      const common = { areaId, organisationId: world.office.id }
      const validTo = day('2028-05-08')
      const first = await addPolicingBody(trx, {
        ...common,
        ...{ kind: 'PCC', legalName: 'Police and Crime Commissioner for Testshire', validFrom: null, validTo },
      })
      const second = await addPolicingBody(trx, {
        ...common,
        ...{ kind: 'POLICING_CRIME_BOARD', legalName: 'Testshire Board', validFrom: day('2028-05-09'), validTo: null },
      })
      const taken = { from: [first.id], to: [second.id], instrument: null }
      await addSuccession(trx, { ...taken, effectiveOn: null, scope: ['POLICING', 'RECORDS'] })
      assert.deepEqual(
        (await policingBodiesOf(trx, areaId)).map(each => each.kind),
        ['PCC', 'POLICING_CRIME_BOARD'],
      )
      const [succession] = await successionsOf(trx, [second.id])
      assert.equal(succession?.effective_on, null)
      assert.deepEqual(succession.scope, ['POLICING', 'RECORDS'])
    })
  })

  it('a post is handed over: who held it follows the day', async () => {
    const { personId: before, record } = await officeHolder(office, 'Ann First')
    const { personId: next } = await officeHolder(office, 'Bea Second')
    await world.as(office, async (trx, act) => {
      const post = { areaId, organisationId: world.office.id, role: 'commissioner' as const, title: 'Commissioner' }
      const { id } = await addAppointment(trx, act, { ...post, personId: before, started: '2021-05-13' })
      await endAppointment(trx, act, { id, ended: '2025-05-08', successor: next, why: 'Term ended' })
      await assert.rejects(endAppointment(trx, act, { id, ended: '2025-06-01' }), /ended already/)
    })
    const holders = (on: string) =>
      world.as(office, trx => whoHeld(trx, { organisationId: world.office.id, role: 'commissioner', on: day(on) }))
    assert.deepEqual((await holders('2021-05-12')).length, 0)
    assert.deepEqual(
      (await holders('2025-05-08')).map(each => each.name),
      ['Ann First'],
    )
    assert.deepEqual(
      (await holders('2025-05-09')).map(each => each.name),
      ['Bea Second'],
    )
    assert.equal((await head(office, record))?.state, 'left')
    const events = await world.as(office, trx => historyOf(trx, record))
    assert.deepEqual(
      events.map(event => event.kind),
      ['office-holder.post-ended', 'office-holder.appointed', 'office-holder.created'],
    )
    assert.equal(events[0]?.payload?.['why'], 'Term ended')
  })

  it('a post that no paper dates is held from when it is shown, and not known afterwards', async () => {
    const { personId, record } = await officeHolder(office, 'Cara Shown')
    await world.as(office, async (trx, act) => {
      const post = {
        areaId,
        organisationId: world.office.id,
        role: 'chief-executive' as const,
        title: 'Chief Executive',
      }
      await assert.rejects(addAppointment(trx, act, { ...post, personId }), Refusal)
      await addAppointment(trx, act, { ...post, personId, shown: ['2014-07-18', '2014-09-26'], endUnknown: true })
      await addAppointment(trx, act, { ...post, personId: null, shown: ['2017/18'], endUnknown: true })
      const asked = (on: string) =>
        whoHeld(trx, { organisationId: world.office.id, role: 'chief-executive', on: day(on) })
      assert.deepEqual(
        (await asked('2014-08-01')).map(each => each.name),
        ['Cara Shown'],
      )
      assert.deepEqual(await asked('2017-11-01'), [])
    })
    assert.equal((await head(office, record))?.state, 'not-known')
  })

  it('a term that begins later moves the record on when its day has come', async () => {
    const { personId, record } = await officeHolder(office, 'Dora Later')
    await world.as(office, (trx, act) =>
      addAppointment(trx, act, {
        ...{ areaId, organisationId: world.office.id, personId, role: 'deputy-commissioner', title: 'Deputy' },
        started: '2026-04-01',
      }),
    )
    assert.equal((await head(office, record))?.state, 'appointed')
    const now = Temporal.Instant.from('2026-04-01T09:00:00Z')
    const moved = await world.as(office, (trx, act) => settleStandings(trx, act, areaId), { now })
    assert.equal(moved, 1)
    assert.equal((await head(office, record))?.state, 'in-post')
  })

  it('the office may name the chief officers of the force, whose records it cannot see', async () => {
    const force = world.viewer(world.force, 'administrator')
    const { personId, record } = await officeHolder(force, 'Eve Chief')
    const { personId: deputy } = await officeHolder(force, 'Fay Deputy')
    const { personId: liaison } = await officeHolder(force, 'Gus Liaison', null)
    await world.as(force, async (trx, act) => {
      const post = { areaId, organisationId: world.force.id, started: '2024-01-01' }
      await addAppointment(trx, act, {
        ...post,
        personId: deputy,
        role: 'chief-officer',
        title: 'Deputy Chief Constable',
      })
      await addAppointment(trx, act, { ...post, personId, role: 'chief-constable', title: 'Chief Constable' })
      await addAppointment(trx, act, { ...post, personId: liaison, role: 'liaison', title: 'Liaison officer' })
    })
    await world.as(office, async trx => {
      const named = await chiefOfficers(trx, world.force.id, day('2026-03-11'))
      assert.deepEqual(
        named.map(each => each.name),
        ['Eve Chief', 'Fay Deputy'],
      )
      assert.equal(await findRecord(trx, record), null)
      assert.deepEqual([...(await personNames(trx, [personId, liaison])).values()].sort(), ['Eve Chief', 'Gus Liaison'])
      assert.deepEqual([...(await publicNames(trx, [personId, liaison])).values()], ['Eve Chief'])
    })
  })

  it("a panel's body and its members are not there for the office", async () => {
    const { personId } = await officeHolder(panel, 'Hal Member')
    const body = await world.as(panel, (trx, act) =>
      addBody(trx, act, { areaId, name: 'Hidden Group', form: 'working-group' }),
    )
    await world.as(panel, (trx, act) =>
      addMembership(trx, act, { areaId, bodyId: body.id, personId, capacity: 'member', started: '2025-01-01' }),
    )
    await world.as(office, async (trx, act) => {
      assert.equal(await findBody(trx, body), null)
      assert.deepEqual(await bodiesOf(trx, areaId), [])
      assert.deepEqual(await membersOn(trx, body, day('2026-03-11')), [])
      const seat = { areaId, bodyId: body.id, personId, capacity: 'member' as const, started: '2026-01-01' }
      await assert.rejects(addMembership(trx, act, seat), /not there/)
    })
  })

  describe('a body with its members', () => {
    let body: RecordHead
    let person: RecordHead
    let staff: RecordHead
    before(async () => {
      const member = await officeHolder(panel, 'Ida Member')
      const quiet = await officeHolder(panel, 'Joy Quiet', null)
      const gone = await officeHolder(panel, 'Kit Gone')
      person = member.record
      staff = quiet.record
      await world.as(panel, async (trx, act) => {
        body = await addBody(trx, act, {
          areaId,
          name: 'Testshire Police and Crime Panel',
          form: 'panel',
          purpose: 'Scrutinises',
        })
        const seat = { areaId, bodyId: body.id }
        const capacity = 'member' as const
        const { id: left } = await addMembership(trx, act, {
          ...seat,
          personId: gone.personId,
          capacity,
          started: '2020-05-01',
        })
        await endMembership(trx, act, { areaId, id: left, ended: '2024-05-01' })
        const title = 'Adviser'
        await addMembership(trx, act, {
          ...seat,
          personId: quiet.personId,
          capacity,
          title,
          shown: ['2025-01-31'],
          endUnknown: true,
        })
        await addMembership(trx, act, {
          ...{
            ...seat,
            personId: member.personId,
            capacity: 'chair',
            authority: 'Testshire Council',
            started: '2024-05-02',
          },
          ...{ organisationId: world.panel.id, role: 'panel-chair' },
        })
        const commissioner = { organisationId: world.office.id, role: 'commissioner' as const }
        await addMembership(trx, act, {
          ...seat,
          personId: null,
          ...commissioner,
          capacity: 'attending',
          started: '2024-05-02',
        })
        await assert.rejects(
          addMembership(trx, act, { ...seat, personId: null, capacity, started: '2024-05-02' }),
          /Choose the person, or the role/,
        )
      })
    })

    it('has the members of a day, the chair first, a role filled by whoever holds it', async () => {
      await world.as(panel, async trx => {
        const sat = async (on: string) =>
          (await membersOn(trx, body, day(on))).map(({ person, holding }) => `${person?.name ?? 'nobody'} ${holding}`)
        assert.deepEqual(await sat('2024-05-01'), ['Kit Gone yes', 'Joy Quiet not-known'])
        assert.deepEqual(await sat('2025-01-31'), ['Ida Member yes', 'Joy Quiet yes', 'Ann First yes'])
        assert.deepEqual(await sat('2026-03-11'), ['Ida Member yes', 'Joy Quiet not-known', 'Bea Second yes'])
        const chair = { organisationId: world.panel.id, role: 'panel-chair' as const }
        assert.deepEqual(
          (await whoHeld(trx, { ...chair, on: day('2024-05-02') })).map(each => each.name),
          ['Ida Member'],
        )
        assert.deepEqual(await whoHeld(trx, { ...chair, on: day('2024-05-01') }), [])
      })
    })

    it('is published with names only of those whom the public may read of, and a quorum not known', async () => {
      await world.as(panel, (trx, act) => publishRecord(trx, act, body))
      const at = await atAddress(world.database.public, areaId, 'bodies/testshire-police-and-crime-panel', testNow)
      assert.ok(at.found === 'record')
      const text = JSON.stringify(at.snapshot.body)
      assert.equal(at.snapshot.body['quorum'], null)
      assert.match(text, /Ida Member/)
      assert.match(text, /Not named/)
      assert.match(text, /Commissioner, Office of the Commissioner for Testshire/)
      assert.doesNotMatch(text, /Joy/)
      assert.doesNotMatch(text, /joy-quiet/)
    })

    it('a person has a public page only by a public name, and it tells the seats of published bodies', async () => {
      const { obstacles } = organisations.kinds.find(kind => kind.kind === 'office-holder')?.publishing ?? {}
      assert.ok(obstacles)
      const why = await world.as(panel, trx => obstacles(trx, staff))
      assert.match(why.join(' '), /by role alone/)
      assert.deepEqual(await world.as(panel, trx => obstacles(trx, person)), [])
      await world.as(panel, (trx, act) => publishRecord(trx, act, person))
      const at = await atAddress(world.database.public, areaId, 'people/ida-member', testNow)
      assert.ok(at.found === 'record')
      assert.match(at.entry.summary, /Chair, Testshire Police and Crime Panel\. Since 2 May 2024\./)
      const again = await officeHolder(panel, 'Ida Member')
      assert.match(
        (await world.as(panel, trx => obstacles(trx, again.record))).join(' '),
        /already published at people\/ida-member/,
      )
    })
  })
})
