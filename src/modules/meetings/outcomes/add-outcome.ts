import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, Due, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { consideredAt } from '../agenda/queries.ts'
import { mustFindItem } from '../agenda/items.ts'
import { mustFindMinutes } from '../minutes/find-minutes.ts'
import { outcomeObstacles } from '../minutes/rules.ts'
import { refuseIf } from '../refuse.ts'
import { deleteOutcome, dueColumns, insertOutcome, outcomesOf } from './queries.ts'
import type { OutcomeForm } from './queries.ts'

/** Something asked for or promised in a minute, with who and by when as they were said. */
export interface NewOutcome {
  form: OutcomeForm
  text: string
  lead: {
    /** As said: initials, a name, a team, "not recorded". Null where nobody at all is named. */
    words: string | null
    /** Given only where it is beyond doubt; otherwise whoever was present is asked. */
    personId?: string | null
    organisationId?: string | null
    role?: string | null
  }
  others?: readonly string[]
  due?: Due | null
  /** What it comes of, among what the item considers; where that is one question or challenge, it is meant. */
  about?: (RecordKey & { kind: string }) | null
  finding?: string | null
  /** False for a mere statement of what is planned, for which no action is raised. */
  raises?: boolean
  printedReference?: string | null
}

/**
 * Adds an outcome to a minute. The action that comes of it is raised when the minutes are circulated.
 *
 * @returns the outcome's id
 * @throws Refusal once the minutes are circulated
 */
export async function addOutcome(
  trx: Trx,
  act: Act,
  minutes: RecordKey,
  itemId: string,
  made: NewOutcome,
): Promise<string> {
  const { row, state } = await mustFindMinutes(trx, minutes)
  refuseIf(outcomeObstacles(state))
  const meeting = { areaId: minutes.areaId, id: row.meeting_id }
  await mustFindItem(trx, meeting, itemId)
  const about = made.about === undefined ? await onlyQuestion(trx, meeting, itemId) : made.about
  const id = await insertOutcome(trx, {
    area_id: minutes.areaId,
    minutes_id: minutes.id,
    item_id: itemId,
    form: made.form,
    text: made.text,
    lead_words: made.lead.words,
    lead_person: made.lead.personId ?? null,
    lead_organisation: made.lead.organisationId ?? null,
    lead_role: made.lead.role ?? null,
    others: JSON.stringify(made.others ?? []),
    ...dueColumns(made.due ?? null),
    about_id: about?.id ?? null,
    about_kind: about?.kind ?? null,
    finding: made.finding ?? null,
    raises: made.raises ?? true,
    printed_reference: made.printedReference ?? null,
  })
  await changeRecord(trx, act, minutes, null, {}, { kind: 'outcome-added', details: { item: itemId } })
  return id
}

/** The question or challenge that an item considers, where it considers exactly one. */
async function onlyQuestion(
  trx: Trx,
  meeting: RecordKey,
  itemId: string,
): Promise<(RecordKey & { kind: string }) | null> {
  const asked = (await consideredAt(trx, meeting)).filter(
    each => each.item_id === itemId && (each.record_kind === 'question' || each.record_kind === 'challenge'),
  )
  const [only] = asked
  if (only === undefined || asked.length > 1) return null
  return { areaId: meeting.areaId, id: only.record_id, kind: only.record_kind }
}

/** Strikes an outcome from a draft. */
export async function removeOutcome(trx: Trx, act: Act, minutes: RecordKey, id: string): Promise<void> {
  const { state } = await mustFindMinutes(trx, minutes)
  refuseIf(outcomeObstacles(state))
  const outcome = (await outcomesOf(trx, minutes)).find(each => each.id === id)
  if (outcome === undefined) throw new Refusal(['This is not there any more.'])
  await deleteOutcome(trx, minutes, id)
  await changeRecord(trx, act, minutes, null, {}, { kind: 'outcome-removed', details: { item: outcome.item_id } })
}
