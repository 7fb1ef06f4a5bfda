import { Refusal } from '../../platform/refusals.ts'

/** Carries what a rule found out of a deed; nothing happens where it found nothing. */
export function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Refusal(faults)
}
