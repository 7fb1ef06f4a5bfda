import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, Owner, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { issueItem, raiseItem } from '../../follow-up/index.ts'
import type { ItemKind, NewItem } from '../../follow-up/index.ts'
import type { ItemRow } from '../agenda/queries.ts'
import { isOpen } from '../agenda/rules.ts'
import type { Examination } from '../minutes/examine.ts'
import { findMeeting } from '../meeting/queries.ts'
import { keepAction } from './queries.ts'
import type { OutcomeForm } from './queries.ts'
import type { Lead } from './lead.ts'

/** An action's title at most, in characters; the whole stands in what is asked. */
const titleLength = 120

/** What is raised for each form of outcome: an undertaking is an action of whoever undertook it. */
const kinds: Readonly<Record<OutcomeForm, ItemKind>> = {
  action: 'action',
  undertaking: 'action',
  request: 'information-request',
  recommendation: 'recommendation',
}

/** An outcome with the item that was raised for it: an action, a request or a recommendation. */
export interface RaisedAction {
  outcomeId: string
  itemId: string
  action: RecordKey
}

/**
 * Raises and issues an action, a request or a recommendation for every outcome of some minutes that asks for one and
 * has none yet. What is raised under a withheld item carries the item's ground, so that it is never published.
 */
export async function raiseActions(trx: Trx, act: Act, minutes: Examination): Promise<RaisedAction[]> {
  const raised: RaisedAction[] = []
  const body = (await findMeeting(trx, minutes.meeting))?.row.body_id
  for (const outcome of minutes.outcomes) {
    const item = minutes.items.find(each => each.id === outcome.row.item_id)
    if (!outcome.row.raises || outcome.row.action_id !== null || item === undefined) continue
    const made = { ...toItem(minutes, outcome), ...(body !== undefined && { raisedByBody: body }) }
    const { id, areaId } = await raiseItem(trx, act, made)
    const action = { areaId, id }
    await classifyLike(trx, act, action, item)
    await issueItem(trx, act, action)
    await keepAction(trx, { areaId, id: outcome.row.id }, id)
    raised.push({ outcomeId: outcome.row.id, itemId: item.id, action })
  }
  return raised
}

function toItem(minutes: Examination, { row, lead, due, others, findings }: Examination['outcomes'][number]): NewItem {
  const { head, meeting } = minutes
  const key = { areaId: head.areaId }
  const about =
    row.about_id === null
      ? []
      : [{ ...key, id: row.about_id, kind: row.about_kind ?? '', relation: 'raised-by' as const }]
  return {
    kind: kinds[row.form],
    areaId: head.areaId,
    title: shortTitle(row.text),
    asked: row.text,
    owner: ownerOf(lead),
    leadWords: lead.words ?? 'nobody is named',
    others,
    due,
    raisedByWords: meeting.title,
    raisedFrom: [
      { ...key, id: meeting.id, kind: 'meeting', relation: 'raised-at' },
      { ...key, id: head.id, kind: 'minutes', relation: 'raised-by' },
      ...about,
    ],
    dated: head.dated,
    ...(row.printed_reference !== null && { printedReference: row.printed_reference }),
    ...(findings.length > 0 && { finding: findings.join(' ') }),
  }
}

function ownerOf(lead: Lead): Owner | null {
  if (lead.organisationId === null) return null
  return {
    organisationId: lead.organisationId,
    ...(lead.personId !== null && { personId: lead.personId }),
    ...(lead.role !== null && { role: lead.role }),
  }
}

async function classifyLike(trx: Trx, act: Act, action: RecordKey, item: ItemRow): Promise<void> {
  if (isOpen(item)) return
  const { classification, ground } = item
  await changeRecord(trx, act, action, null, { classification, ground }, { kind: 'classified' })
}

/** The first sentence, or as much of it as a title takes, cut between words. */
export function shortTitle(text: string): string {
  const [sentence = text] = text.split(/(?<=[.!?])\s|\n/)
  const title = sentence.trim().replace(/\.$/, '')
  if (title.length <= titleLength) return title
  const cut = title.slice(0, titleLength - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), titleLength / 2)).trimEnd()}…`
}
