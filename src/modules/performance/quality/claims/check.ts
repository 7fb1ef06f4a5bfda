import type { Verdict } from '../verdicts.ts'
import {
  checkAverage,
  checkBase,
  checkChange,
  checkCovers,
  checkDifference,
  checkEquals,
  checkShare,
  checkShares,
  checkSum,
} from './check-arithmetic.ts'
import { checkBelow, checkDirection, checkLargerChange, checkSignificant } from './check-comparison.ts'
import { checkDates, checkLabels, checkList, checkPeriod, checkPrinted, checkSameLength } from './check-words.ts'
import type { ClaimPart, ClaimSort } from './claim.ts'

/** What checking a statement came to, with the reason in words. */
export interface Checked {
  verdict: Verdict
  reason: string
}

const checks: Record<ClaimSort, (parts: readonly ClaimPart[]) => Checked> = {
  equals: checkEquals,
  sum: checkSum,
  average: checkAverage,
  share: checkShare,
  shares: checkShares,
  difference: checkDifference,
  change: checkChange,
  base: checkBase,
  'larger-change': checkLargerChange,
  direction: checkDirection,
  significant: checkSignificant,
  below: checkBelow,
  covers: checkCovers,
  list: checkList,
  label: checkLabels,
  printed: checkPrinted,
  period: checkPeriod,
  'same-length': checkSameLength,
  dates: checkDates,
}

/** Holds a statement against the figures it speaks of. Pure: what is bound has been read. */
export function checkClaim(sort: ClaimSort, parts: readonly ClaimPart[]): Checked {
  return checks[sort](parts)
}
