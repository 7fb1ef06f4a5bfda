import type { Trx } from '../../../../platform/database/tables.ts'
import type { Snapshot } from '../../../../record/description.ts'
import type { RecordHead, RecordKey } from '../../../../record/record.ts'
import { parsePeriod, periodInWords } from '../../period.ts'
import { figureObstacles } from '../publishable.ts'
import { findClaims, type HeldClaim } from '../quality-queries.ts'
import { settleWords, severityWords, verdictWord } from '../words.ts'
import type { ClaimPart } from './claim.ts'
import { claimSorts } from './claim.ts'
import { sortOf } from './enter-claim.ts'

/** A part of a claim as pages show it. */
export interface ShownPart {
  role: string
  what: string
  text: string
  measureId: string | null
  from: string
}

export function shownParts({ parts }: Pick<HeldClaim, 'parts'>): ShownPart[] {
  return parts.map(part => ({
    role: part.line === '' ? 'not named' : part.role,
    what: [part.measure, part.label].filter(Boolean).join(', '),
    text: textOf(part),
    measureId: part.measureId,
    from: part.binding === null ? '' : `${inWords(part.binding.period)}, ${part.binding.source}`,
  }))
}

function inWords(text: string): string {
  const period = parsePeriod(text)
  return 'fault' in period ? text : periodInWords(period)
}

function textOf({ text, earlier, valued }: ClaimPart): string {
  if (text !== null) return text
  const last = valued === null || valued.value === null ? 'no figure' : valued.text
  return earlier === null ? last : `${earlier.text} to ${last}`
}

/** What an audience gets of a claim: what is said and where, the figures, and what checking it came to. */
export async function claimSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const [claim] = await findClaims(trx, key.areaId, [key.id])
  if (claim === undefined) throw new Error(`The claim ${key.id} is not visible to whoever publishes it`)
  const text = `${verdictWord(claim.verdict)}. ${claim.reason}`
  return {
    body: {
      text,
      said: claim.title,
      sort: claimSorts[sortOf(claim)].word,
      paper: claim.paper,
      place: claim.place,
      verdict: verdictWord(claim.verdict),
      severity: severityWords[claim.severity].word,
      reason: claim.reason,
      settle: settleWords(claim.verdict),
      comment: claim.comment,
      parts: shownParts(claim).map(({ measureId: _measureId, ...part }) => part),
    },
    summary: text,
    searchText: `${claim.paper} ${claim.place}`,
    facts: { verdict: verdictWord(claim.verdict) },
    preview: [
      { heading: `${claim.paper}, ${claim.place}`, text: claim.title },
      { heading: 'What checking it came to', text },
      ...(claim.comment === null ? [] : [{ heading: 'Comment', text: claim.comment }]),
    ],
  }
}

export async function claimObstacles(trx: Trx, record: RecordHead): Promise<readonly string[]> {
  const [claim] = await findClaims(trx, record.areaId, [record.id])
  if (claim === undefined) return []
  return figureObstacles(trx, record.areaId, [...new Set(claim.parts.flatMap(part => part.measureId ?? []))])
}
