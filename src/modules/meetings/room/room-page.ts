import { Refusal } from '../../../platform/refusals.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { page, redirect } from '../../../platform/web/route.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { mustLoadRoom } from './in-the-room.ts'
import type { Room } from './load-room.ts'
import { roomForm, roomPath } from './pages.ts'

/** The meeting that an address names, with its room. */
export interface Here {
  meeting: Meeting
  room: Room
}

export async function loadHere(context: WorkspaceContext): Promise<Here | null> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  return meeting === null ? null : { meeting, room: await mustLoadRoom(context.trx, meeting.head) }
}

/** What came back of a form: faults of fields, and reasons of rules. */
export interface CameBack {
  faults: readonly FieldFault[]
  refusals: readonly string[]
}

export const nothingBack: CameBack = { faults: [], refusals: [] }

/** Answers with a form of the room; it comes back with what was typed where a field or a rule says no. */
export function formPage(
  here: Here,
  view: string,
  title: string,
  form: string,
  fields: FormFields,
  back: CameBack,
  more: object,
): Answer {
  const { id } = here.meeting.head
  const model = {
    title,
    caption: here.meeting.head.title,
    form: roomForm(`${roomPath(id)}/${form}`, fields, back.faults, back.refusals),
    ...more,
    back: { text: 'Back to the room', href: roomPath(id) },
  }
  const refused = back.faults.length + back.refusals.length > 0
  return page(`modules/meetings/views/${view}.njk`, model, refused ? 422 : 200)
}

/** A rule's refusal comes back on the page of the form, with everything typed. */
export async function orRefused(
  deed: () => Promise<Answer>,
  again: (back: CameBack) => Promise<Answer> | Answer,
): Promise<Answer> {
  try {
    return await deed()
  } catch (error) {
    if (error instanceof Refusal) return again({ faults: [], refusals: error.reasons })
    throw error
  }
}

export const toRoom = ({ meeting }: Here, notice: string) => redirect(roomPath(meeting.head.id), notice)
