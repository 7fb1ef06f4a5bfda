import type { Trx } from '../../platform/database/tables.ts'
import { addUpdate, changeDue, closeItem, prepareReply, reportDone, sendReply } from '../../modules/follow-up/index.ts'
import { attach, attachmentsOf, releaseAttachments } from '../../record/files.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import type { InventedAction } from './facts.ts'
import { dayOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { moment } from './world.ts'
import type { World } from './world.ts'

/** What came of the actions: progress, later dates with their reasons, evidence, closure. */
export async function planActions(world: World): Promise<void> {
  for (const action of await readFacts<InventedAction[]>('ardenshire/actions.json')) {
    planProgress(world, action)
    planClosure(world, action)
    planReply(world, action)
    planPublication(world, action)
  }
}

function planProgress(world: World, { key, progress, dueChanges }: InventedAction): void {
  for (const { by, on, says } of progress) {
    world.timeline.add(moment(world, on, '15:00'), world.viewers.get(by), (trx, act) =>
      addUpdate(trx, act, world.actions.get(key), says, dayOf(on, world.today)),
    )
  }
  for (const { by, on, to, why } of dueChanges) {
    world.timeline.add(moment(world, on, '15:30'), world.viewers.get(by), async (trx, act) => {
      const { version } = await now(trx, world, key)
      const due = { kind: 'date' as const, date: dayOf(to, world.today) }
      await changeDue(trx, act, world.actions.get(key), version, due, why)
    })
  }
}

async function now(trx: Trx, world: World, key: string): Promise<RecordHead> {
  const record = await findRecord(trx, world.actions.get(key))
  if (record === null) throw new Error(`The action "${key}" of the sample data is not there when it is needed`)
  return record
}

/** The lead attaches the evidence and says that it is done; whoever raised it looks, and closes it. */
function planClosure(world: World, { key, closed }: InventedAction): void {
  if (closed === undefined) return
  const { by, on, evidence, answersWhatWasAsked: answersAsked, says: reason } = closed
  world.timeline.add(moment(world, on, '10:00'), world.viewers.get('bethan-coppersmith'), async (trx, act) => {
    const { fileName, mediaType, lines, title } = evidence
    const upload = { field: 'evidence', fileName, mediaType, bytes: Buffer.from(`${lines.join('\n')}\n`) }
    await attach(trx, act, await now(trx, world, key), { upload }, title, 'evidence')
    const { version } = await now(trx, world, key)
    await reportDone(trx, act, world.actions.get(key), version)
  })
  world.timeline.add(moment(world, on, '16:00'), world.viewers.get(by), async (trx, act) => {
    const { version } = await now(trx, world, key)
    const closing = { decided: { way: 'chair' }, answersAsked, reason } as const
    await closeItem(trx, act, world.actions.get(key), version, closing)
    const attached = await attachmentsOf(trx, world.actions.get(key))
    await releaseAttachments(
      trx,
      world.actions.get(key),
      attached.map(({ id }) => id),
    )
  })
}

/** Whoever was recommended something replies in a record of their own, and sends it. */
function planReply(world: World, { key, reply }: InventedAction): void {
  if (reply === undefined) return
  const { by, on, doneBy, ...draft } = reply
  world.timeline.add(moment(world, on, '14:00'), world.viewers.get(by), async (trx, act) => {
    const written = { ...draft, doneBy: dayOf(doneBy, world.today) }
    const { version, ...prepared } = await prepareReply(trx, act, world.actions.get(key), written)
    await sendReply(trx, act, prepared, version)
  })
}

/** Published with its minutes, and again on each later day on which something was said of it. */
function planPublication(world: World, { key, published, progress, dueChanges, closed }: InventedAction): void {
  if (published === undefined) return
  const first = moment(world, published, '18:00')
  const later = [...progress, ...dueChanges, ...(closed === undefined ? [] : [closed])].map(({ on }) => on)
  const moments = new Map(later.map(on => moment(world, on, '18:00')).map(at => [at.epochMilliseconds, at]))
  for (const at of moments.values()) {
    if (Temporal.Instant.compare(at, first) < 0) continue
    world.timeline.add(at, world.viewers.get('edwin-larkspur'), (trx, act) => publishOne(trx, act, world, key))
  }
}

async function publishOne(trx: Trx, act: Doing, world: World, key: string): Promise<void> {
  await publishRecord(trx, act, world.actions.get(key))
}
