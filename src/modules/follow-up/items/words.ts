import type { StateDescription } from '../../../record/description.ts'

/** The three kinds of what is asked for, whatever raised them, in the order in which pages list them. */
export const itemKinds = ['recommendation', 'information-request', 'action'] as const
export type ItemKind = (typeof itemKinds)[number]

/** What differs between the kinds in words; the deeds are the same. */
export interface ItemWords {
  word: string
  plural: string
  prefix: string
  /** The last part of its register's address in the workspace. */
  path: string
  /** What the register shows while it is empty. */
  empty: string
  /** What the lead says when it is done. */
  report: string
}

const common = {
  draft: { word: 'Draft', colour: 'grey', open: false },
  closed: { word: 'Closed', colour: 'green', open: false },
} as const

/** The states of each kind, in the order of its life. */
export const itemStates: Readonly<Record<ItemKind, Readonly<Record<string, StateDescription>>>> = {
  recommendation: {
    draft: common.draft,
    open: { word: 'Reply owed', colour: 'orange', open: true },
    replied: { word: 'Replied to', colour: 'blue', open: true },
    reported: { word: 'Reported done', colour: 'yellow', open: true },
    closed: common.closed,
    cancelled: { word: 'Withdrawn', colour: 'grey', open: false },
  },
  'information-request': {
    draft: common.draft,
    open: { word: 'Asked for', colour: 'blue', open: true },
    reported: { word: 'Received', colour: 'yellow', open: true },
    closed: common.closed,
    cancelled: { word: 'Withdrawn', colour: 'grey', open: false },
  },
  action: {
    draft: common.draft,
    open: { word: 'Under way', colour: 'blue', open: true },
    reported: { word: 'Reported done', colour: 'yellow', open: true },
    closed: common.closed,
    cancelled: { word: 'Cancelled', colour: 'grey', open: false },
  },
}

export const itemWords: Readonly<Record<ItemKind, ItemWords>> = {
  recommendation: {
    word: 'recommendation',
    plural: 'recommendations',
    prefix: 'RC',
    path: 'recommendations',
    empty: 'Recommendations appear here when they are raised in minutes or written here. A reply is owed to each.',
    report: 'Report it done',
  },
  'information-request': {
    word: 'request for information',
    plural: 'requests for information',
    prefix: 'RQ',
    path: 'requests',
    empty: 'Requests for information appear here when they are raised in minutes or written here.',
    report: 'Say that it was received',
  },
  action: {
    word: 'action',
    plural: 'actions',
    prefix: 'AC',
    path: 'actions',
    empty: 'Actions appear here when they are raised in minutes or from a judgement.',
    report: 'Report it done',
  },
}

/** Whether the word is a kind of this register. */
export function isItemKind(kind: string | undefined): kind is ItemKind {
  return itemKinds.some(each => each === kind)
}

/** The address of one of them in the workspace. */
export const itemPath = (kind: ItemKind, id: string): string => `/workspace/follow-up/${itemWords[kind].path}/${id}`

/** What a row of an old log itself shows, beside the state it prints: never a judgement of anybody named in it. */
export const rowShows = [
  'done-with-date',
  'only-arranged',
  'part-done',
  'answered-something-else',
  'not-shown',
  'for-a-reviewer',
] as const
export type RowShows = (typeof rowShows)[number]

export const rowShowsWords: Readonly<Record<RowShows, string>> = {
  'done-with-date': 'The row shows that it was done, with a date',
  'only-arranged': 'The row shows only that it was arranged',
  'part-done': 'The row shows that a part was done',
  'answered-something-else': 'The row answers something else than was asked',
  'not-shown': 'The row does not show whether it was done',
  'for-a-reviewer': 'The row can be read in more than one way: it waits for a reviewer',
}
