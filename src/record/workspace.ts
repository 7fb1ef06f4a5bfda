import { roles } from '../platform/access/viewer.ts'
import type { CellModel, FormModel, PublishModel } from '../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../platform/web/route.ts'
import { notFound, page, redirect } from '../platform/web/route.ts'
import { Refusal } from '../platform/refusals.ts'
import { areaToday, findArea } from './areas.ts'
import { doReviewed, showClassification } from './classification-pages.ts'
import { publicAddress } from './entries.ts'
import { readFile } from './files.ts'
import { kindOf } from './kinds.ts'
import { showMyWork } from './my-work-page.ts'
import { capital, trailModel } from './public-pages.ts'
import { publicationObstacles, publishRecord, takeDown } from './publish.ts'
import type { RecordHead } from './record.ts'
import { duePath } from './record-pages.ts'
import { findRecord, isIdentity, workspaceAddress } from './records.ts'
import { searchWorkspace } from './search.ts'
import { trailOf, workspaceTrail } from './trail.ts'
import { kindWord, stateModel } from './words.ts'
import { showDue } from './workspace-due.ts'

/** Everyone who may sign in may read what their organisation holds or was sent; each act has its own permission. */
export const recordPermissions = {
  'record.read': [...roles],
  /** Whoever may answer for what an organisation keeps back. */
  'record.review-classification': [
    ...([
      'chief-executive',
      'policy-lead',
      'board-clerk',
      'administrator',
      'chief-constable',
      'chief-officer',
    ] as const),
    ...(['liaison', 'panel-clerk', 'legal-adviser'] as const),
  ],
}

export const recordWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/', permission: 'record.read', handler: showMyWork },
  { method: 'GET', path: '/files/:id', permission: 'record.read', handler: sendFile },
  { method: 'GET', path: '/records/:id', permission: 'record.read', handler: openRecord },
  { method: 'GET', path: '/records/:id/trail', permission: 'record.read', handler: showTrail },
  { method: 'GET', path: '/records/:id/due', permission: 'record.read', handler: showDue },
  {
    method: 'GET',
    path: '/records/:id/classification',
    permission: 'record.review-classification',
    handler: showClassification,
  },
  {
    method: 'POST',
    path: '/records/:id/classification',
    permission: 'record.review-classification',
    handler: doReviewed,
  },
  { method: 'GET', path: '/records/:id/as-public', permission: 'record.read', handler: showAsPublic },
  { method: 'GET', path: '/records/:id/publish', permission: 'record.read', handler: showPublish },
  { method: 'POST', path: '/records/:id/publish', permission: 'record.read', handler: doPublish },
  { method: 'POST', path: '/records/:id/take-down', permission: 'record.read', handler: doTakeDown },
]

export const searchWorkspaceRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/search', permission: 'record.read', handler: showSearch },
]

async function showSearch(context: WorkspaceContext): Promise<Answer> {
  const words = (context.query['q'] ?? '').trim()
  const found = words === '' ? [] : await searchWorkspace(context.trx, context.viewer, words)
  const groups = Map.groupBy(found, record => record.kind)
  return page('record/views/search.njk', {
    title: 'Search',
    words,
    count: found.length,
    groups: [...groups].map(([kind, records]) => ({
      heading: capital(kindOf(kind).plural),
      records: records.map(record => ({ ...record, state: stateModel(record.kind, record.state) })),
    })),
  })
}

async function sendFile(context: WorkspaceContext): Promise<Answer> {
  const file = await readFile(context.trx, context.viewer.organisation.id, context.params['id'] ?? '')
  if (file === null) return notFound()
  return { type: 'content', mediaType: file.mediaType, body: file.bytes, fileName: file.name }
}

async function openRecord(context: WorkspaceContext): Promise<Answer> {
  const record = await loadHere(context)
  return record === null ? notFound() : redirect(workspaceAddress(record))
}

function loadHere({ trx, viewer, params }: WorkspaceContext): Promise<RecordHead | null> {
  return findRecord(trx, { areaId: viewer.area.id, id: params['id'] ?? '' })
}

async function showTrail(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, now } = context
  const key = { areaId: viewer.area.id, id: context.params['id'] ?? '' }
  if (!isIdentity(key.id)) return notFound()
  const trail = await trailOf(workspaceTrail(trx, viewer.organisation.id), key)
  if (trail === null) return notFound()
  const today = await areaToday(trx, viewer.area.id, now)
  return page('record/views/trail.njk', {
    title: `Trail of ${trail.self.title}`,
    trail: trailModel(trail, { today, historical: viewer.area.historical, duePath: step => duePath(step.id) }),
    record: { text: `${kindWord(trail.self.kind)} ${trail.self.reference}`, href: trail.self.address },
  })
}

/** One's own release exactly as the public will see it, before it is published. */
async function showAsPublic(context: WorkspaceContext): Promise<Answer> {
  const record = await loadHere(context)
  if (record === null) return notFound()
  const kind = kindOf(record.kind)
  const snapshot = await kind.snapshot(context.trx, record, { type: 'public' })
  return page('record/views/as-public.njk', {
    title: record.title,
    back: { text: 'Back to publishing', href: `/workspace/records/${record.id}/publish` },
    view: kind.publicView,
    record: {
      caption: `${kindWord(record.kind)} ${record.reference}`,
      title: record.title,
      state: stateModel(record.kind, record.state),
      summary: [{ key: 'Date', value: { type: 'date', date: record.dated } satisfies CellModel }],
      before: [],
      after: [],
    },
    body: snapshot.body,
    preview: snapshot.preview ?? [],
    gaps: snapshot.gaps ?? [],
  })
}

async function showPublish(context: WorkspaceContext): Promise<Answer> {
  return publishPage(context, [])
}

async function publishPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const record = await loadHere(context)
  if (record === null) return notFound()
  const kind = kindOf(record.kind)
  const reasons = await obstaclesOf(context, record)
  const snapshot = await kind.snapshot(context.trx, record, { type: 'public' })
  const form: FormModel = {
    action: `/workspace/records/${record.id}/publish`,
    fields: context.fields,
    faults: [],
    refusals,
    version: record.version,
  }
  const model: PublishModel = {
    form,
    shown: [{ heading: kindWord(record.kind), text: record.title }, ...(snapshot.preview ?? [])],
    withheld: (snapshot.gaps ?? []).map(gap => ({ heading: gap.title ?? gap.position, ground: gap.ground })),
    changes: [],
    address: await fullAddress(context, record),
    reasons,
    again: record.publication === 'published',
    button: `Publish this ${kind.word}`,
  }
  const status = refusals.length > 0 ? 422 : 200
  return page(
    'record/views/publish.njk',
    {
      title: `Publish: ${record.title}`,
      publish: model,
      back: { text: 'Back', href: workspaceAddress(record) },
      asPublic: `/workspace/records/${record.id}/as-public`,
      published: record.publication === 'published',
      takeDown: `/workspace/records/${record.id}/take-down`,
    },
    status,
  )
}

async function obstaclesOf(context: WorkspaceContext, record: RecordHead): Promise<string[]> {
  const { publishing } = kindOf(record.kind)
  if (publishing === undefined) return ['This is never published by itself.']
  const reasons = publicationObstacles(record)
  if (!context.may(publishing.permission)) reasons.push('Your role may not publish this.')
  reasons.push(...((await publishing.obstacles?.(context.trx, record)) ?? []))
  return reasons
}

async function fullAddress(context: WorkspaceContext, record: RecordHead): Promise<string> {
  const area = await findArea(context.trx, record.areaId)
  return `/${area?.slug ?? ''}/${publicAddress(record)}`
}

async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const record = await loadHere(context)
  if (record === null) return notFound()
  const reasons = await obstaclesOf(context, record)
  if (reasons.length > 0) return publishPage(context, reasons)
  const note = context.fields['note']
  await publishRecord(context.trx, context, record, typeof note === 'string' && note !== '' ? note : undefined)
  return redirect(workspaceAddress(record), `Published at ${await fullAddress(context, record)}`)
}

async function doTakeDown(context: WorkspaceContext): Promise<Answer> {
  const record = await loadHere(context)
  if (record === null) return notFound()
  const permission = kindOf(record.kind).publishing?.permission
  if (permission === undefined || !context.may(permission)) throw new Refusal(['Your role may not take this down.'])
  const reason = context.fields['reason']
  if (typeof reason !== 'string' || reason.trim() === '') {
    return publishPage(context, ['Say why it is taken down. The reason is shown to the public in its place.'])
  }
  await takeDown(context.trx, context, record, reason.trim())
  return redirect(workspaceAddress(record), 'Taken down. Its address now says so.')
}
