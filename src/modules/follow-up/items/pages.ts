import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, EvidenceModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Attachment } from '../../../record/files.ts'
import type { ReceivedReply } from '../replies/read.ts'
import { receivedReplyPath, replyAnswerWords, replyPath } from '../replies/words.ts'
import { leadingNow } from './leads.ts'
import type { LoadedItem } from './load.ts'
import type { ItemRow } from './queries.ts'
import {
  askAgainObstacles,
  cancellingObstacles,
  closingObstacles,
  isUnderWay,
  leadChangeObstacles,
  redatingObstacles,
  reopeningObstacles,
  reportingObstacles,
} from './rules.ts'
import type { Actor } from './rules.ts'
import { itemPath, itemWords } from './words.ts'
import type { ItemKind } from './words.ts'

const textRow = (key: string, text: string): SummaryRowModel => ({ key, value: { type: 'text', text } })

/** The particular rows of an item's summary. */
export function itemSummary({ item, record, addressees, kind }: LoadedItem): SummaryRowModel[] {
  return [
    ...(addressees.length === 0 ? [] : [textRow('Addressed to', addressees.map(each => each.words).join('; '))]),
    textRow('Lead', item.lead_words),
    textRow('Raised by', item.raised_by_words),
    ...(record.others.length === 0 ? [] : [textRow('With', record.others.join(', '))]),
    ...(item.first_due === null ? [] : dueRows(kind, item)),
    ...(kind === 'information-request' && item.received_on !== null
      ? [{ key: 'Received on', value: { type: 'date' as const, date: item.received_on } }]
      : []),
    ...(item.reopened === 0
      ? []
      : [{ key: 'Times re-opened', value: { type: 'number' as const, value: item.reopened } }]),
    ...(item.source === null ? [] : [textRow('Source', item.source)]),
  ]
}

/** A meeting and a condition stay in the words they were set in; a plain date is printed as one. */
function dueRows(
  kind: ItemKind,
  { first_due: words, first_due_date: date, due_moves: moves }: ItemRow,
): SummaryRowModel[] {
  const key = kind === 'recommendation' ? 'Reply due as first set' : 'Due as first set'
  const plain = date !== null && /^\d/.test(words ?? '')
  return [
    { key, value: plain ? { type: 'date', date } : { type: 'text', text: words ?? '' } },
    { key: 'Times the date has moved', value: { type: 'number', value: moves } },
  ]
}

/** What this person may do with an item now, and what not yet and why. */
export function itemActions(loaded: LoadedItem, actor: Actor, may: (permission: string) => boolean): ActionModel[] {
  if (loaded.facts.state === 'draft') return draftActions(loaded, actor, may)
  return [...progressActions(loaded, may), ...decisionActions(loaded, actor, may), ...changeActions(loaded, actor, may)]
}

function offer(text: string, href: string, reasons: readonly string[]): ActionModel {
  return reasons.length === 0 ? { text, href } : { text, reasons }
}

function draftActions({ kind, record, facts }: LoadedItem, actor: Actor, may: (permission: string) => boolean) {
  if (facts.raisedBy !== actor.organisationId || !may('follow-up.raise')) return []
  const path = itemPath(kind, record.id)
  return [
    { text: `Issue this ${itemWords[kind].word}`, post: `${path}/issue`, version: record.version },
    { text: 'Give it up', href: `${path}/cancel` },
  ]
}

function progressActions({ kind, record, facts }: LoadedItem, may: (permission: string) => boolean): ActionModel[] {
  if (!isUnderWay(facts.state) || !may('follow-up.update')) return []
  const path = itemPath(kind, record.id)
  const reportable = facts.state === (kind === 'recommendation' ? 'replied' : 'open')
  return [
    { text: 'Add an update', href: `${path}/update` },
    { text: 'Attach evidence', href: `${path}/evidence` },
    ...(reportable ? [offer(itemWords[kind].report, `${path}/report`, reportingObstacles(facts))] : []),
  ]
}

function decisionActions(
  { kind, record, facts }: LoadedItem,
  actor: Actor,
  may: (permission: string) => boolean,
): ActionModel[] {
  if (!may('follow-up.close')) return []
  const { word } = itemWords[kind]
  const path = itemPath(kind, record.id)
  if (facts.state === 'closed') {
    return [offer(`Re-open this ${word}`, `${path}/reopen`, reopeningObstacles(facts, actor))]
  }
  if (!isUnderWay(facts.state)) return []
  const offered = [offer(`Close this ${word}`, `${path}/close`, closingObstacles(facts, actor))]
  if (askAgainObstacles(facts, actor).length === 0) {
    offered.push({ text: 'Ask for a fuller reply', href: `${path}/ask-again` })
  }
  if (kind === 'recommendation' && facts.raisedBy === actor.organisationId) {
    offered.push({ text: 'Put a reply on record', href: `${path}/reply` })
  }
  return offered
}

function changeActions(
  { kind, record, facts }: LoadedItem,
  actor: Actor,
  may: (permission: string) => boolean,
): ActionModel[] {
  const path = itemPath(kind, record.id)
  const raiser = facts.raisedBy === actor.organisationId
  const offered: ActionModel[] = []
  if (isUnderWay(facts.state)) {
    if (may('follow-up.redate') && redatingObstacles(facts, actor).length === 0) {
      offered.push({ text: 'Change the date', href: `${path}/due` })
    }
    if (may('follow-up.update') && leadChangeObstacles(facts, actor).length === 0) {
      offered.push({ text: 'Change who leads', href: `${path}/leads` })
    }
    if (may('follow-up.redate') && raiser) offered.push({ text: 'Choose its colour', href: `${path}/colour` })
    if (may('follow-up.close') && cancellingObstacles(facts, actor).length === 0) {
      offered.push({ text: `Cancel this ${itemWords[kind].word}`, href: `${path}/cancel` })
    }
  }
  if (raiser && may('follow-up.publish')) {
    offered.push({ text: 'Publish', href: `/workspace/records/${record.id}/publish` })
  }
  return offered
}

/** Evidence and other attachments as the pattern lists them. */
export function evidenceModel(attachments: readonly Attachment[], kind: ItemKind): EvidenceModel {
  const { word } = itemWords[kind]
  const besides = kind === 'recommendation' ? ' or a reply' : ''
  return {
    heading: 'Evidence',
    empty: `No evidence is attached. A ${word} is closed only with evidence${besides}.`.replace(
      'A action',
      'An action',
    ),
    items: attachments.map(each => ({
      title: each.title,
      href: each.url ?? `/workspace/files/${each.file_id ?? ''}`,
      kind: each.url === null ? 'file' : 'link',
      addedBy: each.added_by,
      addedAt: each.added_at,
    })),
  }
}

/** The replies to a recommendation, those that stand first. */
export function replyLines({ addressees, replies }: LoadedItem, own: ReadonlySet<string>) {
  return replies
    .toSorted((a, b) => Number(b.stands) - Number(a.stands))
    .map(reply => replyLine(reply, addressees, own.has(reply.id)))
}

function replyLine(
  { id, reference, body, sentOn, stands }: ReceivedReply,
  addressees: LoadedItem['addressees'],
  held: boolean,
) {
  return {
    by: addressees.find(each => each.id === body.addresseeId)?.words ?? body.inTheNameOf,
    answer: replyAnswerWords[body.answer],
    href: held ? replyPath(id) : receivedReplyPath(id),
    onPaper: held,
    reference,
    on: sentOn,
    stands,
    reason: body.reason,
    doing: body.doing,
    doneBy: body.doneBy,
    inTheNameOf: body.inTheNameOf,
    withheld: body.withheld,
    evidence: body.evidence,
  }
}

/** Who leads and led, as the page lists them where more is to be said than one name. */
export function leadLines({ leads }: LoadedItem) {
  const now = new Set(leadingNow(leads).map(lead => lead.id))
  const byId = new Map(leads.map(lead => [lead.id, lead]))
  return leads.map(lead => ({
    words: lead.words,
    since: lead.since,
    until: lead.until,
    why: lead.ended_why,
    leads: now.has(lead.id),
    standsInFor: lead.stands_in_for === null ? null : (byId.get(lead.stands_in_for)?.words ?? null),
  }))
}

/** The form of one deed on an item. */
export function deedForm(
  action: string,
  version: number,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): FormModel {
  return { action, fields, faults, refusals, version, ...(action.endsWith('/evidence') && { files: true }) }
}
