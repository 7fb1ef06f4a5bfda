import type { Trx } from '../../platform/database/tables.ts'
import { addAppointment, addBody, addMembership } from '../../modules/organisations/index.ts'
import { openRegistration, recordRegistered } from '../../modules/organisations/index.ts'
import type { Capacity } from '../../modules/organisations/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { InventedAppointment, InventedBody, RelativeDay } from './facts.ts'
import { dayOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { foundedAt, keeper, moment } from './world.ts'
import type { World } from './world.ts'

/** Bodies, posts and seats: each post is filled on the day it began, or on the first day of the record if earlier. */
export async function planOrganisations(world: World): Promise<void> {
  const bodies = await readFacts<InventedBody[]>('ardenshire/bodies.json')
  const appointments = await readFacts<InventedAppointment[]>('ardenshire/appointments.json')
  for (const body of bodies) planBody(world, body)
  for (const appointment of appointments) planAppointment(world, appointment)
  planBoardSeats(world)
  for (const body of bodies) planPublication(world, body, appointments)
}

function planBody(world: World, body: InventedBody): void {
  const { key, name, kind: form, purpose, termsOfReference, quorum, frequency } = body
  const holders = body.holders.map(holder => world.cast.organisations.get(holder).id)
  world.timeline.add(foundedAt(world), keeper(world, body.holders[0] ?? ''), async (trx, act) => {
    const parts = { form, purpose, termsOfReference, quorum, frequency, ...waysIn(form) }
    world.bodies.set(key, await addBody(trx, act, { areaId: world.area.id, name, holders, ...parts }))
  })
}

/** How the public reaches a body: part of what is invented. */
function waysIn(form: InventedBody['kind']): { howToAsk: string; howToComplain?: string } {
  return form === 'panel'
    ? {
        howToAsk: 'Send your question to the panel’s clerk at least three working days before the meeting.',
        howToComplain: 'Write to the panel’s clerk to complain about the commissioner or the deputy.',
      }
    : {
        howToAsk: 'Send your question to the board’s clerk. The commissioner decides whether it is put at the meeting.',
      }
}

function planAppointment(world: World, appointment: InventedAppointment): void {
  const by = keeper(world, appointment.organisation)
  let membershipId: string | undefined
  world.timeline.add(beginning(world, appointment.start), by, async (trx, act) => {
    if (appointment.body === undefined) await fillPost(trx, act, world, appointment)
    else membershipId = await fillSeat(trx, act, world, appointment)
    await publishRecord(trx, act, world.holders.get(appointment.person))
  })
  // A new member of the panel has 28 days to register interests; here each takes two weeks.
  const registered = { ...appointment.start, week: appointment.start.week + 2 }
  world.timeline.add(beginning(world, registered), by, async (trx, act) => {
    if (membershipId === undefined) return
    const open = await openRegistration(trx, { areaId: world.area.id, membershipId })
    const done = { on: dayOf(registered, world.today), register: null }
    if (open !== null) await recordRegistered(trx, act, open, done)
  })
}

/** A post that began before the record is entered when the record begins. */
function beginning(world: World, start: RelativeDay): Temporal.Instant {
  const [began, founded] = [moment(world, start, '10:00'), foundedAt(world)]
  return Temporal.Instant.compare(began, founded) < 0 ? founded : began
}

async function fillPost(trx: Trx, act: Doing, world: World, appointment: InventedAppointment): Promise<void> {
  const { person, organisation, role, title, start } = appointment
  await addAppointment(trx, act, {
    areaId: world.area.id,
    organisationId: world.cast.organisations.get(organisation).id,
    personId: world.cast.people.get(person),
    role,
    title,
    started: dayOf(start, world.today).toString(),
  })
}

/** @returns the id of the membership */
async function fillSeat(trx: Trx, act: Doing, world: World, appointment: InventedAppointment): Promise<string> {
  const { person, organisation, role, title, start, body, representing } = appointment
  const { id } = await addMembership(trx, act, {
    areaId: world.area.id,
    bodyId: world.bodies.get(body ?? '').id,
    personId: world.cast.people.get(person),
    organisationId: world.cast.organisations.get(organisation).id,
    role,
    title,
    capacity: capacityOf(appointment),
    authority: representing == null ? null : world.cast.organisations.get(representing).name,
    started: dayOf(start, world.today).toString(),
  })
  return id
}

function capacityOf({ role, title, representing }: InventedAppointment): Capacity {
  if (role === 'panel-chair') return 'chair'
  if (representing === null) return 'co-opted-independent'
  return title === 'Vice-Chair' ? 'vice-chair' : 'member'
}

/** The board's seats go with two offices, whoever holds them. */
function planBoardSeats(world: World): void {
  const seats = [
    { organisation: 'ardenshire-office', role: 'commissioner', capacity: 'chair' },
    { organisation: 'ardenshire-force', role: 'chief-constable', capacity: 'member' },
  ] as const
  for (const { organisation, role, capacity } of seats) {
    world.timeline.add(foundedAt(world), keeper(world, 'ardenshire-office'), (trx, act) =>
      addMembership(trx, act, {
        areaId: world.area.id,
        bodyId: world.bodies.get('ardenshire-governance-and-performance-board').id,
        personId: null,
        organisationId: world.cast.organisations.get(organisation).id,
        role,
        capacity,
        started: dayOf({ week: -111, day: 'Mon' }, world.today).toString(),
      }),
    )
  }
}

/** A body is published when it is set up, and again on each day on which its members changed. */
function planPublication(world: World, body: InventedBody, appointments: readonly InventedAppointment[]): void {
  const changes = appointments.filter(each => each.body === body.key).map(({ start }) => moment(world, start, '17:00'))
  const days = new Map([foundedAt(world), ...changes].map(at => [at.epochMilliseconds, at]))
  for (const at of days.values()) {
    world.timeline.add(at, keeper(world, body.holders[0] ?? ''), (trx, act) =>
      publishRecord(trx, act, world.bodies.get(body.key)),
    )
  }
}
