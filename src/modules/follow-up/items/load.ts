import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { attachmentsOf } from '../../../record/files.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { repliesTo } from '../replies/read.ts'
import type { ReceivedReply } from '../replies/read.ts'
import { leadingNow } from './leads.ts'
import { addresseesOf, findItem, leadsOf } from './queries.ts'
import type { AddresseeRow, ItemRow, LeadRow } from './queries.ts'
import type { Actor, ItemFacts } from './rules.ts'
import { isItemKind } from './words.ts'
import type { ItemKind } from './words.ts'

/** A recommendation, request or action with its head, and what the rules ask about it. */
export interface LoadedItem {
  kind: ItemKind
  record: RecordHead
  item: ItemRow
  leads: LeadRow[]
  addressees: AddresseeRow[]
  replies: ReceivedReply[]
  facts: ItemFacts
}

/** Loads an item with what the rules need, or null where it is not visible. */
export async function loadItem(trx: Trx, key: RecordKey): Promise<LoadedItem | null> {
  const record = await findRecord(trx, key)
  if (record === null || !isItemKind(record.kind)) return null
  const item = await findItem(trx, key)
  if (item === null) return null
  const { kind } = record
  const leads = await leadsOf(trx, key.areaId, [key.id])
  const addressees = kind === 'recommendation' ? await addresseesOf(trx, key) : []
  const replies = kind === 'recommendation' ? await repliesTo(trx, key, item.raised_by_organisation) : []
  const evidence = (await attachmentsOf(trx, key)).filter(each => each.purpose === 'evidence').length
  const facts = factsOf({ kind, record, item, leads, addressees, replies }, evidence)
  return { kind, record, item, leads, addressees, replies, facts }
}

function factsOf(loaded: Omit<LoadedItem, 'facts'>, evidence: number): ItemFacts {
  const { kind, record, item, leads, addressees, replies } = loaded
  const leading = leadingNow(leads)
  const replied = new Set(replies.map(reply => reply.body.addresseeId))
  return {
    kind,
    state: record.state,
    leadPersons: leading.flatMap(lead => lead.person_id ?? []),
    leadOrganisations: leading.flatMap(lead => lead.organisation_id ?? []),
    raisedBy: item.raised_by_organisation,
    evidence,
    replies: replies.length,
    awaited: record.state === 'open' ? addressees.filter(each => !replied.has(each.id)).map(each => each.words) : [],
  }
}

/**
 * Loads an item for a deed.
 *
 * @throws Refusal where it is not visible: missing and not-yours are the same
 */
export async function mustLoad(trx: Trx, key: RecordKey): Promise<LoadedItem> {
  const loaded = await loadItem(trx, key)
  if (loaded === null) throw new Refusal(['This is not there any more.'])
  return loaded
}

/**
 * Stops a deed where a rule has reasons against it.
 *
 * @throws Refusal with every reason
 */
export function refuseIf(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refusal(reasons)
}

/** Who acts, as the rules ask for it. */
export function actorOf(act: Act): Actor {
  return { organisationId: act.viewer.organisation.id, personId: act.viewer.personId }
}
