/** A part of a measure: what it is a part of, and of which larger part where it is one. */
export interface Breakdown {
  name: string
  dimension: string
  parent: string | null
}

/** A breakdown at its place in the tree; `depth` is 0 for the largest parts. */
export interface PlacedBreakdown extends Breakdown {
  depth: number
}

/**
 * The breakdowns of one dimension in reading order: each larger part by name, followed by its own parts. One whose
 * parent is not described stands among the largest; one caught in a circle still comes once.
 */
export function placed(breakdowns: readonly Breakdown[]): PlacedBreakdown[] {
  const known = new Set(breakdowns.map(({ name }) => name))
  const sorted = [...breakdowns].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
  const children = Map.groupBy(sorted, each => (each.parent !== null && known.has(each.parent) ? each.parent : ''))
  const found: PlacedBreakdown[] = []
  const seen = new Set<string>()
  const visit = (each: Breakdown, depth: number) => {
    if (seen.has(each.name)) return
    seen.add(each.name)
    found.push({ ...each, depth })
    for (const child of children.get(each.name) ?? []) visit(child, depth + 1)
  }
  for (const each of children.get('') ?? []) visit(each, 0)
  for (const each of sorted) visit(each, 0)
  return found
}

/**
 * Why a breakdown may not be described so, in words; null where it may.
 *
 * @param others those described already, of every dimension of the measure
 */
export function breakdownObstacle(described: Breakdown, others: readonly Breakdown[]): string | null {
  const { name, dimension, parent } = described
  if (name === '') return 'Enter the breakdown as files of figures name it.'
  if (name.startsWith('=')) return 'A breakdown must not begin with an equals sign.'
  if (parent === null) return null
  if (parent === name) return `${name} cannot be a part of itself.`
  const above = others.find(each => each.name === parent)
  if (above === undefined) return `“${parent}” is not described yet. Describe it first.`
  if (above.dimension !== dimension)
    return `${parent} belongs to “${above.dimension}”. A part belongs where its larger part does.`
  return isWithin(parent, name, others)
    ? `${parent} is a part of ${name} already: neither can be within the other.`
    : null
}

/** Whether `name` lies within `larger`, at whatever depth. */
function isWithin(name: string, larger: string, breakdowns: readonly Breakdown[]): boolean {
  const parents = new Map(breakdowns.map(each => [each.name, each.parent]))
  const passed = new Set<string>()
  for (let at: string | null | undefined = name; at != null && !passed.has(at); at = parents.get(at)) {
    if (at === larger) return true
    passed.add(at)
  }
  return false
}

/** Those that hold parts of their own: they may not leave their dimension. */
export function hasParts(name: string, breakdowns: readonly Breakdown[]): boolean {
  return breakdowns.some(each => each.parent === name)
}
