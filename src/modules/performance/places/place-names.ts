import { policeAreas } from './police-areas.ts'
import { spellingOf } from './spelling.ts'

export const placeKinds = ['police-area', 'district', 'csp'] as const
export type PlaceKind = (typeof placeKinds)[number]

export const placeKindWords: Record<PlaceKind, { word: string; dimension: string }> = {
  'police-area': { word: 'Police area', dimension: 'Police area' },
  district: { word: 'District', dimension: 'District' },
  csp: { word: 'Community safety partnership', dimension: 'Community safety partnership' },
}

/** A place as an area's list has it. */
export interface Place {
  kind: PlaceKind
  /** The name its figures stand under. */
  name: string
  /** The area itself, or a part of it. */
  own: boolean
  /** What it became part of, and from when on. */
  merged: { into: string; from: Temporal.PlainDate } | null
  /** The name it bears from a day on, where it has been renamed. */
  renamed: { to: string; from: Temporal.PlainDate } | null
}

export interface KnownPlace extends Place {
  spelling: string
  /** Spellings of its other names. */
  others: readonly string[]
}

/** Finds places by any name that a file gives them: those of the area's list, and the police forces by their names. */
export class PlaceNames {
  readonly places: readonly KnownPlace[]
  readonly #found = new Map<string, Place>()

  constructor(places: readonly KnownPlace[]) {
    this.places = places
    for (const place of places) for (const other of place.others) this.#found.set(key(place.kind, other), place)
    // A place's own name goes before another's other name.
    for (const place of places) this.#found.set(key(place.kind, place.spelling), place)
  }

  find(kind: PlaceKind, name: string): Place | undefined {
    const spelling = spellingOf(name)
    const known = this.#found.get(key(kind, spelling))
    if (known !== undefined || kind !== 'police-area') return known
    const force = policeAreas.get(spelling)
    if (force === undefined) return undefined
    // The list may hold the force under a name of its own.
    return this.#found.get(key(kind, spellingOf(force))) ?? plain(kind, force)
  }

  /** A place of any kind: a police area before a district before a partnership. */
  findAny(name: string): Place | undefined {
    return placeKinds.map(kind => this.find(kind, name)).find(found => found !== undefined)
  }

  /** The parts of the area of a kind that the list holds. */
  own(kind: PlaceKind): readonly Place[] {
    return this.places.filter(place => place.kind === kind && place.own)
  }
}

const key = (kind: PlaceKind, spelling: string) => `${kind} ${spelling}`
const plain = (kind: PlaceKind, name: string): Place => ({ kind, name, own: false, merged: null, renamed: null })
