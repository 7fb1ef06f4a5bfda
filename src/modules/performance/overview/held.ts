import type { Trx } from '../../../platform/database/tables.ts'
import { statuses } from '../import/cells.ts'
import { paths } from '../paths.ts'
import { drawnLimits } from '../measure.ts'
import { comparedDimension } from '../measures/breakdowns/words.ts'
import type { CountedPart } from './areas-model.ts'
import type { OfferedPart } from './filters.ts'
import { byName, type MeasureFacts, type PartsFacts, type SeriesFacts } from './lines.ts'
import { type HeldLine, heldLines, heldParts, type HeldParts } from './overview-queries.ts'

/** The dimension whose parts are other police areas: they are compared with, not answered for. */
export const comparators = comparedDimension

/** Every breakdown of every measure held, read once for the list of them and for what stands out in them. */
export function heldBreakdowns(trx: Trx, areaId: number): Promise<HeldParts[]> {
  return heldParts(trx, areaId)
}

/** Every measure that the transaction's organisation holds, with how one breakdown of it was last read. */
export async function heldMeasures(
  trx: Trx,
  areaId: number,
  breakdowns: readonly HeldParts[],
  part: OfferedPart | null,
): Promise<MeasureFacts[]> {
  const lines = await heldLines(trx, areaId, part?.name ?? '')
  if (part !== null) return lines.map(line => measureFacts(line, []))
  const parts = Map.groupBy(
    breakdowns.filter(({ dimension }) => dimension !== comparators),
    each => each.measure_id,
  )
  return lines.map(line => measureFacts(line, parts.get(line.id)?.map(partsFacts) ?? []))
}

/** The breakdowns by dimension and name, with how many measures have each and in how many it stands out. Pure. */
export function countedParts(breakdowns: readonly HeldParts[]): CountedPart[] {
  const counted = new Map<string, CountedPart>()
  for (const { dimension, names, out } of breakdowns) {
    const standing = new Set(out)
    for (const name of new Set(names)) {
      const key = `${dimension}\n${name}`
      const before = counted.get(key) ?? { dimension, name, measures: 0, out: 0 }
      counted.set(key, {
        ...before,
        measures: before.measures + 1,
        out: before.out + Number(standing.has(name)),
      })
    }
  }
  return [...counted.values()].sort((a, b) => byName(a.dimension, b.dimension) || byName(a.name, b.name))
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

/** Parts that a sentence names at most. */
const mostNamed = 3

function partsFacts({ dimension, names, out }: HeldParts): PartsFacts {
  const standing = [...new Set(out)].sort(byName)
  return { dimension, parts: new Set(names).size, outCount: standing.length, out: standing.slice(0, mostNamed) }
}
