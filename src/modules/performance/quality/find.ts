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

/** More findings of one kind in one measure are one finding: whoever reads the register asks one question. */
const mostOfOneKind = 12

/** What the rules find in the figures of some measures. Pure. */
export function contradictionsIn(subjects: readonly Subject[]): Finding[] {
  const found = subjects.flatMap(subject => rules.flatMap(rule => rule.find(subject)))
  const alike = Map.groupBy(found, ({ rule, verdict, measureId }) => `${rule}|${verdict}|${measureId}`)
  return [...alike.values()].flatMap(group => (group.length > mostOfOneKind ? together(group) : group))
}

function together(group: readonly Finding[]): Finding[] {
  const [first] = group
  if (first === undefined) return []
  const one = {
    ...first,
    identity: `${first.rule}|${first.verdict}|all`,
    sentence: `${first.sentence} The like is found in ${String(group.length - 1)} other places of this measure.`,
    figures: group.flatMap(each => each.figures.slice(0, 2)).slice(0, 2 * mostOfOneKind),
    withheld: group.some(each => each.withheld),
  }
  return [one]
}

/** The rule in words, for whoever asks what was looked for. */
export function ruleInWords(name: string): string {
  return rules.find(rule => rule.name === name)?.inWords ?? ''
}
