import type { Trx } from '../../../../platform/database/tables.ts'
import { Refusal } from '../../../../platform/refusals.ts'
import { link } from '../../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../../../record/records.ts'
import { claimsAbout, findClaims, type HeldClaim, insertClaim, updateClaim } from '../quality-queries.ts'
import { type Severity, severityOf, type Verdict } from '../verdicts.ts'
import { bindParts } from './bind.ts'
import { checkClaim, type Checked } from './check.ts'
import { type ClaimPart, type ClaimSort, sortNames } from './claim.ts'
import { readLines } from './lines.ts'

/** What a claim is entered with. */
export interface NewClaim {
  areaId: number
  /** What is said, in words of our own. */
  title: string
  /** Where it stands: the paper by name, and the page, line or paragraph in it. */
  paper: string
  place: string
  sort: ClaimSort
  /** One part a line, as `claims/lines.ts` reads them. */
  lines: string
  comment?: string | null
  /** The record it was read in, where that is held: a paper, minutes, an answer. */
  readIn?: (RecordKey & { kind: string }) | null
  reference?: string
  dated?: Temporal.PlainDate
  holders?: readonly string[]
}

/** The state of a claim's record by how its verdict weighs. */
const states: Record<Severity, string> = { ok: 'borne-out', warning: 'questioned', error: 'contradicted' }

export function stateOfVerdict(verdict: Verdict): string {
  return verdict === 'not-checkable' ? 'unchecked' : states[severityOf(verdict)]
}

/**
 * Enters a statement read from a paper, binds it to the figures it speaks of and checks it.
 *
 * @throws Refusal with a reason for each line that cannot be read or leads to no figure
 */
export async function enterClaim(trx: Trx, act: Act, made: NewClaim): Promise<RecordHead> {
  const { areaId, title, paper, place, sort } = made
  const { parts, checked } = await read(trx, areaId, sort, made.lines)
  const record = await createRecord(trx, act, {
    areaId,
    kind: 'claim',
    title,
    state: stateOfVerdict(checked.verdict),
    searchText: `${paper} ${place} ${checked.reason}`,
    ...(made.reference !== undefined && { reference: made.reference }),
    ...(made.dated !== undefined && { dated: made.dated }),
    ...(made.holders !== undefined && { holders: made.holders }),
  })
  const row = { sort, paper, place, parts, comment: made.comment ?? null, ...columnsOf(act, checked) }
  await insertClaim(trx, { area_id: areaId, id: record.id, ...row })
  await linkMeasures(trx, act, record, parts)
  if (made.readIn) await link(trx, act, record, 'read-in', made.readIn)
  return record
}

/**
 * Changes what a claim says and speaks of, and checks it anew.
 *
 * @param version the version of the record that the person saw
 * @throws Refusal, StaleRecord
 */
export async function changeClaim(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  changed: Pick<NewClaim, 'title' | 'paper' | 'place' | 'sort' | 'lines' | 'comment'>,
): Promise<RecordHead> {
  const { title, paper, place, sort } = changed
  const { parts, checked } = await read(trx, key.areaId, sort, changed.lines)
  const state = stateOfVerdict(checked.verdict)
  const searchText = `${paper} ${place} ${checked.reason}`
  const record = await changeRecord(trx, act, key, version, { title, state, searchText }, { kind: 'changed' })
  const row = { sort, paper, place, parts, comment: changed.comment ?? null, ...columnsOf(act, checked) }
  await updateClaim(trx, key, row)
  await linkMeasures(trx, act, record, parts)
  return record
}

/** Takes a claim out: it was misread, or is not to be pursued. */
export async function withdrawClaim(trx: Trx, act: Act, key: RecordKey, version: number): Promise<void> {
  await changeRecord(trx, act, key, version, { state: 'withdrawn' }, { kind: 'withdrawn' })
}

/** Checks a claim against the figures as they stand now; true if it came out otherwise than before. */
export async function checkClaimAgain(trx: Trx, act: Act, key: RecordKey): Promise<boolean> {
  const [claim] = await findClaims(trx, key.areaId, [key.id])
  if (claim === undefined) throw new Refusal(['This claim is not there any more.'])
  return recheck(trx, act, claim)
}

/** Checks every claim about some measures again; how many came out otherwise than before. */
export async function checkClaimsAbout(
  trx: Trx,
  act: Act,
  areaId: number,
  measureIds: readonly string[],
): Promise<number> {
  let changed = 0
  for (const claim of await claimsAbout(trx, areaId, measureIds)) if (await recheck(trx, act, claim)) changed++
  return changed
}

async function recheck(trx: Trx, act: Act, claim: HeldClaim): Promise<boolean> {
  const key = { areaId: claim.area_id, id: claim.id }
  const { parts, checked } = await readAgain(trx, claim)
  const same = checked.verdict === claim.verdict && checked.reason === claim.reason
  await updateClaim(trx, key, { parts, ...columnsOf(act, checked) })
  if (same) return false
  const state = stateOfVerdict(checked.verdict)
  const details = { verdict: { from: claim.verdict, to: checked.verdict } }
  await changeRecord(trx, act, key, null, { state }, { kind: 'checked-again', details })
  return true
}

/** A figure that has gone since leaves the claim unchecked, with the reason; its parts stay as they were. */
async function readAgain(trx: Trx, claim: HeldClaim): Promise<Read> {
  try {
    return await read(trx, claim.area_id, sortOf(claim), linesOf(claim))
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return { parts: [...claim.parts], checked: { verdict: 'not-checkable', reason: refusal.reasons.join(' ') } }
  }
}

export function sortOf(claim: Pick<HeldClaim, 'sort'>): ClaimSort {
  return sortNames.find(name => name === claim.sort) ?? 'equals'
}

/** The lines as they were entered. */
export function linesOf({ parts }: Pick<HeldClaim, 'parts'>): string {
  return parts
    .filter(part => part.line !== '')
    .map(part => part.line)
    .join('\n')
}

interface Read {
  parts: ClaimPart[]
  checked: Checked
}

async function read(trx: Trx, areaId: number, sort: ClaimSort, lines: string): Promise<Read> {
  const typed = readLines(sort, lines)
  if ('faults' in typed) throw new Refusal(typed.faults)
  const { parts, faults } = await bindParts(trx, areaId, sort, typed.parts)
  if (faults.length > 0) throw new Refusal(faults)
  return { parts, checked: checkClaim(sort, parts) }
}

function columnsOf(act: Act, { verdict, reason }: Checked) {
  return { verdict, severity: severityOf(verdict), reason, checked_at: act.now }
}

async function linkMeasures(trx: Trx, act: Act, record: RecordHead, parts: readonly ClaimPart[]): Promise<void> {
  for (const id of new Set(parts.flatMap(part => part.measureId ?? []))) {
    const measure = await findRecord(trx, { areaId: record.areaId, id })
    if (measure !== null) await link(trx, act, record, 'speaks-of', measure)
  }
}
