import { z } from 'zod'
import { choices, type FieldFault, readForm, wholeNumber } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { page, redirect } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import { type Frequency, frequencyWords, nextPeriod, type Period, periodText } from '../../period.ts'
import { knownMeasures } from '../queries.ts'
import type { KnownMeasure } from '../check-rows.ts'
import { noPeriodChoices, readPeriodText } from '../sheets/period-spellings.ts'
import { gridQuery, mostMeasures, mostPeriods } from './grid.ts'

const usualCount = 6

/** Which measures and periods are typed. A measure may be named in the address: `?measure=M-2026-01`. */
export async function askGrid(context: WorkspaceContext): Promise<Answer> {
  const { measure } = context.query
  return choosePage(context, { count: String(usualCount), ...(measure !== undefined && { measures: [measure] }) }, [])
}

async function choosePage(
  { trx, viewer }: WorkspaceContext,
  fields: FormFields,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const measures = await knownMeasures(trx, viewer.area.id)
  const model = {
    title: 'Type figures into a grid',
    back: { text: 'Back', href: paths.imports },
    form: { action: paths.typing, fields, faults },
    measures: measures.map(each => ({
      value: each.reference,
      text: each.title,
      hint: `${each.reference}, ${frequencyWords[each.frequency].adverb}`,
    })),
  }
  return page('modules/performance/import/views/choose-grid.njk', model, faults.length > 0 ? 422 : 200)
}

export async function chooseGrid(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields, today } = context
  const measures = await knownMeasures(trx, viewer.area.id)
  const form = z.object({
    measures: choices(
      'Choose measures from the list',
      measures.map(each => each.reference),
    ),
    count: wholeNumber('Enter how many periods', 'The number of periods', 1, mostPeriods),
  })
  const read = readForm(form, fields)
  if (!read.ok) return choosePage(context, fields, read.errors)
  const chosen = measures.filter(each => read.value.measures.includes(each.reference))
  const typed = fields['from']
  const from = firstPeriod(chosen, typeof typed === 'string' ? typed.trim() : '', read.value.count, today)
  const faults = [...measureFaults(chosen), ...('fault' in from ? [{ field: 'from', message: from.fault }] : [])]
  if (faults.length > 0 || 'fault' in from) return choosePage(context, fields, faults)
  const choice = { measures: chosen.map(each => each.reference), from: periodText(from), count: read.value.count }
  return redirect(`${paths.typing}/grid?${gridQuery({ ...choice, parts: fields['parts'] !== undefined })}`)
}

function measureFaults(chosen: readonly KnownMeasure[]): FieldFault[] {
  const [first] = chosen
  if (first === undefined) return [{ field: 'measures', message: 'Choose at least one measure' }]
  if (chosen.length > mostMeasures) {
    return [{ field: 'measures', message: `Choose ${String(mostMeasures)} measures at most` }]
  }
  const other = chosen.find(each => each.frequency !== first.frequency)
  if (other === undefined) return []
  const words = `“${first.title}” is measured ${frequencyWords[first.frequency].adverb} and “${other.title}” ${frequencyWords[other.frequency].adverb}: type them one after the other`
  return [{ field: 'measures', message: words }]
}

/** The period that was typed, or else as many as are asked for up to today's. */
function firstPeriod(
  [measure]: readonly KnownMeasure[],
  typed: string,
  count: number,
  today: Temporal.PlainDate,
): Period | { fault: string } {
  const frequency = measure?.frequency ?? 'month'
  if (typed === '') return latestPeriods(frequency, count, today)
  const read = readPeriodText(typed, frequency, noPeriodChoices)
  if ('start' in read) return read
  const { adverb, example } = frequencyWords[frequency]
  return { fault: `Enter the first period of a measure that is measured ${adverb}, like ${example}` }
}

function latestPeriods(frequency: Frequency, count: number, today: Temporal.PlainDate): Period {
  const starts: Record<Frequency, Temporal.PlainDate> = {
    day: today,
    week: today.subtract({ days: today.dayOfWeek - 1 }),
    month: today.with({ day: 1 }),
    quarter: today.with({ day: 1, month: Math.floor((today.month - 1) / 3) * 3 + 1 }),
    year: new Temporal.PlainDate(today.month < 4 ? today.year - 1 : today.year, 4, 1),
  }
  const length = { frequency, start: starts[frequency] }
  const before = {
    day: { days: count },
    week: { weeks: count },
    month: { months: count },
    quarter: { months: 3 * count },
    year: { years: count },
  }
  return nextPeriod({ frequency, start: length.start.subtract(before[frequency]) })
}
