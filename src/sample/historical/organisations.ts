import type { ViewerArea } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import {
  addAppointment,
  addBody,
  addMembership,
  addOfficeHolder,
  addPerson,
} from '../../modules/organisations/index.ts'
import type { Capacity, GivenTerm } from '../../modules/organisations/index.ts'
import { publishRecord } from '../../record/publish.ts'
import { ByKey } from '../by-key.ts'
import type { AppointmentFact, BodyFact, PersonFact, Source } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { noonOf } from './papers.ts'
import { findingsAbout, historicalAreas, loader, readEach } from './world.ts'
import type { PaperWorld } from './world.ts'

/** Bodies, office-holders, and who sat where as far as the papers show. */
export async function planOrganisations(world: PaperWorld): Promise<void> {
  const people = await readEach<PersonFact>('people')
  const seats = new ByKey<string>('seat')
  for (const slug of historicalAreas) {
    const area = world.areas.get(slug)
    const appointments = await readFacts<AppointmentFact[]>(`${slug}/appointments.json`)
    const bodies = await readFacts<BodyFact[]>(`${slug}/bodies.json`)
    for (const body of bodies) planBody(world, area, body)
    const substitutesLast = appointments.toSorted((a, b) => Number('substituteFor' in a) - Number('substituteFor' in b))
    for (const fact of substitutesLast) planAppointment(world, { area, people, seats }, fact)
    for (const body of bodies) planPublication(world, area, body, appointments)
  }
}

function planBody(world: PaperWorld, area: ViewerArea, fact: BodyFact): void {
  const { key, name, kind: form, purpose, frequency, alsoPrinted, sources } = fact
  const terms = [fact.termsOfReference.note, fact.quorum.known ? '' : otherThanUnknown(fact.quorum.note)]
  const chairing = [
    fact.chairing,
    fact.membership === null ? null : `Members: ${fact.membership}`,
    findingsAbout(world, key),
  ]
  const [first = ''] = fact.holders
  world.timeline.add(
    world.papers.publishedAt(sources[0] ?? fact.asAt.source),
    loader(world, first, area),
    async (trx, act) => {
      const body = await addBody(trx, act, {
        ...{ areaId: area.id, name, form, purpose, frequency },
        holders: fact.holders.map(holder => world.cast.organisations.get(holder).id),
        alsoPrinted: alsoPrinted.map(({ text }) => text),
        termsOfReference: joined(terms),
        chairing: joined(chairing),
        quorum: fact.quorum.known ? fact.quorum.number : null,
        asAt: Temporal.PlainDate.from(fact.asAt.date),
      })
      world.bodies.set(key, body)
    },
  )
}

/** A page says by itself that a quorum is not known; what a paper says beyond that is kept. */
function otherThanUnknown(note: string): string {
  return note === 'Not known: no paper held gives it.' ? '' : `Quorum: ${note}`
}

function joined(parts: readonly (string | null)[]): string | null {
  const said = parts.filter(part => part !== null && part !== '')
  return said.length === 0 ? null : said.join(' ')
}

interface Known {
  area: ViewerArea
  people: readonly PersonFact[]
  /** Ids of seats by body and person, for those who substitute for them. */
  seats: ByKey<string>
}

function planAppointment(world: PaperWorld, known: Known, fact: AppointmentFact): void {
  const keeper = fact.organisation ?? 'warwickshire-office'
  const area = fact.organisation === null ? known.area : world.homes.get(fact.organisation)
  world.timeline.add(world.papers.lastPublishedAt(sourcesOf(fact)), loader(world, keeper, area), async (trx, act) => {
    const personId = await personOf(trx, act, world, known, area, fact)
    await (fact.body === undefined
      ? fillPost(trx, act, world, area, fact, personId)
      : fillSeat(trx, act, world, known, fact, personId))
    if (personId === null) return
    await publishRecord(trx, act, await addOfficeHolder(trx, act, { areaId: area.id, personId }))
  })
}

function sourcesOf({ inPostOn, start, end }: AppointmentFact): Source[] {
  const ends = [start, end].flatMap(when => (when.known ? [when.source] : []))
  return [...inPostOn.map(({ source }) => source), ...ends]
}

/** The person of an appointment, added when the papers first speak of them; null where they name nobody. */
async function personOf(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  { people }: Known,
  area: ViewerArea,
  fact: AppointmentFact,
): Promise<string | null> {
  if (fact.person === null) return null
  if (world.cast.people.has(fact.person)) return world.cast.people.get(fact.person)
  const person = people.find(({ key }) => key === fact.person)
  if (person === undefined)
    throw new Error(`The sample data give a post to "${fact.person}", who is not among the people`)
  const { personId } = await addPerson(trx, act, {
    areaId: area.id,
    name: person.name,
    publicName: person.name,
    alsoPrinted: person.alsoPrinted.map(({ text }) => text),
    about: findingsAbout(world, person.key),
  })
  return world.cast.people.set(person.key, personId)
}

async function fillPost(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  area: ViewerArea,
  fact: AppointmentFact,
  personId: string | null,
): Promise<void> {
  const organisationId = fact.organisation === null ? null : world.cast.organisations.get(fact.organisation).id
  const { role, title, note = null } = fact
  const source = world.papers.citeAll(sourcesOf(fact))
  await addAppointment(trx, act, {
    areaId: area.id,
    organisationId,
    personId,
    role,
    title,
    note,
    source,
    ...termOf(fact),
  })
}

async function fillSeat(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  { area, seats }: Known,
  fact: AppointmentFact,
  personId: string | null,
): Promise<void> {
  const { body = '', role, title, note = null, representing, substituteFor, organisation } = fact
  const { id } = await addMembership(trx, act, {
    ...{ areaId: area.id, bodyId: world.bodies.get(body).id, personId, role, title, note },
    organisationId: organisation === null ? null : world.cast.organisations.get(organisation).id,
    capacity: capacityOf(fact),
    authority: representing == null ? null : world.cast.organisations.get(representing).name,
    substituteFor: substituteFor === undefined ? null : seats.get(`${body} ${substituteFor}`),
    source: world.papers.citeAll(sourcesOf(fact)),
    ...termOf(fact),
  })
  if (fact.substituteFor === undefined) seats.set(`${body} ${fact.person ?? fact.key}`, id)
}

function capacityOf({ role, title, representing, substituteFor }: AppointmentFact): Capacity {
  if (substituteFor !== undefined) return 'substitute'
  if (role === 'panel-chair') return 'chair'
  if (/vice-chair/i.test(title)) return 'vice-chair'
  return representing === null ? 'co-opted-independent' : 'member'
}

/** Start and end as far as a paper gives them; where none gives the end, nobody knows whether the post went on. */
function termOf({ start, end, inPostOn }: AppointmentFact): GivenTerm {
  return {
    started: start.known ? start.on : null,
    ended: end.known ? end.on : null,
    endUnknown: !end.known,
    shown: inPostOn.map(({ on }) => on).sort(),
  }
}

/** A body's page is that of its last paper, or of the last that shows who sat on it. */
function planPublication(
  world: PaperWorld,
  area: ViewerArea,
  { key, holders, asAt }: BodyFact,
  appointments: readonly AppointmentFact[],
): void {
  const seated = appointments.filter(({ body }) => body === key).flatMap(sourcesOf)
  const moments = [noonOf(asAt.date), ...(seated.length === 0 ? [] : [world.papers.lastPublishedAt(seated)])]
  const last = moments.sort((a, b) => Temporal.Instant.compare(a, b)).at(-1) ?? noonOf(asAt.date)
  world.timeline.add(last, loader(world, holders[0] ?? '', area), (trx, act) =>
    publishRecord(trx, act, world.bodies.get(key)),
  )
}
