import { holds, isToCome, termWords } from '../terms.ts'
import type { Term } from '../terms.ts'

/** A post in an organisation, as far as handing work over goes. */
export interface Post {
  personId: string | null
  role: string
  title: string
  term: Term
}

/** Who takes over what somebody owned: a person in the same post, or the role alone. */
export interface Follower {
  role: string | null
  personId: string | null
  /** For the history of what was handed over. */
  why: string
}

/**
 * Who follows somebody whose post has ended, in what they own; null while they may still be in post. Only an end that
 * is known counts: of somebody who may still be there nothing is taken. Where several people hold the same post, or
 * nobody does, the role alone owns it.
 *
 * @param owner in which role they own it; null where none is said
 * @param posts every post of the organisation, past and to come
 */
export function whoFollows(
  owner: { personId: string; role: string | null },
  posts: readonly Post[],
  today: Temporal.PlainDate,
): Follower | null {
  const own = posts.filter(
    post => post.personId === owner.personId && (owner.role === null || post.role === owner.role),
  )
  const [last] = own
  if (last === undefined || own.some(({ term }) => holds(term, today) !== 'no' || isToCome(term, today))) return null
  const inPost = posts.filter(
    ({ personId, role, term }) =>
      personId !== null && personId !== owner.personId && role === last.role && holds(term, today) === 'yes',
  )
  const sameTitle = inPost.filter(post => post.title === last.title)
  const people = new Set((sameTitle.length > 0 ? sameTitle : inPost).map(post => post.personId))
  const [only, another] = [...people]
  return {
    role: owner.role ?? last.role,
    personId: another === undefined ? (only ?? null) : null,
    why: `The appointment as ${last.title} has ended: ${termWords(last.term)}.`,
  }
}
