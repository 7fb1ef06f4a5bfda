import { z } from 'zod'
import { optionalText, readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { optionalNumber } from '../room/forms.ts'
import { restriction } from './notice.ts'
import { chairsNotesOf, NotesOvertaken, runningOrder, setChairsNotes } from './chairs-notes-queries.ts'
import { itemsOf } from './queries.ts'
import { numbered } from './rules.ts'

export const chairsCopyWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/chairs-copy', permission: 'meetings.chairs-copy', handler: show },
  { method: 'POST', path: '/meetings/:id/chairs-copy/:item', permission: 'meetings.chairs-copy', handler: save },
]

const notesForm = z.object({
  minutes: optionalNumber('The length in minutes', 1, 600),
  notes: optionalText('The notes', 8000),
  seen: optionalText('The notes', 8000),
})

async function show(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  return meeting === null ? notFound() : copyPage(context, meeting, null)
}

/** What came back of one item's form, or what stands there now where somebody else wrote meanwhile. */
interface CameBack {
  item: string
  faults: readonly FieldFault[]
  refusals: readonly string[]
  /** The notes the next sending is compared with. */
  seen: string
}

async function copyPage({ trx, fields }: WorkspaceContext, meeting: Meeting, back: CameBack | null): Promise<Answer> {
  const items = numbered(await itemsOf(trx, meeting.head))
  const notes = await chairsNotesOf(trx, meeting.head)
  const timed = items.map(({ id, withdrawn_on }) => ({
    id,
    minutes: notes.get(id)?.minutes ?? null,
    withdrawn: withdrawn_on !== null,
  }))
  const times = runningOrder(meeting.row.starts, timed)
  const path = meetingPath(meeting.head.id)
  const model = {
    title: 'The chair’s copy',
    caption: meeting.head.title,
    total: timed.reduce((sum, each) => sum + (each.withdrawn ? 0 : (each.minutes ?? 0)), 0),
    starts: meeting.row.starts,
    faulty: back === null ? null : formOf(path, back.item, fields, back),
    items: items
      .filter(item => item.withdrawn_on === null)
      .map(item => {
        const { minutes = null, notes: text = null } = notes.get(item.id) ?? {}
        const stored = { minutes: minutes === null ? '' : String(minutes), notes: text ?? '', seen: text ?? '' }
        const here = back?.item === item.id
        return {
          id: item.id,
          number: item.shown,
          title: item.title,
          lead: item.lead,
          restricted: restriction(item),
          at: times.get(item.id) ?? null,
          form: here
            ? formOf(path, item.id, { ...fields, seen: back.seen }, back)
            : formOf(path, item.id, stored, null),
        }
      }),
    back: { text: 'Back to the meeting', href: path },
  }
  return page('modules/meetings/views/chairs-copy.njk', model, back === null ? 200 : 422)
}

/** The fields of each item carry its identity, so that no two on the page are called the same. */
function formOf(path: string, item: string, fields: FormFields, back: CameBack | null) {
  const named = ['minutes', 'notes', 'seen'].map(name => [`${name}-${item}`, fields[name] ?? fields[`${name}-${item}`]])
  return {
    action: `${path}/chairs-copy/${item}`,
    fields: Object.fromEntries(named) as FormFields,
    faults: (back?.faults ?? []).map(fault => ({ ...fault, field: `${fault.field}-${item}` })),
    refusals: back?.refusals ?? [],
  }
}

async function save(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields, params } = context
  const meeting = await findMeeting(trx, openedKey(context))
  const item = params['item'] ?? ''
  if (meeting === null || !(await itemsOf(trx, meeting.head)).some(each => each.id === item)) return notFound()
  const plain = Object.fromEntries(['minutes', 'notes', 'seen'].map(name => [name, fields[`${name}-${item}`]]))
  const read = readForm(notesForm, plain)
  const seen = typeof plain['seen'] === 'string' ? plain['seen'] : ''
  if (!read.ok) return copyPage(context, meeting, { item, faults: read.errors, refusals: [], seen })
  try {
    const { minutes, notes } = read.value
    await setChairsNotes(trx, context, meeting.head, item, read.value.seen, { minutes, notes })
  } catch (error) {
    if (!(error instanceof NotesOvertaken)) throw error
    const now = error.now.notes ?? ''
    const reason = `Somebody else changed these notes after you opened the page. They now say: “${now}”. What you typed stands below; save it again to put it in their place.`
    return copyPage(context, meeting, { item, faults: [], refusals: [reason], seen: now })
  }
  return redirect(`${meetingPath(meeting.head.id)}/chairs-copy#item-${item}`, 'Saved')
}
