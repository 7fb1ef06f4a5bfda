import { addDemonstrationUsers } from '../../platform/access/demonstration.ts'
import type { Viewer, ViewerArea } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { addPerson } from '../../modules/organisations/index.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { ByKey } from '../by-key.ts'
import type { Cast } from '../cast.ts'
import { addOrganisations, addSampleArea, keeperOf } from '../cast.ts'
import type { InventedAppointment, InventedArea, InventedOrganisation, InventedPerson, RelativeDay } from './facts.ts'
import { dayOf, momentOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import { Timeline } from '../timeline.ts'

/** Ardenshire while it is being made: who is in it, what is there already, and what is still to be done when. */
export interface World {
  area: ViewerArea
  cast: Cast
  today: Temporal.PlainDate
  timeline: Timeline
  /** The record that an organisation keeps of each person. */
  holders: ByKey<RecordHead>
  /** Each person, acting in the organisation of the post they hold. */
  viewers: ByKey<Viewer>
  bodies: ByKey<RecordHead>
  objectives: ByKey<RecordHead>
  measures: ByKey<RecordHead>
  exceptions: ByKey<RecordHead>
  questions: ByKey<RecordHead>
  meetings: ByKey<RecordHead>
  actions: ByKey<RecordKey>
  programme: ByKey<RecordHead>
}

/** The post that each person holds, by the person's key. */
export type Titles = ReadonlyMap<string, string>

/** The day on which the organisations of Ardenshire began to keep their record, before anything that happens in it. */
const founded: RelativeDay = { week: -111, day: 'Mon' }

/** The organisations of Ardenshire. */
export async function readOrganisations(): Promise<InventedOrganisation[]> {
  return readFacts<InventedOrganisation[]>('ardenshire/organisations.json')
}

/** Adds the area and its organisations. What happened there is put on the timeline by the other files here. */
export async function foundWorld(trx: Trx, cast: Cast, id: number, today: Temporal.PlainDate): Promise<World> {
  const { slug, name, banner } = await readFacts<InventedArea>('ardenshire/area.json')
  const area = await addSampleArea(trx, { id, slug, name, banner, kind: 'area', historical: false, as_at: null })
  await addOrganisations(trx, cast, area.id, await readOrganisations())
  return {
    area,
    cast,
    today,
    timeline: new Timeline(),
    holders: new ByKey('person'),
    viewers: new ByKey('person with a post'),
    bodies: new ByKey('body'),
    objectives: new ByKey('objective'),
    measures: new ByKey('measure'),
    exceptions: new ByKey('exception'),
    questions: new ByKey('question'),
    meetings: new ByKey('meeting'),
    actions: new ByKey('action'),
    programme: new ByKey('item of the work programme'),
  }
}

/** A moment of the sample: a relative day and a time of that day. */
export function moment(world: Pick<World, 'today'>, day: RelativeDay, time: string): Temporal.Instant {
  return momentOf(dayOf(day, world.today), time)
}

/** The moment the record of Ardenshire begins. */
export const foundedAt = (world: Pick<World, 'today'>): Temporal.Instant => moment(world, founded, '09:00')

/** Whoever sets up an organisation's part of the record. */
export function keeper(world: World, organisation: string): Viewer {
  return keeperOf(world.cast.organisations.get(organisation), world.area, 'Setting up of the sample area')
}

/** Adds everyone who holds a post, and the users among them. The transaction acts for every organisation. */
export async function addPeople(trx: Trx, world: World, now: Temporal.Instant): Promise<void> {
  const people = await readFacts<InventedPerson[]>('ardenshire/people.json')
  const appointments = await readFacts<InventedAppointment[]>('ardenshire/appointments.json')
  for (const { key, name } of people) {
    const post = appointments.find(appointment => appointment.person === key)
    if (post === undefined) throw new Error(`${name} holds no post in the sample data`)
    const act = { viewer: keeper(world, post.organisation), now: foundedAt(world) }
    const { personId, record } = await addPerson(trx, act, { areaId: world.area.id, name, publicName: name })
    world.cast.people.set(key, personId)
    world.holders.set(key, record)
  }
  const userIds = await addUsers(trx, world, people, appointments, now)
  for (const { key, name } of people) {
    const posts = appointments.filter(appointment => appointment.person === key)
    const organisation = world.cast.organisations.get(posts[0]?.organisation ?? '')
    const personId = world.cast.people.get(key)
    world.viewers.set(key, {
      userId: userIds.get(key) ?? `sample-${key}`,
      personId,
      name,
      organisation,
      area: world.area,
      roles: posts.map(post => post.role),
    })
  }
}

async function addUsers(
  trx: Trx,
  world: World,
  people: readonly InventedPerson[],
  appointments: readonly InventedAppointment[],
  now: Temporal.Instant,
): Promise<Map<string, string>> {
  const users = people.flatMap(({ key, name, user }) => (user === undefined ? [] : [{ key, name, email: user.email }]))
  const made = users.map(({ key, name, email }) => ({
    name,
    email,
    personId: world.cast.people.get(key),
    seats: appointments
      .filter(({ person }) => person === key)
      .map(({ role, organisation, start }) => ({
        organisationId: world.cast.organisations.get(organisation).id,
        areaId: world.area.id,
        role,
        from: dayOf(start, world.today),
      })),
  }))
  const ids = await addDemonstrationUsers(trx, made, now)
  return new Map(users.map(({ key }, place) => [key, ids[place] ?? '']))
}

export async function readTitles(): Promise<Titles> {
  const appointments = await readFacts<InventedAppointment[]>('ardenshire/appointments.json')
  return new Map(appointments.map(({ person, title }) => [person, title]))
}
