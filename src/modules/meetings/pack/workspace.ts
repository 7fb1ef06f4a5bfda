import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { recordEvent } from '../../../record/history.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findMeeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import type { Copy } from './input.ts'
import { copyOfPack } from './kept-copies.ts'
import { orderPack } from './order-pack.ts'
import { findPage, packPage } from './pages.ts'
import { findPack, publishedMeeting } from './queries.ts'

/** Copies of a pack for those who prepare and sit in the meeting. What is withheld is in none of the open ones. */
export const packWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/pack', permission: 'meetings.read', handler: showPack },
  { method: 'GET', path: '/meetings/:id/pack/open.pdf', permission: 'meetings.read', handler: send('open') },
  {
    method: 'GET',
    path: '/meetings/:id/pack/restricted.pdf',
    permission: 'meetings.read',
    handler: send('restricted'),
  },
  { method: 'GET', path: '/meetings/:id/pack/chair.pdf', permission: 'meetings.chairs-copy', handler: send('chair') },
  { method: 'POST', path: '/meetings/:id/pack/publish', permission: 'meetings.publish', handler: makeAgain },
]

const packPath = (id: string) => `${meetingPath(id)}/pack`

const copyWords: Readonly<Record<Copy, string>> = {
  restricted: 'With what is withheld',
  open: 'As the public would have it now',
  chair: 'The chair’s copy, with timings and private notes',
}

const copies: readonly Copy[] = ['restricted', 'open', 'chair']

function mayHave(context: WorkspaceContext, copy: Copy): boolean {
  return copy !== 'chair' || context.may('meetings.chairs-copy')
}

/** Reading what is withheld is itself recorded. */
function noteReading(context: WorkspaceContext, head: RecordHead, copy: Copy): void {
  if (copy === 'open') return
  const { areaId, id, holders } = head
  recordEvent(context.trx, context, { areaId, id, holders, kind: 'meeting.pack-read', payload: { copy } })
}

async function showPack(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, now, query } = context
  const key = openedKey(context)
  const meeting = await findMeeting(trx, key)
  const copy = copies.find(each => each === query['copy']) ?? 'restricted'
  if (meeting === null || !mayHave(context, copy)) return notFound()
  const made = await copyOfPack(trx, key, copy, viewer.organisation.id, now)
  if (made === null) return notFound()
  const address = packPath(key.id)
  const asked = findPage(made.body, query['page'])
  if (asked !== null && 'found' in asked) return redirect(`${address}?copy=${copy}${asked.found}`)
  noteReading(context, meeting.head, copy)
  const { head } = meeting
  return page('modules/meetings/pack/views/pack.njk', {
    title: made.body.title,
    breadcrumbs: [
      { text: 'Meetings', href: '/workspace/meetings' },
      { text: head.title, href: meetingPath(key.id) },
    ],
    copies: copies
      .filter(each => mayHave(context, each))
      .map(each => ({ text: copyWords[each], href: `${address}?copy=${each}`, here: each === copy })),
    ...(await standing(context, head)),
    address,
    pack: { ...packPage(made.body, asked === null ? null : asked.missing), kept: copy },
    downloads: [
      {
        text: `This copy as a PDF, ${String(made.body.labels.length)} pages`,
        href: `${address}/${copy}.pdf`,
      },
    ],
    files: '/workspace/files',
  })
}

/** Whether the public has a pack of this meeting, and what is to be done where it ought to have one. */
async function standing(context: WorkspaceContext, head: RecordHead) {
  const { trx, now } = context
  const published = await publishedMeeting(trx, head)
  const pack = await findPack(trx, head, now)
  const mayMake = published !== null && !context.viewer.area.historical && context.may('meetings.publish')
  return {
    standing:
      published === null
        ? 'The open pack is made when the agenda is published.'
        : pack === null
          ? 'The published pack is being made.'
          : 'This is the pack as it stands in the workspace now.',
    publicPack: pack === null || published === null ? null : `/${published.areaSlug}/${published.address}/pack`,
    makeAgain: mayMake ? `${packPath(head.id)}/publish` : null,
  }
}

function send(copy: Copy): WorkspaceRoute['handler'] {
  return async context => {
    const { trx, viewer, now } = context
    const key = openedKey(context)
    const meeting = await findMeeting(trx, key)
    const made = meeting === null ? null : await copyOfPack(trx, key, copy, viewer.organisation.id, now)
    if (meeting === null || made === null) return notFound()
    noteReading(context, meeting.head, copy)
    return { type: 'content', mediaType: 'application/pdf', body: made.bytes, fileName: made.fileName }
  }
}

async function makeAgain(context: WorkspaceContext): Promise<Answer> {
  const key = openedKey(context)
  if ((await findMeeting(context.trx, key)) === null) return notFound()
  await orderPack(context.trx, key)
  return redirect(packPath(key.id), 'The pack is being made. It is there in a moment.')
}
