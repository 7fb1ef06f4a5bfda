import type { PublicContext } from '../../../platform/web/route.ts'
import { atAddress, publishedRecord } from '../../../record/published.ts'
import { findPack } from './queries.ts'

/** Where the pack of a published meeting is, for the meeting's own page; null where there is none. */
export async function publicPack(context: PublicContext): Promise<{ pack: { href: string; pages: number } | null }> {
  const { db, area, asOf, params } = context
  const at =
    params['slug'] === undefined
      ? await publishedRecord(db, area.id, params['id'] ?? '', asOf)
      : await atAddress(db, area.id, `meetings/${params['slug']}`, asOf)
  if (at.found !== 'record') return { pack: null }
  const pack = await findPack(db, { areaId: area.id, id: at.entry.record_id }, asOf)
  return {
    pack: pack === null ? null : { href: `/${area.slug}/${at.entry.address}/pack`, pages: pack.body.labels.length },
  }
}
