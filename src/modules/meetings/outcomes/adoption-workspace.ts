import { Refusal } from '../../../platform/refusals.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { adoptItem, raisedByBodies } from '../../follow-up/index.ts'
import { bodiesOf } from '../../organisations/index.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'

export const adoptionWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/adopt', permission: 'meetings.agree', handler: askAdopt },
  { method: 'POST', path: '/meetings/:id/adopt', permission: 'meetings.agree', handler: doAdopt },
]

/** What the working groups of this meeting's organisation asked for, and its body has not adopted yet. */
export async function offeredForAdoption({ trx, viewer }: WorkspaceContext) {
  const groups = (await bodiesOf(trx, viewer.area.id)).filter(body => body.form === 'working-group')
  const items = await raisedByBodies(
    trx,
    viewer.area.id,
    groups.map(group => group.id),
  )
  return items.map(item => ({ ...item, group: groups.find(group => group.id === item.bodyId)?.name ?? '' }))
}

async function askAdopt(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  return meeting === null ? notFound() : adoptPage(context, meeting, [])
}

async function adoptPage(context: WorkspaceContext, { head }: Meeting, refusals: readonly string[]): Promise<Answer> {
  const items = await offeredForAdoption(context)
  const model = {
    title: 'Adopt what working groups asked for',
    meeting: head.title,
    form: { action: `${meetingPath(head.id)}/adopt`, fields: context.fields, faults: [], refusals },
    items: items.map(item => ({ value: item.id, text: `${item.reference}: ${item.title}`, hint: item.group })),
    back: { text: 'Back', href: meetingPath(head.id) },
  }
  return page('modules/meetings/views/adopt.njk', model, refusals.length > 0 ? 422 : 200)
}

async function doAdopt(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  if (meeting === null) return notFound()
  const chosen = [context.fields['items'] ?? []].flat()
  const items = (await offeredForAdoption(context)).filter(item => chosen.includes(item.id))
  if (items.length === 0) return adoptPage(context, meeting, ['Choose at least one request to adopt.'])
  const { areaId, id, title, dated: date } = meeting.head
  try {
    for (const item of items) {
      const to = { bodyId: meeting.row.body_id, meeting: { areaId, id, title, date } }
      await adoptItem(context.trx, context, { areaId, id: item.id }, to)
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return adoptPage(context, meeting, error.reasons)
  }
  return redirect(meetingPath(id), `Adopted: ${String(items.length)}.`)
}
