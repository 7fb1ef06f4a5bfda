import type { Trx } from '../../platform/database/tables.ts'
import { longDate } from '../../platform/time.ts'
import type { Audience, Snapshot } from '../../record/description.ts'
import { attachmentsOf } from '../../record/files.ts'
import type { Attachment } from '../../record/files.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { dueChangesOf, findAction, updatesOf } from './queries.ts'
import type { Action, DueChange, Update } from './queries.ts'
import { dueInWords } from './rules.ts'

/** What the public, or an organisation, may have of an action. */
export async function actionSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const record = await findRecord(trx, key)
  const action = await findAction(trx, key)
  if (record === null || action === null) throw new Error(`No action ${key.id} to make a snapshot of`)
  const all = await attachmentsOf(trx, key)
  const attachments = audience.type === 'public' ? all.filter(isPublic) : all
  return buildSnapshot(record, action, await updatesOf(trx, key), await dueChangesOf(trx, key), attachments)
}

function isPublic(attachment: Attachment): boolean {
  return attachment.released_publicly && attachment.classification === 'open'
}

function buildSnapshot(
  record: RecordHead,
  action: Action,
  updates: readonly Update[],
  dueChanges: readonly DueChange[],
  attachments: readonly Attachment[],
): Snapshot {
  const summary = `Raised by ${action.raised_by_words}. Lead: ${action.lead_words}.`
  return {
    body: {
      asked: action.asked,
      raisedBy: action.raised_by_words,
      lead: action.lead_words,
      others: record.others,
      printedReference: record.printedReference,
      firstDue: action.first_due,
      due: dueInWords(record.due),
      moves: action.due_moves,
      dueChanges: dueChanges.map(change => ({
        on: change.changed_on,
        before: change.due_before,
        after: change.due_after,
        reason: change.reason,
      })),
      updates: updates.map(update => ({ on: update.dated, text: update.text })),
      evidence: attachments.map(each => ({ title: each.title, fileId: each.file_id, url: each.url })),
      answersAsked: action.answers_asked,
      closingReason: action.closing_reason,
      closedOn: action.closed_on,
      reopened: action.reopened,
      finding: action.finding,
    },
    summary,
    searchText: [action.asked, ...updates.map(update => update.text), action.closing_reason ?? ''].join(' '),
    facts: { lead: action.lead_words, moves: action.due_moves },
    files: attachments.flatMap(each => each.file_id ?? []),
    preview: [
      { heading: 'What is asked', text: action.asked },
      { heading: 'Lead', text: action.lead_words },
      ...dueChanges.map(change => ({
        heading: `Date changed on ${longDate(change.changed_on)}`,
        text: `From ${change.due_before} to ${change.due_after}. ${change.reason}`,
      })),
      ...updates.map(update => ({ heading: `Update of ${longDate(update.dated)}`, text: update.text })),
      ...attachments.map(each => ({ heading: 'Evidence', text: each.title })),
      ...(action.closing_reason === null ? [] : [{ heading: 'Why it was closed', text: action.closing_reason }]),
    ],
  }
}
