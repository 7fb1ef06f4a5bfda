import type { Database, Trx } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { sharedTypesetter } from '../../../platform/pdf/typesetting.ts'
import type { Typesetter } from '../../../platform/pdf/typesetting.ts'
import { publishedFile } from '../../../record/published.ts'
import type { RecordKey } from '../../../record/record.ts'
import { publishedInput } from './gather.ts'
import type { PackInput } from './input.ts'
import { packsAreMade } from './order-pack.ts'
import { isGap } from './paper-blocks.ts'
import { fingerprint, makePack, makeSupplement, numbersOf, supplementsOf } from './make-pack.ts'
import type { MadePack, PackBody, ReadBytes } from './make-pack.ts'
import { destroyPacks, insertPack, packsOf, publishedMeeting } from './queries.ts'
import type { PublishedPack } from './queries.ts'

/** What the making of packs needs of the program. */
export interface PackServices {
  program: Database
  baseUrl: string
  now: () => Temporal.Instant
  typesetter?: Typesetter
}

/** Says with what packs are made. Called once, before jobs begin. */
export function beginPacks(services: PackServices): void {
  packsAreMade(services.baseUrl, (key, organisations) => publishPack(services, key, organisations))
}

/** Makes the open pack of a meeting and its supplements, and publishes them; nothing where nothing has changed. */
export async function publishPack(
  given: PackServices,
  key: RecordKey,
  organisations: readonly string[],
): Promise<void> {
  const { program, now } = given
  const typesetter = given.typesetter ?? sharedTypesetter()
  const found = await inTransaction(program, organisations, async trx => ({
    input: await publishedInput(trx, key, slug => id => `${given.baseUrl}/${slug}/files/${id}`),
    packs: await packsOf(trx, key),
  }))
  if (found.input === null) return
  const [last] = found.packs
  const readBytes = readPublished(given, key.areaId)
  const whole = await makePack(typesetter, found.input, last === undefined ? null : numbersOf(last.body), readBytes)
  if (last !== undefined && fingerprint(last.body) === fingerprint(whole.body)) return
  const all = await withSupplements(typesetter, whole, found.input, readBytes)
  await inTransaction(program, organisations, trx =>
    keep(trx, key, found.input?.version ?? 0, { all, packs: found.packs, madeAt: now() }),
  )
}

const readPublished =
  ({ program }: PackServices, areaId: number): ReadBytes =>
  async fileId => {
    const file = await inTransaction(program, null, trx => publishedFile(trx, areaId, fileId))
    if (file === null) throw new Error(`The published file ${fileId} is not there any more`)
    return file.bytes
  }

async function withSupplements(typesetter: Typesetter, whole: MadePack, input: PackInput, readBytes: ReadBytes) {
  const all: { supplement: number; made: MadePack }[] = [{ supplement: 0, made: whole }]
  for (const supplement of supplementsOf(whole.body)) {
    all.push({ supplement, made: await makeSupplement(typesetter, whole, input, supplement, readBytes) })
  }
  return all
}

interface Kept {
  all: readonly { supplement: number; made: MadePack }[]
  packs: readonly PublishedPack[]
  madeAt: Temporal.Instant
}

/** What was published meanwhile has a job of its own; what was withdrawn meanwhile is not printed any more. */
async function keep(trx: Trx, key: RecordKey, version: number, { all, packs, madeAt }: Kept): Promise<void> {
  const standing = await publishedMeeting(trx, key)
  if (standing?.version !== version) return
  const [whole] = all
  if (whole === undefined) return
  const hides = packs.some(pack => isWithheldSince(pack.body, whole.made.body))
  if (hides) await destroyPacks(trx, key)
  const next = (packs[0]?.version ?? 0) + 1
  for (const { supplement, made } of all) await insertPack(trx, key, { version: next, supplement, madeAt }, made)
}

/**
 * Whether something that an earlier pack printed is kept back from a later one: a notice stands where there was none.
 * Then the earlier one may not be read by `?as-of` any more. Pure.
 */
export function isWithheldSince(earlier: Pick<PackBody, 'parts'>, later: Pick<PackBody, 'parts'>): boolean {
  const before = noticesByAnchor(earlier)
  return [...noticesByAnchor(later)].some(([anchor, notices]) => notices > (before.get(anchor) ?? Infinity))
}

/** How many notices of something withheld stand under each item and paper. */
function noticesByAnchor({ parts }: Pick<PackBody, 'parts'>): Map<string, number> {
  const notices = new Map<string, number>()
  let anchor = ''
  for (const block of parts.flatMap(part => part.blocks)) {
    if (block.type === 'heading' && block.anchor !== undefined) anchor = block.anchor
    notices.set(anchor, (notices.get(anchor) ?? 0) + (isGap(block) ? 1 : 0))
  }
  return notices
}
