import { Refusal, StaleRecord } from '../../platform/refusals.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../platform/web/route.ts'
import { redirect } from '../../platform/web/route.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { stalePage } from './stale.ts'
import type { StoredField } from './stale.ts'

/** A key that no record has: what an address without a proper identity is looked up by. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The record that an address means. */
export function keyOf({ viewer, params }: WorkspaceContext, name = 'id'): RecordKey {
  return keyFrom(viewer.area.id, params[name])
}

/** A record of the area by an identity as it was typed or stored. */
export function keyFrom(areaId: number, id: string | undefined): RecordKey {
  return { areaId, id: id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : nobody }
}

/** What to do when a deed does not come about. */
export interface Otherwise {
  /** The page again, with the reasons. */
  refused: (reasons: readonly string[]) => Promise<Answer> | Answer
  /** Someone else changed the record meanwhile: how the form is shown beside what is there now. */
  stale?: { key: RecordKey; action: string; stored: (head: RecordHead) => Promise<readonly StoredField[]> }
}

/**
 * Does a deed and goes on, or comes back with the reasons, or with both texts where someone else was faster. The
 * platform takes back whatever was written before a page with a refusal.
 *
 * @param deed returns where to go and what to say there
 */
export async function attempt(
  context: WorkspaceContext,
  deed: () => Promise<{ to: string; notice: string }>,
  otherwise: Otherwise,
): Promise<Answer> {
  try {
    const { to, notice } = await deed()
    return redirect(to, notice)
  } catch (fault) {
    if (fault instanceof Refusal) return otherwise.refused(fault.reasons)
    if (!(fault instanceof StaleRecord) || otherwise.stale === undefined) throw fault
    const { key, action, stored } = otherwise.stale
    const head = await findRecord(context.trx, key)
    if (head === null) throw fault
    return stalePage(context, head, action, await stored(head))
  }
}

/** One value of a form, trimmed; of several the last. */
export function singleField(fields: FormFields, name: string): string {
  const value = fields[name]
  return (typeof value === 'string' ? value : (value?.at(-1) ?? '')).trim()
}

/** All values of a field that may be repeated. */
export function manyFields(fields: FormFields, name: string): readonly string[] {
  const value = fields[name]
  if (value === undefined || value === '') return []
  return typeof value === 'string' ? [value] : value
}
