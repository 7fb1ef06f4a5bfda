import type { KindDescription, ModuleDescription, PeopleSource, StateDescription } from './description.ts'

const kinds = new Map<string, KindDescription>()
let people: PeopleSource = { names: async () => new Map(), postHolders: async () => [] }

/** Makes the kinds and the people of the modules known to the record layer. Called once, by the list of modules. */
export function declareKinds(modules: readonly ModuleDescription[]): void {
  people = modules.find(module => module.people !== undefined)?.people ?? people
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

/** Who people are; where no module keeps any, nobody is known. */
export function knownPeople(): PeopleSource {
  return people
}

export function allKinds(): readonly KindDescription[] {
  return [...kinds.values()]
}

/** Every state in which something is still owed, as `kind/state`. */
export function openStates(): string[] {
  return allKinds().flatMap(({ kind, states }) =>
    Object.entries(states).flatMap(([state, { open }]) => (open ? [`${kind}/${state}`] : [])),
  )
}

export function stateOf(kind: string, state: string): StateDescription {
  const description = kindOf(kind).states[state]
  if (description === undefined) throw new Error(`The kind "${kind}" has no state "${state}"`)
  return description
}
