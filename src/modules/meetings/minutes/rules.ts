import type { OrganisationKind, Role } from '../../../platform/access/viewer.ts'
import type { StateDescription } from '../../../record/description.ts'
import { longDate } from '../../../platform/time.ts'

/*
 * The life of minutes: taken, circulated to the other side, agreed as the first item of the next meeting, signed by
 * each side, published and frozen. Each function returns every reason against a deed; an empty list allows it.
 */

export const minutesStates = {
  draft: { word: 'Draft', colour: 'grey', open: true },
  circulated: { word: 'Circulated', colour: 'blue', open: true },
  agreed: { word: 'Agreed, not yet signed', colour: 'yellow', open: true },
  signed: { word: 'Signed, not yet published', colour: 'orange', open: true },
  published: { word: 'Published', colour: 'green', open: false },
} as const satisfies Record<string, StateDescription>

export type MinutesState = keyof typeof minutesStates

/** What the rules ask of minutes. */
export interface MinutesFacts {
  state: MinutesState
  /** The organisation whose clerk takes them. */
  keptBy: string
  bodyId: string
  date: Temporal.PlainDate
  /** Organisations whose signature they need, and those that have signed. */
  signatories: readonly string[]
  signed: readonly string[]
}

/** Who acts. */
export interface Doer {
  organisationId: string
  kind: OrganisationKind
  roles: readonly Role[]
}

/** The meeting at which minutes are agreed. */
export interface AgreeingMeeting {
  bodyId: string
  date: Temporal.PlainDate
  state: string
  /** Whether its agenda begins with the minutes of the last meeting. */
  beginsWithMinutes: boolean
}

/** Why this organisation may not keep these minutes: it does not take them. */
export function keepingObstacles(minutes: Pick<MinutesFacts, 'keptBy'>, doer: Pick<Doer, 'organisationId'>): string[] {
  return minutes.keptBy === doer.organisationId ? [] : ['It is done by the organisation that takes the minutes.']
}

const stands = (state: MinutesState) => `They are ${minutesStates[state].word.toLowerCase()}.`

/**
 * Why the text may not be changed now. Between circulation and agreement a change is a correction: it says why, and
 * both wordings are kept.
 */
export function writingObstacles(
  minutes: Pick<MinutesFacts, 'state' | 'keptBy'>,
  doer: Pick<Doer, 'organisationId'>,
  why: string | null,
): string[] {
  const reasons = keepingObstacles(minutes, doer)
  if (minutes.state === 'circulated' && why === null) reasons.push('Others have read them. Say what is corrected.')
  if (minutes.state !== 'draft' && minutes.state !== 'circulated') {
    reasons.push(`${stands(minutes.state)} What was agreed stays as it is.`)
  }
  return reasons
}

/** Why outcomes may not be added or struck now: once circulated, they are actions with a life of their own. */
export function outcomeObstacles(state: MinutesState): string[] {
  return state === 'draft' ? [] : [`${stands(state)} Their actions are changed in Actions.`]
}

/** Why they may not be circulated now. `findings`: the reasons among what does not resolve. */
export function circulatingObstacles(
  minutes: Pick<MinutesFacts, 'state' | 'keptBy'> & { written: number },
  doer: Pick<Doer, 'organisationId'>,
  findings: readonly string[],
): string[] {
  const reasons = keepingObstacles(minutes, doer)
  if (minutes.state !== 'draft') reasons.push('They were circulated already.')
  if (minutes.written === 0) reasons.push('Nothing is minuted yet.')
  return [...reasons, ...findings]
}

/** Why they may not be agreed now: it is the first business of the body's next meeting. */
export function agreeingObstacles(
  minutes: Pick<MinutesFacts, 'state' | 'keptBy' | 'bodyId' | 'date'>,
  doer: Pick<Doer, 'organisationId'>,
  next: AgreeingMeeting | null,
  today: Temporal.PlainDate,
): string[] {
  const reasons = keepingObstacles(minutes, doer)
  if (minutes.state === 'draft') reasons.push('They are circulated first, so that both sides have read them.')
  else if (minutes.state !== 'circulated') reasons.push('They were agreed already.')
  return [...reasons, ...agreeingMeetingObstacles(minutes, next, today)]
}

function agreeingMeetingObstacles(
  minutes: Pick<MinutesFacts, 'bodyId' | 'date'>,
  next: AgreeingMeeting | null,
  today: Temporal.PlainDate,
): string[] {
  if (next === null) return ['Choose the meeting that agreed them.']
  const reasons: string[] = []
  if (next.bodyId !== minutes.bodyId) reasons.push('Minutes are agreed by the body whose meeting it was.')
  if (Temporal.PlainDate.compare(next.date, minutes.date) <= 0) {
    reasons.push('Minutes are agreed at a later meeting than the one they are of.')
  }
  if (Temporal.PlainDate.compare(next.date, today) > 0) {
    reasons.push(`That meeting is on ${longDate(next.date)}. They can be agreed on the day.`)
  }
  if (next.state === 'cancelled') reasons.push('That meeting was cancelled.')
  if (!next.beginsWithMinutes) {
    reasons.push('The first item of that meeting is not the minutes of the last one. Put it on the agenda.')
  }
  return reasons
}

/** Which offices sign for which kind of organisation. */
const signers: Readonly<Partial<Record<OrganisationKind, readonly Role[]>>> = {
  office: ['commissioner', 'deputy-commissioner'],
  force: ['chief-constable'],
  panel: ['panel-chair'],
}

/** The office in which somebody signs for their organisation, or null where theirs does not sign. */
export function signingRole(doer: Pick<Doer, 'kind' | 'roles'>): Role | null {
  return (signers[doer.kind] ?? []).find(role => doer.roles.includes(role)) ?? null
}

/** Why this person may not sign now. Each side signs once, by the office-holder who answers for it. */
export function signingObstacles(
  minutes: Pick<MinutesFacts, 'state' | 'signatories' | 'signed'>,
  doer: Doer,
): string[] {
  const reasons: string[] = []
  if (minutes.state === 'draft' || minutes.state === 'circulated') reasons.push('They are agreed first, then signed.')
  if (minutes.state === 'signed' || minutes.state === 'published') reasons.push('Everyone has signed them.')
  else if (minutes.signed.includes(doer.organisationId)) reasons.push('They are signed for your organisation already.')
  if (!minutes.signatories.includes(doer.organisationId)) reasons.push('Your organisation does not sign these minutes.')
  else if (signingRole(doer) === null) {
    reasons.push('They are signed by the commissioner or deputy, the chief constable, or the chair of the panel.')
  }
  return reasons
}

/** Whether all have signed who must. */
export function isSigned(minutes: Pick<MinutesFacts, 'signatories' | 'signed'>): boolean {
  return minutes.signatories.every(each => minutes.signed.includes(each))
}

/** Why they may not be published now. */
export function publishingObstacles(
  minutes: Pick<MinutesFacts, 'state' | 'keptBy'>,
  doer: Pick<Doer, 'organisationId'>,
): string[] {
  const reasons = keepingObstacles(minutes, doer)
  if (minutes.state === 'published') reasons.push('They are published already.')
  else if (minutes.state !== 'signed') reasons.push('They are not signed by each side yet.')
  return reasons
}
