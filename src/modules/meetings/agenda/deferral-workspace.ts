import { z } from 'zod'
import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import { longDate } from '../../../platform/time.ts'
import { optionalId, optionalText, readForm, text, version } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { findMeeting, meetingsOfBody } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { deferItem } from './deferral.ts'
import { deferralsOf } from './deferral-queries.ts'
import { itemPath } from './pages.ts'
import { itemsOf } from './queries.ts'
import type { ItemRow } from './queries.ts'
import { numbered } from './rules.ts'

export const deferralWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/items/:item/defer', permission: 'meetings.edit', handler: ask },
  { method: 'POST', path: '/meetings/:id/items/:item/defer', permission: 'meetings.edit', handler: doDefer },
]

const deferForm = z.object({
  version: version(),
  to: optionalId('Choose the meeting again'),
  why: text('Say why it is put off', 'The reason', 500),
  'late-reason': optionalText('The chair’s reason', 1000),
})

interface Here {
  meeting: Meeting
  item: ItemRow & { shown: string }
  later: readonly Meeting[]
}

async function load({ trx, viewer, params }: WorkspaceContext): Promise<Here | null> {
  const meeting = await findMeeting(trx, openedKey({ viewer, params }))
  if (meeting === null) return null
  const item = numbered(await itemsOf(trx, meeting.head)).find(each => each.id === params['item'])
  if (item === undefined) return null
  const all = await meetingsOfBody(trx, { areaId: meeting.head.areaId, id: meeting.row.body_id })
  const later = all
    .filter(each => Temporal.PlainDate.compare(each.head.dated, meeting.head.dated) > 0)
    .filter(each => each.state === 'planned' || each.state === 'agenda-published')
  return { meeting, item, later: later.toReversed() }
}

async function ask(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  return here === null ? notFound() : deferPage(context, here, {}, [], [])
}

async function deferPage(
  { trx }: WorkspaceContext,
  { meeting, item, later }: Here,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[],
): Promise<Answer> {
  const path = itemPath(meeting.head.id, item.id)
  const before = await deferralsOf(trx, { areaId: meeting.head.areaId, id: item.id })
  const model = {
    title: `Put item ${item.shown} off`,
    caption: item.title,
    form: { action: `${path}/defer`, fields, faults, refusals, version: item.version },
    meetings: later.map(({ head, state }) => {
      const published = state === 'agenda-published' ? ' (agenda published)' : ''
      return { value: head.id, text: `${longDate(head.dated)}${published}` }
    }),
    before: before.map(each => ({ on: each.decided_on, why: each.why })),
    back: { text: 'Back to the item', href: path },
  }
  const refused = faults.length + refusals.length > 0
  return page('modules/meetings/views/defer-item.njk', model, refused ? 422 : 200)
}

async function doDefer(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const { trx, fields, today } = context
  const read = readForm(deferForm, fields)
  if (!read.ok) return deferPage(context, here, fields, read.errors, [])
  const { version: seen, to, why, 'late-reason': reason } = read.value
  const { meeting, item, later } = here
  const target = later.find(each => each.head.id === to)
  if (to !== null && target === undefined) {
    const message = 'Choose a later meeting of the same body'
    return deferPage(context, here, fields, [{ field: 'to', message }], [])
  }
  if (target?.state === 'agenda-published' && reason === null) {
    const message = 'The agenda of that meeting is published. Enter why the chair lets the item in'
    return deferPage(context, here, fields, [{ field: 'late-reason', message }], [])
  }
  const late =
    target?.state !== 'agenda-published' || reason === null ? null : ({ as: 'late', reason, decidedOn: today } as const)
  try {
    await deferItem(trx, context, meeting.head, item.id, { version: seen, to: target?.head ?? null, why, late })
  } catch (error) {
    if (error instanceof Refusal) return deferPage(context, here, fields, [], error.reasons)
    if (!(error instanceof StaleRecord)) throw error
    return deferPage(
      context,
      here,
      fields,
      [],
      ['Someone else changed this item after you opened it. Look at it again, then put it off.'],
    )
  }
  return redirect(meetingPath(meeting.head.id), 'Item put off')
}
