import { Refusal } from '../../platform/refusals.ts'

/**
 * Stops a deed where a rule has reasons against it.
 *
 * @throws Refusal with every reason
 */
export function refuseIf(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refusal(reasons)
}

/** Missing and not-yours are the same, also to a deed. */
export function gone(word: string): never {
  throw new Refusal([`This ${word} is not there any more.`])
}
