import type { ActionModel, EvidenceModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { groundInWords } from '../../../record/classification.ts'
import { doerOf } from '../party.ts'
import { howWords } from '../words.ts'
import type { AnswerAttachment } from './attachments.ts'
import { limbs } from './limbs.ts'
import type { Answer } from './queries.ts'
import { editAnswerObstacles, giveObstacles, handOverObstacles } from './rules.ts'

export const answerPath = (id: string): string => `/workspace/scrutiny/answers/${id}`

/** Where a question or challenge that was sent is read. */
export const askedPath = (kind: 'question' | 'challenge', id: string): string =>
  `/workspace/scrutiny/received/${kind}s/${id}`

const line = (key: string, text: string): SummaryRowModel => ({ key, value: { type: 'text', text } })

export function answerSummary({ row }: Answer): SummaryRowModel[] {
  return [
    line('In the name of', row.giver_name),
    line('How', howWords[row.how]),
    ...(row.part ? [line('Part', 'A part of the answer; more is to follow')] : []),
    ...(row.reply_by === null
      ? []
      : [{ key: 'More will follow by', value: { type: 'date' as const, date: row.reply_by } }]),
    ...(row.prepared_by === null ? [] : [line('Prepared by', row.prepared_by)]),
    ...(row.given_by === null ? [] : [line('Given by', row.given_by)]),
  ]
}

/** What this person may do with an answer now, and what not yet and why. */
export function answerActions(context: WorkspaceContext, { head, row, facts }: Answer): ActionModel[] {
  const path = answerPath(head.id)
  if (facts.state === 'given' && context.may('scrutiny.prepare-answer')) {
    return [
      {
        text: 'Correct this answer',
        href: `${askedPath(row.answers_kind, row.answers_id)}/answer?corrects=${head.id}`,
      },
    ]
  }
  if (editAnswerObstacles(facts).length > 0) return []
  const offered: ActionModel[] = []
  if (context.may('scrutiny.give-answer')) {
    const reasons = giveObstacles(facts, doerOf(context))
    const text = 'Give this answer'
    offered.push(reasons.length === 0 ? { text, href: `${path}/give` } : { text, reasons })
  }
  if (context.may('scrutiny.prepare-answer')) {
    offered.push({ text: 'Change the answer', href: `${path}/edit` })
    if (handOverObstacles(facts).length === 0) {
      offered.push({ text: 'Hand it over to be given', post: `${path}/ready`, version: head.version })
    }
  }
  return offered
}

/** Attachments as the pattern lists them; what may not be published says so. */
export function attachmentsModel(attachments: readonly AnswerAttachment[]): EvidenceModel {
  return {
    heading: 'Attachments',
    empty: 'Nothing is attached.',
    items: attachments.map(({ attachment, ground }) => ({
      title: attachment.title,
      href: attachment.url ?? `/workspace/files/${attachment.file_id ?? ''}`,
      kind: attachment.url === null ? 'file' : 'link',
      addedBy: attachment.added_by,
      addedAt: attachment.added_at,
      ...(ground !== null && { note: `May not be published. ${ground}` }),
    })),
  }
}

export function answerForm(
  action: string,
  fields: FormFields,
  given: { faults?: readonly FieldFault[]; refusals?: readonly string[]; version?: number } = {},
): FormModel {
  const { faults = [], refusals = [], version } = given
  return { action, fields, faults, refusals, files: true, ...(version !== undefined && { version }) }
}

/** The limbs of article 2(2) of the Specified Information Order, as a form offers them. */
export const limbOptions = limbs.map(limb => ({
  value: limb,
  text: groundInWords({ code: 'article-2-2', limb, decidedBy: '' }),
}))
