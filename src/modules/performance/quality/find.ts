import type { Finding, Rule, Subject } from './finding.ts'
import { asAtBefore } from './rules/as-at.ts'
import { changes } from './rules/changes.ts'
import { definitions } from './rules/definitions.ts'
import { denominators } from './rules/denominators.ts'
import { gaps } from './rules/gaps.ts'
import { magnitude } from './rules/magnitude.ts'
import { partsAndWhole } from './rules/parts-and-whole.ts'
import { percentRange } from './rules/percent-range.ts'
import { percentSum } from './rules/percent-sum.ts'
import { pooledRate } from './rules/pooled-rate.ts'
import { repeatedBreakdowns } from './rules/repeated-breakdowns.ts'
import { shareArithmetic } from './rules/share-arithmetic.ts'
import { threshold } from './rules/threshold.ts'
import { twoValues } from './rules/two-values.ts'
import { unitWords } from './rules/unit-words.ts'
import { yearOfPeriods } from './rules/year-of-periods.ts'

/** Everything that is looked for in figures, in the order in which it is told. */
export const rules: readonly Rule[] = [
  twoValues,
  partsAndWhole,
  percentSum,
  yearOfPeriods,
  changes,
  shareArithmetic,
  pooledRate,
  percentRange,
  magnitude,
  unitWords,
  repeatedBreakdowns,
  asAtBefore,
  definitions,
  threshold,
  gaps,
  denominators,
]

/** What the rules find in the figures of some measures. Pure. */
export function contradictionsIn(subjects: readonly Subject[]): Finding[] {
  return subjects.flatMap(subject => rules.flatMap(rule => rule.find(subject)))
}

/** The rule in words, for whoever asks what was looked for. */
export function ruleInWords(name: string): string {
  return rules.find(rule => rule.name === name)?.inWords ?? ''
}
