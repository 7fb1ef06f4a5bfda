import { page } from '../../platform/web/route.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../platform/web/route.ts'
import type { FormModel, StaleModel } from '../../platform/web/patterns.ts'
import { moment } from '../../platform/web/template-filters.ts'
import { historyOf } from '../../record/history.ts'
import type { RecordHead } from '../../record/record.ts'
import { workspaceAddress } from '../../record/records.ts'

/** A field of a form that two people wrote: its name, its label, and what is stored now. */
export interface StoredField {
  field: string
  label: string
  now: string
}

/**
 * The page that comes back when someone else changed a record while a form was being filled in: what is there now
 * beside what was typed, field by field, so that nothing of either is lost.
 */
export async function stalePage(
  context: WorkspaceContext,
  record: RecordHead,
  action: string,
  stored: readonly StoredField[],
): Promise<Answer> {
  const { fields } = context
  const form: FormModel = { action, fields, faults: [], version: record.version }
  const rows = stored
    .map(({ field, label, now }) => ({ field, label, yours: typed(fields, field), theirs: now }))
    .filter(row => row.yours !== row.theirs)
  const stale: StaleModel = {
    form,
    title: record.title,
    changed: await whoChanged(context, record),
    rows,
    current: workspaceAddress(record),
    kept: keptFields(fields, new Set(rows.map(row => row.field))),
  }
  return page('platform/web/views/stale.njk', { title: record.title, stale }, 409)
}

async function whoChanged(context: WorkspaceContext, record: RecordHead): Promise<string> {
  const [last] = await historyOf(context.trx, record, 1)
  const who = last?.payload?.['who']
  const by = typeof who === 'string' ? who : 'Someone else'
  return `${by} changed this on ${moment(last?.at ?? record.updatedAt)}.`
}

/** Everything else of the form is sent again as it was typed, but for its token and version, which are new. */
function keptFields(fields: FormFields, shown: ReadonlySet<string>): { name: string; value: string }[] {
  return Object.entries(fields)
    .filter(([name]) => !shown.has(name) && name !== 'version' && !name.startsWith('_'))
    .flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : (value ?? [])).map(each => ({ name, value: each })),
    )
}

function typed(fields: FormFields, name: string): string {
  const value = fields[name]
  const text = typeof value === 'string' ? value : (value?.at(-1) ?? '')
  return text.replaceAll('\r\n', '\n').trim()
}
