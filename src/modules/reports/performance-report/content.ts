import type { ChartModel } from '../../../platform/web/patterns.ts'
import { plural, wordFor } from '../../../platform/plural.ts'

/*
 * What a performance report says, as plain JSON: worked out from the record, frozen at publication, and printed as a
 * page, a PDF and a spreadsheet. Everything here may be read by the public.
 */

export type Standing = 'good' | 'bad' | 'neutral' | 'usual' | 'silent'

/** An exception as the report tells it. */
export interface ReportedException {
  /** '' for the whole area; a part of it otherwise. */
  breakdown: string
  /** The record it is kept as; null where it was found at the report's own last period and never raised. */
  id: string | null
  headline: string
  text: string
  judgement: string
  /** What people have done about it: raised, explained, accepted, watched, resolved. */
  life: string
  explanation: string | null
  href: string | null
}

/** A question, with what was answered and how that was judged. */
export interface ReportedQuestion {
  id: string
  reference: string
  title: string
  state: string
  summary: string
  outcomes: readonly string[]
  href: string
}

/** One figure of a series, as the spreadsheet lists it. */
export interface ReportedFigure {
  breakdown: string
  period: string
  value: number | null
  mark: string | null
  numerator: number | null
  denominator: number | null
  status: string
  asAt: string | null
  signals: string
}

/** A chart with its day as JSON holds it. */
export type ReportedChart = Omit<ChartModel, 'asAt'> & { asAt: string | null }

export interface ReportedMeasure {
  id: string
  reference: string
  title: string
  href: string
  definition: string
  source: string
  latest: string
  latestPeriod: string
  /** The latest figure beside that of a year before, in words; empty where they cannot be compared. */
  change: string
  /** What the rules say, sentence by sentence. */
  says: readonly string[]
  standing: Standing
  chart: ReportedChart | null
  exceptions: readonly ReportedException[]
  asked: readonly ReportedQuestion[]
  remark: string | null
  figures: readonly ReportedFigure[]
}

export interface ReportedObjective {
  title: string
  measures: readonly ReportedMeasure[]
}

export interface ReportContent {
  title: string
  organisation: string
  period: { text: string; words: string; frequency: 'month' | 'quarter' }
  /** The latest day as at which any figure stands, ISO, or null where no file says. */
  asAt: string | null
  /** One page in plain English, paragraph by paragraph. */
  summary: readonly string[]
  objectives: readonly ReportedObjective[]
  /** What changed since the report before; null where there is none. */
  changes: { since: string; lines: readonly string[] } | null
}

export const measuresOf = (content: Pick<ReportContent, 'objectives'>): readonly ReportedMeasure[] =>
  content.objectives.flatMap(({ measures }) => measures)

export const isExceptional = ({ standing, exceptions }: ReportedMeasure): boolean =>
  exceptions.length > 0 || standing === 'good' || standing === 'bad' || standing === 'neutral'

/** How many measures stand how. */
export function countStandings(content: Pick<ReportContent, 'objectives'>): Record<Standing, number> {
  const counts: Record<Standing, number> = { good: 0, bad: 0, neutral: 0, usual: 0, silent: 0 }
  for (const { standing } of measuresOf(content)) counts[standing]++
  return counts
}

/** The sentence with which a report opens: how many measures, and how many stand out. */
export function openingSentence(content: Pick<ReportContent, 'objectives' | 'period'>): string {
  const all = measuresOf(content)
  const counts = countStandings(content)
  const out = counts.good + counts.bad + counts.neutral
  const parts = [
    ...(counts.bad > 0 ? [`${String(counts.bad)} for the worse`] : []),
    ...(counts.good > 0 ? [`${String(counts.good)} for the better`] : []),
    ...(counts.neutral > 0 ? [`${String(counts.neutral)} neither better nor worse in itself`] : []),
  ]
  const measured = plural(all.length, 'measure')
  if (out === 0) return `In ${content.period.words} none of ${measured} stood outside its usual range.`
  return `In ${content.period.words} ${String(out)} of ${measured} stood outside ${wordFor(out, 'its', 'their')} usual range: ${parts.join(', ')}.`
}

/**
 * The summary that the writer is offered: what stands out, what was asked, what could not be judged. To be edited; it
 * claims nothing that the rules do not say.
 */
export function offeredSummary(content: Pick<ReportContent, 'objectives' | 'period' | 'changes'>): string {
  const all = measuresOf(content)
  const out = all.filter(isExceptional)
  const asked = new Map(all.flatMap(measure => measure.asked.map(question => [question.id, question] as const)))
  const answered = [...asked.values()].filter(question => question.outcomes.length > 0).length
  const silent = all.filter(measure => measure.standing === 'silent').length
  return [
    openingSentence(content),
    ...out.flatMap(toldInSummary),
    ...(asked.size === 0
      ? ['No question was asked about these figures.']
      : [
          `${plural(asked.size, 'question was', 'questions were')} asked about these figures; ${String(answered)} ${wordFor(answered, 'has', 'have')} an answer.`,
        ]),
    ...(silent === 0 ? [] : [`Of ${plural(silent, 'measure')} the rules cannot say anything yet.`]),
  ].join('\n\n')
}

/** What stands out in the whole area, or in how many of its parts. */
function toldInSummary(measure: ReportedMeasure): string[] {
  const whole = measure.exceptions.filter(({ breakdown }) => breakdown === '').map(({ headline }) => `${headline}.`)
  const parts = new Set(measure.exceptions.map(({ breakdown }) => breakdown).filter(breakdown => breakdown !== ''))
  if (parts.size === 0) return whole.length === 0 ? [] : [whole.join(' ')]
  const named = [...parts].join(', ')
  return [[...whole, `${measure.title}: out of the ordinary in ${plural(parts.size, 'part')} (${named}).`].join(' ')]
}

/** Words at most on the one page of the summary. */
export const longestSummary = 400

export const wordsIn = (text: string): number => text.split(/\s+/).filter(word => word !== '').length

/** The summary as typed, paragraph by paragraph. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map(paragraph => paragraph.trim().replaceAll(/\s+/g, ' '))
    .filter(paragraph => paragraph !== '')
