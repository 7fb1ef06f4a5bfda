import type { PublicContext } from '../../../platform/web/route.ts'
import { askAtMeeting } from '../../scrutiny/index.ts'
import { publicPack } from '../pack/public-link.ts'

/** What the page of a published meeting has besides what was frozen: its pack, and how to ask a question at it. */
export async function meetingPublicExtra(context: PublicContext): Promise<object> {
  const { slug } = context.params
  return { ...(await publicPack(context)), ask: slug === undefined ? null : await askAtMeeting(context, slug) }
}
