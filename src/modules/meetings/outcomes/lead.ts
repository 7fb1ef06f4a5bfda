import { resolveInitials } from '../../organisations/index.ts'

/** Somebody at the meeting, as far as finding out who was meant asks. */
export interface Present {
  personId: string | null
  organisationId: string | null
  /** Whether they were in the room; whoever sent apologies cannot have taken something on. */
  present: boolean
  /** Initials by which the minutes name them, as printed. */
  initials: string | null
  names: readonly string[]
  /** As the public reads them. */
  publicName: string
}

/** Who leads on an outcome, as far as it is known. */
export interface Lead {
  personId: string | null
  organisationId: string | null
  role: string | null
  /** As the public reads it; null where nobody at all is named. */
  words: string | null
  finding: 'nobody-has-initials' | 'several-have-initials' | null
}

/** What was said of the lead: words, and the person or organisation where it was given beyond doubt. */
export interface StatedLead {
  words: string | null
  personId: string | null
  organisationId: string | null
  role: string | null
}

/** Two to four letters, with or without points: `BS`, `B.S.`, `AFS`. */
const initialsPattern = /^(\p{L}\.?\s?){2,4}$/u
const looksLikeInitials = (words: string) => initialsPattern.test(words) && words === words.toUpperCase()
const letters = (words: string) => words.replaceAll(/[^\p{L}]/gu, '').toUpperCase()
const plain = (words: string) => words.trim().toLowerCase()

/**
 * Whom an outcome is for. What was given beyond doubt stands; initials and names are looked for among those who were
 * present, and nobody else: a stranger with the same initials is not meant.
 */
export function findLead(stated: StatedLead, attendees: readonly Present[]): Lead {
  const { words } = stated
  if (stated.personId !== null || stated.organisationId !== null) {
    const known = attendees.find(each => each.personId !== null && each.personId === stated.personId)
    return { ...stated, words: words ?? known?.publicName ?? null, finding: null }
  }
  if (words === null) return { ...stated, finding: null }
  const present = attendees.filter(each => each.present)
  const found = looksLikeInitials(words) ? byInitials(present, words) : byName(present, words)
  const [only] = found
  if (only !== undefined && found.length === 1) return leadOf(only)
  if (!looksLikeInitials(words)) return { ...stated, finding: null }
  const finding = found.length === 0 ? 'nobody-has-initials' : 'several-have-initials'
  return { ...stated, words: `not identified (shown as ${words})`, finding }
}

function leadOf(found: Present): Lead {
  const { personId, organisationId, publicName } = found
  return { personId, organisationId, role: null, words: publicName, finding: null }
}

/** Initials that the paper prints beside a name decide; otherwise the names themselves do. */
function byInitials(present: readonly Present[], words: string): readonly Present[] {
  const printed = present.filter(each => each.initials !== null && letters(each.initials) === letters(words))
  if (printed.length > 0) return printed
  const named = present.flatMap(each => {
    const [name, ...alsoPrinted] = each.names
    return each.personId === null || name === undefined ? [] : [{ name, alsoPrinted, each }]
  })
  const resolution = resolveInitials(named, words)
  switch (resolution.found) {
    case 'one':
      return [resolution.person.each]
    case 'several':
      return resolution.people.map(person => person.each)
    case 'none':
      return []
  }
}

function byName(present: readonly Present[], words: string): readonly Present[] {
  return present.filter(each => [...each.names, each.publicName].some(name => plain(name) === plain(words)))
}
