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
import { setBodyRules } from '../../modules/meetings/index.ts'
import type { BodyRules } from '../../modules/meetings/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { AppointmentFact, BodyFact, PersonFact, Source } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { noonOf } from './papers.ts'
import { findingsAbout, historicalAreas, loader, readEach } from './world.ts'
import type { PaperWorld } from './world.ts'

/** A post or seat with the area it belongs to and the organisation that keeps its record. */
interface Post {
  fact: AppointmentFact
  area: ViewerArea
  keeper: string
}

/** Keeps the record of posts of which no paper says to which organisation they belonged. */
const keeperOfUnplaced = 'warwickshire-office'

/** Bodies, office-holders, and who sat where as far as the papers show. */
export async function planOrganisations(world: PaperWorld): Promise<void> {
  const posts: Post[] = []
  for (const slug of historicalAreas) {
    const area = world.areas.get(slug)
    for (const body of await readFacts<BodyFact[]>(`${slug}/bodies.json`)) planBody(world, area, body)
    for (const fact of await readFacts<AppointmentFact[]>(`${slug}/appointments.json`)) {
      const home = fact.organisation === null ? area : world.homes.get(fact.organisation)
      posts.push({ fact, area: home, keeper: fact.organisation ?? keeperOfUnplaced })
    }
  }
  for (const person of await readEach<PersonFact>('people')) planPerson(world, person, posts)
  const substitutesLast = posts.toSorted(
    (a, b) => Number('substituteFor' in a.fact) - Number('substituteFor' in b.fact),
  )
  for (const post of substitutesLast) planAppointment(world, post)
  for (const slug of historicalAreas) {
    for (const body of await readFacts<BodyFact[]>(`${slug}/bodies.json`)) {
      planPublication(world, world.areas.get(slug), body, posts)
    }
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
      if (fact.opened === true) await setBodyRules(trx, act, body, null, openedRules)
    },
  )
}

/** Nothing is known of a group's rules but that its minutes were put before the public. */
const openedRules: BodyRules = {
  ...{ quorum_numerator: null, quorum_denominator: null, quorum_least: null, quorum_words: null },
  ...{ notice_days: null, casting_vote: null, meets_in_public: true },
}

/** A page says by itself that a quorum is not known; what a paper says beyond that is kept. */
function otherThanUnknown(note: string): string {
  return note === 'Not known: no paper held gives it.' ? '' : `Quorum: ${note}`
}

function joined(parts: readonly (string | null)[]): string | null {
  const said = parts.filter(part => part !== null && part !== '')
  return said.length === 0 ? null : said.join(' ')
}

function planAppointment(world: PaperWorld, post: Post): void {
  const { fact, area, keeper } = post
  world.timeline.add(world.papers.lastPublishedAt(sourcesOf(fact)), loader(world, keeper, area), async (trx, act) => {
    const personId = fact.person === null ? null : world.cast.people.get(fact.person)
    await (fact.body === undefined
      ? fillPost(trx, act, world, post, personId)
      : fillSeat(trx, act, world, post, personId))
    if (personId === null) return
    await publishRecord(trx, act, await addOfficeHolder(trx, act, { areaId: area.id, personId }))
  })
}

function sourcesOf({ inPostOn, start, end }: AppointmentFact): Source[] {
  const ends = [start, end].flatMap(when => (when.known ? [when.source] : []))
  return [...inPostOn.map(({ source }) => source), ...ends]
}

/** A person is added when a paper first shows them, by the organisation of their first post. */
function planPerson(world: PaperWorld, person: PersonFact, posts: readonly Post[]): void {
  const own = posts.filter(({ fact }) => fact.person === person.key)
  const shown = own.map(post => ({ ...post, at: world.papers.firstPublishedAt(sourcesOf(post.fact)) }))
  const [first] = shown.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
  if (first === undefined) throw new Error(`${person.name} holds no post in the sample data`)
  world.timeline.add(first.at, loader(world, first.keeper, first.area), async (trx, act) => {
    const { personId } = await addPerson(trx, act, {
      areaId: first.area.id,
      name: person.name,
      publicName: person.name,
      alsoPrinted: person.alsoPrinted.map(({ text }) => text),
      about: findingsAbout(world, person.key),
    })
    world.cast.people.set(person.key, personId)
  })
}

async function fillPost(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  { fact, area }: Post,
  personId: string | null,
): Promise<void> {
  const organisationId = fact.organisation === null ? null : world.cast.organisations.get(fact.organisation).id
  const { role, title, note = null } = fact
  const source = world.papers.citeAll(sourcesOf(fact))
  const term = termOf(fact)
  await addAppointment(trx, act, { areaId: area.id, organisationId, personId, role, title, note, source, ...term })
}

async function fillSeat(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  { fact, area }: Post,
  personId: string | null,
): Promise<void> {
  const { body = '', role, title, note = null, representing, substituteFor, organisation } = fact
  const { id } = await addMembership(trx, act, {
    ...{ areaId: area.id, bodyId: world.bodies.get(body).id, personId, role, title, note },
    organisationId: organisation === null ? null : world.cast.organisations.get(organisation).id,
    capacity: capacityOf(fact),
    authority: representing == null ? null : world.cast.organisations.get(representing).name,
    substituteFor: substituteFor === undefined ? null : world.seats.get(`${body} ${substituteFor}`),
    source: world.papers.citeAll(sourcesOf(fact)),
    ...termOf(fact),
  })
  if (substituteFor === undefined) world.seats.set(`${body} ${fact.person ?? fact.key}`, id)
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
  posts: readonly Post[],
): void {
  const seated = posts.filter(({ fact }) => fact.body === key).flatMap(({ fact }) => sourcesOf(fact))
  const moments = [noonOf(asAt.date), ...(seated.length === 0 ? [] : [world.papers.lastPublishedAt(seated)])]
  const last = moments.sort((a, b) => Temporal.Instant.compare(a, b)).at(-1) ?? noonOf(asAt.date)
  world.timeline.add(last, loader(world, holders[0] ?? '', area), (trx, act) =>
    publishRecord(trx, act, world.bodies.get(key)),
  )
}
