import type { FieldFault } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { placeNames } from '../../places/places.ts'
import { nearest } from '../nearest.ts'
import { heldSeries } from '../queries.ts'
import { type Draft, findDraft, saveMapping, stepPaths, surveyDraft } from './draft.ts'
import type { Mapping } from './mapping.ts'
import { type Asked, mostAsked, type Survey } from './survey.ts'

/** Answers to what a label means besides a name; names carry a mark of their own. */
const leaveOut = 'leave-out'
const wholeArea = 'whole-area'
const asWritten = 'as-written'
const named = (name: string) => `name:${name}`

interface Offers {
  survey: Survey
  measures: readonly { value: string; text: string }[]
  breakdowns: readonly string[]
  /** What each label most likely means, by its field. */
  likely: FormFields
}

/** Which measures and which parts of the area the labels mean; the nearest known name is offered. */
export async function askLabels(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const offers = await offersFor(context, draft)
  return labelsPage(draft, offers, { ...offers.likely, ...saidFields(offers.survey, draft.mapping) }, [])
}

async function offersFor(context: WorkspaceContext, draft: Draft): Promise<Offers> {
  const { trx, viewer } = context
  const { all: survey, measures } = await surveyDraft(context, draft, draft.mapping)
  const series = await heldSeries(trx, viewer.area.id)
  const breakdowns = [...new Set(series.map(each => each.breakdown))].filter(name => name !== '').sort()
  const places = await placeNames(trx, viewer.area.id)
  const titles = new Map(
    measures.flatMap(each => [[each.title, each.reference] as const, [each.reference, each.reference] as const]),
  )
  const likely: Record<string, string> = {}
  for (const [i, { name }] of survey.measureLabels.entries()) {
    const near = nearest(name, [...titles.keys()])
    if (near !== null) likely[measureField(i)] = named(titles.get(near) ?? '')
  }
  for (const [i, { name }] of survey.breakdownLabels.entries()) {
    const near = places.findAny(name)?.name ?? nearest(name, breakdowns)
    if (near === name) likely[breakdownField(i)] = asWritten
    else if (near !== null) likely[breakdownField(i)] = named(near)
  }
  const offered = measures.map(each => ({ value: named(each.reference), text: `${each.title} (${each.reference})` }))
  return { survey, measures: offered, breakdowns, likely }
}

const measureField = (at: number) => `measure-${String(at)}`
const breakdownField = (at: number) => `breakdown-${String(at)}`

/** What was said before. */
function saidFields({ measureLabels, breakdownLabels }: Survey, mapping: Mapping): FormFields {
  const measure = (name: string) => (mapping.measures[name] == null ? leaveOut : named(mapping.measures[name]))
  const breakdown = (name: string) => {
    const said = mapping.breakdowns[name]
    if (said == null) return leaveOut
    return said === '' ? wholeArea : said === name ? asWritten : named(said)
  }
  const fields = (
    labels: readonly Asked<string>[],
    said: object,
    field: (at: number) => string,
    value: (name: string) => string,
  ) => labels.flatMap(({ name }, i) => (Object.hasOwn(said, name) ? [[field(i), value(name)] as const] : []))
  return Object.fromEntries([
    ...fields(measureLabels, mapping.measures, measureField, measure),
    ...fields(breakdownLabels, mapping.breakdowns, breakdownField, breakdown),
  ])
}

function labelsPage(
  { record }: Draft,
  { survey, measures, breakdowns, likely }: Offers,
  fields: FormFields,
  faults: readonly FieldFault[],
): Answer {
  const breakdownOptions = (name: string, likelyName: string | undefined) => [
    { value: asWritten, text: `As written: ${name}` },
    { value: wholeArea, text: 'The whole area' },
    { value: leaveOut, text: 'Leave these figures out' },
    ...[...new Set([...(likelyName === undefined ? [] : [likelyName]), ...breakdowns])]
      .filter(each => each !== name)
      .map(each => ({ value: named(each), text: each })),
  ]
  const model = {
    title: 'What the labels mean',
    back: { text: 'Back', href: stepPaths.columns(record.id) },
    file: record.title,
    form: { action: stepPaths.labels(record.id), fields, faults },
    measureLabels: survey.measureLabels.map((label, i) => ({ ...asLabel(label), field: measureField(i) })),
    measures: [...measures, { value: leaveOut, text: 'Leave these figures out' }],
    breakdownLabels: survey.breakdownLabels.map((label, i) => ({
      ...asLabel(label),
      field: breakdownField(i),
      options: breakdownOptions(label.name, nameIn(likely[breakdownField(i)])),
    })),
    tooMany: Math.max(survey.measureLabels.length, survey.breakdownLabels.length) >= mostAsked ? mostAsked : null,
  }
  return page('modules/performance/import/views/labels.njk', model, faults.length > 0 ? 422 : 200)
}

const asLabel = ({ name, count }: Asked<string>) => ({
  label: name,
  hint: `${count.toLocaleString('en-GB')} ${count === 1 ? 'cell' : 'cells'}`,
})

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('name:') ? value.slice('name:'.length) : undefined
}

export async function sayLabels(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const offers = await offersFor(context, draft)
  const { mapping, faults } = readLabels(context.fields, draft.mapping, offers)
  if (faults.length > 0) return labelsPage(draft, offers, context.fields, faults)
  await saveMapping(context, draft, mapping)
  return redirect(stepPaths.spellings(draft.record.id))
}

/** Labels that are left as they are written need no answer each, if it is said of all. */
function readLabels(fields: FormFields, mapping: Mapping, { survey, measures, breakdowns, likely }: Offers) {
  const faults: FieldFault[] = []
  const said = { measures: {} as Mapping['measures'], breakdowns: {} as Mapping['breakdowns'] }
  for (const [i, { name }] of survey.measureLabels.entries()) {
    const value = fields[measureField(i)]
    if (value === leaveOut) said.measures[name] = null
    else if (measures.some(each => each.value === value)) said.measures[name] = nameIn(value) ?? null
    else faults.push({ field: measureField(i), message: `Choose the measure that “${name}” is, or leave it out` })
  }
  for (const [i, { name }] of survey.breakdownLabels.entries()) {
    const value = fields[breakdownField(i)]
    const known = nameIn(value)
    if (value === leaveOut) said.breakdowns[name] = null
    else if (value === wholeArea) said.breakdowns[name] = ''
    else if (value === asWritten || (value === '' && fields['others'] !== undefined)) said.breakdowns[name] = name
    else if (known !== undefined && (breakdowns.includes(known) || nameIn(likely[breakdownField(i)]) === known)) {
      said.breakdowns[name] = known
    } else faults.push({ field: breakdownField(i), message: `Choose what “${name}” means` })
  }
  return { mapping: { ...mapping, ...said }, faults }
}
