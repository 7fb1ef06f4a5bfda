import { longDate } from '../../../platform/time.ts'
import { jurisdictionOf } from '../../../record/clocks/index.ts'
import type { BodyForm, Capacity } from '../bodies/words.ts'
import type { Term } from '../terms.ts'

/** Duties to register interests: of members of panels in England and in Wales, and after a disclosure at a meeting. */
export type InterestRule = 'DPI-REG' | 'W-CODE' | 'DPI-MEET'

/** What of a seat decides whether interests are to be registered for it. */
export interface SeatFacts {
  form: BodyForm
  capacity: Capacity
  personId: string | null
  term: Term
}

/** The area in which a seat is held. */
export interface SeatArea {
  slug: string
  historical: boolean
}

/** Who votes on a panel, and so is a member or co-opted member of it. */
const voting: readonly Capacity[] = ['chair', 'vice-chair', 'member', 'co-opted-independent']

/**
 * What a new seat asks for, from which day; null where it asks for nothing. Members and co-opted members of a police
 * and crime panel register (Localism Act 2011 s.30, applied by SI 2012/2734; in Wales the model code of 2008). A start
 * that no paper gives to the day starts nothing, and neither does a seat in a historical area.
 */
export function seatDuty(
  seat: SeatFacts,
  area: SeatArea,
): { rule: InterestRule; personId: string; from: Temporal.PlainDate } | null {
  const { form, capacity, personId, term } = seat
  if (area.historical || form !== 'panel' || personId === null || !voting.includes(capacity)) return null
  if (term.started === null || !isDay(term.started) || term.ended !== null) return null
  const rule = jurisdictionOf(area.slug) === 'wales' ? 'W-CODE' : 'DPI-REG'
  return { rule, personId, from: Temporal.PlainDate.from(term.started) }
}

function isDay(stated: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(stated)
}

/** Why a disclosure cannot have been made then, in words; empty where it can (Localism Act 2011 s.31(2)-(3)). */
export function disclosureFaults(
  seat: Pick<SeatFacts, 'form' | 'personId'>,
  area: SeatArea,
  on: Temporal.PlainDate,
  today: Temporal.PlainDate,
): string[] {
  const reasons: string[] = []
  if (seat.form !== 'panel' || seat.personId === null) reasons.push('Interests are disclosed by members of a panel.')
  if (jurisdictionOf(area.slug) === 'wales') reasons.push('In Wales another code holds, which sets no such time.')
  if (Temporal.PlainDate.compare(on, today) > 0) {
    reasons.push(`${longDate(on)} is still to come: record a disclosure once it was made.`)
  }
  return reasons
}
