import { dateFields, optionalDate, readForm, type FieldFault } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { z } from 'zod'
import { type Draft, findDraft, saveMapping, stepPaths, surveyDraft, unsaidLabels } from './draft.ts'
import { markMeanings } from './figure-spellings.ts'
import { type Mapping, mappingSchema } from './mapping.ts'
import { figureQuestions, periodQuestions, type SpellingQuestion } from './spelling-questions.ts'
import type { Asked, Survey } from './survey.ts'

/** How periods and figures are spelt, as far as only a person can know; and of which day the figures are. */
export async function askSpellings(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const { all, open } = await surveyDraft(context, draft, draft.mapping)
  if (unsaidLabels(all, draft.mapping).length > 0) return redirect(stepPaths.labels(draft.record.id))
  return spellingsPage(draft, questionsOf(all, open), saidFields(draft.mapping, all), [])
}

interface Questions {
  radios: (SpellingQuestion & { name: string })[]
  marks: Asked<string>[]
}

/** Every question once, whether it has been answered before or not. */
function questionsOf(all: Survey, open: Survey): Questions {
  const periods = [...new Map([...all.periods, ...open.periods].map(each => [each.name, each])).values()]
  const figures = [...new Map([...all.figuresAsked, ...open.figuresAsked].map(each => [each.name, each])).values()]
  const range = all.percentages
  return {
    radios: [
      ...periods.map(({ name, example }) => ({ ...periodQuestions[name](example), name: `period-${name}` })),
      ...figures.map(({ name, example, count }) => ({
        ...figureQuestions[name](example, count, range),
        name: `figure-${name}`,
      })),
    ],
    marks: [...new Map([...all.marks, ...open.marks].map(each => [each.name, each])).values()],
  }
}

const markField = (at: number) => `mark-${String(at)}`

function saidFields({ periods, figures, status, asAt }: Mapping, { marks }: Survey): FormFields {
  const said = (prefix: string, choices: Readonly<Record<string, unknown>>): [string, string][] =>
    Object.entries(choices).flatMap(([name, value]) =>
      typeof value === 'string' ? [[`${prefix}-${name}`, value]] : [],
    )
  const { marks: meanings, ...choices } = figures
  return {
    ...Object.fromEntries([...said('period', periods), ...said('figure', choices)]),
    ...Object.fromEntries(marks.map(({ name }, i) => [markField(i), meanings[name] ?? ''])),
    status,
    ...dateFields('asAt', asAt === null ? null : Temporal.PlainDate.from(asAt)),
  }
}

function spellingsPage(
  { record }: Draft,
  { radios, marks }: Questions,
  fields: FormFields,
  faults: readonly FieldFault[],
): Answer {
  const model = {
    title: 'How it is written',
    back: { text: 'Back', href: stepPaths.labels(record.id) },
    file: record.title,
    form: { action: stepPaths.spellings(record.id), fields, faults },
    radios,
    marks: marks.map(({ name, count }, i) => ({ field: markField(i), mark: name, count })),
    meanings: markMeanings,
    statuses: [
      { value: '', text: 'Not said' },
      { value: 'provisional', text: 'Provisional' },
      { value: 'revised', text: 'Revised' },
      { value: 'final', text: 'Final' },
    ],
  }
  return page('modules/performance/import/views/spellings.njk', model, faults.length > 0 ? 422 : 200)
}

const dayForm = z.object({ asAt: optionalDate('the day the figures stood so') })

export async function saySpellings(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const { fields, today } = context
  const { all, open } = await surveyDraft(context, draft, draft.mapping)
  const questions = questionsOf(all, open)
  const { mapping, faults } = readSpellings(fields, draft.mapping, questions)
  const day = readForm(dayForm, fields)
  const asAt = day.ok ? day.value.asAt : null
  const dayFaults = day.ok ? futureFault(asAt, today) : day.errors
  if (faults.length + dayFaults.length > 0) return spellingsPage(draft, questions, fields, [...faults, ...dayFaults])
  const said = { ...mapping, asAt: asAt?.toString() ?? null }
  await saveMapping(context, draft, said)
  const after = await surveyDraft(context, draft, said)
  const more = after.open.periods.length + after.open.figuresAsked.length + after.open.marks.length
  return redirect(more > 0 ? stepPaths.spellings(draft.record.id) : stepPaths.rows(draft.record.id))
}

function futureFault(asAt: Temporal.PlainDate | null, today: Temporal.PlainDate): FieldFault[] {
  if (asAt === null || Temporal.PlainDate.compare(asAt, today) <= 0) return []
  return [{ field: 'asAt', message: 'The day the figures stood so must be today or in the past' }]
}

function readSpellings(fields: FormFields, mapping: Mapping, { radios, marks }: Questions) {
  const faults: FieldFault[] = []
  const periods: Record<string, unknown> = { ...mapping.periods }
  const figures: Record<string, unknown> = { ...mapping.figures }
  for (const { name, ask, options } of radios) {
    const value = fields[name]
    if (!options.some(each => each.value === value)) faults.push({ field: name, message: ask })
    else if (name.startsWith('period-')) periods[name.slice('period-'.length)] = value
    else figures[name.slice('figure-'.length)] = value
  }
  const meanings: Record<string, unknown> = { ...mapping.figures.marks }
  for (const [i, { name }] of marks.entries()) {
    const value = fields[markField(i)]
    if (markMeanings.some(each => each.value === value)) meanings[name] = value
    else faults.push({ field: markField(i), message: `Choose what “${name}” means` })
  }
  const status = fields['status'] ?? ''
  if (faults.length > 0) return { mapping, faults }
  const said = mappingSchema.safeParse({ ...mapping, periods, status, figures: { ...figures, marks: meanings } })
  if (said.success) return { mapping: said.data, faults }
  return { mapping, faults: [{ field: 'status', message: 'Choose what the figures are' }] }
}
