import { isRole, roleWords } from '../platform/access/viewer.ts'
import type { Answer, WorkspaceContext } from '../platform/web/route.ts'
import { notFound, page } from '../platform/web/route.ts'
import { reviewPath } from './classification-pages.ts'
import { reviewRule } from './classification-review.ts'
import { judgedHere, shownClocksOf, workingModel } from './clock-models.ts'
import type { RunningClock } from './clock-rows.ts'
import { isRunning } from './clock-store.ts'
import { kindOf, knownPeople } from './kinds.ts'
import type { PublicClock } from './public-clock.ts'
import { findRecord, isIdentity, workspaceAddress } from './records.ts'
import { findReceived } from './release.ts'
import { kindWord } from './words.ts'

/** What a record is called on the page of its deadlines, as far as this organisation may know. */
interface Named {
  text: string
  title: string
  href: string | null
}

/** Every deadline of a record that the viewer's organisation may see, with its working. */
export async function showDue(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, now } = context
  const key = { areaId: viewer.area.id, id: context.params['id'] ?? '' }
  if (!isIdentity(key.id)) return notFound()
  const clocks = await shownClocksOf(trx, key)
  const record = await named(context, clocks)
  if (record === null) return notFound()
  const judged = await judgedHere(trx, key.areaId, now)
  const names = await knownPeople().names(
    trx,
    clocks.flatMap(({ clock }) => clock.owner.personId ?? []),
  )
  return page('record/views/due.njk', {
    title: `Deadlines of ${record.title}`,
    record,
    deadlines: clocks.map(({ clock, shown }) => ({
      title: shown.title,
      rule: shown.rule,
      href: `/workspace/clocks/${clock.id}`,
      ...(clock.rule.id === reviewRule && isRunning(clock) && { review: reviewPath(key.id) }),
      date: dayOf(shown),
      owner: ownerWords(clock, names),
      working: withGround(workingModel(shown, judged), clock),
    })),
  })
}

/** Who is to do it: by name, or by role where nobody in particular. */
function ownerWords({ owner }: RunningClock, names: ReadonlyMap<string, string>): string | null {
  const name = names.get(owner.personId ?? '')
  if (name !== undefined) return name
  return owner.role !== null && isRole(owner.role) ? roleWords(owner.role) : null
}

/** The ground of an extension is the organisation's own: the public reads that of the rule alone. */
function withGround<Working extends { notes?: readonly string[] }>(working: Working, clock: RunningClock): Working {
  if (clock.extensionGround === null) return working
  return { ...working, notes: [`Extended: ${clock.extensionGround}`, ...(working.notes ?? [])] }
}

function dayOf({ due }: Pick<PublicClock, 'due'>): Temporal.PlainDate | null {
  return due === null ? null : Temporal.PlainDate.from(due.slice(0, 10))
}

/** Its own name where it is held or was released here; for a duty alone the kind of record it lies on. */
async function named(
  { trx, viewer, params }: WorkspaceContext,
  clocks: readonly { clock: RunningClock }[],
): Promise<Named | null> {
  const key = { areaId: viewer.area.id, id: params['id'] ?? '' }
  const record = await findRecord(trx, key)
  if (record !== null) {
    const text = `${kindWord(record.kind)} ${record.reference}`
    return { text, title: record.title, href: workspaceAddress(record) }
  }
  const received = await findReceived(trx, viewer.organisation.id, key)
  if (received !== null) {
    const kind = kindOf(received.kind)
    const href = (kind.receivedPath ?? kind.workspacePath)(key.id)
    return { text: `${kindWord(received.kind)} ${received.reference}`, title: received.title, href }
  }
  const [first] = clocks
  return first === undefined
    ? null
    : { text: kindWord(first.clock.recordKind), title: `a ${kindOf(first.clock.recordKind).word}`, href: null }
}
