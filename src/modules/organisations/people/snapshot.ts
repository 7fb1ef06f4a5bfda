import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { capacityWords } from '../bodies/words.ts'
import { seatsOfPerson } from '../bodies/bodies.ts'
import { organisationNames } from '../organisations.ts'
import { termWords } from '../terms.ts'
import type { Term } from '../terms.ts'
import { officeHolderOf } from './office-holders.ts'
import { appointmentsOf, findPersons } from './people.ts'
import { selectPublishersOf } from './queries.ts'

/** A post or seat as a reader is shown it. `when` is the term in words. */
export interface ShownPost {
  title: string
  where: string
  when: string
  term: Term
}

/** A seat on a body, with the identity of the body's record. */
export interface ShownMembership extends ShownPost {
  body: string
  authority: string | null
}

/** Everything an audience may have of an office-holder. */
export interface OfficeHolderFacts {
  /** The person's slug, the same in every area. */
  person: string
  name: string
  about: string | null
  posts: readonly ShownPost[]
  seats: readonly ShownMembership[]
}

/** The sentence that search, feeds and the trail show: the post held, or last held. Pure. */
export function summaryOf(facts: Pick<OfficeHolderFacts, 'posts' | 'seats'>): string {
  const [first] = [...facts.posts, ...facts.seats]
  if (first === undefined) return 'No post is recorded.'
  return `${[first.title, first.where].filter(part => part !== '').join(', ')}. ${first.when}.`
}

/** What the public, or another organisation, may have of an office-holder's record. Pure. */
export function snapshotOf(facts: OfficeHolderFacts): Snapshot {
  const [post] = [...facts.posts, ...facts.seats]
  const line = (shown: ShownPost) => [shown.title, shown.where, shown.when].filter(part => part !== '').join(', ')
  return {
    body: facts,
    summary: summaryOf(facts),
    searchText: [facts.about ?? '', ...facts.posts.map(line), ...facts.seats.map(line)].join(' '),
    facts: { person: facts.person, post: post?.title ?? null, organisation: post?.where ?? null },
    preview: [
      ...(facts.about === null ? [] : [{ heading: 'About', text: facts.about }]),
      { heading: 'Posts', text: facts.posts.map(line).join('\n') || 'None' },
      { heading: 'Member of', text: facts.seats.map(line).join('\n') || 'None' },
    ],
  }
}

export async function officeHolderSnapshot(trx: Trx, key: RecordKey, _audience: Audience): Promise<Snapshot> {
  const holder = await officeHolderOf(trx, key)
  const record = await findRecord(trx, key)
  if (holder === null || record === null) throw new Error(`There is no office-holder ${key.id}`)
  const [person] = await findPersons(trx, [holder.personId])
  if (person === undefined) throw new Error(`There is no person ${holder.personId}`)
  return snapshotOf({
    person: person.slug,
    name: record.title,
    about: holder.about,
    posts: await publicPosts(trx, holder.holders, person),
    seats: await publicSeats(trx, key, person.id),
  })
}

/**
 * The posts that may be shown: those recorded by the organisations that keep this record, and those recorded by
 * others which publish a page of the same person themselves.
 */
async function publicPosts(
  trx: Trx,
  holders: readonly string[],
  person: { id: string; slug: string },
): Promise<ShownPost[]> {
  const publishers = new Set([...holders, ...(await selectPublishersOf(trx, person.slug))])
  const all = await appointmentsOf(trx, { personIds: [person.id] })
  const shown = all.filter(post => publishers.has(post.recordedBy))
  const names = await organisationNames(
    trx,
    shown.flatMap(post => post.organisationId ?? []),
  )
  return shown.map(post => ({
    title: post.title,
    where: names.get(post.organisationId ?? '') ?? '',
    when: termWords(post.term),
    term: post.term,
  }))
}

async function publicSeats(trx: Trx, key: RecordKey, personId: string): Promise<OfficeHolderFacts['seats']> {
  const seats = await seatsOfPerson(trx, personId, key.areaId)
  return seats
    .filter(seat => seat.bodyPublication === 'published')
    .map(seat => ({
      title: seat.title ?? capacityWords(seat.capacity),
      where: seat.bodyName,
      body: seat.bodyId,
      when: termWords(seat.term),
      term: seat.term,
      authority: seat.authority,
    }))
}

/** A person who appears by role alone has no page. */
export async function namesMissing(trx: Trx, key: RecordKey): Promise<string[]> {
  const holder = await officeHolderOf(trx, key)
  const [person] = holder === null ? [] : await findPersons(trx, [holder.personId])
  if (person === undefined || person.publicName !== null) return []
  return ['This person appears in public by role alone. Say first that the public may read the name.']
}
