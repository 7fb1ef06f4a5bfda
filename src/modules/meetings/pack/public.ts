import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { atAddress, publishedFile } from '../../../record/published.ts'
import type { RecordKey } from '../../../record/record.ts'
import { supplementsOf } from './make-pack.ts'
import { findPage, packPage } from './pages.ts'
import { findPack } from './queries.ts'
import type { PublishedPack } from './queries.ts'

/** The packs of meetings: bytes and pages that were made at publication. */
export const packPublic: readonly PublicRoute[] = [
  { path: '/meetings/:slug/pack', handler: context => withPack(context, '/pack', 0, showPack) },
  { path: '/meetings/:slug/pack.pdf', handler: context => withPack(context, '/pack.pdf', 0, sendPack) },
  { path: '/meetings/:slug/supplements/:number', handler: sendSupplement },
]

interface Standing {
  key: RecordKey
  title: string
  /** Address of the meeting. */
  address: string
}

type Send = (context: PublicContext, meeting: Standing, pack: PublishedPack) => Promise<Answer> | Answer

/** Looks up the meeting of an address and its pack at the moment asked for. */
async function withPack(context: PublicContext, end: string, supplement: number, send: Send): Promise<Answer> {
  const { db, area, asOf } = context
  const at = await atAddress(db, area.id, `meetings/${context.params['slug'] ?? ''}`, asOf)
  switch (at.found) {
    case 'nothing':
      return notFound()
    case 'moved':
      return redirect(`/${area.slug}/${at.address}${end}`)
    case 'taken-down':
      return { type: 'gone', model: { title: 'This page was taken down', on: at.on, reason: at.reason } }
    case 'record': {
      const { record_id: id, title, address } = at.entry
      const meeting = { key: { areaId: area.id, id }, title, address: `/${area.slug}/${address}` }
      const pack = await findPack(db, meeting.key, asOf, supplement)
      return pack === null ? noPack(context, meeting, supplement) : send(context, meeting, pack)
    }
  }
}

function noPack({ area }: PublicContext, { title, address }: Standing, supplement: number): Answer {
  const reason = area.historical
    ? 'No pack is made of the papers of an earlier time. The meeting’s page says what is held of them.'
    : supplement > 0
      ? 'This agenda has no such supplement.'
      : 'The pack of this meeting is not made yet. It is made when the agenda is published, which takes a moment.'
  const model = { title: 'There is no pack here yet', reason, meeting: { text: title, href: address } }
  return page('modules/meetings/pack/views/no-pack.njk', model, 404)
}

function showPack(context: PublicContext, meeting: Standing, { body }: PublishedPack): Answer {
  const { area, query } = context
  const address = `${meeting.address}/pack`
  const asked = findPage(body, query['page'])
  if (asked !== null && 'found' in asked) return redirect(`${address}${asOfQuery(query)}${asked.found}`)
  return page('modules/meetings/pack/views/public-pack.njk', {
    title: body.title,
    meeting: { text: meeting.title, href: meeting.address },
    address,
    pack: packPage(body, asked === null ? null : asked.missing),
    downloads: [
      { text: `The pack as a PDF, ${String(body.labels.length)} pages`, href: `${meeting.address}/pack.pdf` },
      ...supplementsOf(body).map(n => ({
        text: `Supplement ${String(n)} by itself as a PDF`,
        href: `${meeting.address}/supplements/${String(n)}.pdf`,
      })),
    ],
    files: `/${area.slug}/files`,
    breadcrumbs: [
      { text: area.name, href: `/${area.slug}` },
      { text: 'Meetings', href: `/${area.slug}/meetings` },
      { text: meeting.title, href: meeting.address },
    ],
  })
}

function asOfQuery(query: PublicContext['query']): string {
  const asOf = query['as-of']
  return asOf === undefined ? '' : `?as-of=${encodeURIComponent(asOf)}`
}

async function sendPack({ db, area }: PublicContext, _meeting: Standing, pack: PublishedPack): Promise<Answer> {
  const file = await publishedFile(db, area.id, pack.fileId)
  if (file === null) return notFound()
  return { type: 'content', mediaType: file.mediaType, body: file.bytes, fileName: file.name }
}

function sendSupplement(context: PublicContext): Promise<Answer> | Answer {
  const wanted = /^([1-9]\d{0,3})\.pdf$/.exec(context.params['number'] ?? '')?.[1]
  if (wanted === undefined) return notFound()
  return withPack(context, `/supplements/${wanted}.pdf`, Number(wanted), sendPack)
}
