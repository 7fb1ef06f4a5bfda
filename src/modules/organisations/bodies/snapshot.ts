import { roleWords } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { organisationNames } from '../organisations.ts'
import { findPersons } from '../people/people.ts'
import type { Person } from '../people/people.ts'
import type { Term } from '../terms.ts'
import { termWords } from '../terms.ts'
import { findBody, membershipsOf } from './bodies.ts'
import type { Body, Membership } from './bodies.ts'
import { capacityWords, formWords } from './words.ts'

/** A seat as a reader is shown it: by name where the public may read it, else by role. */
export interface ShownSeat {
  name: string
  /** The person's slug; null for a seat shown by role. */
  person: string | null
  capacity: string
  authority: string | null
  when: string
  term: Term
}

/** Everything an audience may have of a body. */
export interface BodyFacts extends Pick<
  Body,
  | 'name'
  | 'purpose'
  | 'termsOfReference'
  | 'quorum'
  | 'frequency'
  | 'chairing'
  | 'howToAsk'
  | 'howToComplain'
  | 'interestsRegister'
> {
  form: string
  /** Names of the organisations that hold its records, and of those that attend. */
  holders: readonly string[]
  sides: readonly string[]
  /** The day of the last paper held, in a historical area. */
  asAt: string | null
  seats: readonly ShownSeat[]
}

/** What the public, or another organisation, may have of a body. Pure. */
export function snapshotOf(facts: BodyFacts): Snapshot {
  const notKnown = 'Not known'
  const seats = facts.seats.map(seat => `${seat.name}, ${seat.capacity}, ${seat.when}`)
  return {
    body: facts,
    summary: facts.purpose ?? `${facts.form} of ${facts.holders.join(', ')}.`,
    searchText: [facts.form, facts.termsOfReference ?? '', ...facts.holders, ...seats].join(' '),
    facts: { form: facts.form, holder: facts.holders.join(', ') },
    preview: [
      { heading: 'Purpose', text: facts.purpose ?? 'Not recorded' },
      { heading: 'Terms of reference', text: facts.termsOfReference ?? 'Not held' },
      { heading: 'Quorum', text: facts.quorum === null ? notKnown : String(facts.quorum) },
      { heading: 'How often it meets', text: facts.frequency ?? notKnown },
      { heading: 'Members', text: seats.join('\n') || 'None recorded' },
      { heading: 'How to ask a question', text: facts.howToAsk ?? 'Not recorded' },
      { heading: 'How to complain', text: facts.howToComplain ?? 'Not recorded' },
      ...(facts.interestsRegister === null
        ? []
        : [{ heading: 'Register of members’ interests', text: facts.interestsRegister }]),
    ],
  }
}

export async function bodySnapshot(trx: Trx, key: RecordKey, _audience: Audience): Promise<Snapshot> {
  const body = await findBody(trx, key)
  if (body === null) throw new Error(`There is no body ${key.id}`)
  const memberships = await membershipsOf(trx, key)
  const people = new Map(
    (
      await findPersons(
        trx,
        memberships.flatMap(each => each.personId ?? []),
      )
    ).map(p => [p.id, p]),
  )
  const others = memberships.flatMap(each => each.organisationId ?? [])
  const names = await organisationNames(trx, [...body.holders, ...body.sides, ...others])
  const named = (ids: readonly string[]) => ids.flatMap(id => names.get(id) ?? [])
  const { name, purpose, termsOfReference, quorum, frequency, chairing, howToAsk, howToComplain } = body
  const { interestsRegister } = body
  return snapshotOf({
    ...{ name, purpose, termsOfReference, quorum, frequency, chairing, howToAsk, howToComplain, interestsRegister },
    form: formWords(body.form),
    holders: named(body.holders),
    sides: named(body.sides),
    asAt: body.asAt?.toString() ?? null,
    seats: memberships.map(each => shownSeat(each, people.get(each.personId ?? ''), names)),
  })
}

/** A seat in words. Someone whose name is not public is told by role alone, and without a role as a member. */
function shownSeat(
  membership: Membership,
  person: Person | undefined,
  organisations: ReadonlyMap<string, string>,
): ShownSeat {
  const publicName = person?.publicName ?? null
  return {
    name: publicName ?? byRole(membership, organisations),
    person: publicName === null ? null : (person?.slug ?? null),
    capacity: membership.title ?? capacityWords(membership.capacity),
    authority: membership.authority,
    when: termWords(membership.term),
    term: membership.term,
  }
}

function byRole({ role, organisationId }: Membership, organisations: ReadonlyMap<string, string>): string {
  if (role === null) return 'Not named'
  const words = roleWords(role)
  const organisation = organisations.get(organisationId ?? '')
  const title = words.charAt(0).toUpperCase() + words.slice(1)
  return organisation === undefined ? title : `${title}, ${organisation}`
}
