import type { ActionModel, EvidenceModel, FormModel, SummaryRowModel } from '../../platform/web/patterns.ts'
import type { FormFields } from '../../platform/web/route.ts'
import type { FieldFault } from '../../platform/web/form.ts'
import type { Attachment } from '../../record/files.ts'
import type { LoadedAction } from './follow-action.ts'
import { closingObstacles, redatingObstacles, reopeningObstacles, reportingObstacles } from './rules.ts'
import type { Actor } from './rules.ts'

/** The address of one action in the workspace. */
export const actionPath = (id: string) => `/workspace/follow-up/actions/${id}`

/** The particular rows of an action's summary. */
export function actionSummary({ action, record }: LoadedAction): SummaryRowModel[] {
  const rows: SummaryRowModel[] = [
    { key: 'Lead', value: { type: 'text', text: action.lead_words } },
    { key: 'Raised by', value: { type: 'text', text: action.raised_by_words } },
  ]
  if (record.others.length > 0) {
    rows.push({ key: 'With', value: { type: 'text', text: record.others.join(', ') } })
  }
  if (action.first_due !== null) {
    rows.push({ key: 'Due as first set', value: firstDueCell(action.first_due, action.first_due_date) })
    rows.push({ key: 'Times the date has moved', value: { type: 'number', value: action.due_moves } })
  }
  if (action.reopened > 0) {
    rows.push({ key: 'Times re-opened', value: { type: 'number', value: action.reopened } })
  }
  return rows
}

function firstDueCell(words: string, date: Temporal.PlainDate | null): SummaryRowModel['value'] {
  return date === null ? { type: 'text', text: words } : { type: 'date', date }
}

/** What this person may do with an action now, and what not yet and why. */
export function actionActions(loaded: LoadedAction, actor: Actor, may: (permission: string) => boolean): ActionModel[] {
  const { facts, record, action } = loaded
  const path = actionPath(record.id)
  const offered: ActionModel[] = []
  const offer = (text: string, href: string, reasons: readonly string[]) => {
    offered.push(reasons.length === 0 ? { text, href } : { text, reasons })
  }
  const underWay = facts.state === 'open' || facts.state === 'reported'
  if (underWay && may('follow-up.update')) {
    offered.push(
      { text: 'Add an update', href: `${path}/update` },
      { text: 'Attach evidence', href: `${path}/evidence` },
    )
  }
  if (facts.state === 'open' && may('follow-up.update')) {
    offer('Report it done', `${path}/report`, reportingObstacles(facts))
  }
  if (underWay && may('follow-up.close')) offer('Close this action', `${path}/close`, closingObstacles(facts, actor))
  if (underWay && may('follow-up.redate')) offer('Change the date', `${path}/due`, redatingObstacles(facts))
  if (underWay && may('follow-up.close') && action.raised_by_organisation === actor.organisationId) {
    offered.push({ text: 'Cancel this action', href: `${path}/cancel` })
  }
  if (facts.state === 'closed' && may('follow-up.close')) {
    offer('Re-open this action', `${path}/reopen`, reopeningObstacles(facts, actor))
  }
  if (action.raised_by_organisation === actor.organisationId && may('follow-up.publish')) {
    offered.push({ text: 'Publish', href: `/workspace/records/${record.id}/publish` })
  }
  return offered
}

/** Evidence and other attachments as the pattern lists them. */
export function evidenceModel(attachments: readonly Attachment[]): EvidenceModel {
  return {
    heading: 'Evidence',
    empty: 'No evidence is attached. An action is closed only with evidence.',
    items: attachments.map(each => ({
      title: each.title,
      href: each.url ?? `/workspace/files/${each.file_id ?? ''}`,
      kind: each.url === null ? 'file' : 'link',
      addedBy: each.added_by,
      addedAt: each.added_at,
    })),
  }
}

/** The form of one deed on an action. */
export function deedForm(
  id: string,
  deed: string,
  version: number,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): FormModel {
  return {
    action: `${actionPath(id)}/${deed}`,
    fields,
    faults,
    refusals,
    version,
    ...(deed === 'evidence' && { files: true }),
  }
}
