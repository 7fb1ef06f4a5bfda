import type { Trx } from '../platform/database/tables.ts'
import { london, londonDate } from '../platform/time.ts'
import type { WorkingModel } from '../platform/web/patterns.ts'
import { findArea } from './areas.ts'
import { clockBasis } from './clock-basis.ts'
import { clocksOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { clockStateModel, lengthWords, standingWords, statusWords } from './clock-words.ts'
import { clockStanding, lawLinks } from './clocks/index.ts'
import type { ClockStanding } from './clocks/index.ts'
import { publicClock } from './public-clock.ts'
import type { ExplainedClock, PublicClock } from './public-clock.ts'
import type { RecordKey } from './record.ts'

/** By which day or moment a clock is judged, and where it stands still. */
export interface JudgedAt {
  /** Today in London; the moment where hours count. */
  now: Temporal.PlainDate | Temporal.PlainDateTime
  /** In a historical area the day of its last paper held; null where work goes on. */
  asAt: Temporal.PlainDate | null
}

/**
 * By what the clocks of an area are judged at a moment. A historical area without a day of its own stands still today:
 * nothing there is ever late.
 */
export function judgedAt(
  area: { historical: boolean; asAt: Temporal.PlainDate | null },
  at: Temporal.Instant,
): JudgedAt {
  const now = at.toZonedDateTimeISO(london).toPlainDateTime()
  return { now, asAt: area.historical ? (area.asAt ?? londonDate(at)) : null }
}

/** How a clock stands, whether it was read in the workspace or out of what is published. */
export function standingAt(clock: PublicClock, { now, asAt }: JudgedAt): ClockStanding {
  const life = {
    due: dueOf(clock),
    started: clock.state !== 'not-known',
    inForce: clock.inForce,
    done: clock.state === 'stopped' ? dayOf(clock.stoppedOn) : null,
    notApplicable: clock.state === 'cancelled' ? (clock.notApplicable ?? '') : null,
    paused: clock.state === 'paused',
    lastDay: clock.lastDay,
    asAt,
    shownOpenOn: null,
  }
  const byHours = life.due instanceof Temporal.PlainDateTime
  const standing = clockStanding(life, byHours || now instanceof Temporal.PlainDate ? now : now.toPlainDate())
  return clock.state === 'not-known' && clock.notKnown !== null ? { ...standing, reason: clock.notKnown } : standing
}

function dueOf({ due }: Pick<PublicClock, 'due'>): Temporal.PlainDate | Temporal.PlainDateTime | null {
  if (due === null) return null
  return due.includes('T') ? Temporal.PlainDateTime.from(due) : Temporal.PlainDate.from(due)
}

function dayOf(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text)
}

/** The working of one clock, as the due pattern opens it. */
export function workingModel(clock: PublicClock, judged: JudgedAt): WorkingModel {
  const standing = standingAt(clock, judged)
  const planBy = dayOf(clock.planBy)
  return {
    rule: clock.sentence,
    law: lawModel(clock.source),
    known: statusWords[clock.status],
    ...(clock.status === 'local' && { convention: true as const }),
    length: lengthWords[clock.length],
    standing: {
      state: clockStateModel(standing.state),
      words: standingWords(standing, dayOf(clock.stoppedOn)),
    },
    ...(planBy !== null && clock.due !== clock.planBy && { planBy }),
    ...(clock.breach !== null && { breach: clock.breach }),
    ...(clock.explained === null ? { leftOut: [], notes: clock.working.slice(1) } : explainedModel(clock.explained)),
  }
}

/** The parts of a working as the pattern prints them. */
export function explainedModel({ started, counted, leftOut, ended, uncertain, notes }: ExplainedClock) {
  return {
    ...(started !== null && { started: startedModel(started) }),
    counted,
    leftOut: leftOut.map(({ on, until, why }) => ({
      on: Temporal.PlainDate.from(on),
      ...(until !== null && { until: Temporal.PlainDate.from(until) }),
      why,
    })),
    ended,
    notes: [...uncertain, ...notes],
  }
}

function startedModel({ what, on }: { what: string; on: string }) {
  if (!on.includes('T')) return { what, on: Temporal.PlainDate.from(on) }
  const moment = Temporal.PlainDateTime.from(on)
  return { what, on: moment.toPlainDate(), at: moment.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** The law of a rule, each part with its address where the words make it certain. */
export function lawModel(source: string): NonNullable<WorkingModel['law']> {
  return lawLinks(source).map(({ text, href }) => (href === null ? { text } : { text, href }))
}

/** The clocks of a record that the transaction's organisations may see, as pages show them, the latest first. */
export async function shownClocksOf(
  trx: Trx,
  record: RecordKey,
): Promise<{ clock: RunningClock; shown: PublicClock }[]> {
  const clocks = await clocksOf(trx, record)
  if (clocks.length === 0) return []
  const basis = await clockBasis(trx, record.areaId)
  return clocks.map(clock => ({ clock, shown: publicClock(clock, basis) }))
}

/** By what the clocks of an area are judged, read from the area itself. */
export async function judgedHere(trx: Trx, areaId: number, now: Temporal.Instant): Promise<JudgedAt> {
  const area = await findArea(trx, areaId)
  return judgedAt({ historical: area?.historical ?? false, asAt: area?.as_at ?? null }, now)
}
