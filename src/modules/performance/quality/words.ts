import type { StateModel } from '../../../platform/web/patterns.ts'
import { type Severity, type Verdict, verdicts } from './verdicts.ts'

/** How much it matters, as a tag. */
export const severityWords = {
  ok: { word: 'Agrees', colour: 'green' },
  warning: { word: 'To know', colour: 'yellow' },
  error: { word: 'Cannot be right', colour: 'orange' },
} as const satisfies Record<Severity, StateModel>

const isVerdict = (text: string): text is Verdict => text in verdicts

/** A stored verdict in words. */
export function verdictWord(verdict: string): string {
  return isVerdict(verdict) ? verdicts[verdict].word : verdict
}

export function settleWords(verdict: string): string {
  return isVerdict(verdict) ? verdicts[verdict].settle : ''
}
