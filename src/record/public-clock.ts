import type { Trx } from '../platform/database/tables.ts'
import { clocksOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import type { RecordKey } from './record.ts'

/** A clock as the public may open it: rule, law, start, working and end. Days as ISO texts; nobody's name. */
export interface PublicClock {
  id: string
  rule: string
  title: string
  sentence: string
  source: string
  status: string
  lawful: boolean
  from: string | null
  due: string | null
  planBy: string | null
  uncertain: boolean
  inForce: boolean
  state: RunningClock['state']
  lastDay: RunningClock['rule']['lastDay']
  stoppedOn: string | null
  notApplicable: string | null
  notKnown: string | null
  working: readonly string[]
}

/** The clocks of a record that go with its public entry. Those that an organisation keeps for itself do not. */
export async function publicClocksOf(trx: Trx, record: RecordKey): Promise<PublicClock[]> {
  const clocks = await clocksOf(trx, record)
  return clocks.filter(clock => clock.rule.inside !== true).map(publicClock)
}

function publicClock(clock: RunningClock): PublicClock {
  const { rule } = clock
  return {
    id: clock.id,
    rule: rule.id,
    title: rule.title,
    sentence: rule.sentence,
    source: rule.source,
    status: rule.status,
    lawful: rule.lawful && clock.facts.length === undefined && !clock.agreed,
    from: clock.startedOn?.toString() ?? null,
    due: clock.due?.toString() ?? null,
    planBy: clock.planBy?.toString() ?? null,
    uncertain: clock.uncertain,
    inForce: clock.inForce,
    state: clock.state,
    lastDay: rule.lastDay,
    stoppedOn: clock.stoppedOn?.toString() ?? null,
    notApplicable: clock.cancelledWhy,
    notKnown: clock.notKnownWhy,
    working: clock.working,
  }
}
