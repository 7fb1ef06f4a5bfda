import { z } from 'zod'
import { Refusal } from '../../platform/refusals.ts'
import { choice, date, readForm, text } from '../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../platform/web/form.ts'
import type { FormModel } from '../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { page, redirect } from '../../platform/web/route.ts'
import { csrfField } from '../../platform/web/templates.ts'
import { clockBasis } from '../clock-basis.ts'
import type { CalendarChange } from '../clock-basis.ts'
import { dayInWords, momentInWords } from '../clocks/days.ts'
import type { Holiday } from '../clocks/index.ts'
import { changeCalendar, previewCalendar } from '../redate-clocks.ts'
import type { RedatedClock } from '../redate-clocks.ts'
import { knownRecords } from '../reminders/outside-words.ts'
import { latestChange } from './calendar-changes.ts'
import { movedColumns, movedRow } from './moved-table.ts'
import { partsOfTheKingdom } from './parts-of-the-kingdom.ts'

const top = '/workspace/clocks/calendars'
const views = 'record/clock-pages/views'

/** What is asked before a calendar is changed, without who and when. */
type WantedChange = Omit<CalendarChange, 'madeBy' | 'madeAt'>

/** The two ways of changing a calendar: each asks, shows what would move, and is confirmed. */
interface Way {
  address: 'add' | 'remove'
  title: string
  question: string
  view: string
  button: string
  /** What the form offers to choose from. */
  offers: (context: WorkspaceContext) => Promise<object>
  read: (context: WorkspaceContext) => Promise<FormResult<WantedChange>>
}

const adding: Way = {
  address: 'add',
  title: 'Add a bank holiday',
  question: 'Add this bank holiday?',
  view: `${views}/add-holiday.njk`,
  button: 'Add the bank holiday',
  offers: () => Promise.resolve({ parts: partsOfTheKingdom.map(value => ({ value, text: value })) }),
  read: readAdding,
}

const removing: Way = {
  address: 'remove',
  title: 'Take away a bank holiday',
  question: 'Take this bank holiday away?',
  view: `${views}/remove-holiday.njk`,
  button: 'Take the bank holiday away',
  offers: offerHolidays,
  read: readRemoval,
}

export const changeRoutes: readonly WorkspaceRoute[] = [adding, removing].flatMap((way): WorkspaceRoute[] => {
  const path = `/clocks/calendars/${way.address}`
  const permission = 'clocks.calendar'
  return [
    { method: 'GET', path, permission, handler: context => askPage(way, context) },
    { method: 'POST', path, permission, handler: context => readThen(way, context, previewPage) },
    { method: 'POST', path: `${path}/confirm`, permission, handler: context => readThen(way, context, makeChange) },
  ]
})

/** The calendar counts for office, force and panel alike; an administrator of the office keeps it for all of them. */
export function mayChangeCalendar(context: WorkspaceContext): boolean {
  const { viewer } = context
  return context.may('clocks.calendar') && viewer.organisation.kind === 'office' && !viewer.area.historical
}

function mustBeKeeper(context: WorkspaceContext): void {
  if (mayChangeCalendar(context)) return
  throw new Refusal([
    'The calendar counts for the office, the force and the panel alike. An administrator of the commissioner’s office changes it, and in a historical area nobody does.',
  ])
}

async function askPage(
  way: Way,
  context: WorkspaceContext,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): Promise<Answer> {
  mustBeKeeper(context)
  const form: FormModel = { action: `${top}/${way.address}`, fields: context.fields, faults, refusals }
  const model = { title: way.title, back: { text: 'Back', href: top }, form, ...(await way.offers(context)) }
  return page(way.view, model, faults.length + refusals.length > 0 ? 422 : 200)
}

/** Reads the form and goes on; what was typed wrongly, or cannot be, is asked once more. */
async function readThen(
  way: Way,
  context: WorkspaceContext,
  next: (way: Way, context: WorkspaceContext, wanted: WantedChange) => Promise<Answer>,
): Promise<Answer> {
  mustBeKeeper(context)
  const read = await way.read(context)
  if (!read.ok) return askPage(way, context, read.errors)
  try {
    return await next(way, context, read.value)
  } catch (fault) {
    if (fault instanceof Refusal) return askPage(way, context, [], fault.reasons)
    throw fault
  }
}

const addingForm = z.object({
  date: date('the day of the bank holiday'),
  name: text('Enter what the day is called', 'The name', 100),
  where: choice('Choose where the day is taken', partsOfTheKingdom),
  source: text('Enter where it was proclaimed', 'The source', 300),
})

function readAdding({ fields }: WorkspaceContext): Promise<FormResult<WantedChange>> {
  const read = readForm(addingForm, fields)
  if (!read.ok) return Promise.resolve(read)
  const { where, ...value } = read.value
  return Promise.resolve({ ok: true, value: { ...value, change: 'added', whereTaken: where } })
}

/** A day that is past was taken, and what was counted with it stays. */
async function holidaysToCome({ trx, viewer, today }: WorkspaceContext): Promise<Holiday[]> {
  const { calendars } = await clockBasis(trx, viewer.area.id)
  return calendars['UK-any'].holidays.filter(({ date: day }) => Temporal.PlainDate.compare(day, today) >= 0)
}

async function offerHolidays(context: WorkspaceContext): Promise<object> {
  const coming = await holidaysToCome(context)
  const option = ({ date: day, name, where }: Holiday) => ({
    value: day.toString(),
    text: `${dayInWords(day)}: ${name} (${where})`,
  })
  return { days: coming.map(option) }
}

async function readRemoval(context: WorkspaceContext): Promise<FormResult<WantedChange>> {
  const coming = new Map((await holidaysToCome(context)).map(holiday => [holiday.date.toString(), holiday]))
  const form = z.object({
    day: choice('Choose the bank holiday', [...coming.keys()]).transform(day => coming.get(day)),
    source: text('Enter where it was said that the day is not taken', 'The source', 300),
  })
  const read = readForm(form, context.fields)
  if (!read.ok) return read
  const { day, source } = read.value
  if (day === undefined) throw new Error('Only a day of the calendar can be chosen')
  return { ok: true, value: { date: day.date, name: day.name, whereTaken: day.where, change: 'removed', source } }
}

/** What would move, before anything does. Of what others owe, only how much. */
async function previewPage(way: Way, context: WorkspaceContext, wanted: WantedChange): Promise<Answer> {
  const { trx, viewer, fields } = context
  const moving = await previewCalendar(trx, viewer.area.id, wanted)
  const own = moving.filter(({ clock }) => clock.holders.includes(viewer.organisation.id))
  const ids = own.map(({ clock }) => clock.recordId)
  const known = await knownRecords(trx, viewer.area.id, viewer.organisation.id, ids)
  const row = ({ clock, was, now }: RedatedClock) =>
    movedRow({
      title: clock.rule.title,
      record: known.get(clock.recordId),
      was: dueInWords(was),
      now: dueInWords(now),
    })
  return page(`${views}/calendar-preview.njk`, {
    title: way.question,
    back: { text: 'Back', href: `${top}/${way.address}` },
    day: dayInWords(wanted.date),
    wanted,
    columns: movedColumns,
    own: own.map(row),
    others: moving.length - own.length,
    form: { action: `${top}/${way.address}/confirm`, fields, faults: [] } satisfies FormModel,
    kept: Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' && name !== csrfField ? [{ name, value }] : [],
    ),
    button: way.button,
  })
}

async function makeChange(_way: Way, context: WorkspaceContext, wanted: WantedChange): Promise<Answer> {
  const { trx, viewer } = context
  const moved = await changeCalendar(trx, context, viewer.area.id, wanted)
  const seq = await latestChange(trx, viewer.area.id)
  const count = moved.length === 1 ? '1 deadline moved' : `${moved.length} deadlines moved`
  return redirect(`${top}/changes/${seq}`, `The calendar is changed. ${count}.`)
}

function dueInWords(due: RedatedClock['was']): string {
  if (due === null) return 'no day'
  return due instanceof Temporal.PlainDate ? dayInWords(due) : momentInWords(due)
}
