import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { moment } from '../../../platform/web/template-filters.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
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
import { minuteForm, nextMeetingForm, prefixOf, readOutcome, withoutPrefix, withPrefix } from './forms.ts'
import type { MinuteValue } from './forms.ts'
import { findingLines, outcomeLines, storedNextMeeting, takingForms } from './pages.ts'
import type { CameBack } from './pages.ts'
import { findMinutes } from './queries.ts'
import { setNextMeeting, writeMinute } from './write-minute.ts'

export const takingWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/minutes/:id/take', permission: 'meetings.minute', handler: ask },
  { method: 'POST', path: '/meetings/minutes/:id/items/:item', permission: 'meetings.minute', handler: doWrite },
  { method: 'POST', path: '/meetings/minutes/:id/strike', permission: 'meetings.minute', handler: doStrike },
  { method: 'POST', path: '/meetings/minutes/:id/next', permission: 'meetings.minute', handler: doNext },
]

async function load(context: WorkspaceContext): Promise<Examination | null> {
  const minutes = await findMinutes(context.trx, openedKey(context))
  return minutes === null ? null : examine(context.trx, minutes)
}

async function ask(context: WorkspaceContext): Promise<Answer> {
  const minutes = await load(context)
  return minutes === null ? notFound() : takingPage(context, minutes, null)
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
    next: {
      action: `${path}/next`,
      fields: nextFaults.length > 0 ? fields : storedNextMeeting(minutes),
      faults: nextFaults,
    },
    faulty: items.find(item => item.form.faults.length > 0)?.form ?? null,
    back: { text: 'Back to the minutes', href: path },
  }
  return page('modules/meetings/views/take-minutes.njk', model, back !== null || nextFaults.length > 0 ? 422 : 200)
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
