import type { WorkspaceContext } from '../../platform/web/route.ts'
import type { RecordKey } from '../../record/record.ts'

/** Matches no record: what an address that holds no identity comes to. */
const none = '00000000-0000-0000-0000-000000000000'
const identity = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The record that an address of the workspace names, in the area the viewer works in. */
export function openedKey({ viewer, params }: Pick<WorkspaceContext, 'viewer' | 'params'>): RecordKey {
  return { areaId: viewer.area.id, id: asIdentity(params['id']) }
}

/** An identity as it came in an address or a form; one that matches nothing where it is none. */
export function asIdentity(value: unknown): string {
  return typeof value === 'string' && identity.test(value) ? value : none
}
