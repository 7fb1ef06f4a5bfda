import { z } from 'zod'
import { chosenId, optionalText, readForm, text } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { page, redirect } from '../../../platform/web/route.ts'
import { clockBasis } from '../../../record/clock-basis.ts'
import { isWorkingDay } from '../../../record/clocks/index.ts'
import { dayNumber } from '../../../record/clocks/days.ts'
import { stateModel } from '../../../record/words.ts'
import { bodiesOf } from '../../organisations/index.ts'
import { addMeeting } from '../meeting/add-meeting.ts'
import { meetingsOfBody } from '../meeting/queries.ts'
import { beginAgenda } from '../meeting/begin-agenda.ts'
import { forwardPath, meetingPath } from '../paths.ts'
import { readForwardDates } from './forward-dates.ts'
import type { ForwardDate } from './forward-dates.ts'

const view = 'modules/meetings/views/forward-calendar.njk'

export const forwardWorkspace: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: '/meetings/forward',
    permission: 'meetings.read',
    handler: context => forwardPage(context, []),
  },
  { method: 'POST', path: '/meetings/forward', permission: 'meetings.edit', handler: doAdd },
]

const forwardForm = z.object({
  body: chosenId('Choose the body that meets'),
  dates: text('Enter at least one date', 'The dates', 5000),
  starts: optionalText('The time', 10).refine(typed => typed === null || /^([01]?\d|2[0-3])[:.][0-5]\d$/.test(typed), {
    message: 'Enter the time like 10:00 or 14:30',
  }),
  places: optionalText('The places', 2000),
})

/** Every meeting to come by year and month, and the form by which a year of dates is put in at once. */
async function forwardPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const { trx, viewer, today } = context
  const bodies = await bodiesOf(trx, viewer.area.id)
  const found = []
  for (const body of bodies) found.push(...(await meetingsOfBody(trx, { areaId: viewer.area.id, id: body.id })))
  const basis = await clockBasis(trx, viewer.area.id)
  const meetings = found
    .filter(({ head }) => Temporal.PlainDate.compare(head.dated, today) >= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.head.dated, b.head.dated))
    .map(({ head, row }) => ({
      title: head.title,
      body: row.body_name,
      href: meetingPath(head.id),
      date: head.dated,
      year: head.dated.year,
      starts: row.starts,
      place: row.place,
      state: stateModel(head.kind, head.state),
      working: isWorkingDay(basis.calendars.EW, dayNumber(head.dated)),
    }))
  const model = {
    title: 'Forward calendar',
    years: [...Map.groupBy(meetings, meeting => meeting.year)].map(([year, own]) => ({ year, meetings: own })),
    mayEdit: context.may('meetings.edit'),
    form: { action: forwardPath, fields: context.fields, faults },
    bodies: bodies.filter(body => body.state === 'standing').map(body => ({ value: body.id, text: body.name })),
  }
  return page(view, model, faults.length > 0 ? 422 : 200)
}

/** All the dates or none: each bad line is named, and a date on which the body meets already is one. */
async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(forwardForm, context.fields)
  if (!read.ok) return forwardPage(context, read.errors)
  const { body: bodyId, dates: typed, starts, places } = read.value
  const usual = { starts: starts?.replace('.', ':').padStart(5, '0') ?? null, places: linesOf(places) }
  const found = readForwardDates(typed, usual)
  if ('faults' in found) {
    return forwardPage(
      context,
      found.faults.map(({ line, message }) => ({ field: 'dates', message: `Line ${String(line)}: ${message}` })),
    )
  }
  const taken = await takenAmong(context, bodyId, found.dates)
  if (taken.length > 0) {
    const message = `The body meets already on ${taken.join(', ')}. Take these lines out.`
    return forwardPage(context, [{ field: 'dates', message }])
  }
  for (const date of found.dates) await plan(context, bodyId, date)
  const many = found.dates.length === 1 ? '1 meeting' : `${String(found.dates.length)} meetings`
  return redirect(forwardPath, `${many} put into the calendar.`)
}

function linesOf(text: string | null): string[] {
  return (text ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

async function takenAmong({ trx, viewer }: WorkspaceContext, id: string, dates: readonly ForwardDate[]) {
  const meetings = await meetingsOfBody(trx, { areaId: viewer.area.id, id })
  const held = meetings.filter(({ state }) => state !== 'cancelled').map(({ head }) => head.dated.toString())
  return dates.map(({ date }) => date.toString()).filter(date => held.includes(date))
}

async function plan(context: WorkspaceContext, bodyId: string, { date, starts, place }: ForwardDate): Promise<void> {
  const made = { areaId: context.viewer.area.id, bodyId, date, starts, place }
  const record = await addMeeting(context.trx, context, made)
  await beginAgenda(context.trx, context, record)
}
