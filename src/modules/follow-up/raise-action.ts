import type { Trx } from '../../platform/database/tables.ts'
import { startClock } from '../../record/clock-store.ts'
import { link } from '../../record/links.ts'
import type { Act, Due, Owner, RecordHead, RecordKey } from '../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../record/records.ts'
import { Refusal } from '../../platform/refusals.ts'
import { insertAction } from './queries.ts'
import { dueInWords } from './rules.ts'

/** What an action is raised from: a line of minutes, a judgement, a question, or somebody's own resolve. */
export interface NewAction {
  areaId: number
  title: string
  /** What is asked, in full. */
  asked: string
  /** The lead, where known; who it is in words otherwise ("initials BS, not identified"). */
  owner: Owner | null
  leadWords: string
  others?: readonly string[]
  due: Due | null
  /** The body or person that raised it, in words: "Governance and Performance Board, 6 December 2022". */
  raisedByWords: string
  raisedFrom?: readonly (RecordKey & { kind: string; relation: 'raised-by' | 'raised-at' })[]
  dated?: Temporal.PlainDate
  printedReference?: string
  /** What could not be resolved and is published as such. */
  finding?: string
}

/** Raises an action as a draft of the raising organisation: nobody else sees it until it is issued. */
export async function raiseAction(trx: Trx, act: Act, action: NewAction): Promise<RecordHead> {
  const record = await createRecord(trx, act, {
    areaId: action.areaId,
    kind: 'action',
    title: action.title,
    state: 'draft',
    owner: action.owner,
    others: action.others ?? [],
    due: action.due,
    searchText: `${action.asked} ${action.leadWords}`,
    ...(action.dated !== undefined && { dated: action.dated }),
    ...(action.printedReference !== undefined && { printedReference: action.printedReference }),
  })
  await insertAction(trx, {
    area_id: record.areaId,
    record_id: record.id,
    asked: action.asked,
    raised_by_organisation: act.viewer.organisation.id,
    raised_by_words: action.raisedByWords,
    lead_words: action.leadWords,
    first_due: action.due === null ? null : dueInWords(action.due),
    first_due_date: firstDate(action.due),
    due_moves: 0,
    finding: action.finding ?? null,
    answers_asked: null,
    closing_reason: null,
    closed_on: null,
    reopened: 0,
  })
  for (const cause of action.raisedFrom ?? []) await link(trx, act, record, cause.relation, cause)
  return record
}

function firstDate(due: Due | null): Temporal.PlainDate | null {
  if (due === null) return null
  return due.kind === 'condition' ? due.lookAgain : due.date
}

/**
 * Issues a drafted action: it becomes a joint record of the organisation that raised it and the one that leads, and
 * its clock starts. An action on a condition is looked at again after the rule's length unless a day was set.
 *
 * @throws Refusal where nobody at all is named as lead
 */
export async function issueAction(trx: Trx, act: Act, key: RecordKey): Promise<RecordHead> {
  const record = await findRecord(trx, key)
  if (record === null || record.state !== 'draft') throw new Refusal(['Only a drafted action can be issued.'])
  const lead = record.owner?.organisationId
  const holders = [...new Set([...record.holders, ...(lead === undefined ? [] : [lead])])]
  // A paper is never judged by a rule of this software: what it gives as due is all that is due.
  const due = act.loading === true ? record.due : await startActionClock(trx, act, { ...record, holders })
  return changeRecord(trx, act, key, null, { state: 'open', holders, due }, { kind: 'issued' })
}

async function startActionClock(trx: Trx, act: Act, record: RecordHead): Promise<Due> {
  const owner = { ...(record.owner?.role !== undefined && { role: record.owner.role }) }
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
