import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { minutesPath, minutesRegister } from '../paths.ts'
import { unlistedIn } from './unlisted.ts'

export const unlistedWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/minutes/on-no-list', permission: 'meetings.read', handler: showUnlisted },
]

async function showUnlisted({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  const found = await unlistedIn(trx, viewer.area.id)
  const meetings = Map.groupBy(found, each => each.minutesId)
  return page('modules/meetings/views/on-no-list.njk', {
    title: 'Minuted, on no list',
    count: found.length,
    meetings: [...meetings.values()].map(lines => ({
      title: lines[0]?.minutesTitle ?? '',
      href: minutesPath(lines[0]?.minutesId ?? ''),
      dated: lines[0]?.dated,
      lines,
    })),
    back: { text: 'Minutes', href: minutesRegister },
  })
}
