import { z } from 'zod'
import type { Trx } from '../../../platform/database/tables.ts'
import { enqueue, registerJob } from '../../../platform/jobs.ts'
import { findArea } from '../../../record/areas.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findMeeting } from '../meeting/queries.ts'

const job = 'meetings.publish-pack'
const jobSchema = z.object({ areaId: z.number(), id: z.string(), organisations: z.array(z.string()) })

type MakePack = (key: RecordKey, organisations: readonly string[]) => Promise<void>

let maker: { baseUrl: string; make: MakePack } | null = null

/** Says who makes packs, and at which address this site is found. */
export function packsAreMade(baseUrl: string, make: MakePack): void {
  maker = { baseUrl, make }
}

/** The address of this site, for links in a PDF, which stands by itself; empty where it is not known. */
export function siteAddress(): string {
  return maker?.baseUrl ?? ''
}

registerJob(job, async data => {
  if (maker === null) throw new Error('A pack was asked for before the program began to make packs')
  const { organisations, ...key } = jobSchema.parse(data)
  await maker.make(key, organisations)
})

/**
 * Has the open pack of a published meeting made once the transaction is committed: at the publication of its agenda,
 * and again after every change of what is published. In a historical area the papers themselves are the pack.
 */
export async function orderPack(trx: Trx, key: RecordKey): Promise<void> {
  const meeting = await findMeeting(trx, key)
  const area = await findArea(trx, key.areaId)
  if (meeting?.head.publication !== 'published' || area?.historical !== false) return
  const data = { areaId: key.areaId, id: key.id, organisations: meeting.head.holders }
  await enqueue(trx, job, data, { singletonKey: `${String(key.areaId)}/${key.id}` })
}
