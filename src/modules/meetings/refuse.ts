import { Refusal } from '../../platform/refusals.ts'

/** Stops a deed that a rule refuses, with every reason. */
export function refuseIf(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refusal(reasons)
}
