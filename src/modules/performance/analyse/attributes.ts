import type { Output } from '../../../platform/commands/command.ts'
import { table } from '../../../platform/commands/table.ts'
import { Fault } from '../../../platform/fault.ts'
import { type AttributeLaw, attributeReader, type CountsBySize } from '../analysis/attribute-charts.ts'
import { type ChartRules, signalsOf } from '../analysis/process-control.ts'
import { inDigits, orNull, readColumns } from './read-columns.ts'

const laws = {
  poisson: { law: 'poisson', exact: 'always', widen: false },
  p: { law: 'binomial', exact: 'small', widen: false },
  u: { law: 'poisson', exact: 'small', widen: false },
} as const satisfies Record<string, Omit<AttributeLaw, 'scale'>>

/** Charts that know what chance gives: of small counts, of shares of a known number, of counts by exposure. */
export type AttributeMethod = keyof typeof laws
export const isAttributeMethod = (method: string): method is AttributeMethod => Object.hasOwn(laws, method)

/**
 * `analyse poisson`, `analyse p` and `analyse u`: limits by period, and what the rules say.
 *
 * @param per what ratios are given for: 100 for per cent
 */
export async function analyseAttributes(
  method: AttributeMethod,
  path: string,
  rules: ChartRules,
  per: number,
  output: Output,
): Promise<void> {
  const { names, given } = method === 'poisson' ? await countsOf(path) : await ratiosOf(path, method)
  const scale = method === 'poisson' ? 1 : per
  const signals = new Uint8Array(names.length)
  const segment = attributeReader(given, rules, { ...laws[method], scale })(0, names.length, signals)
  const points = names.map((period, i) => {
    const [numerator, denominator] = [given.counts[i] ?? Number.NaN, given.sizes[i] ?? Number.NaN]
    const { lower, upper } = segment.at(i)
    return {
      period,
      value: orNull((numerator / denominator) * scale),
      ...(method !== 'poisson' && { numerator: orNull(numerator), denominator: orNull(denominator) }),
      ...{ lower: orNull(lower), upper: orNull(upper), signals: signalsOf(signals[i] ?? 0) },
    }
  })
  const centre = names.map((_name, i) => segment.at(i).centre).find(each => !Number.isNaN(each)) ?? null
  const result = { method, n: segment.points, status: segment.status, centre, points }
  output.result(result, () => [
    `${String(segment.points)} figures; limits: ${segment.status}`,
    `average ${inDigits(centre)}`,
    '',
    ...table(
      ['period', 'value', 'lower', 'upper', 'signals'],
      points.map(each => [each.period, ...[each.value, each.lower, each.upper].map(inDigits), each.signals.join(', ')]),
    ),
  ])
}

const isCount = (value: number): boolean => Number.isNaN(value) || (Number.isInteger(value) && value >= 0)

function refuse(values: Float64Array, isRight: (value: number, i: number) => boolean, reason: string): void {
  const at = values.findIndex((value, i) => !isRight(value, i))
  if (at >= 0) throw new Fault(`Line ${String(at + 2)}: ${String(values[at])} ${reason}`)
}

async function countsOf(path: string): Promise<{ names: readonly string[]; given: CountsBySize }> {
  const { names, figures } = await readColumns(path, 'period', ['value'])
  refuse(figures.value, isCount, 'is not a count. Counts are whole numbers from 0.')
  return { names, given: { counts: figures.value, sizes: new Float64Array(names.length).fill(1) } }
}

async function ratiosOf(path: string, method: 'p' | 'u'): Promise<{ names: readonly string[]; given: CountsBySize }> {
  const { names, figures } = await readColumns(path, 'period', ['numerator', 'denominator'])
  const { numerator, denominator } = figures
  refuse(numerator, isCount, 'is not a count. Counts are whole numbers from 0.')
  refuse(denominator, size => !(size <= 0), 'is nothing to divide by. A denominator is above 0.')
  if (method === 'p') {
    refuse(denominator, isCount, 'is not a whole number. A share is so many of so many; use u for a rate.')
    refuse(numerator, (count, i) => !(count > (denominator[i] ?? 0)), 'is more than there are. Use u for a rate.')
  }
  return { names, given: { counts: numerator, sizes: denominator } }
}
