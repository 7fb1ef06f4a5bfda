import type { StateDescription } from '../../../record/description.ts'
import type { Due } from '../../../record/record.ts'
import { longDate } from '../../../platform/time.ts'

/*
 * The life of an item of a body's work programme. It is on the programme, comes to an agenda, and was reported; a
 * standing item then waits for the next meeting. A briefing note is asked for and circulated, outside any meeting.
 */

export const programmeStates = {
  programmed: { word: 'On the programme', colour: 'blue', open: true },
  'on-agenda': { word: 'On an agenda', colour: 'teal', open: true },
  reported: { word: 'Reported', colour: 'green', open: false },
  requested: { word: 'Requested', colour: 'yellow', open: true },
  circulated: { word: 'Circulated', colour: 'green', open: false },
  dropped: { word: 'Taken off', colour: 'grey', open: false },
} as const satisfies Record<string, StateDescription>

export type ProgrammeState = keyof typeof programmeStates
export const programmeForms = ['report', 'briefing-note'] as const
export type ProgrammeForm = (typeof programmeForms)[number]

/** When an item is to come next: to a meeting, by a day, or as somebody put it. */
export interface NextReport {
  meeting: { id: string; date: Temporal.PlainDate } | null
  date: Temporal.PlainDate | null
  words: string | null
}

/** What the rules ask of an item. */
export interface ProgrammeFacts {
  state: ProgrammeState
  form: ProgrammeForm
  bodyId: string
  next: NextReport
}

export const toBeConfirmed = 'To be confirmed'

/** When it comes next, in words: a date goes before what is said beside it. */
export function nextInWords({ meeting, date, words }: NextReport): string {
  const day = meeting?.date ?? date
  if (day === null) return words ?? toBeConfirmed
  return words === null ? longDate(day) : `${longDate(day)} (${words})`
}

/** The due of its record: it is owed at a meeting, by a day, or on what was said. */
export function dueOfNext({ meeting, date, words }: NextReport): Due {
  if (meeting !== null) return { kind: 'meeting', meeting: meeting.id, date: meeting.date }
  if (date !== null) return { kind: 'date', date }
  return { kind: 'condition', condition: words ?? toBeConfirmed, lookAgain: null }
}

/** Whether a change of when it comes is a deferral: it was to come on a day, and now comes later or on none. */
export function isDeferral(was: NextReport, becomes: NextReport): boolean {
  const before = was.meeting?.date ?? was.date
  const after = becomes.meeting?.date ?? becomes.date
  if (before === null) return false
  return after === null || Temporal.PlainDate.compare(after, before) > 0
}

/** Why when it comes may not be changed so; empty where it may. A deferral says why. */
export function schedulingObstacles(facts: ProgrammeFacts, becomes: NextReport, why: string | null): string[] {
  const reasons = openObstacles(facts)
  if (facts.state === 'on-agenda') reasons.push('It is on an agenda. Defer it there, so that the agenda follows.')
  if (isDeferral(facts.next, becomes) && why === null) reasons.push('Say why it is put off: the programme keeps it.')
  return reasons
}

/** Why it may not be put on the agenda of a meeting. */
export function placingObstacles(facts: ProgrammeFacts, meeting: { bodyId: string; state: string } | null): string[] {
  if (meeting === null) return ['Choose the meeting whose agenda it goes on.']
  const reasons = openObstacles(facts)
  if (facts.form === 'briefing-note') reasons.push('A briefing note is circulated, not put on an agenda.')
  if (facts.state === 'on-agenda') reasons.push('It is on an agenda already.')
  if (meeting.bodyId !== facts.bodyId) reasons.push('It goes on an agenda of the body whose programme it is.')
  if (meeting.state !== 'planned' && meeting.state !== 'agenda-published') {
    reasons.push('That meeting was held or cancelled.')
  }
  return reasons
}

/** Why a briefing note may not be noted as circulated. */
export function circulatingObstacles(facts: Pick<ProgrammeFacts, 'state' | 'form'>): string[] {
  if (facts.form !== 'briefing-note') return ['Only briefing notes are circulated; this one comes to a meeting.']
  return facts.state === 'requested' ? [] : [`It is ${programmeStates[facts.state].word.toLowerCase()}.`]
}

/** Why an item may not be taken off the programme. */
export function droppingObstacles(facts: ProgrammeFacts): string[] {
  const reasons = openObstacles(facts)
  if (facts.state === 'on-agenda') reasons.push('It is on an agenda. Withdraw it there first.')
  return reasons
}

function openObstacles({ state }: Pick<ProgrammeFacts, 'state'>): string[] {
  return programmeStates[state].open ? [] : [`It is ${programmeStates[state].word.toLowerCase()}.`]
}
