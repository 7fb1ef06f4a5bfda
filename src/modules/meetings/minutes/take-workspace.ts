import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { moment } from '../../../platform/web/template-filters.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import { findRecords } from '../../../record/records.ts'
import { consideredAt } from '../agenda/queries.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { addOutcome, removeOutcome } from '../outcomes/add-outcome.ts'
import type { NewOutcome } from '../outcomes/add-outcome.ts'
import { minutesPath } from '../paths.ts'
import { orOvertaken, overtakenPage } from '../stale.ts'
import { laterMeetings } from './agree-minutes.ts'
import { examine } from './examine.ts'
import type { Examination } from './examine.ts'
import { keepForm, minuteForm, nextMeetingForm, prefixOf, readOutcome, withoutPrefix, withPrefix } from './forms.ts'
import type { MinuteValue } from './forms.ts'
import { findingLines, outcomeLines, storedNextMeeting, takingForms } from './pages.ts'
import type { CameBack } from './pages.ts'
import { findMinutes } from './queries.ts'
import { settleProse } from './settled-prose.ts'
import { keepText, setNextMeeting, writeMinute } from './write-minute.ts'

export const takingWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/minutes/:id/take', permission: 'meetings.minute', handler: ask },
  { method: 'POST', path: '/meetings/minutes/:id/items/:item', permission: 'meetings.minute', handler: doWrite },
  { method: 'POST', path: '/meetings/minutes/:id/items/:item/text', permission: 'meetings.minute', handler: doKeep },
  {
    method: 'POST',
    path: '/meetings/minutes/:id/items/:item/settle',
    permission: 'meetings.minute',
    handler: doSettle,
  },
  { method: 'POST', path: '/meetings/minutes/:id/strike', permission: 'meetings.minute', handler: doStrike },
  { method: 'POST', path: '/meetings/minutes/:id/next', permission: 'meetings.minute', handler: doNext },
]

async function load(context: WorkspaceContext): Promise<Examination | null> {
  const minutes = await findMinutes(context.trx, openedKey(context))
  return minutes === null ? null : examine(context.trx, minutes)
}

async function ask(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  return minutes === null ? notFound() : takingPage(context, minutes, offeredFields(context, minutes))
}

/** A sentence of the prose put into the fields of a new outcome, to be looked at and saved. */
function offeredFields({ query }: WorkspaceContext, minutes: Examination): CameBack | null {
  const place = minutes.items.findIndex(each => each.id === query['item'])
  const item = minutes.items[place]
  const offered = minutes.offered.filter(each => each.itemId === item?.id)[Number(query['offer'] ?? '')]
  if (item === undefined || offered === undefined) return null
  const { form, sentence: what, who } = offered
  const prefix = prefixOf(place + 1)
  const typed = { text: minutes.texts.get(item.id)?.text ?? '', form, what, who: who ?? '' }
  const fields = Object.fromEntries(Object.entries(typed).map(([name, value]) => [`${prefix}${name}`, value] as const))
  return { itemId: item.id, fields, faults: [] }
}

/** One page for the whole meeting: each item with its text and its outcomes, each saved by itself. */
async function takingPage(
  { trx, fields }: WorkspaceContext,
  minutes: Examination,
  back: CameBack | null,
  nextFaults: readonly FieldFault[] = [],
): Promise<Answer> {
  const considered = await consideredAt(trx, minutes.meeting)
  const records = await findRecords(
    trx,
    minutes.head.areaId,
    considered.map(each => each.record_id),
  )
  const later = await laterMeetings(trx, minutes.meeting)
  const path = minutesPath(minutes.head.id)
  const items = takingForms(minutes, back).map(item => {
    const under = considered.filter(each => each.item_id === item.id).map(each => each.record_id)
    const about = records.filter(record => under.includes(record.id))
    return {
      ...item,
      outcomes: outcomeLines(minutes, item.id, []),
      considers: about.map(record => ({
        text: `${record.reference}: ${record.title}`,
        href: `/workspace/records/${record.id}`,
      })),
      about: about
        .filter(record => raisers.includes(record.kind))
        .map(record => ({ value: record.id, text: `${record.reference}: ${record.title}` })),
    }
  })
  const model = {
    title: minutes.head.title,
    items,
    correcting: minutes.state === 'circulated',
    meetings: later.map(({ head }) => ({ value: head.id, text: head.title })),
    findings: findingLines(minutes),
    strike: `${path}/strike`,
    take: `${path}/take`,
    next: {
      action: `${path}/next`,
      fields: nextFaults.length > 0 ? fields : storedNextMeeting(minutes),
      faults: nextFaults,
    },
    faulty: items.find(item => item.form.faults.length > 0)?.form ?? null,
    back: { text: 'Back to the minutes', href: path },
  }
  const faulty = (back?.faults.length ?? 0) > 0 || nextFaults.length > 0
  return page('modules/meetings/views/take-minutes.njk', model, faulty ? 422 : 200)
}

/** Kinds of record that an action may be raised by, among what meetings consider. */
const raisers: readonly string[] = ['question', 'challenge', 'assurance']

async function doWrite(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  const item = minutes?.items.find(each => each.id === context.params['item'])
  if (minutes === null || item === undefined) return notFound()
  const prefix = prefixOf(minutes.items.indexOf(item) + 1)
  const cameBack = (faults: readonly FieldFault[]) =>
    takingPage(context, minutes, { itemId: item.id, fields: context.fields, faults: withPrefix(faults, prefix) })
  const read = readForm(minuteForm, withoutPrefix(context.fields, prefix))
  if (!read.ok) return cameBack(read.errors)
  const typed = await typedOutcome(context, minutes, read.value)
  if ('faults' in typed) return cameBack(typed.faults)
  return orOvertaken(
    () => orRefused(cameBack, () => save(context, minutes, item, read.value, typed.outcome)),
    () => overtaken(context, item, prefix),
  )
}

/** A rule's refusal stands at the top of the form it came from. */
async function orRefused(
  cameBack: (faults: readonly FieldFault[]) => Promise<Answer>,
  deed: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await deed()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return cameBack([{ field: 'why', message: error.reasons.join(' ') }])
  }
}

async function typedOutcome({ trx }: WorkspaceContext, minutes: Examination, value: MinuteValue) {
  const later = await laterMeetings(trx, minutes.meeting)
  const [about] = await findRecords(trx, minutes.head.areaId, value.about === null ? [] : [value.about])
  return readOutcome(value, later.find(({ head }) => head.id === value.meeting)?.head.dated ?? null, about ?? null)
}

type Item = Examination['items'][number]

async function save(
  context: WorkspaceContext,
  minutes: Examination,
  item: Item,
  value: MinuteValue,
  outcome: NewOutcome | null,
): Promise<Answer> {
  const written = { text: value.text ?? '', version: value.version, why: value.why }
  await writeMinute(context.trx, context, minutes.head, item.id, written)
  if (outcome !== null) await addOutcome(context.trx, context, minutes.head, item.id, outcome)
  const added = outcome === null ? '' : ` The ${outcome.form} was added.`
  return redirect(`${minutesPath(minutes.head.id)}/take#item-${item.id}`, `Item ${item.shown} saved.${added}`)
}

/** Two people minuted one item: both texts stand side by side, and whoever came later decides. */
async function overtaken(context: WorkspaceContext, item: Item, prefix: string): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const now = minutes.texts.get(item.id)
  const path = minutesPath(minutes.head.id)
  const who = now === undefined ? 'Someone else' : now.written_by
  const at = now === undefined ? '' : ` on ${moment(now.written_at)}`
  return overtakenPage({
    title: `Item ${item.shown}: ${item.title}`,
    action: `${path}/items/${item.id}`,
    fields: context.fields,
    version: now?.version ?? 0,
    changed: `${who} minuted this item${at}.`,
    rows: [{ field: `${prefix}text`, label: 'The minute', now: now?.text ?? '' }],
    current: `${path}/take`,
  })
}

/**
 * Keeps what is being typed, without leaving the page: the answer is the version to type on from, or 409 where someone
 * else saved meanwhile. It is the text alone; the history gets its event when the item is saved.
 */
async function doKeep(context: WorkspaceContext): Promise<Answer> {
  const key = openedKey(context)
  const read = readForm(keepForm, context.fields)
  if (!read.ok) return json({ reason: read.errors.map(each => each.message).join(' ') }, 422)
  try {
    const kept = await keepText(context.trx, context, key, asIdentity(context.params['item']), read.value)
    return json({ version: kept, at: moment(context.now) }, 200)
  } catch (error) {
    if (error instanceof StaleRecord) return json({ reason: 'stale' }, 409)
    if (error instanceof Refusal) return json({ reason: error.reasons.join(' ') }, 422)
    throw error
  }
}

function json(body: object, status: number): Answer {
  return { type: 'content', mediaType: 'application/json', body: JSON.stringify(body), status }
}

async function doSettle(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  const item = minutes?.items.find(each => each.id === context.params['item'])
  const { sentence } = context.fields
  if (minutes === null || item === undefined || typeof sentence !== 'string') return notFound()
  await settleProse(context.trx, context, minutes.head, item.id, sentence)
  return redirect(`${minutesPath(minutes.head.id)}/take#item-${item.id}`, 'Noted: that sentence raises nothing.')
}

async function doStrike(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  await removeOutcome(context.trx, context, minutes.head, asIdentity(context.fields['outcome']))
  return redirect(`${minutesPath(minutes.head.id)}/take`, 'Struck.')
}

async function doNext(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  if (minutes === null) return notFound()
  const read = readForm(nextMeetingForm, context.fields)
  if (!read.ok) return takingPage(context, minutes, null, read.errors)
  await setNextMeeting(context.trx, context, minutes.head, { printed: read.value.printed, date: read.value.next })
  return redirect(`${minutesPath(minutes.head.id)}/take`, 'Saved.')
}
