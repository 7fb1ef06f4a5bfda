import type { CellModel } from '../../platform/web/patterns.ts'
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

/** A column of a public register: one fact of an entry, as text. */
export function factColumn(heading: string, name: string) {
  const cell = (facts: Readonly<Record<string, unknown>>): CellModel => {
    const fact = facts[name]
    return { type: 'text', text: typeof fact === 'string' ? fact : '' }
  }
  return { heading, cell }
}
