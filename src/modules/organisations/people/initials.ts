/** Somebody who may be meant by initials in a minute: attendees of that meeting, by the names they go by. */
export interface Named {
  name: string
  /** Other spellings that papers print. */
  alsoPrinted?: readonly string[]
}

/** Whom initials mean: one, several between whom nothing decides, or nobody. */
export type Resolution<Person> =
  { found: 'one'; person: Person } | { found: 'several'; people: readonly Person[] } | { found: 'none' }

/** Words before a name that are no part of it, as minutes print them. */
const titles = new Set([
  ...['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sir', 'dame', 'lord', 'lady', 'prof', 'professor', 'rev', 'reverend'],
  ...['cllr', 'councillor', 'alderman', 'commissioner', 'deputy', 'assistant', 'chief', 'constable', 'superintendent'],
  ...['inspector', 'sergeant', 'pcc', 'dpcc', 'cc', 'dcc', 'acc', 't/acc', 'ch', 'supt', 'insp', 'pc'],
])
/** Honours after a name: letters in capitals that follow a comma or end it. */
const honours = /,.*$|(\s+(OBE|MBE|CBE|QPM|KPM|DL|JP|MP|KC|QC))+$/

/**
 * Whom initials in a minute mean, among those who attended. First and last name count (`BS` for Barbara Jane Smith),
 * and so do all names together (`BJS`); a hyphened name counts as one or as two.
 *
 * @param attendees who was there, and no one else: a stranger with the same initials is not meant
 * @param initials as printed: `BS`, `B.S.`, `b s`
 */
export function resolveInitials<Person extends Named>(
  attendees: readonly Person[],
  initials: string,
): Resolution<Person> {
  const wanted = initials.replaceAll(/[^\p{L}]/gu, '').toUpperCase()
  if (wanted === '') return { found: 'none' }
  const people = attendees.filter(person =>
    [person.name, ...(person.alsoPrinted ?? [])].some(name => initialsOf(name).has(wanted)),
  )
  const [only] = people
  if (only === undefined) return { found: 'none' }
  return people.length === 1 ? { found: 'one', person: only } : { found: 'several', people }
}

/** Every set of initials that a name may be written as. */
export function initialsOf(name: string): ReadonlySet<string> {
  const names = name
    .replace(honours, '')
    .split(/[\s.]+/)
    .filter(word => /\p{L}/u.test(word) && !titles.has(word.toLowerCase()))
  const joined = names.map(first)
  const parted = names.flatMap(word => word.split('-').map(first))
  const ends = [joined.at(0) ?? '', joined.at(-1) ?? ''].join('')
  const lastParted = (names.at(-1) ?? '').split('-').map(first).join('')
  return new Set([joined.join(''), parted.join(''), ends, `${joined.at(0) ?? ''}${lastParted}`].map(upper))
}

const first = (word: string): string => /\p{L}/u.exec(word)?.[0] ?? ''
const upper = (letters: string): string => letters.toUpperCase()
