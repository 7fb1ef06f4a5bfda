import { createHash } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import { sharedTypesetter } from '../../../platform/pdf/typesetting.ts'
import type { RecordKey } from '../../../record/record.ts'
import { bytesOfPlacedFile } from '../papers/placed.ts'
import { workspaceInput } from './gather.ts'
import type { Copy, PackInput } from './input.ts'
import { makePack, numbersOf } from './make-pack.ts'
import type { MadePack } from './make-pack.ts'
import { siteAddress } from './order-pack.ts'
import { findPack } from './queries.ts'

/** Copies that were made lately, the oldest first: whoever reads one as a page and then saves it waits once. */
const kept = new Map<string, MadePack>()
const mostBytes = 64_000_000

/**
 * A copy of a pack as it stands in the workspace, made when it is asked for: with what is withheld, or as the public
 * would have it if it were published now. Its open pages have the numbers of the published pack.
 *
 * @param organisation whose copy it is, which holds the meeting
 * @returns null where the organisation holds no such meeting
 */
export async function copyOfPack(
  trx: Trx,
  key: RecordKey,
  copy: Copy,
  organisation: string,
  now: Temporal.Instant,
): Promise<MadePack | null> {
  const addressOf = (fileId: string) => `${siteAddress()}/workspace/files/${fileId}`
  const input = await workspaceInput(trx, key, copy, organisation, addressOf)
  if (input === null) return null
  const published = await findPack(trx, key, now)
  const before = published === null ? null : numbersOf(published.body)
  const name = nameOf(key, input, published?.version ?? 0)
  const found = kept.get(name)
  if (found !== undefined) return found
  const made = await makePack(sharedTypesetter(), input, before, fileId => bytesOfPlacedFile(trx, fileId))
  keep(name, made)
  return made
}

/** What a copy is made of tells it apart: of another organisation, another version or other notes it is another. */
function nameOf(key: RecordKey, input: PackInput, version: number): string {
  return createHash('sha256')
    .update(JSON.stringify([key, input, version]))
    .digest('hex')
}

function keep(name: string, made: MadePack): void {
  kept.set(name, made)
  let bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes.length, 0)
  for (const [oldest, { bytes: its }] of kept) {
    if (bytes <= mostBytes || kept.size === 1) return
    kept.delete(oldest)
    bytes -= its.length
  }
}
