import { slug } from '../../../record/entries.ts'
import type { OfferedPart } from './filters.ts'

/** Addresses of the pages that show many figures at once, in the workspace. */
export const overviewPaths = {
  dashboard: '/workspace/performance',
  areas: '/workspace/performance/areas',
  area: (part: OfferedPart) => `/workspace/performance/areas/${partAddress(part)}`,
  compare: '/workspace/performance/compare',
  compareMeasure: (id: string) => `/workspace/performance/measures/${id}/compare`,
  similar: '/workspace/performance/similar-forces',
}

/** Breakdowns that the dictionary lists under no dimension. */
const undimensioned = 'other'

/** `district/north-warwickshire` */
export function partAddress({ dimension, name }: OfferedPart): string {
  return `${dimension === '' ? undimensioned : inAddress(dimension)}/${inAddress(name)}`
}

/** A name of which no letter can stand in an address plainly is written with its signs escaped. */
function inAddress(name: string): string {
  const plain = slug(name)
  return plain === '' ? encodeURIComponent(name) : plain
}
