import type { Trx } from '../../../platform/database/tables.ts'
import type { Due, RecordHead, RecordKey } from '../../../record/record.ts'
import { organisationNames } from '../../organisations/index.ts'
import { attendeesOf } from '../agenda/attendance.ts'
import type { Attendee } from '../agenda/attendance.ts'
import { itemsOf } from '../agenda/queries.ts'
import type { ItemRow } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { findingsOf } from '../outcomes/findings.ts'
import type { Finding } from '../outcomes/findings.ts'
import { offeredInProse } from '../outcomes/prose.ts'
import type { OfferedSentence } from '../outcomes/prose.ts'
import { findLead } from '../outcomes/lead.ts'
import type { Lead, Present } from '../outcomes/lead.ts'
import { dueOf, outcomesOf } from '../outcomes/queries.ts'
import type { OutcomeRow } from '../outcomes/queries.ts'
import { correctionsOf, settledIn, signaturesOf, textsOf } from './queries.ts'
import type { CorrectionRow, Minutes, MinuteRow, MinutesRow, SignatureRow } from './queries.ts'
import type { MinutesState } from './rules.ts'

/** An outcome with whom it is for, as far as can be found out. */
export interface ExaminedOutcome {
  row: OutcomeRow
  lead: Lead
  due: Due | null
  /** As the public reads them. */
  others: readonly string[]
  /** What does not resolve about it, in words. */
  findings: readonly string[]
}

/** Everything in some minutes, and what does not resolve in them. */
export interface Examination {
  head: RecordHead
  row: MinutesRow
  state: MinutesState
  meeting: RecordKey & { title: string }
  items: readonly (ItemRow & { shown: string })[]
  texts: ReadonlyMap<string, MinuteRow>
  outcomes: readonly ExaminedOutcome[]
  attendees: readonly Attendee[]
  corrections: readonly CorrectionRow[]
  signatures: readonly SignatureRow[]
  findings: readonly Finding[]
  /** Sentences that read as if somebody took something on, and stand on no list. */
  offered: readonly (OfferedSentence & { itemId: string })[]
}

/** Reads some minutes whole. The minutes must have been read under the viewer's scope. */
export async function examine(trx: Trx, { head, row, state }: Minutes): Promise<Examination> {
  const meeting = { areaId: head.areaId, id: row.meeting_id }
  const attendees = await attendeesOf(trx, meeting)
  const rows = await outcomesOf(trx, head)
  const names = await organisationNames(
    trx,
    rows.flatMap(each => each.lead_organisation ?? []),
  )
  const present = attendees.map(toPresent)
  const outcomes = rows.map(each => ({ row: each, ...resolved(each, names, present), due: dueOf(each) }))
  const findings = findingsOf({
    date: head.dated,
    nextMeeting: { printed: row.next_meeting_printed, date: row.next_meeting_date },
    outcomes: outcomes.map(each => ({
      id: each.row.id,
      itemId: each.row.item_id,
      lead: each.lead,
      leadSaid: each.row.lead_words,
      due: each.due,
      finding: each.row.finding,
    })),
    stated: row.stated_findings,
  })
  const texts = await textsOf(trx, head)
  return {
    head,
    row,
    state,
    // The meeting's own head is its holder's; its title stands in that of its minutes.
    meeting: { ...meeting, title: head.title.replace(/^Minutes of /, '') },
    items: numbered(await itemsOf(trx, meeting)),
    texts: new Map(texts.map(each => [each.item_id, each])),
    outcomes: outcomes.map(each => ({
      ...each,
      findings: findings.filter(finding => finding.outcomeId === each.row.id).map(finding => finding.words),
    })),
    attendees,
    corrections: await correctionsOf(trx, head),
    signatures: await signaturesOf(trx, head),
    findings,
    offered: offeredIn(texts, rows, await settledIn(trx, head)),
  }
}

function offeredIn(
  texts: readonly MinuteRow[],
  outcomes: readonly OutcomeRow[],
  settled: readonly { item_id: string; sentence: string }[],
) {
  return texts.flatMap(({ item_id: itemId, text }) => {
    const typed = outcomes.filter(each => each.item_id === itemId)
    const seen = settled.filter(each => each.item_id === itemId).map(each => each.sentence)
    return offeredInProse(text, typed, seen).map(offered => ({ ...offered, itemId }))
  })
}

function resolved(row: OutcomeRow, names: ReadonlyMap<string, string>, present: readonly Present[]) {
  const stated = {
    words: row.lead_words ?? names.get(row.lead_organisation ?? '') ?? null,
    personId: row.lead_person,
    organisationId: row.lead_organisation,
    role: row.lead_role,
  }
  const someone = { personId: null, organisationId: null, role: null }
  return {
    lead: findLead(stated, present),
    others: row.others.map(words => findLead({ ...someone, words }, present).words ?? words),
  }
}

function toPresent({ row, names, publicName }: Attendee): Present {
  return {
    personId: row.person_id,
    organisationId: row.organisation_id,
    present: row.presence !== 'apologies',
    initials: row.initials,
    names,
    publicName,
  }
}
