import assert from 'node:assert/strict'
import { may } from '../../platform/access/may.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import type { Act } from '../../record/record.ts'
import type { TestWorld } from '../../record/testing.ts'
import { raiseExceptions } from './exceptions/raise-exceptions.ts'
import { fileInMemory } from './import/csv-file.ts'
import { loadObservations } from './import/load-observations.ts'
import { permissions } from './permissions.ts'
import { workspace } from './workspace.ts'

/** Twelve months without a signal. */
export const steadyYear = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 102] as const

/** Loads monthly figures from January 2025 on, as files do, and raises what comes of them. */
export async function loadMonths(
  trx: Trx,
  act: Act & WorkspaceContext,
  measure: string,
  values: readonly number[],
  breakdown = '',
): Promise<void> {
  const first = Temporal.PlainYearMonth.from('2025-01')
  const rows = values.map(
    (value, i) => `${measure},${first.add({ months: i }).toString()},${String(value)},${breakdown}`,
  )
  const file = fileInMemory('figures.csv', Buffer.from(['measure,period,value,breakdown', ...rows].join('\n')))
  const report = await loadObservations(trx, act, file, { areaId: 1, dryRun: false })
  assert.deepEqual(report.faults, [])
  await raiseExceptions(trx, act, 1, report.series)
}

/** Opens one of the module's workspace pages as somebody, with their permissions and no others. */
export async function visit(
  world: TestWorld,
  viewer: Viewer,
  method: 'GET' | 'POST',
  path: string,
  more: Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields' | 'now'>> = {},
): Promise<Answer> {
  const route = workspace.find(each => each.method === method && each.path === path)
  assert.ok(route, `${method} ${path}`)
  assert.ok(may(permissions, viewer, route.permission), `${viewer.name} may not open ${path}`)
  return world.as(
    viewer,
    async (_trx, context) => route.handler({ ...context, may: permission => may(permissions, viewer, permission) }),
    more,
  )
}
