import type { Basis, Kind, Unit } from '../measure.ts'
import { type Frequency, parsePeriod } from '../period.ts'
import type { Figure } from '../series-data.ts'
import type { Adding } from '../tables.ts'
import type { MeasureFigures, QualityMeasure, Subject } from './finding.ts'
import { kindredGroups } from './kindred.ts'

type More = { n?: number; d?: number; asAt?: string; status?: string }
/** Breakdown, period, value or mark, source, and what else is known. */
export type WrittenRow = readonly [string, string, number | string, string?, More?]

/** A measure with its figures as tests write them. */
export interface WrittenMeasure {
  title: string
  unit: Unit
  kind: Kind
  frequency: Frequency
  rows: readonly WrittenRow[]
  decimals?: number
  basis?: Basis
  target?: number
  definition?: string
  dimensions?: readonly { name: string; adding: Adding; parts: readonly (string | readonly string[])[] }[]
}

/** The identity of the measure at a place in the list. */
export const measureRow = (at: number): string => `measure-${String(at).padStart(3, '0')}`

/** Measures as tests write them, handed to the rules as the database would be. */
export function subjectsFrom(written: readonly WrittenMeasure[]): Subject[] {
  const all = written.map((each, i): MeasureFigures => ({ measure: measureOf(each, i), series: seriesOf(each) }))
  const groups = kindredGroups(all.map(each => ({ ...each, title: each.measure.title })))
  return all.map(each => {
    const group = groups.find(found => found.some(other => other.measure === each.measure)) ?? []
    return { ...each, kindred: group.filter(other => other.measure !== each.measure) }
  })
}

function measureOf(written: WrittenMeasure, at: number): QualityMeasure {
  const { title, unit, kind, frequency, decimals = 0, basis = null, target = null, definition = '' } = written
  return {
    ...{ title, unit, kind, frequency, decimals, basis, target, definition },
    ...{ id: measureRow(at), reference: `M-2026-${String(at + 1)}`, source: 'The force', per: null },
    ...{ bandLow: null, bandHigh: null },
    dimensions: (written.dimensions ?? []).map(({ name, adding, parts }) => ({
      ...{ name, adding },
      breakdowns: parts.map(part =>
        typeof part === 'string' ? { name: part, parent: null } : { name: part[0] ?? '', parent: part[1] ?? null },
      ),
    })),
  }
}

function seriesOf({ rows }: WrittenMeasure): MeasureFigures['series'] {
  const groups = Map.groupBy(rows, ([breakdown, , , source]) => `${breakdown}\u0000${source ?? ''}`)
  return [...groups].map(([key, found]) => {
    const [breakdown = '', source = ''] = key.split('\u0000')
    const figures = found.map(figureOf).sort((a, b) => Temporal.PlainDate.compare(a.period.start, b.period.start))
    return { breakdown, source, figures }
  })
}

function figureOf([, text, value, , more = {}]: WrittenRow): Figure {
  const period = parsePeriod(text)
  if ('fault' in period) throw new Error(period.fault)
  return {
    period,
    value: typeof value === 'number' ? value : null,
    mark: typeof value === 'number' ? null : value,
    numerator: more.n ?? null,
    denominator: more.d ?? null,
    status: more.status ?? 'not-stated',
    asAt: more.asAt === undefined ? null : Temporal.PlainDate.from(more.asAt),
    revision: 1,
  }
}
