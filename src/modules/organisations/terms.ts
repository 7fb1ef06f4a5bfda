import type { StatedTime } from './stated-time.ts'
import { isStatedTime, spanOf, statedWords } from './stated-time.ts'

/** How long somebody held a post or a seat, as far as anyone knows. */
export interface Term {
  /** Null where no paper gives the start. */
  started: StatedTime | null
  /** The last day, month or year; null while it goes on, or where `endUnknown`. */
  ended: StatedTime | null
  /** True where nobody knows whether it went on after it was last shown. */
  endUnknown: boolean
  /** Times at which a paper shows the person in post. */
  shown: readonly StatedTime[]
}

/** A term as it is given: what is left out is not known, and an end left out is none. */
export type GivenTerm = Partial<Term>

/** A given term with nothing left out, the times at which it is shown in their order. */
export function wholeTerm(given: GivenTerm): Term {
  return {
    started: given.started ?? null,
    ended: given.ended ?? null,
    endUnknown: given.endUnknown ?? false,
    shown: (given.shown ?? []).toSorted(),
  }
}

/** Whether a term held on a day; `not-known` is an answer, and never turned into one of the others. */
export type Holding = 'yes' | 'no' | 'not-known'

const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Temporal.PlainDate.compare(a, b)

/**
 * Whether somebody held a post on a day. The last day counts. Between two times at which a paper shows someone in post
 * they are taken to have held it; before the first with no start known, and after the last with the end not known,
 * nobody can say.
 */
export function holds(term: Term, on: Temporal.PlainDate): Holding {
  if (term.ended !== null && compare(on, spanOf(term.ended).last) > 0) return 'no'
  if (term.started !== null && compare(on, spanOf(term.started).first) < 0) return 'no'
  const { from, to } = certain(term)
  if (from === null || compare(on, from) < 0) return 'not-known'
  return to !== null && compare(on, to) > 0 ? 'not-known' : 'yes'
}

/** The days on which the term certainly held: from null for none, to null for without an end. */
function certain({ started, ...term }: Term): { from: Temporal.PlainDate | null; to: Temporal.PlainDate | null } {
  const seen = term.shown.map(spanOf)
  const began = started === null ? null : spanOf(started).last
  const firstShown = seen.map(span => span.first).toSorted(compare)[0] ?? null
  const lastShown =
    seen
      .map(span => span.last)
      .toSorted(compare)
      .at(-1) ?? null
  return { from: began ?? firstShown, to: certainEnd(term, lastShown ?? began) }
}

function certainEnd(
  term: Pick<Term, 'ended' | 'endUnknown'>,
  lastShown: Temporal.PlainDate | null,
): Temporal.PlainDate | null {
  if (term.ended === null) return term.endUnknown ? lastShown : null
  const { first, last } = spanOf(term.ended)
  return first.equals(last) ? last : first.subtract({ days: 1 })
}

/** Whether a term is known to begin only after a day. */
export function isToCome({ started }: Term, on: Temporal.PlainDate): boolean {
  return started !== null && compare(on, spanOf(started).first) < 0
}

/** What stands in the way of a term, in words; empty where nothing does. */
export function termFaults(term: Term): string[] {
  const stated = [term.started, term.ended, ...term.shown].filter(each => each !== null)
  const unreadable = stated.filter(each => !isStatedTime(each))
  if (unreadable.length > 0) return unreadable.map(each => `“${each}” is not a day, a month or a year.`)
  const reasons: string[] = []
  if (term.ended !== null && term.endUnknown) reasons.push('Say when it ended, or that the end is not known, not both.')
  if (term.started !== null && term.ended !== null && startsAfter(term.started, term.ended)) {
    reasons.push('The end must not be before the start.')
  }
  if (term.started === null && term.shown.length === 0) {
    reasons.push('Give the day the post began, or a day on which somebody was known to be in it.')
  }
  return reasons
}

/** Why a term cannot end then, in words; empty where it can. */
export function endingFaults(term: Term, ended: StatedTime): string[] {
  if (term.ended !== null) return [`This ended already: ${termWords(term)}.`]
  const faults = termFaults({ ...term, ended, endUnknown: false })
  const later = isStatedTime(ended) ? term.shown.filter(shown => startsAfter(shown, ended)) : []
  return [...faults, ...later.map(shown => `A paper shows them in post later than that: ${statedWords(shown)}.`)]
}

/** The day after the last day that a stated time may mean, on which a successor begins. */
export function dayAfter(ended: StatedTime): StatedTime {
  return spanOf(ended).last.add({ days: 1 }).toString()
}

function startsAfter(started: StatedTime, ended: StatedTime): boolean {
  return compare(spanOf(started).first, spanOf(ended).last) > 0
}

/** A term in words: `Since 12 May 2016`, `August 2017 to April 2018`, `In post on 18 July 2014; start not known`. */
export function termWords(term: Term): string {
  const { started, ended } = term
  if (started !== null && ended !== null) return `${statedWords(started)} to ${statedWords(ended)}`
  if (started !== null && !term.endUnknown) return `Since ${statedWords(started)}`
  return sentence([
    started === null ? null : `from ${statedWords(started)}`,
    ended === null ? null : `until ${statedWords(ended)}`,
    shownWords(term),
    unknownWords(term),
  ])
}

function unknownWords({ started, endUnknown }: Term): string | null {
  if (started === null) return endUnknown ? 'start and end not known' : 'start not known'
  return endUnknown ? 'end not known' : null
}

/** Between a known start and the last paper there is nothing to tell; without one the first paper counts as well. */
function shownWords({ started, shown }: Term): string | null {
  const [first, last] = [shown[0], shown.at(-1)]
  if (first === undefined || last === undefined) return null
  const words = (stated: StatedTime) => `${/-\d\d-/.test(stated) ? 'on' : 'in'} ${statedWords(stated)}`
  if (started !== null) return `last shown in post ${words(last)}`
  return first === last ? `in post ${words(first)}` : `in post ${words(first)} and last ${words(last)}`
}

function sentence(parts: readonly (string | null)[]): string {
  const words = parts.filter(part => part !== null).join('; ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
