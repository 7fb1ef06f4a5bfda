import { plural } from '../../../platform/plural.ts'
import { measuresOf, type ReportContent, type ReportedFigure, type ReportedMeasure } from './content.ts'

type Compared = Pick<ReportContent, 'objectives'>

/**
 * What changed since the report before, a sentence each: exceptions that are new, that went on, that are over; questions
 * answered since; figures that were revised; measures that came or went. Pure.
 *
 * @param before as it was frozen when it was published
 */
export function changesSince(before: Compared, now: Compared): string[] {
  const earlier = new Map(measuresOf(before).map(measure => [measure.id, measure]))
  const current = measuresOf(now)
  const lines = current.flatMap(measure => {
    const same = earlier.get(measure.id)
    return same === undefined ? [`${measure.title} is in the report for the first time.`] : changesOf(same, measure)
  })
  const gone = measuresOf(before).filter(measure => !current.some(({ id }) => id === measure.id))
  return [...lines, ...gone.map(measure => `${measure.title} is no longer in the report.`)]
}

function changesOf(before: ReportedMeasure, now: ReportedMeasure): string[] {
  return [...exceptionChanges(before, now), ...answersSince(before, now), ...revisions(before, now)]
}

function exceptionChanges(before: ReportedMeasure, now: ReportedMeasure): string[] {
  const key = (each: ReportedMeasure['exceptions'][number]) => each.id ?? each.headline
  const [known, standing] = [new Set(before.exceptions.map(key)), new Set(now.exceptions.map(key))]
  return [
    ...now.exceptions.filter(each => !known.has(key(each))).map(each => `New: ${each.headline}.`),
    ...now.exceptions.filter(each => known.has(key(each))).map(each => `Still so: ${each.headline}.`),
    ...before.exceptions.filter(each => !standing.has(key(each))).map(each => `No longer so: ${each.headline}.`),
  ]
}

function answersSince(before: ReportedMeasure, now: ReportedMeasure): string[] {
  const open = new Set(before.asked.filter(question => question.outcomes.length === 0).map(({ id }) => id))
  return now.asked
    .filter(question => question.outcomes.length > 0 && open.has(question.id))
    .map(question => `Answered since: ${question.title} (${question.reference}).`)
}

/** Figures that the report before printed and that have another value now. */
function revisions(before: ReportedMeasure, now: ReportedMeasure): string[] {
  const key = (figure: ReportedFigure) => `${figure.breakdown}\n${figure.period}`
  const values = new Map(now.figures.map(figure => [key(figure), figure.value]))
  const revised = before.figures.filter(figure => {
    const value = values.get(key(figure))
    return figure.value !== null && value !== undefined && value !== figure.value
  })
  if (revised.length === 0) return []
  const shown = revised.slice(0, 3).map(figure => {
    const value = values.get(key(figure)) ?? null
    const part = figure.breakdown === '' ? '' : `${figure.breakdown}, `
    return `${part}${figure.period} from ${printed(figure.value)} to ${printed(value)}`
  })
  const more = revised.length - shown.length
  const rest = more > 0 ? `, and ${String(more)} more` : ''
  return [`${now.title}: ${plural(revised.length, 'figure was', 'figures were')} revised (${shown.join('; ')}${rest}).`]
}

const printed = (value: number | null): string => (value === null ? 'no figure' : value.toLocaleString('en-GB'))
