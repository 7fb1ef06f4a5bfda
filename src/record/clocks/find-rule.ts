import { ClockFault } from './clock-fault.ts'
import type { ClockRule, ClockRules } from './rule.ts'

/**
 * The rule with this identifier.
 *
 * @throws ClockFault that says which rule is probably meant
 */
export function findRule(rules: ClockRules, id: string): ClockRule {
  const rule = rules.get(id)
  if (rule !== undefined) return rule
  const nearest = nearestIdentifier([...rules.keys()], id)
  throw new ClockFault('rule', `There is no rule ${id}. Did you mean ${nearest}? \`peelian clock\` lists them all.`)
}

/** The identifier that differs least from what was typed; case, brackets and hyphens count for nothing. */
export function nearestIdentifier(identifiers: readonly string[], typed: string): string {
  const wanted = lettersAndFigures(typed)
  let nearest = ''
  let least = Infinity
  for (const identifier of identifiers) {
    const distance = editDistance(lettersAndFigures(identifier), wanted)
    if (distance < least) [nearest, least] = [identifier, distance]
  }
  return nearest
}

function lettersAndFigures(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/** How many letters must be put in, left out, changed or swapped with the next to make one word of the other. */
export function editDistance(one: string, other: string): number {
  let before: number[] = []
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      )
    }
    ;[before, previous] = [previous, current]
  }
  return previous[other.length] ?? 0
}
