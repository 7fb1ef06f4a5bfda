import type { StateDescription } from '../../../record/description.ts'

/*
 * The life of a question from the public. Each function returns every reason against a deed, in words; an empty list
 * means that it is allowed.
 */

export const publicQuestionStates = {
  received: { word: 'Received', colour: 'yellow', open: true },
  late: { word: 'Received late', colour: 'orange', open: true },
  accepted: { word: 'To be put', colour: 'blue', open: true },
  'to-be-answered': { word: 'Answer in writing to follow', colour: 'yellow', open: true },
  answered: { word: 'Answered', colour: 'green', open: false },
  'not-put': { word: 'Not put', colour: 'grey', open: false },
  refused: { word: 'Not accepted', colour: 'grey', open: false },
  withdrawn: { word: 'Withdrawn', colour: 'grey', open: false },
  removed: { word: 'Removed', colour: 'grey', open: false },
} as const satisfies Record<string, StateDescription>

export type PublicQuestionState = keyof typeof publicQuestionStates

/** Accepted, it may be published; what became of it is never left out afterwards. */
export const publishedStates: readonly PublicQuestionState[] = [
  'accepted',
  'to-be-answered',
  'answered',
  'not-put',
  'withdrawn',
]

/** What the rules ask of a question. */
export interface PublicQuestionFacts {
  state: PublicQuestionState
  hasMeeting: boolean
  /** The day of its meeting, where that is known. */
  meeting: Temporal.PlainDate | null
  /** Whether its asker's contact details are still held. */
  reachable: boolean
  published: boolean
}

const isWaiting = ({ state }: Pick<PublicQuestionFacts, 'state'>) => state === 'received' || state === 'late'

/** Why it may not be accepted now. `takesLate`: whether the body's rules leave late ones to the chair. */
export function acceptObstacles(facts: PublicQuestionFacts, takesLate: boolean): string[] {
  if (!isWaiting(facts)) return ['It has been decided already.']
  const reasons = facts.hasMeeting ? [] : ['Name its meeting first.']
  if (facts.state === 'late' && !takesLate) {
    reasons.push('The body’s rules take no late question. Name a later meeting, or do not accept it.')
  }
  return reasons
}

export function refuseObstacles(facts: PublicQuestionFacts): string[] {
  return isWaiting(facts) ? [] : ['It has been decided already.']
}

/** Spam goes before it is decided, and only then: what was accepted is part of the meeting's record. */
export function removeObstacles(facts: PublicQuestionFacts): string[] {
  return isWaiting(facts) ? [] : ['It has been decided already, and stays.']
}

export function withdrawObstacles(facts: PublicQuestionFacts): string[] {
  return isWaiting(facts) || facts.state === 'accepted' ? [] : ['It has been put, or was ended before.']
}

/** Another meeting may be named until it was put. */
export function meetingObstacles(facts: PublicQuestionFacts): string[] {
  return withdrawObstacles(facts)
}

/** Why what happened at the meeting may not be recorded. */
export function putObstacles(facts: PublicQuestionFacts, today: Temporal.PlainDate): string[] {
  if (facts.state !== 'accepted') return ['It is not waiting to be put.']
  if (!facts.hasMeeting) return ['Name its meeting first.']
  if (facts.meeting !== null && Temporal.PlainDate.compare(facts.meeting, today) > 0) {
    return ['Its meeting has not been held yet.']
  }
  return []
}

export function answerObstacles(facts: PublicQuestionFacts): string[] {
  return facts.state === 'to-be-answered' ? [] : ['It is not waiting for an answer in writing.']
}

/** Why another supplementary may not be recorded. `most`: how many the body's rules allow; `had`: how many there are. */
export function supplementaryObstacles(facts: PublicQuestionFacts, most: number, had: number): string[] {
  if (facts.state !== 'answered' && facts.state !== 'to-be-answered') return ['It has not been put yet.']
  if (most === 0) return ['The body’s rules allow no supplementary question.']
  return had >= most ? [`The body’s rules allow ${String(most)}, and ${String(had)} are recorded.`] : []
}

/** Contact details are needed until the asker was told the end of it. */
export function eraseObstacles(facts: PublicQuestionFacts): string[] {
  if (!facts.reachable) return ['They are erased already.']
  return publicQuestionStates[facts.state].open ? ['It is still open: its asker is to be told what comes of it.'] : []
}

export function publicationReasons(facts: Pick<PublicQuestionFacts, 'state'>): string[] {
  if (isWaiting(facts)) return ['It has not been accepted yet.']
  return publishedStates.includes(facts.state) ? [] : ['It was not accepted.']
}

/** What a clerk should know before accepting one more; the chair may allow it. */
export function acceptWarnings(
  limits: { mostAtMeeting: number | null; mostEach: number | null },
  have: { atMeeting: number; ofAsker: number },
): string[] {
  const { mostAtMeeting, mostEach } = limits
  const warnings: string[] = []
  if (mostAtMeeting !== null && have.atMeeting >= mostAtMeeting) {
    warnings.push(`The body’s rules allow ${String(mostAtMeeting)} at a meeting, and that many are accepted.`)
  }
  if (mostEach !== null && have.ofAsker >= mostEach) {
    warnings.push(`The body’s rules allow ${String(mostEach)} of each person at a meeting, and that many are accepted.`)
  }
  return warnings
}

/**
 * Whether a question is late once its meeting is another or has moved: a later day may bring it in time, and what was
 * asked in time for the day that was announced stays in time.
 */
export function lateAfterMove(wasLate: boolean, lateNow: boolean): boolean {
  return wasLate && lateNow
}

/** The words of a text: what stands between white space. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter(word => word !== '').length
}

/** The day from which an asker's contact details are kept no longer. */
export function eraseOn(ended: Temporal.PlainDate, months: number): Temporal.PlainDate {
  return ended.add({ months })
}
