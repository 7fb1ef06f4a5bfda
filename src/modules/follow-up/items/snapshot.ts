import type { Trx } from '../../../platform/database/tables.ts'
import { longDate } from '../../../platform/time.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import { attachmentsOf } from '../../../record/files.ts'
import type { Attachment } from '../../../record/files.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import type { AskedBody } from '../replies/asked.ts'
import { replyAnswerWords } from '../replies/words.ts'
import { loadItem } from './load.ts'
import type { LoadedItem } from './load.ts'
import { closuresOf, dueChangesOf, updatesOf } from './queries.ts'
import type { ClosureRow, DueChange, Update } from './queries.ts'
import { dueInWords } from './rules.ts'
import { rowShowsWords } from './words.ts'

/** Everything about an item that a page or a snapshot of it shows. */
export interface ItemContent extends LoadedItem {
  updates: readonly Update[]
  dueChanges: readonly DueChange[]
  closures: readonly ClosureRow[]
  attachments: readonly Attachment[]
  /** The name of the body that raised it, where its record is known. */
  body: string | null
}

/** An item with everything told of it, or null where it is not visible. */
export async function loadContent(trx: Trx, key: RecordKey): Promise<ItemContent | null> {
  const loaded = await loadItem(trx, key)
  if (loaded === null) return null
  return {
    ...loaded,
    updates: await updatesOf(trx, key),
    dueChanges: await dueChangesOf(trx, key),
    closures: await closuresOf(trx, key.areaId, [key.id]),
    attachments: await attachmentsOf(trx, key),
    body: await bodyName(trx, loaded),
  }
}

async function bodyName(trx: Trx, { item }: LoadedItem): Promise<string | null> {
  if (item.raised_by_body === null) return null
  return (await findRecord(trx, { areaId: item.area_id, id: item.raised_by_body }))?.title ?? null
}

/**
 * What the public, or an organisation a recommendation is addressed to, may have of an item. An addressee is told
 * nothing of what others replied, nor of the raiser's own notes.
 */
export async function itemSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const content = await loadContent(trx, key)
  if (content === null) throw new Error(`No item ${key.id} to make a snapshot of`)
  return audience.type === 'public' ? publicSnapshot(content) : sentSnapshot(content, audience.id)
}

function isPublic(attachment: Attachment): boolean {
  return attachment.released_publicly && attachment.classification === 'open'
}

const evidenceLine = ({ title, file_id: fileId, url }: Attachment) => ({ title, fileId, url })

/** Where a closing was decided, in words. */
export function decidedInWords(closure: Pick<ClosureRow, 'way' | 'meeting_words'>): string {
  if (closure.way === 'meeting') return `at a meeting: ${closure.meeting_words ?? ''}`
  return closure.way === 'chair' ? 'by the chair' : 'it is not recorded where'
}

/** The closing that stands, if it does. */
export function standingClosure(closures: readonly ClosureRow[]): ClosureRow | undefined {
  return closures.findLast(closure => closure.reopened_on === null)
}

function sentSnapshot(content: ItemContent, organisation: string): Snapshot {
  const { item, record, addressees, attachments, closures } = content
  const closed = standingClosure(closures)
  const body: AskedBody = {
    asked: item.asked,
    raisedBy: item.raised_by_words,
    askerOrganisation: item.raised_by_organisation,
    addressedTo: addressees.map(each => each.words),
    addresseeId: addressees.find(each => each.organisation_id === organisation)?.id ?? '',
    lead: item.lead_words,
    others: [...record.others],
    due: dueInWords(record.due),
    firstDue: item.first_due,
    moves: item.due_moves,
    finding: item.finding,
    evidence: attachments.map(evidenceLine),
    closure:
      closed === undefined
        ? null
        : {
            on: closed.closed_on.toString(),
            decided: decidedInWords(closed),
            answersAsked: closed.answers_asked,
            reason: closed.reason,
          },
  }
  return {
    body,
    summary: `Raised by ${item.raised_by_words}.`,
    searchText: item.asked,
    files: attachments.flatMap(each => each.file_id ?? []),
  }
}

function publicSnapshot(content: ItemContent): Snapshot {
  const { item, record, addressees, attachments, closures, updates, dueChanges } = content
  const evidence = attachments.filter(isPublic)
  const closed = standingClosure(closures)
  const replies = publicReplies(content)
  return {
    body: {
      kind: content.kind,
      asked: item.asked,
      raisedBy: item.raised_by_words,
      addressedTo: addressees.map(each => each.words),
      lead: item.lead_words,
      others: record.others,
      printedReference: record.printedReference,
      firstDue: item.first_due,
      due: dueInWords(record.due),
      moves: item.due_moves,
      dueChanges: dueChanges.map(change => ({
        on: change.changed_on,
        before: change.due_before,
        after: change.due_after,
        reason: change.reason,
        counted: change.counted,
      })),
      updates: updates.map(update => ({ on: update.dated, text: update.text })),
      receivedOn: item.received_on,
      replies,
      evidence: evidence.map(evidenceLine),
      closures: closures.map(publicClosure),
      answersAsked: closed?.answers_asked ?? null,
      closingReason: closed?.reason ?? null,
      closedOn: closed?.closed_on ?? null,
      reopened: item.reopened,
      cancelledWhy: item.cancelled_why,
      finding: item.finding,
      printedState: item.printed_state,
      rowShows: item.row_shows === null ? null : rowShowsWords[item.row_shows],
      rowShowsWhy: item.row_shows_why,
      rowShowsOn: item.row_shows_on,
      source: item.source,
    },
    summary: summaryOf(content),
    searchText: searchText(content, replies),
    facts: { lead: item.lead_words, moves: item.due_moves, raisedBy: content.body ?? item.raised_by_words },
    files: evidence.flatMap(each => each.file_id ?? []),
    gaps: replies.flatMap(reply =>
      reply.withheld === null
        ? []
        : [{ id: reply.id, position: `Reply of ${reply.by}`, title: null, ground: reply.withheld, dated: reply.on }],
    ),
    preview: preview(content, replies, evidence),
  }
}

function summaryOf({ item, addressees }: ItemContent): string {
  const to = addressees.length === 0 ? '' : ` To ${addressees.map(each => each.words).join(' and ')}.`
  return `Raised by ${item.raised_by_words}.${to} Lead: ${item.lead_words}.`
}

/** A reply as the public may have it: of one that is withheld, who replied, when, and the ground. */
interface PublicReply {
  id: string
  by: string
  on: Temporal.PlainDate
  stands: boolean
  withheld: string | null
  answer: string | null
  reason: string | null
  doing: string | null
  doneBy: string | null
  inTheNameOf: string | null
}

function publicReplies({ replies, addressees }: ItemContent): PublicReply[] {
  return replies.map(({ id, body, sentOn, stands }) => {
    const by = addressees.find(each => each.id === body.addresseeId)?.words ?? body.inTheNameOf
    const head = { id, by, on: sentOn, stands, withheld: body.withheld }
    if (body.withheld !== null) {
      return { ...head, answer: null, reason: null, doing: null, doneBy: null, inTheNameOf: null }
    }
    const { reason, doing, doneBy, inTheNameOf } = body
    return { ...head, answer: replyAnswerWords[body.answer], reason, doing, doneBy, inTheNameOf }
  })
}

function publicClosure(closure: ClosureRow) {
  return {
    on: closure.closed_on,
    decided: decidedInWords(closure),
    answersAsked: closure.answers_asked,
    reason: closure.reason,
    reopenedOn: closure.reopened_on,
    reopenedAt: closure.reopened_meeting_words,
    reopenedWhy: closure.reopened_why,
  }
}

function searchText({ item, updates, closures }: ItemContent, replies: readonly PublicReply[]): string {
  return [
    item.asked,
    ...updates.map(update => update.text),
    ...replies.flatMap(reply => [reply.reason ?? '', reply.doing ?? '']),
    ...closures.map(closure => closure.reason),
  ].join(' ')
}

function preview(
  { item, addressees, dueChanges, updates, closures }: ItemContent,
  replies: readonly PublicReply[],
  evidence: readonly Attachment[],
): { heading: string; text: string }[] {
  return [
    { heading: 'What is asked', text: item.asked },
    ...(addressees.length === 0
      ? []
      : [{ heading: 'Addressed to', text: addressees.map(each => each.words).join('; ') }]),
    { heading: 'Lead', text: item.lead_words },
    ...dueChanges.map(change => ({
      heading: `Date changed on ${longDate(change.changed_on)}`,
      text: `From ${change.due_before} to ${change.due_after}. ${change.reason}`,
    })),
    ...updates.map(update => ({ heading: `Update of ${longDate(update.dated)}`, text: update.text })),
    ...replies
      .filter(reply => reply.withheld === null)
      .map(reply => ({ heading: `Reply of ${reply.by}: ${reply.answer ?? ''}`, text: replyText(reply) })),
    ...evidence.map(each => ({ heading: 'Evidence', text: each.title })),
    ...closures.map(closure => ({
      heading: `Closed on ${longDate(closure.closed_on)}, ${decidedInWords(closure)}`,
      text: closure.reason,
    })),
    ...(item.printed_state === null ? [] : [{ heading: 'State as printed', text: item.printed_state }]),
  ]
}

function replyText({ reason, doing, doneBy }: PublicReply): string {
  const by = doneBy === null ? [] : [`By ${longDate(Temporal.PlainDate.from(doneBy))}.`]
  return [reason, doing, ...by].filter(part => part !== null).join('\n\n')
}
