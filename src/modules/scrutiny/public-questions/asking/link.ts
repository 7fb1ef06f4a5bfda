import type { PublicContext } from '../../../../platform/web/route.ts'
import { withQuery } from '../../../../platform/web/patterns.ts'
import { shownAreas } from '../../../../record/published.ts'
import { meetingsToCome, takingBodies } from '../body-rules/queries.ts'

/**
 * Where anybody asks a question at a meeting that is still to come; null where its body takes none.
 *
 * @param meeting the last part of the meeting's public address
 */
export async function askAtMeeting({ db, area, today }: PublicContext, meeting: string): Promise<string | null> {
  if (area.historical) return null
  const bodies = await takingBodies(db, [...(await shownAreas(db, area.id)).keys()])
  if (bodies.length === 0) return null
  const open = (await meetingsToCome(db, bodies, today)).some(each => each.slug === meeting)
  return open ? withQuery(`/${area.slug}/public-questions/ask`, {}, { meeting }) : null
}
