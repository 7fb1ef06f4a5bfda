import type { Trx } from '../../../platform/database/tables.ts'
import { statuses } from '../import/cells.ts'
import { paths } from '../kinds.ts'
import { drawnLimits } from '../measure.ts'
import { comparedDimension } from '../measures/breakdowns/words.ts'
import type { OfferedPart } from './filters.ts'
import type { MeasureFacts, PartsFacts, SeriesFacts } from './lines.ts'
import { heldBreakdowns, type HeldLine, heldLines, type HeldPart, heldParts } from './overview-queries.ts'

/** The dimension whose parts are other police areas: they are compared with, not answered for. */
export const comparators = comparedDimension

/** Every measure that the transaction's organisation holds, with how one breakdown of it was last read. */
export async function heldMeasures(trx: Trx, areaId: number, part: OfferedPart | null): Promise<MeasureFacts[]> {
  const lines = await heldLines(trx, areaId, part?.name ?? '')
  if (part !== null) return lines.map(line => measureFacts(line, []))
  const parts = Map.groupBy(await heldParts(trx, areaId, comparators), each => each.measure_id)
  return lines.map(line => measureFacts(line, parts.get(line.id)?.map(partsFacts) ?? []))
}

/** The breakdowns that may be asked for. */
export function heldOffers(trx: Trx, areaId: number): Promise<HeldPart[]> {
  return heldBreakdowns(trx, areaId)
}

function measureFacts(line: HeldLine, parts: readonly PartsFacts[]): MeasureFacts {
  const { objective_id, objective_title, objective_reference } = line
  return {
    title: line.title,
    reference: line.reference,
    href: paths.measure(line.id),
    measure: { unit: line.unit, kind: line.kind, frequency: line.frequency, decimals: line.decimals },
    objective:
      objective_id === null || objective_title === null
        ? null
        : { title: objective_title, href: `/workspace/records/${objective_id}`, order: objective_reference ?? '' },
    series: line.has_series ? seriesFacts(line) : null,
    parts,
  }
}

function seriesFacts(line: HeldLine): SeriesFacts {
  const { broken_from, broken_cause } = line
  return {
    at: line.latest_period?.toString() ?? null,
    latest: line.latest_value,
    yearBefore: line.year_before_value,
    status: unsettled(line.latest_status),
    standing: line.standing ?? 'silent',
    says: line.says ?? '',
    recent: line.recent ?? [],
    range:
      line.lower === null || line.upper === null ? null : drawnLimits(line, { lower: line.lower, upper: line.upper }),
    broken:
      broken_from === null || broken_cause === null ? null : { from: broken_from.toString(), cause: broken_cause },
  }
}

/** The status of a figure where it may still change; a final one needs no word. */
function unsettled(status: number | null): string {
  const word = status === null ? undefined : statuses[status]
  return word === 'provisional' || word === 'withdrawn' ? word : ''
}

function partsFacts({ dimension, parts, out_count, out }: Awaited<ReturnType<typeof heldParts>>[number]): PartsFacts {
  return { dimension, parts, outCount: out_count, out }
}
