import type { WorkspaceContext } from '../../platform/web/route.ts'
import type { RecordKey } from '../../record/record.ts'

const identity = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The identity that a page's address names, in the viewer's area; null where it is none and so nothing can be there. */
export function openedKey({ viewer, params }: Pick<WorkspaceContext, 'viewer' | 'params'>): RecordKey | null {
  const id = params['id'] ?? ''
  return identity.test(id) ? { areaId: viewer.area.id, id } : null
}
