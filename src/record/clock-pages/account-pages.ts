import { z } from 'zod'
import { seatedUsers } from '../../platform/access/seated-users.ts'
import type { SeatedUser } from '../../platform/access/seated-users.ts'
import { choice, readForm } from '../../platform/web/form.ts'
import type { FieldFault } from '../../platform/web/form.ts'
import type { FormModel } from '../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { page, redirect } from '../../platform/web/route.ts'
import { actingFor } from '../acting-for.ts'
import { endFeed, feedPath, feedSince, makeFeed } from '../reminders/calendar-feed.ts'
import { gatherDuties } from '../reminders/daily-message.ts'
import { dutiesOf } from '../reminders/duties.ts'
import { mailModel } from '../reminders/send-reminders.ts'
import { chooseToldBefore, isToldBefore } from '../reminders/settings.ts'

const reminders = '/workspace/account/reminders'
const calendar = '/workspace/account/calendar'
const views = 'record/clock-pages/views'
const permission = 'record.read'

/** What one is sent, and one's calendar: everybody's own, for all the places they act in. */
export const accountRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/account/reminders', permission, handler: context => remindersPage(context) },
  { method: 'POST', path: '/account/reminders', permission, handler: saveChoice },
  { method: 'GET', path: '/account/calendar', permission, handler: showCalendar },
  { method: 'POST', path: '/account/calendar', permission, handler: renewCalendar },
  { method: 'POST', path: '/account/calendar/end', permission, handler: endCalendar },
]

async function remindersPage(context: WorkspaceContext, faults: readonly FieldFault[] = []): Promise<Answer> {
  const { trx, viewer, today, baseUrl, fields } = context
  const before = await isToldBefore(trx, viewer.userId)
  const form: FormModel = {
    action: reminders,
    fields: faults.length > 0 ? fields : { before: before ? 'yes' : 'no' },
    faults,
  }
  const [user] = await seatedUsers(trx, today, { userId: viewer.userId })
  const model = {
    title: 'What you are sent',
    back: { text: 'Your account', href: '/workspace/account' },
    email: user?.email ?? null,
    form,
    choices: [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No, only what is due or overdue' },
    ],
    gathered: user === undefined ? null : await gathered(context, user, baseUrl),
  }
  return page(`${views}/my-reminders.njk`, model, faults.length > 0 ? 422 : 200)
}

/** What a message of today would hold. One's places elsewhere are one's own, so they are read for this alone. */
async function gathered({ trx, today }: WorkspaceContext, user: SeatedUser, baseUrl: string) {
  const organisations = user.places.map(place => place.organisation.id)
  const duties = await actingFor(trx, organisations, () => dutiesOf(trx, user, today, true))
  const several = new Set(organisations).size > 1
  return { ...mailModel(gatherDuties(duties, today), today, baseUrl), several }
}

const choiceForm = z.object({ before: choice('Choose whether you want to be told before the day', ['yes', 'no']) })

async function saveChoice(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(choiceForm, context.fields)
  if (!read.ok) return remindersPage(context, read.errors)
  await chooseToldBefore(context.trx, context, read.value.before === 'yes')
  return redirect(reminders, 'Your choice is saved.')
}

async function showCalendar({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  return page(`${views}/my-calendar.njk`, {
    title: 'Your deadlines in your calendar',
    back: { text: 'Your account', href: '/workspace/account' },
    since: await feedSince(trx, viewer.userId),
  })
}

/** The page that answers is the only one that ever shows the address. */
async function renewCalendar({ trx, viewer, now, baseUrl }: WorkspaceContext): Promise<Answer> {
  const token = await makeFeed(trx, viewer.userId, now)
  return page(`${views}/calendar-address.njk`, {
    title: 'The address of your calendar',
    back: { text: 'Back', href: calendar },
    address: baseUrl + feedPath(token),
  })
}

async function endCalendar({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  await endFeed(trx, viewer.userId)
  return redirect(calendar, 'The address no longer works.')
}
