import { z } from 'zod'
import { text, version } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { parsePeriod, type Period } from '../../performance/index.ts'
import { longestSummary, wordsIn } from './content.ts'

/** A month or a quarter, as periods are written in files. */
const reportPeriod = z.unknown().transform((typed, context): Period & { frequency: 'month' | 'quarter' } => {
  const written = typeof typed === 'string' ? typed.trim() : ''
  const read = written === '' ? { fault: 'Enter the period, like 2026/27 Q2 or 2026-09' } : parsePeriod(written)
  const fault = 'fault' in read ? read.fault : 'A report covers a month, like 2026-09, or a quarter, like 2026/27 Q2'
  if (!('fault' in read) && (read.frequency === 'month' || read.frequency === 'quarter')) {
    return { frequency: read.frequency, start: read.start }
  }
  context.addIssue({ code: 'custom', message: fault })
  return z.NEVER
})

const measureIds = z
  .unknown()
  .transform(typed => [typed ?? []].flat().filter((each): each is string => typeof each === 'string' && each !== ''))
  .refine(chosen => chosen.length > 0, { message: 'Choose at least one measure' })

export const newReportForm = z.object({
  title: text('Enter what the report is called', 'The title', 150),
  period: reportPeriod,
  measures: measureIds,
})

export const writeForm = z.object({
  version: version(),
  title: text('Enter what the report is called', 'The title', 150),
  summary: text('Write the summary', 'The summary', 6000).refine(typed => wordsIn(typed) <= longestSummary, {
    message: `The summary must have ${String(longestSummary)} words or fewer, to stand on one page`,
  }),
  measures: measureIds,
})

const remarkPrefix = 'remark-'
export const remarkField = (measureId: string): string => `${remarkPrefix}${measureId}`

/** What was typed beside measures, by measure; what was left empty is left out. */
export function remarksIn(fields: FormFields): Record<string, string> {
  const typed = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(remarkPrefix) && typeof value === 'string' && value.trim() !== ''
      ? [[name.slice(remarkPrefix.length), value.trim().slice(0, 2000)]]
      : [],
  )
  return Object.fromEntries(typed) as Record<string, string>
}

/** What stands in the form of a report that exists. */
export function fieldsOf(report: {
  head: { title: string }
  row: { summary: string; remarks: Readonly<Record<string, string>>; measures: readonly string[] }
}): FormFields {
  const { head, row } = report
  const fields: Record<string, string | readonly string[]> = {
    ...{ title: head.title, summary: row.summary, measures: row.measures },
  }
  for (const [id, text] of Object.entries(row.remarks)) fields[remarkField(id)] = text
  return fields
}
