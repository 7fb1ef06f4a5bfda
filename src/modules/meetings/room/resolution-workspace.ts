import type { z } from 'zod'
import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { isPanel } from '../meeting/form-of-meeting.ts'
import { asIdentity } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { exclusionQuestions, exclusionWording } from './exclusion.ts'
import { exclusionForm, missingOfResolution, readVotes, resolutionForm } from './forms.ts'
import { resolutionChoices, roomForm } from './pages.ts'
import { addResolution, excludable, removeResolution, setExclusionWording, WordingQuestioned } from './resolve.ts'
import type { NewResolution } from './resolve.ts'
import { formPage, loadHere, nothingBack, orRefused, toRoom } from './room-page.ts'
import type { CameBack, Here } from './room-page.ts'

/** What a meeting resolves, and the words in which its agenda proposes to exclude the public. */
export const resolutionWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/room/resolution', permission: 'meetings.minute', handler: askResolution },
  { method: 'POST', path: '/meetings/:id/room/resolution', permission: 'meetings.minute', handler: doResolution },
  {
    method: 'POST',
    path: '/meetings/:id/room/resolution/remove',
    permission: 'meetings.minute',
    handler: dropResolution,
  },
  { method: 'GET', path: '/meetings/:id/exclusion', permission: 'meetings.edit', handler: askExclusion },
  { method: 'POST', path: '/meetings/:id/exclusion', permission: 'meetings.edit', handler: doExclusion },
]

async function askResolution(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  if (here === null) return notFound()
  const item = context.query['item'] ?? ''
  return resolutionPage(context, here, { item, kind: 'ordinary', way: 'agreed' }, nothingBack, false)
}

function resolutionPage(
  { viewer }: WorkspaceContext,
  here: Here,
  fields: FormFields,
  back: CameBack,
  questioned: boolean,
): Answer {
  const item = typeof fields['item'] === 'string' && fields['item'] !== '' ? fields['item'] : null
  const choices = resolutionChoices(here.room, isPanel(viewer.organisation.kind), item)
  return formPage(here, 'room-resolution', 'Record a resolution', 'resolution', fields, back, {
    ...choices,
    questioned,
  })
}

async function doResolution(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  if (here === null) return notFound()
  const again = (back: CameBack, questioned = false) => resolutionPage(context, here, context.fields, back, questioned)
  const read = readForm(resolutionForm, context.fields)
  if (!read.ok) return again({ faults: read.errors, refusals: [] })
  const offered = resolutionChoices(here.room, true, null).offered
  const faults = missingOfResolution(read.value, offered)
  if (faults.length > 0) return again({ faults, refusals: [] })
  try {
    const made = resolutionOf(read.value, offered, context.fields)
    const { carried } = await addResolution(context.trx, context, here.meeting.head, made)
    return toRoom(here, carried ? 'Recorded as carried' : 'Recorded as not carried')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return again({ faults: [], refusals: error.reasons }, error instanceof WordingQuestioned)
  }
}

function resolutionOf(
  value: z.output<typeof resolutionForm>,
  offered: string | null,
  fields: FormFields,
): NewResolution {
  const { for: votesFor, against, abstained } = value
  return {
    itemId: value.item,
    kind: value.kind,
    text: value.text ?? offered ?? '',
    proposer: value.proposer,
    seconder: value.seconder,
    way: value.way,
    tally:
      value.way !== 'hands' || votesFor === null || against === null
        ? null
        : { for: votesFor, against, abstained: abstained ?? 0 },
    votes: value.way === 'recorded' ? readVotes(fields) : [],
    casting: value.casting,
    membersInPost: value.kind === 'veto' ? value['in-post'] : null,
    confirmedWhy: value['confirmed-why'],
  }
}

async function dropResolution(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  if (here === null) return notFound()
  await removeResolution(context.trx, context, here.meeting.head, asIdentity(context.fields['row']))
  return toRoom(here, 'Taken off')
}

async function askExclusion(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  if (here === null) return notFound()
  const { exclusion_text: text, exclusion_why: why } = here.room.exclusion
  const fields = { text: text ?? exclusionWording(excludable(here.room)) ?? '', 'confirmed-why': why ?? '' }
  return exclusionPage(here, fields, nothingBack)
}

function exclusionPage(here: Here, fields: FormFields, back: CameBack): Answer {
  const path = meetingPath(here.meeting.head.id)
  const items = excludable(here.room)
  const typed = typeof fields['text'] === 'string' ? fields['text'] : ''
  const model = {
    title: 'The resolution to exclude the public',
    caption: here.meeting.head.title,
    form: roomForm(`${path}/exclusion`, fields, back.faults, back.refusals),
    offered: exclusionWording(items),
    questions: typed === '' ? [] : exclusionQuestions(typed, items),
    back: { text: 'Back to the meeting', href: path },
  }
  const refused = back.faults.length + back.refusals.length > 0
  return page('modules/meetings/views/exclusion.njk', model, refused ? 422 : 200)
}

async function doExclusion(context: WorkspaceContext): Promise<Answer> {
  const here = await loadHere(context)
  if (here === null) return notFound()
  const read = readForm(exclusionForm, context.fields)
  if (!read.ok) return exclusionPage(here, context.fields, { faults: read.errors, refusals: [] })
  return orRefused(
    async () => {
      const { text, 'confirmed-why': why } = read.value
      await setExclusionWording(context.trx, context, here.meeting.head, text, why)
      return redirect(meetingPath(here.meeting.head.id), 'Wording saved')
    },
    back => exclusionPage(here, context.fields, back),
  )
}
