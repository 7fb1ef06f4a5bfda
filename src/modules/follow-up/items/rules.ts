import { longDate } from '../../../platform/time.ts'
import type { Due, RecordHead } from '../../../record/record.ts'
import type { ItemKind } from './words.ts'

/** Whether what was done answers what was asked; said by the body that asked. */
export const answers = ['yes', 'partly', 'no'] as const
export type Answers = (typeof answers)[number]

/** Where a closing is decided: by the body at a meeting, or by its chair. */
export const closingWays = ['meeting', 'chair'] as const
export type ClosingWay = (typeof closingWays)[number]

/** What the rules need to know of a recommendation, a request or an action. */
export interface ItemFacts {
  kind: ItemKind
  state: RecordHead['state']
  /** The people who lead now, substitutes too. */
  leadPersons: readonly string[]
  /** The organisations of those who lead now. */
  leadOrganisations: readonly string[]
  raisedBy: string
  /** How many pieces of evidence are attached. */
  evidence: number
  /** How many replies were received. */
  replies: number
  /** Addressees whose reply is still owed, by name. */
  awaited: readonly string[]
}

/** Who tries. */
export interface Actor {
  organisationId: string
  personId: string | null
}

/** A meeting as the closing names it. */
export interface NamedMeeting {
  id: string | null
  words: string
  /** Null where it is named in words alone. */
  date: Temporal.PlainDate | null
}

const notUnderWay = (state: string) => `It is ${state === 'draft' ? 'still a draft' : state}, not under way.`

/** Whether something is still to come of it. */
export function isUnderWay(state: string): boolean {
  return state === 'open' || state === 'replied' || state === 'reported'
}

/**
 * Why an item may not be closed now; empty where it may. Closed means evidenced: it is closed only by the organisation
 * that raised it, not by a person who leads on it, and only once evidence is attached; a recommendation once every
 * reply owed to it is there, which is evidence too.
 */
export function closingObstacles(item: ItemFacts, actor: Actor): string[] {
  const reasons: string[] = []
  if (!isUnderWay(item.state)) reasons.push(notUnderWay(item.state))
  if (item.raisedBy !== actor.organisationId) reasons.push('It is closed by the body that raised it.')
  reasons.push(...evidenceObstacles(item))
  if (actor.personId !== null && item.leadPersons.includes(actor.personId)) {
    reasons.push(`Whoever leads on it does not close it: ask someone else of the body that raised it.`)
  }
  return reasons
}

function evidenceObstacles(item: ItemFacts): string[] {
  if (item.awaited.length > 0)
    return [`No reply has come yet from ${new Intl.ListFormat('en-GB').format(item.awaited)}.`]
  return item.evidence + item.replies === 0 ? ['No evidence is attached.'] : []
}

/** Why a meeting cannot be the one at which something was decided; empty where it can. */
export function meetingObstacles(meeting: Pick<NamedMeeting, 'date'>, today: Temporal.PlainDate): string[] {
  if (meeting.date === null || Temporal.PlainDate.compare(meeting.date, today) <= 0) return []
  return [`The meeting of ${longDate(meeting.date)} has not been held yet.`]
}

/** Why a body may not adopt it now: it is another organisation's, not under way, or the body's already. */
export function adoptingObstacles(item: ItemFacts, actor: Actor, adopted: boolean): string[] {
  const reasons: string[] = []
  if (item.raisedBy !== actor.organisationId) reasons.push('It was raised by another organisation.')
  if (!isUnderWay(item.state)) reasons.push('Only what is under way can be adopted.')
  if (adopted) reasons.push('It is the body’s already.')
  return reasons
}

/** Why the lead may not report it done now; empty where it may. Information may be received before it is attached. */
export function reportingObstacles(item: ItemFacts): string[] {
  const reportable = item.kind === 'recommendation' ? ['replied'] : ['open']
  if (!reportable.includes(item.state)) {
    return [
      item.kind === 'recommendation' && item.state === 'open' ? 'A reply is owed first.' : notUnderWay(item.state),
    ]
  }
  return item.kind === 'action' && item.evidence === 0 ? ['No evidence is attached.'] : []
}

/** Why it may not be re-opened now; empty where it may. */
export function reopeningObstacles(item: ItemFacts, actor: Actor): string[] {
  const reasons: string[] = []
  if (item.state !== 'closed') reasons.push('Only what is closed is re-opened.')
  if (item.raisedBy !== actor.organisationId) reasons.push('It is re-opened by the body that raised it.')
  return reasons
}

/** Why its due may not be changed now; empty where it may. */
export function redatingObstacles(item: ItemFacts, actor: Actor): string[] {
  const reasons = isUnderWay(item.state) ? [] : [notUnderWay(item.state)]
  if (item.raisedBy !== actor.organisationId) reasons.push('Its date is changed by the body that raised it.')
  return reasons
}

/** What is wrong with a new due; null where nothing is. A date in the past would hide that it was late. */
export function newDueFault(before: Due | null, after: Due, today: Temporal.PlainDate): string | null {
  const day = after.kind === 'condition' ? after.lookAgain : after.date
  if (day !== null && Temporal.PlainDate.compare(day, today) < 0) {
    return `The new date must be today or later: ${longDate(day)} has passed`
  }
  return dueInWords(before) === dueInWords(after) ? 'This is when it is due already' : null
}

/** Why an item may not be given up now; empty where it may. */
export function cancellingObstacles(item: ItemFacts, actor: Actor): string[] {
  const reasons = isUnderWay(item.state) || item.state === 'draft' ? [] : [notUnderWay(item.state)]
  if (item.raisedBy !== actor.organisationId) reasons.push('It is cancelled by the body that raised it.')
  return reasons
}

/** Why its leads may not be changed by this organisation now; empty where they may. */
export function leadChangeObstacles(item: ItemFacts, actor: Actor): string[] {
  const reasons = isUnderWay(item.state) || item.state === 'draft' ? [] : [notUnderWay(item.state)]
  if (item.raisedBy !== actor.organisationId && !item.leadOrganisations.includes(actor.organisationId)) {
    reasons.push('Who leads is said by the body that raised it, or by the organisation that leads.')
  }
  return reasons
}

/** Why a fuller reply may not be asked for now; empty where it may. */
export function askAgainObstacles(item: ItemFacts, actor: Actor): string[] {
  const reasons: string[] = []
  if (item.kind !== 'recommendation') reasons.push('Only to a recommendation is a reply owed.')
  if (item.state !== 'replied' && item.state !== 'reported') reasons.push('There is no reply to ask more of.')
  if (item.raisedBy !== actor.organisationId) reasons.push('It is asked for by the body that raised it.')
  return reasons
}

/** A due in words that stay true: it is kept, compared and shown beside the one first set. */
export function dueInWords(due: Due | null): string {
  if (due === null) return 'not set'
  if (due.kind === 'condition') return due.condition
  if (due.kind === 'date') return longDate(due.date)
  return due.date === null ? 'at a meeting' : `at the meeting of ${longDate(due.date)}`
}

/** The day of a due: of a condition the day to look again. */
export function dueDay(due: Due | null): Temporal.PlainDate | null {
  if (due === null) return null
  return due.kind === 'condition' ? due.lookAgain : due.date
}
