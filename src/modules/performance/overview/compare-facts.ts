import type { Trx } from '../../../platform/database/tables.ts'
import type { Measure } from '../measure.ts'

/** A series as the public may see it: suppression has been applied, so a hidden figure is null with its mark. */
export interface PublicFigures {
  breakdown: string
  source: string
  standing: 'good' | 'bad' | 'neutral' | 'usual' | 'silent'
  /** What the rules say of it, sentence by sentence. */
  says: readonly string[]
  figures: readonly {
    period: string
    value: number | null
    mark: string | null
    numerator: number | null
    denominator: number | null
  }[]
}

/** What a measure's snapshot carries for the pages that show many measures or many areas. */
export interface OverviewParts {
  /** Goes into the snapshot's body under `comparison`. */
  comparison: object | null
  /** Goes into the snapshot's facts under `overview`, as text: small, for lists. */
  overview: string
}

/**
 * What the public dashboard, area pages and compare page need of a measure, to be frozen with it at publication.
 *
 * @param series every series that is published, all breakdowns, figures in order of time, already suppressed
 */
export async function overviewParts(
  trx: Trx,
  measure: Measure,
  series: readonly PublicFigures[],
): Promise<OverviewParts> {
  void trx
  void measure
  void series
  return Promise.resolve({ comparison: null, overview: '' })
}
