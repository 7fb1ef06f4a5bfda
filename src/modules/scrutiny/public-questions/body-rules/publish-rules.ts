import type { Trx } from '../../../../platform/database/tables.ts'
import { touchPublicPages } from '../../../../record/areas.ts'
import { calendarChanges, clockBasis, clockRules, withChange } from '../../../../record/clock-basis.ts'
import { loadCalendars, loadElections } from '../../../../record/clocks/index.ts'
import type { ClockBasis } from '../../../../record/clocks/index.ts'
import { recordEvent } from '../../../../record/history.ts'
import type { Act, RecordKey } from '../../../../record/record.ts'
import { StaleRecord } from '../../../../platform/refusals.ts'
import { findBody } from '../../../organisations/index.ts'
import { gone } from '../../refuse.ts'
import { allTaking, findRules, storePublished, storeRules } from './queries.ts'
import type { BodyRules } from './queries.ts'
import type { PublicRules } from './rules-of-body.ts'

/** A bank holiday proclaimed or withdrawn since this version was made, as the public site is given it. */
export interface StoredHoliday {
  date: string
  change: 'added' | 'removed'
  name: string
  whereTaken: string
}

/**
 * Sets a body's rules for questions from the public, and puts them before the public where it takes questions.
 *
 * @param version the version that was read on the form; null where the body had none
 * @throws Refusal where the body is not one that this organisation holds
 * @throws StaleRecord if someone else changed them meanwhile
 */
export async function setRules(
  trx: Trx,
  act: Act,
  body: RecordKey,
  version: number | null,
  given: PublicRules & { taking: boolean },
): Promise<BodyRules> {
  const found = (await findBody(trx, body)) ?? gone('body')
  const before = await findRules(trx, body)
  if ((before?.version ?? null) !== version) throw new StaleRecord()
  const place = { areaId: body.areaId, bodyId: body.id, organisationId: act.viewer.organisation.id }
  await storeRules(trx, { ...given, ...place, bodyName: found.name }, act.now)
  const stored = (await findRules(trx, body)) ?? gone('body')
  await putBeforePublic(trx, stored)
  await touchPublicPages(trx, body.areaId)
  recordEvent(trx, act, {
    ...body,
    holders: found.holders,
    kind: 'body.changed',
    payload: { why: 'The rules for questions from the public were set', rules: given },
  })
  return stored
}

async function putBeforePublic(trx: Trx, rules: BodyRules): Promise<void> {
  const changes = await calendarChanges(trx, rules.areaId)
  const holidays = changes.map(({ date, change, name, whereTaken }) => ({
    date: date.toString(),
    change,
    name,
    whereTaken,
  }))
  await storePublished(trx, rules, holidays)
}

/** Gives the public site the bank holidays proclaimed meanwhile, for every body that takes questions. */
export async function refreshHolidays(trx: Trx): Promise<void> {
  for (const rules of await allTaking(trx)) await putBeforePublic(trx, rules)
}

/** What the notice of an area's bodies is counted with, in the workspace. */
export async function noticeData(trx: Trx, areaId: number) {
  return { rules: clockRules(), basis: await clockBasis(trx, areaId) }
}

let shipped: ClockBasis | undefined

/** The same on the public site, which cannot read the workspace: the shipped calendars and what was published. */
export function publicNoticeData(holidays: readonly StoredHoliday[]) {
  shipped ??= { calendars: loadCalendars(), elections: loadElections() }
  const changes = holidays.map(each => ({ ...each, date: Temporal.PlainDate.from(each.date) }))
  const calendars = changes.reduce(withChange, shipped.calendars)
  return { rules: clockRules(), basis: changes.length === 0 ? shipped : { ...shipped, calendars } }
}
