import type { FieldFault } from '../../../../platform/web/form.ts'
import { longDate } from '../../../../platform/time.ts'
import { nearest } from '../../import/nearest.ts'

/** From when to when a force belongs to the group; both days count, and without a last day it lasts. */
export interface Membership {
  name: string
  from: Temporal.PlainDate
  to: Temporal.PlainDate | null
}

const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Temporal.PlainDate.compare(a, b)

/** Whether somebody belongs to the group on a day. */
export function isMemberOn({ from, to }: Membership, day: Temporal.PlainDate): boolean {
  return compare(from, day) <= 0 && (to === null || compare(day, to) <= 0)
}

function overlap(a: Membership, b: Membership): boolean {
  return (b.to === null || compare(a.from, b.to) <= 0) && (a.to === null || compare(b.from, a.to) <= 0)
}

/** "from 1 April 2018 to 31 March 2021", "since 1 April 2021" */
export function membershipInWords({ from, to }: Pick<Membership, 'from' | 'to'>): string {
  return to === null ? `since ${longDate(from)}` : `from ${longDate(from)} to ${longDate(to)}`
}

/**
 * What is wrong with a membership beside those held, by field. Pure.
 *
 * @param others the memberships of the same group but for the one that is changed
 */
export function membershipFaults(
  made: Membership,
  others: readonly Membership[],
  ownName: string | null,
): FieldFault[] {
  const faults: FieldFault[] = []
  if (made.name === ownName) {
    faults.push({ field: 'names', message: `Leave out ${made.name}: a force is not compared with itself` })
  }
  if (made.to !== null && compare(made.to, made.from) < 0) {
    faults.push({ field: 'to', message: 'The last day must be the first day or later' })
    return faults
  }
  const other = others.find(each => each.name === made.name && overlap(each, made))
  if (other !== undefined) {
    const held = membershipInWords(other)
    faults.push({ field: 'from', message: `${made.name} is in the group ${held}: the two must not overlap` })
  }
  return faults
}

/** What is wrong with a name of a police area: it must be one that the files use, or nothing could be compared. */
export function nameFault(field: string, name: string, known: readonly string[]): FieldFault | null {
  if (known.includes(name)) return null
  const like = nearest(name, known)
  const hint = like === null ? 'Choose one from the list.' : `Did you mean ${like}?`
  return { field, message: `No measure here has figures of a police area called “${name}”. ${hint}` }
}

/** Those who belong to the group on a day, each once, in the order of their names. */
export function membersOn(members: readonly Membership[], day: Temporal.PlainDate): string[] {
  const names = members.filter(each => isMemberOn(each, day)).map(({ name }) => name)
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en-GB'))
}
