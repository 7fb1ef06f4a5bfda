import { recordEvent } from '../../../record/history.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { isIdentity } from '../../../record/records.ts'
import { paths } from '../paths.ts'
import { batchProgress, fileModel, isRunning } from './load-model.ts'
import { outcomeOf } from './load-outcome.ts'
import { askToStop, findLoad, loadsOfBatch } from './load-queries.ts'

const at = '/performance/loads/:batch'
export const pathOfBatch = (batch: string): string => `/workspace/performance/loads/${batch}`

/** Pages on which loads that run by themselves are followed and stopped. */
export const loadRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission: 'performance.read', handler: showBatch },
  { method: 'GET', path: `${at}/progress.json`, permission: 'performance.read', handler: tellProgress },
  { method: 'POST', path: `${at}/stop`, permission: 'performance.load', handler: doStop },
]

async function loadsHere({ trx, viewer, params }: WorkspaceContext) {
  const batch = params['batch'] ?? ''
  return isIdentity(batch) ? loadsOfBatch(trx, viewer.area.id, batch) : []
}

/**
 * How far the files of a batch are, and what came of those at an end. Without a script the page fetches itself anew
 * while it runs, unless the reader has turned that off (WCAG 2.2.1).
 */
async function showBatch(context: WorkspaceContext): Promise<Answer> {
  const loads = await loadsHere(context)
  if (loads.length === 0) return notFound()
  const here = pathOfBatch(context.params['batch'] ?? '')
  const progress = batchProgress(loads, context.now)
  const still = context.query['still'] !== undefined
  const files = loads.map(load => fileModel(load, outcomeOf(load)))
  const model = {
    title: titleOf(progress.running, files),
    breadcrumbs: [
      { text: 'Performance', href: paths.measures },
      { text: 'Files of figures', href: paths.imports },
    ],
    here,
    progress,
    still,
    refresh: progress.running && !still,
    mayStop: progress.running && context.may('performance.load') && !loads.every(load => load.stop || !isRunning(load)),
    stopping: loads.some(load => load.stop && isRunning(load)),
    files,
    exceptions: paths.exceptions,
  }
  return page('modules/performance/views/batch.njk', model)
}

function titleOf(running: boolean, files: readonly { applied: boolean; checked: boolean }[]): string {
  if (running) return 'Loading figures'
  if (files.some(file => file.applied)) return 'Figures loaded'
  return files.some(file => file.checked) ? 'Figures checked' : 'No figures were loaded'
}

async function tellProgress(context: WorkspaceContext): Promise<Answer> {
  const loads = await loadsHere(context)
  if (loads.length === 0) return notFound()
  const body = JSON.stringify(batchProgress(loads, context.now))
  return { type: 'content', mediaType: 'application/json', body }
}

async function doStop(context: WorkspaceContext): Promise<Answer> {
  const loads = await loadsHere(context)
  const [first] = loads
  if (first === undefined) return notFound()
  const { trx, viewer } = context
  const stopped = await askToStop(trx, viewer.area.id, first.batch)
  for (const load of loads.filter(isRunning)) {
    const holders = [load.organisation_id]
    recordEvent(trx, context, { areaId: load.area_id, id: load.id, holders, kind: 'import.stop-asked', payload: {} })
  }
  return redirect(pathOfBatch(first.batch), stopped > 0 ? 'The load is being stopped' : 'Nothing was left to stop')
}

/** Where a file is followed that is being loaded; null for one that is not. */
export async function followedAt(context: WorkspaceContext, id: string): Promise<string | null> {
  const load = await findLoad(context.trx, { areaId: context.viewer.area.id, id })
  return load === undefined ? null : pathOfBatch(load.batch)
}
