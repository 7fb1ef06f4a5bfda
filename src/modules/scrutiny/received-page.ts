import type { ActionModel, RecordModel, SummaryRowModel } from '../../platform/web/patterns.ts'
import type { WorkspaceContext } from '../../platform/web/route.ts'
import { chainLink } from '../../record/record-pages.ts'
import { trailOf, workspaceTrail } from '../../record/trail.ts'
import { kindWord, stateModel } from '../../record/words.ts'

/** What another organisation sent, as far as the top of its page needs. */
interface Sent {
  areaId: number
  id: string
  kind: string
  reference: string
  title: string
  state: string
}

/** The page of a record that another organisation sent: what was frozen then, and the nearest of the trail. */
export async function receivedModel(
  { trx, viewer }: WorkspaceContext,
  sent: Sent,
  parts: { summary: readonly SummaryRowModel[]; actions?: readonly ActionModel[]; note?: string },
): Promise<RecordModel> {
  const trail = await trailOf(workspaceTrail(trx, viewer.organisation.id), sent)
  return {
    caption: `${kindWord(sent.kind)} ${sent.reference}, as sent to you`,
    title: sent.title,
    state: stateModel(sent.kind, sent.state),
    ...parts,
    before: (trail?.causes ?? []).map(chainLink),
    after: (trail?.consequences ?? []).map(chainLink),
    trail: `/workspace/records/${sent.id}/trail`,
  }
}
