import { Refusal } from '../../platform/refusals.ts'

/** What a clock was not told, or was told wrongly. */
export type FactName =
  'rule' | 'from' | 'year' | 'members' | 'paused' | 'left-out' | 'extended' | 'length' | 'area' | 'holiday'

/** The facts given do not make a clock. Names the fact meant and says in whole sentences what to give instead. */
export class ClockFault extends Refusal {
  readonly fact: FactName
  constructor(fact: FactName, reason: string) {
    super([reason])
    this.name = 'ClockFault'
    this.fact = fact
  }
}
