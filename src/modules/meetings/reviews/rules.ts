import type { StateDescription } from '../../../record/description.ts'

/*
 * A task and finish review: its scope is agreed, evidence is heard, the findings are weighed, the report goes to the
 * body, and the body adopts it. Until then what the group asks for is the group's own.
 */

export const reviewStates = {
  scoping: { word: 'Scope being agreed', colour: 'grey', open: true },
  evidence: { word: 'Hearing evidence', colour: 'blue', open: true },
  findings: { word: 'Weighing the evidence', colour: 'teal', open: true },
  reported: { word: 'Reported to the body', colour: 'yellow', open: true },
  adopted: { word: 'Adopted', colour: 'green', open: false },
  ended: { word: 'Ended without a report', colour: 'grey', open: false },
} as const satisfies Record<string, StateDescription>

export type ReviewState = keyof typeof reviewStates

/** What the rules ask of a review. */
export interface ReviewFacts {
  state: ReviewState
  bodyId: string
  sessions: number
  findings: string | null
  recommendations: string | null
}

const next: Readonly<Partial<Record<ReviewState, ReviewState>>> = {
  scoping: 'evidence',
  evidence: 'findings',
  findings: 'reported',
}

/** The step that follows, or null where the body's adoption is what is left. */
export function nextStep(state: ReviewState): ReviewState | null {
  return next[state] ?? null
}

/** Why a review may not go on to its next step; empty where it may. */
export function steppingObstacles(facts: ReviewFacts): string[] {
  const step = nextStep(facts.state)
  if (step === null) return [`It is ${reviewStates[facts.state].word.toLowerCase()}.`]
  if (step === 'findings' && facts.sessions === 0) return ['No evidence session is recorded yet.']
  if (step === 'reported') return reportingObstacles(facts)
  return []
}

function reportingObstacles({ findings, recommendations }: ReviewFacts): string[] {
  const reasons: string[] = []
  if (findings === null) reasons.push('The findings are not written yet.')
  if (recommendations === null)
    reasons.push('The recommendations are not written yet; write “None” where there are none.')
  return reasons
}

/** Why a body may not adopt a review's report at a meeting. */
export function adoptingObstacles(
  facts: ReviewFacts,
  meeting: { bodyId: string; date: Temporal.PlainDate; state: string } | null,
  today: Temporal.PlainDate,
): string[] {
  if (facts.state !== 'reported') return ['Its report goes to the body first.']
  if (meeting === null) return ['Choose the meeting that adopted it.']
  const reasons: string[] = []
  if (meeting.bodyId !== facts.bodyId) reasons.push('It is adopted by the body that set it up.')
  if (meeting.state === 'cancelled') reasons.push('That meeting was cancelled.')
  if (Temporal.PlainDate.compare(meeting.date, today) > 0) reasons.push('That meeting has not been held yet.')
  return reasons
}

/** Why evidence may not be added or the texts changed now. */
export function changingObstacles({ state }: Pick<ReviewFacts, 'state'>): string[] {
  return reviewStates[state].open ? [] : [`It is ${reviewStates[state].word.toLowerCase()}.`]
}
