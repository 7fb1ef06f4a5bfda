import type { LinkModel } from '../../../platform/web/patterns.ts'
import { type OfferedPart } from './filters.ts'
import { byName } from './lines.ts'
import { partAddress } from './paths.ts'

/** A part with how many measures are broken down to it, and how many of them stand out there. */
export interface CountedPart extends OfferedPart {
  measures: number
  out: number
}

/** Dimensions that are places within the area, as the files of the country name them; others may be added to. */
const places = ['Community safety partnership', 'District', 'Local policing area', 'Ward', 'Beat', 'Place']

/** What the parts of a dimension are called: only places are areas. */
export const partsNoun = (dimension: string): string => (places.includes(dimension) ? 'areas' : 'parts')

/** The breakdowns by dimension as the list of areas shows them: places first, other police areas last. Pure. */
export function areasModel(parts: readonly CountedPart[], address: string, comparators: string) {
  const groups = Map.groupBy(parts, part => part.dimension)
  return [...groups]
    .sort(([a], [b]) => rank(a, comparators) - rank(b, comparators) || byName(a, b))
    .map(([dimension, found]) => ({
      title: dimension === '' ? 'Of no dimension' : dimension,
      parts: found
        .toSorted((a, b) => byName(a.name, b.name))
        .map(part => ({ name: part.name, href: `${address}/${partAddress(part)}`, count: partCount(part) })),
    }))
}

function rank(dimension: string, comparators: string): number {
  if (places.includes(dimension)) return 0
  if (dimension === comparators) return 3
  return dimension === '' ? 2 : 1
}

/** "12 measures, 2 out of the ordinary" */
function partCount({ measures, out }: CountedPart): string {
  const all = `${measures.toLocaleString('en-GB')} ${measures === 1 ? 'measure' : 'measures'}`
  return out === 0 ? `${all}, none out of the ordinary` : `${all}, ${out.toLocaleString('en-GB')} out of the ordinary`
}

/** The part that an address names, by the last two parts of the address. */
export function partAt<Part extends OfferedPart>(parts: readonly Part[], dimension: string, name: string): Part | null {
  const wanted = `${dimension}/${name}`
  return parts.find(part => decodeURIComponent(partAddress(part)) === wanted || partAddress(part) === wanted) ?? null
}

/** The last part of an address with its ending taken off: `rugby.csv` is Rugby's figures as a file. */
export function formOf(name: string): { name: string; form: 'page' | 'csv' | 'json' } {
  const match = /^(.+)\.(csv|json)$/.exec(name)
  return match === null ? { name, form: 'page' } : { name: match[1] ?? '', form: match[2] === 'csv' ? 'csv' : 'json' }
}

/** The way back from the page of an area. */
export function areaBreadcrumbs(home: LinkModel, areas: string): LinkModel[] {
  return [home, { text: 'Areas and other breakdowns', href: areas }]
}
