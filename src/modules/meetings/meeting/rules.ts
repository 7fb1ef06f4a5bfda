import type { StateDescription } from '../../../record/description.ts'
import { longDate } from '../../../platform/time.ts'

/*
 * The life of a meeting. Each function returns every reason against a deed, in words; an empty list means that it is
 * allowed.
 */

export const meetingStates = {
  // Nothing is owed of a meeting that is only planned.
  planned: { word: 'Planned', colour: 'grey', open: false },
  'agenda-published': { word: 'Agenda published', colour: 'blue', open: true },
  held: { word: 'Held', colour: 'green', open: false },
  cancelled: { word: 'Cancelled', colour: 'red', open: false },
} as const satisfies Record<string, StateDescription>

export type MeetingState = keyof typeof meetingStates

/** What the rules ask of a meeting. */
export interface MeetingFacts {
  state: MeetingState
  date: Temporal.PlainDate
  /** Items that are not withdrawn. */
  items: number
  /** The state of its minutes, where they were begun. */
  minutes: string | null
}

const toCome = (state: MeetingState) => state === 'planned' || state === 'agenda-published'

/** Why its day, time or place may not be changed now. */
export function movingObstacles({ state }: Pick<MeetingFacts, 'state'>): string[] {
  if (state === 'cancelled') return ['It is cancelled. Plan another meeting.']
  return state === 'held' ? ['It has been held. What was held stays as it was.'] : []
}

/** Why it may not be cancelled now. */
export function cancellingObstacles({ state }: Pick<MeetingFacts, 'state'>): string[] {
  return toCome(state) ? [] : [state === 'held' ? 'It has been held.' : 'It is cancelled already.']
}

/**
 * Why its agenda may not be changed now. Once minutes are circulated they name its items, and the agenda stays as it
 * was; until then an item may still be added, since urgent ones are taken at the meeting itself.
 */
export function agendaObstacles({ state, minutes }: Pick<MeetingFacts, 'state' | 'minutes'>): string[] {
  if (state === 'cancelled') return ['It is cancelled.']
  if (minutes !== null && minutes !== 'draft') return ['Its minutes were circulated. The agenda stays as it was.']
  return []
}

/** Why its agenda may not be sent or published now. */
export function agendaPublishingObstacles({ state, items }: Pick<MeetingFacts, 'state' | 'items'>): string[] {
  const reasons: string[] = []
  if (state === 'cancelled') reasons.push('It is cancelled.')
  if (items === 0) reasons.push('The agenda has no item yet.')
  return reasons
}

/** Why its minutes may not be begun now. */
export function minutingObstacles(meeting: MeetingFacts, today: Temporal.PlainDate): string[] {
  const reasons: string[] = []
  if (meeting.minutes !== null) reasons.push('Its minutes were begun already.')
  if (meeting.state === 'cancelled') reasons.push('It is cancelled.')
  if (meeting.items === 0) reasons.push('The agenda has no item yet. Minutes are taken item by item.')
  if (Temporal.PlainDate.compare(meeting.date, today) > 0) {
    reasons.push(`It is held on ${longDate(meeting.date)}. Minutes are begun on the day.`)
  }
  return reasons
}

/**
 * What a meeting is called: its body and day, and its number among those of one day from the second on.
 *
 * @param taken titles of the body's other meetings
 */
export function meetingTitle(body: string, date: Temporal.PlainDate, taken: readonly string[]): string {
  const title = `${body}, ${longDate(date)}`
  if (!taken.includes(title)) return title
  let number = 2
  while (taken.includes(`${title} (${number})`)) number += 1
  return `${title} (${number})`
}

/** The words of a meeting's title that its address is made of: without its day, which the address begins with. */
export function addressWords(title: string, date: Temporal.PlainDate): string {
  return title.replace(/^Minutes of /, '').replace(`, ${longDate(date)}`, ' ')
}
