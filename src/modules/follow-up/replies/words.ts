import type { StateDescription } from '../../../record/description.ts'

/** What a reply to a recommendation says: accepted, accepted in part, or rejected; each with its reason. */
export const replyAnswers = ['accepted', 'partly', 'rejected'] as const
export type ReplyAnswer = (typeof replyAnswers)[number]

export const replyAnswerWords: Readonly<Record<ReplyAnswer, string>> = {
  accepted: 'Accepted',
  partly: 'Partly accepted',
  rejected: 'Rejected',
}

export const replyStates = {
  draft: { word: 'Draft', colour: 'grey', open: true },
  sent: { word: 'Sent', colour: 'green', open: false },
  'asked-again': { word: 'A fuller reply is asked for', colour: 'orange', open: true },
  replaced: { word: 'Replaced by a later reply', colour: 'grey', open: false },
} as const satisfies Readonly<Record<string, StateDescription>>

export const replyPath = (id: string): string => `/workspace/follow-up/replies/${id}`
export const receivedReplyPath = (id: string): string => `/workspace/follow-up/received/replies/${id}`
export const receivedPath = (id: string): string => `/workspace/follow-up/received/recommendations/${id}`
