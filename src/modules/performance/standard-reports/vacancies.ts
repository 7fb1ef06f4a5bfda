import { longDate } from '../../../platform/time.ts'
import { figureText } from '../figures.ts'
import { parsePeriod, periodEnd } from '../period.ts'
import { figureAt, latestFigure } from './report-measure.ts'
import type { ReportMeasure } from './report-measure.ts'
import type { ReportTable } from './report-tables.ts'
import { reportWords } from './words.ts'

/** Posts that are not filled; or the two days that keep them from being worked out. */
export type Vacancies = { table: ReportTable } | { days: readonly [string, string] }

/**
 * Posts less full-time equivalents, of each group that has both, only where both are as at one day: the two count
 * different things, and a difference between two days would be neither. Pure.
 *
 * @returns null where either has no figures
 */
export function vacanciesOf(posts: ReportMeasure, strength: ReportMeasure): Vacancies | null {
  const [latestPosts, latestStrength] = [latestFigure(posts), latestFigure(strength)]
  if (latestPosts === null || latestStrength === null) return null
  const [postsDay, strengthDay] = [lastDay(latestPosts.period), lastDay(latestStrength.period)]
  if (postsDay !== strengthDay) return { days: [postsDay, strengthDay] }
  const names = [...posts.series.keys()].filter(name => strength.series.has(name))
  const ordered = ['', ...orderOf(posts)].filter(name => names.includes(name))
  return {
    table: {
      caption: reportWords.vacancies.caption(postsDay),
      columns: [
        { heading: posts.facts.dimensions[0]?.name ?? reportWords.part },
        { heading: reportWords.vacancies.posts, numeric: true },
        { heading: reportWords.vacancies.strength, numeric: true },
        { heading: reportWords.vacancies.vacant, numeric: true },
      ],
      rows: ordered.map(name => ({ cells: cellsOf(posts, strength, name, latestPosts.period, latestStrength.period) })),
      notes: [],
    },
  }
}

const orderOf = ({ facts }: ReportMeasure): string[] => facts.dimensions.flatMap(({ parts }) => parts)

function lastDay(period: string): string {
  const parsed = parsePeriod(period)
  return 'fault' in parsed ? period : longDate(periodEnd(parsed))
}

function cellsOf(posts: ReportMeasure, strength: ReportMeasure, name: string, period: string, same: string) {
  const [there, filled] = [figureAt(posts, name, period).value, figureAt(strength, name, same).value]
  const decimals = Math.max(posts.facts.decimals, strength.facts.decimals)
  const text = (value: number | null) => (value === null ? '' : figureText(value, { unit: 'count', decimals }))
  const vacant = there === null || filled === null ? null : there - filled
  return [name === '' ? reportWords.all : name, text(there), text(filled), text(vacant)].map(
    each => ({ type: 'text', text: each }) as const,
  )
}
