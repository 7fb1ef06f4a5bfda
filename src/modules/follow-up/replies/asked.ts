import { z } from 'zod'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findReceived } from '../../../record/release.ts'
import type { Received } from '../../../record/release.ts'

/*
 * A recommendation as it is frozen for an organisation it is addressed to. It says nothing of what others replied, nor
 * of the raiser's own notes.
 */
export const askedBody = z.object({
  asked: z.string(),
  raisedBy: z.string(),
  askerOrganisation: z.string(),
  addressedTo: z.array(z.string()),
  addresseeId: z.string(),
  lead: z.string(),
  others: z.array(z.string()),
  due: z.string(),
  firstDue: z.string().nullable(),
  moves: z.number(),
  finding: z.string().nullable(),
  evidence: z.array(z.object({ title: z.string(), fileId: z.string().nullable(), url: z.string().nullable() })),
  closure: z.object({ on: z.string(), decided: z.string(), answersAsked: z.string(), reason: z.string() }).nullable(),
})
export type AskedBody = z.output<typeof askedBody>

/** A recommendation that another organisation sent to this one. */
export interface Asked extends Received {
  asked: AskedBody
}

/** The newest version of a recommendation that was released to an organisation, or null. */
export async function findAsked(trx: Trx, organisation: string, key: RecordKey): Promise<Asked | null> {
  const received = await findReceived(trx, organisation, key)
  if (received?.kind !== 'recommendation') return null
  return { ...received, asked: askedBody.parse(received.body) }
}
