import type { KindDescription, ModuleDescription, StateDescription } from './description.ts'

const kinds = new Map<string, KindDescription>()

/** Makes the kinds of the modules known to the record layer. Called once, by the list of modules. */
export function declareKinds(modules: readonly ModuleDescription[]): void {
  for (const kind of modules.flatMap(module => module.kinds)) {
    const other = [...kinds.values()].find(each => each.prefix === kind.prefix && each.kind !== kind.kind)
    if (other !== undefined)
      throw new Error(`"${kind.kind}" and "${other.kind}" both begin their references with ${kind.prefix}`)
    kinds.set(kind.kind, kind)
  }
}

/** The description of a kind; asking for one that no module declares is a fault in the code. */
export function kindOf(kind: string): KindDescription {
  const description = kinds.get(kind)
  if (description === undefined) throw new Error(`No module declares the kind "${kind}"`)
  return description
}

export function allKinds(): readonly KindDescription[] {
  return [...kinds.values()]
}

export function stateOf(kind: string, state: string): StateDescription {
  const description = kindOf(kind).states[state]
  if (description === undefined) throw new Error(`The kind "${kind}" has no state "${state}"`)
  return description
}
