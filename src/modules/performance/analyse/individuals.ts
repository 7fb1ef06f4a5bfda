import type { Output } from '../../../platform/commands/command.ts'
import { table } from '../../../platform/commands/table.ts'
import { type ChartRules, signalsOf } from '../analysis/process-control.ts'
import { segmentAt, xmrChart } from '../analysis/xmr-chart.ts'
import { inDigits, orNull, readColumns } from './read-columns.ts'

/** `analyse xmr`: rows follow one another as periods do, whatever they are called; one without a value is missing. */
export async function analyseIndividuals(path: string, rules: ChartRules, output: Output): Promise<void> {
  const { names, figures } = await readColumns(path, 'period', ['value'])
  const chart = xmrChart(figures.value, rules)
  const { limits, status } = segmentAt(chart, 0)
  const { points: n, centre, movingRange, lower, upper } = limits
  const points = names.map((period, i) => ({
    period,
    value: orNull(figures.value[i] ?? Number.NaN),
    signals: signalsOf(chart.signals[i] ?? 0),
  }))
  const result = {
    ...{ n, status, centre: orNull(centre), movingRange: orNull(movingRange) },
    ...{ lower: orNull(lower), upper: orNull(upper), points },
  }
  output.result(result, () => [
    `${String(n)} figures; limits: ${status}`,
    `average ${inDigits(result.centre)}, lower ${inDigits(result.lower)}, upper ${inDigits(result.upper)}, ` +
      `moving range ${inDigits(result.movingRange)}`,
    '',
    ...table(
      ['period', 'value', 'signals'],
      points.map(({ period, value, signals }) => [period, value ?? '-', signals.join(', ')]),
    ),
  ])
}
