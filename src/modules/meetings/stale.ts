import type { StaleModel } from '../../platform/web/patterns.ts'
import type { Answer, FormFields } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import { StaleRecord } from '../../platform/refusals.ts'

/** What a form that came too late is answered with. */
export interface Overtaken {
  title: string
  /** Where the form is sent again. */
  action: string
  fields: FormFields
  /** The version that is there now. */
  version: number
  changed: string
  /** The fields that two people wrote, each with what is there now. */
  rows: readonly { field: string; label: string; now: string }[]
  /** The page of what is there now. */
  current: string
}

/** What is there now beside what was typed, so that nothing of either is lost. */
export function overtakenPage(overtaken: Overtaken): Answer {
  const { title, action, fields, version, changed, current } = overtaken
  const rows = overtaken.rows
    .map(({ field, label, now }) => ({ field, label, yours: typed(fields, field), theirs: now }))
    .filter(row => row.yours !== row.theirs)
  const shown = new Set(rows.map(row => row.field))
  const stale: StaleModel = {
    form: { action, fields, faults: [], version },
    title,
    changed,
    rows,
    current,
    kept: Object.entries(fields)
      .filter(([name]) => !shown.has(name) && name !== 'version' && !name.startsWith('_'))
      .flatMap(([name, value]) => [value ?? []].flat().map(each => ({ name, value: each }))),
  }
  return page('platform/web/views/stale.njk', { title, stale }, 409)
}

function typed(fields: FormFields, name: string): string {
  const value = fields[name]
  const text = typeof value === 'string' ? value : (value?.at(-1) ?? '')
  return text.replaceAll('\r\n', '\n').trim()
}

/** Does something that may come too late; if it does, `otherwise` answers instead. */
export async function orOvertaken(deed: () => Promise<Answer>, otherwise: () => Promise<Answer>): Promise<Answer> {
  try {
    return await deed()
  } catch (error) {
    if (error instanceof StaleRecord) return otherwise()
    throw error
  }
}
