import type { ClockFacts, ClockYear, LeftOut, Pause } from './clocks/index.ts'
import type { Jurisdiction } from './clocks/rule.ts'

/**
 * The facts of a clock as JSON keeps them: days as 2026-03-11, London local times as 2026-03-11T10:00:00. An instant
 * stays one (…Z): in the hour that comes twice its local time alone would not say which is meant.
 */
export interface StoredFacts {
  from?: string
  year?: ClockYear
  members?: number
  paused?: readonly { from: string; to: string | null }[]
  leftOut?: readonly { from: string; to: string; why?: string }[]
  extended?: boolean
  length?: number
  jurisdiction?: Jurisdiction
}

/** Facts as they are kept; what was not given is left out. */
export function storeFacts(facts: ClockFacts): StoredFacts {
  return {
    ...(facts.from !== undefined && { from: facts.from.toString() }),
    ...(facts.year !== undefined && { year: facts.year }),
    ...(facts.members !== undefined && { members: facts.members }),
    ...(facts.paused !== undefined && facts.paused.length > 0 && { paused: facts.paused.map(storePause) }),
    ...(facts.leftOut !== undefined && facts.leftOut.length > 0 && { leftOut: facts.leftOut.map(storeLeftOut) }),
    ...(facts.extended !== undefined && { extended: facts.extended }),
    ...(facts.length !== undefined && { length: facts.length }),
    ...(facts.jurisdiction !== undefined && { jurisdiction: facts.jurisdiction }),
  }
}

/** Facts as the engine takes them. */
export function readFacts(stored: StoredFacts): ClockFacts {
  const { from, paused, leftOut, ...plain } = stored
  return {
    ...plain,
    ...(from !== undefined && { from: startOf(from) }),
    ...(paused !== undefined && { paused: paused.map(readPause) }),
    ...(leftOut !== undefined && { leftOut: leftOut.map(readLeftOut) }),
  }
}

function startOf(text: string): NonNullable<ClockFacts['from']> {
  if (text.endsWith('Z')) return Temporal.Instant.from(text)
  return text.includes('T') ? Temporal.PlainDateTime.from(text) : Temporal.PlainDate.from(text)
}

function storePause({ from, to }: Pause) {
  return { from: from.toString(), to: to?.toString() ?? null }
}

function readPause({ from, to }: { from: string; to: string | null }): Pause {
  return { from: Temporal.PlainDate.from(from), to: to === null ? null : Temporal.PlainDate.from(to) }
}

function storeLeftOut({ from, to, why }: LeftOut) {
  return { from: from.toString(), to: to.toString(), ...(why !== undefined && { why }) }
}

function readLeftOut({ from, to, why }: { from: string; to: string; why?: string }): LeftOut {
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to), ...(why !== undefined && { why }) }
}
