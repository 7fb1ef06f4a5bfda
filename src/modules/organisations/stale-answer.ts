import type { FormFields, WorkspaceContext } from '../../platform/web/route.ts'
import type { Answer } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import type { StaleModel } from '../../platform/web/patterns.ts'
import { moment } from '../../platform/web/template-filters.ts'
import { historyOf } from '../../record/history.ts'
import type { RecordHead } from '../../record/record.ts'
import { workspaceAddress } from '../../record/records.ts'

/**
 * The answer to a form whose record someone else changed meanwhile: what is there now beside what was typed, to be
 * sent again from the version that is there now. Nothing typed is lost.
 *
 * @param labels the fields that are shown side by side where they differ; all others are kept as typed
 * @param stored what the fields of the form would hold now
 */
export async function staleAnswer(
  context: WorkspaceContext,
  record: RecordHead,
  form: { action: string; stored: FormFields; labels: Readonly<Record<string, string>> },
): Promise<Answer> {
  const { fields: typed, trx } = context
  const differing = Object.entries(form.labels).filter(([field]) => single(typed[field]) !== single(form.stored[field]))
  const shown = new Set(differing.map(([field]) => field))
  const stale: StaleModel = {
    title: record.title,
    form: { action: form.action, fields: typed, faults: [], version: record.version },
    changed: await lastChange(trx, record),
    rows: differing.map(([field, label]) => ({
      label,
      field,
      yours: single(typed[field]),
      theirs: single(form.stored[field]),
    })),
    current: workspaceAddress(record),
    kept: Object.entries(typed)
      .filter(([name]) => !shown.has(name) && name !== 'version' && name !== '_csrf')
      .flatMap(([name, value]) => [value ?? []].flat().map(each => ({ name, value: each }))),
  }
  return page('platform/web/views/stale.njk', { title: record.title, stale }, 409)
}

async function lastChange(trx: WorkspaceContext['trx'], record: RecordHead): Promise<string> {
  const [last] = await historyOf(trx, record, 1)
  const who = last?.payload?.['who']
  return `${typeof who === 'string' ? who : 'Someone'} changed this on ${moment(last?.at ?? record.updatedAt)}.`
}

function single(value: string | readonly string[] | undefined): string {
  const last = typeof value === 'string' ? value : value?.at(-1)
  return (last ?? '').replaceAll('\r\n', '\n')
}
