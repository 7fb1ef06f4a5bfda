import { findArea } from '../../../../record/areas.ts'
import type { Act, Due, RecordHead } from '../../../../record/record.ts'
import { createRecord, findRecord } from '../../../../record/records.ts'
import type { OrganisationKind } from '../../../../platform/access/viewer.ts'
import type { Database, Trx } from '../../../../platform/database/tables.ts'
import { inTransaction } from '../../../../platform/database/transaction.ts'
import { londonDate } from '../../../../platform/time.ts'
import { findOrganisation } from '../../../organisations/index.ts'
import { isLate } from '../body-rules/notice.ts'
import type { AskBy } from '../body-rules/notice.ts'
import { findRules } from '../body-rules/queries.ts'
import type { BodyRules } from '../body-rules/queries.ts'
import { tellAsker } from '../mails.ts'
import { keepNotice, noticeOf } from '../notice-clock.ts'
import { findPublicQuestion, insertPublicQuestion, isCarried } from '../queries.ts'
import { askedMessage, messageId, receiptOf } from './message.ts'
import type { AskedMessage } from './message.ts'
import { takeFromIntake, waitingQuestions } from './queries.ts'
import type { Waiting } from './queries.ts'

/** What carrying needs of the program. */
export interface CarryServices {
  program: Database
  baseUrl: string
  now: () => Temporal.Instant
  /** Writes one line to the log. Never told who asked what. */
  log: (message: string) => void
}

/** Days after which a question without a meeting is looked at again: nobody has to know a date to be reminded. */
const daysToLookAgain = 28

/**
 * Carries what waits at the intake into the part of whoever keeps each body's meetings. Each question is carried in a
 * transaction of its own, once, however often it was sent or this is run; what cannot be carried waits on.
 *
 * @returns how many were carried
 * @throws Error without any of what was sent, where some are left
 */
export async function carryQuestions(services: CarryServices): Promise<number> {
  const waiting = await inTransaction(services.program, null, waitingQuestions)
  let carried = 0
  let left = 0
  for (const message of waiting) {
    try {
      if (await carryOne(services, message)) carried += 1
    } catch {
      // The fault is not passed on: it may repeat what was sent, and logs hold no personal data.
      left += 1
    }
  }
  if (left > 0) throw new Error(`${String(left)} of the questions at the intake could not be carried in yet`)
  return carried
}

async function carryOne(services: CarryServices, message: Waiting): Promise<boolean> {
  const asked = askedMessage.parse(message.body)
  const { rules, act } = await inTransaction(services.program, null, trx => keeperOf(trx, services, message, asked))
  return inTransaction(services.program, [rules.organisationId], async trx => {
    if (!(await takeFromIntake(trx, message.id))) return false
    if (await isCarried(trx, message.id)) return false
    const head = await carryIn(trx, act, message, asked, rules)
    const question = await findPublicQuestion(trx, head)
    const area = await findArea(trx, message.areaId)
    const address = `${services.baseUrl}/${area?.slug ?? ''}/public-questions`
    if (question !== null) await tellAsker(trx, act, question, 'received', { address, keepMonths: rules.keepMonths })
    return true
  })
}

async function keeperOf(trx: Trx, { now }: CarryServices, message: Waiting, asked: AskedMessage) {
  const rules = await findRules(trx, { areaId: message.areaId, id: asked.bodyId })
  const keeper = rules === null ? null : await findOrganisation(trx, rules.organisationId)
  if (rules === null || keeper === null) throw new Error('The body takes no questions')
  const organisation = { id: keeper.id, name: keeper.name, kind: keeper.kind }
  const act: Act = {
    viewer: { userId: 'public-site', personId: null, name: 'The public site', organisation },
    now: now(),
  }
  return { rules, act }
}

/**
 * Receives a question that did not come through the public site: the sample area's, which is told and not sent. Whoever
 * asked it is told nothing.
 *
 * @throws Error where the body has no rules for questions from the public
 */
export async function receiveQuestion(trx: Trx, act: Act, areaId: number, asked: AskedMessage): Promise<RecordHead> {
  const rules = await findRules(trx, { areaId, id: asked.bodyId })
  if (rules === null) throw new Error('The body takes no questions')
  const id = messageId(areaId, asked, londonDate(act.now))
  return carryIn(trx, act, { id, areaId, body: asked, receivedAt: act.now }, asked, rules)
}

/** The role that looks after an organisation's meetings. */
export function clerkRole(kind: OrganisationKind): 'panel-clerk' | 'board-clerk' {
  return kind === 'panel' || kind === 'council' ? 'panel-clerk' : 'board-clerk'
}

async function carryIn(
  trx: Trx,
  act: Act,
  message: Waiting,
  asked: AskedMessage,
  rules: BodyRules,
): Promise<RecordHead> {
  const receivedOn = londonDate(message.receivedAt)
  const meeting = await meetingOf(trx, message.areaId, asked.meetingId)
  const deadline = meeting === null ? null : await noticeOf(trx, rules, meeting.dated)
  const late = deadline !== null && isLate(message.receivedAt, deadline)
  const { organisation } = act.viewer
  const head = await createRecord(trx, act, {
    areaId: message.areaId,
    kind: 'public-question',
    // Nothing of what was sent: a title stays in the history, and spam may not.
    title: `A question to ${rules.bodyName}`,
    state: late ? 'late' : 'received',
    owner: { role: clerkRole(organisation.kind), organisationId: organisation.id },
    due: dueOf(meeting, receivedOn),
    dated: receivedOn,
    searchText: asked.text,
  })
  await insertPublicQuestion(trx, rowOf(head, message, asked, { rules, meeting, deadline, late }), {
    area_id: head.areaId,
    record_id: head.id,
    organisation_id: organisation.id,
    name: asked.name,
    email: asked.email,
    address: asked.address,
  })
  if (meeting !== null && deadline !== null) {
    await keepNotice(trx, act, head, rules, { meeting: meeting.dated, deadline, late, receivedOn })
  }
  return head
}

/** The meeting that was chosen, unless it was cancelled or held meanwhile: then the clerk names another. */
async function meetingOf(trx: Trx, areaId: number, id: string | null): Promise<RecordHead | null> {
  const meeting = id === null ? null : await findRecord(trx, { areaId, id })
  return meeting?.kind === 'meeting' && meeting.state !== 'cancelled' ? meeting : null
}

/** When a question from the public is due: at its meeting, or once that is named. */
export function dueOf(meeting: Pick<RecordHead, 'id' | 'dated'> | null, from: Temporal.PlainDate): Due {
  if (meeting !== null) return { kind: 'meeting', meeting: meeting.id, date: meeting.dated }
  return {
    kind: 'condition',
    condition: 'Once its meeting is named',
    lookAgain: from.add({ days: daysToLookAgain }),
  }
}

function rowOf(
  head: RecordHead,
  message: Waiting,
  asked: AskedMessage,
  found: { rules: BodyRules; meeting: RecordHead | null; deadline: AskBy | null; late: boolean },
) {
  const { rules, meeting, deadline, late } = found
  return {
    area_id: head.areaId,
    record_id: head.id,
    message_id: message.id,
    receipt: receiptOf(message.id),
    body_id: rules.bodyId,
    body_name: rules.bodyName,
    meeting_id: meeting?.id ?? null,
    meeting_title: meeting?.title ?? null,
    meeting_date: meeting?.dated ?? null,
    text: asked.text,
    shown_name: asked.showName ? asked.name : null,
    wishes: asked.wishes,
    received_at: message.receivedAt,
    ask_by: deadline?.day ?? null,
    late,
  }
}
