import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import { startClock } from '../../../record/clock-store.ts'
import { link } from '../../../record/links.ts'
import type { Act, Due, Owner, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { organisationNames } from '../../organisations/index.ts'
import { ownerColumns } from './leads.ts'
import type { NewLead } from './leads.ts'
import { mustLoad } from './load.ts'
import type { LoadedItem } from './load.ts'
import { changeItem, insertAddressee, insertItem, insertLead } from './queries.ts'
import { dueDay, dueInWords } from './rules.ts'
import type { ItemKind } from './words.ts'

/** To whom a recommendation is addressed: an organisation, or another body in words. */
export interface Addressee {
  organisationId: string | null
  words: string
}

/** What an item is raised from: a line of minutes, a judgement, a question, a review, or somebody's own resolve. */
export interface NewItem {
  kind: ItemKind
  areaId: number
  title: string
  /** What is asked or recommended, in full. */
  asked: string
  /** The lead, where known; who it is in words otherwise ("initials BS, not identified"). */
  owner: Owner | null
  leadWords: string
  /** Given where several lead, in the place of `owner` and `leadWords`. */
  leads?: readonly NewLead[]
  others?: readonly string[]
  /** Of a recommendation: when the reply is due; the rule's own length unless given. */
  due: Due | null
  /** Of a recommendation: to whom; the lead's organisation unless given, or the lead in words. */
  addressedTo?: readonly Addressee[]
  /** The body or person that raised it, in words: "Governance and Performance Board, 6 December 2022". */
  raisedByWords: string
  /** The record of the body that raised it, where there is one: its rules and lists go by it. */
  raisedByBody?: string
  raisedFrom?: readonly (RecordKey & { kind: string; relation: 'raised-by' | 'raised-at' })[]
  dated?: Temporal.PlainDate
  printedReference?: string
  /** What could not be resolved and is published as such. */
  finding?: string
}

/** An action, as it is raised: an item of that kind. */
export type NewAction = Omit<NewItem, 'kind'>

/** Raises an item as a draft of the raising organisation: nobody else sees it until it is issued. */
export async function raiseItem(trx: Trx, act: Act, made: NewItem): Promise<RecordHead> {
  const leads = made.leads ?? [{ words: made.leadWords, owner: made.owner }]
  const leadWords = new Intl.ListFormat('en-GB').format(leads.map(lead => lead.words))
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: made.kind,
    title: made.title,
    state: 'draft',
    owner: leads.find(lead => lead.owner !== null)?.owner ?? null,
    others: made.others ?? [],
    due: made.due,
    searchText: `${made.asked} ${leadWords} ${made.raisedByWords}`,
    ...(made.dated !== undefined && { dated: made.dated }),
    ...(made.printedReference !== undefined && { printedReference: made.printedReference }),
  })
  await insertItem(trx, { ...newRow(act, made), area_id: record.areaId, record_id: record.id, lead_words: leadWords })
  for (const { words, owner } of leads) {
    const lead = { area_id: record.areaId, record_id: record.id, words: words === '' ? 'nobody is named' : words }
    await insertLead(trx, { ...lead, ...ownerColumns(owner), since: record.dated })
  }
  if (made.kind === 'recommendation') await addressTo(trx, record, made.addressedTo ?? (await fromLeads(trx, leads)))
  for (const cause of made.raisedFrom ?? []) await link(trx, act, record, cause.relation, cause)
  return record
}

function newRow(act: Act, made: NewItem) {
  return {
    asked: made.asked,
    raised_by_organisation: act.viewer.organisation.id,
    raised_by_body: made.raisedByBody ?? null,
    raised_by_words: made.raisedByWords,
    first_due: made.due === null ? null : dueInWords(made.due),
    first_due_date: dueDay(made.due),
    finding: made.finding ?? null,
  }
}

async function addressTo(trx: Trx, record: RecordHead, addressees: readonly Addressee[]): Promise<void> {
  for (const { organisationId, words } of addressees) {
    await insertAddressee(trx, {
      area_id: record.areaId,
      record_id: record.id,
      organisation_id: organisationId,
      words,
    })
  }
}

/** Without an addressee it is addressed to the organisations of those who lead, or to them in words. */
async function fromLeads(trx: Trx, leads: readonly NewLead[]): Promise<Addressee[]> {
  const ids = [...new Set(leads.flatMap(lead => lead.owner?.organisationId ?? []))]
  const names = await organisationNames(trx, ids)
  const known = ids.map(id => ({ organisationId: id, words: names.get(id) ?? '' })).filter(each => each.words !== '')
  if (known.length > 0) return known
  return leads.filter(lead => lead.words !== '').map(lead => ({ organisationId: null, words: lead.words }))
}

/** Raises an action as a draft of the raising organisation. */
export function raiseAction(trx: Trx, act: Act, action: NewAction): Promise<RecordHead> {
  return raiseItem(trx, act, { ...action, kind: 'action' })
}

/**
 * Issues a draft, and its clock starts. An action or a request becomes a joint record of the organisation that raised
 * it and those that lead. A recommendation stays with whoever raised it: what is released to each addressee is a frozen
 * copy, to which a reply is owed.
 *
 * @throws Refusal where it is no draft any more, or a recommendation is addressed to nobody
 */
export async function issueItem(trx: Trx, act: Act, key: RecordKey): Promise<RecordHead> {
  const loaded = await mustLoad(trx, key)
  if (loaded.record.state !== 'draft') throw new Refusal(['Only a draft can be issued.'])
  return loaded.kind === 'recommendation' ? issueRecommendation(trx, act, loaded) : issueShared(trx, act, loaded)
}

async function issueShared(trx: Trx, act: Act, { record, leads, item }: LoadedItem): Promise<RecordHead> {
  const holders = [...new Set([...record.holders, ...leads.flatMap(lead => lead.organisation_id ?? [])])]
  // A paper is never judged by a rule of this software: what it gives as due is all that is due.
  const due =
    act.loading === true ? record.due : await startActionClock(trx, act, { ...record, holders }, item.raised_by_body)
  return changeRecord(trx, act, record, null, { state: 'open', holders, due }, { kind: 'issued' })
}

async function startActionClock(trx: Trx, act: Act, record: RecordHead, bodyId: string | null): Promise<Due> {
  const owner = {
    ...(record.owner !== null && { organisationId: record.owner.organisationId }),
    ...(record.owner?.role !== undefined && { role: record.owner.role }),
    ...(record.owner?.personId !== undefined && { personId: record.owner.personId }),
    ...(bodyId !== null && { bodyId }),
  }
  const due = await startClock(trx, act, record, 'ACTION', { from: record.dated }, owner, agreedDue(record.due))
  return lookAgain(record.due, due)
}

/** A condition stays a condition: the clock's day is when to look again. */
function lookAgain(asked: Due | null, clock: Due): Due {
  if (asked?.kind !== 'condition' || clock.kind !== 'date') return clock
  return { ...asked, lookAgain: clock.date }
}

/** The due that was agreed, or null where the rule's own length says when to look again. */
function agreedDue(due: Due | null): Due | null {
  if (due === null || (due.kind === 'condition' && due.lookAgain === null)) return null
  return due
}

async function issueRecommendation(trx: Trx, act: Act, loaded: LoadedItem): Promise<RecordHead> {
  const { record, addressees, item } = loaded
  if (addressees.length === 0) throw new Refusal(['Say to whom it is addressed: a reply is owed to a recommendation.'])
  const due = act.loading === true ? record.due : await startReplyClocks(trx, act, loaded)
  const first =
    item.first_due === null && due !== null ? { first_due: dueInWords(due), first_due_date: dueDay(due) } : null
  const issued = await changeRecord(trx, act, record, null, { state: 'open', due }, { kind: 'issued' })
  if (first !== null) await changeItem(trx, record, first)
  await sendToAddressees(trx, act, loaded)
  return issued
}

/** One clock for each addressee, so that one who replied in time never looks late for another; the first sets the due. */
export async function startReplyClocks(trx: Trx, act: Act, { record, addressees, item }: LoadedItem): Promise<Due> {
  const facts = { from: londonDate(act.now) }
  const agreed = agreedDue(record.due)
  let due: Due | null = null
  for (const addressee of addressees) {
    const owner = {
      role: 'chief-executive',
      ...(addressee.organisation_id !== null && { organisationId: addressee.organisation_id }),
      ...(item.raised_by_body !== null && { bodyId: item.raised_by_body }),
      ...(due !== null && { setsDue: false as const }),
    }
    const each: Due = await startClock(trx, act, record, 'REC-REPLY', facts, owner, agreed)
    due ??= lookAgain(record.due, each)
  }
  if (due === null) throw new Refusal(['Say to whom it is addressed: a reply is owed to a recommendation.'])
  return due
}

/** Releases a recommendation, as it stands, to those it is addressed to and that work here. */
export async function sendToAddressees(trx: Trx, act: Act, { record, addressees, item }: LoadedItem): Promise<void> {
  const organisations = addressees
    .flatMap(each => each.organisation_id ?? [])
    .filter(id => id !== item.raised_by_organisation)
  if (organisations.length > 0) await releaseTo(trx, act, record, organisations)
}
