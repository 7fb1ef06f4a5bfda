import type { QuestionFacts } from '../questions/rules.ts'

/** What a clerk can record of a question at a meeting. */
export const saidKinds = ['answer', 'supplementary', 'undertaking'] as const
export type SaidKind = (typeof saidKinds)[number]

/** Where an answer that was given at a meeting leaves its question. */
export const standings = ['whole', 'part', 'in-writing'] as const
export type Standing = (typeof standings)[number]

/** Why nothing that was said may be recorded to a question now, whatever it is. */
export function sayObstacles({ state }: Pick<QuestionFacts, 'state'>): string[] {
  if (state === 'draft' || state === 'ready') return ['It has not been put yet.']
  return state === 'withdrawn' ? ['It was withdrawn.'] : []
}

/** Why an answer that leaves the question so may not be recorded. */
export function answerAtMeetingObstacles({ state }: Pick<QuestionFacts, 'state'>, standing: Standing): string[] {
  if (state !== 'put' && state !== 'part-answered') return ['It has been answered already.']
  if (standing === 'in-writing' && state !== 'put') {
    return ['A part of it was answered before, and the rest is due already.']
  }
  return []
}
