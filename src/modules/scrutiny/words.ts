import type { QuestionForm } from './questions/queries.ts'
import type { QuestionFacts } from './questions/rules.ts'

/** The form of a question as it is named. */
export const formWords: Readonly<Record<QuestionForm, string>> = {
  question: 'Question',
  report: 'Report called for',
  tasking: 'Tasking',
}

/** How the asker wants to be answered. */
export const askedForWords: Readonly<Record<QuestionFacts['askedFor'], string>> = {
  writing: 'In writing',
  meeting: 'At the meeting',
  both: 'At the meeting and in writing',
}

/** How an answer was given, as it stands within a sentence. */
export const howWords: Readonly<Record<QuestionFacts['askedFor'], string>> = {
  writing: 'in writing',
  meeting: 'at the meeting',
  both: 'at the meeting and in writing',
}
