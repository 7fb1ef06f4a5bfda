import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Command, Output, Typed } from '../../platform/commands/command.ts'
import { table } from '../../platform/commands/table.ts'
import { Fault, UsageFault } from '../../platform/fault.ts'
import { checkRules, type ChartRules, defaultRules, signalsOf } from './analysis/process-control.ts'
import { segmentAt, type XmrChart, xmrChart } from './analysis/xmr-chart.ts'
import { missingMark, readNumber } from './import/cells.ts'
import { fileInMemory, inspect } from './import/csv-file.ts'

/** A series from a file: what its periods are called, and its figures, NaN where missing. */
interface NamedSeries {
  periods: readonly string[]
  values: Float64Array
}

/** `peelian analyse xmr FILE.csv`: reads a series by the rules of process control, without a database. */
export const analyseCommand: Command = {
  name: 'analyse',
  summary: 'read a series of figures by the rules of process control',
  usage: [
    'npx peelian analyse xmr FILE.csv [--shift 7] [--trend 7] [--json]',
    '',
    'FILE.csv has the columns period and value, one row for each period in order of time.',
    'An empty value is a missing period. With fewer than six figures there are no signals.',
    '--shift N  figures in a row on one side of the average that make a shift; 7 unless given',
    '--trend N  figures in a row that rise, or fall, that make a trend; 7 unless given',
  ],
  options: { shift: { type: 'string' }, trend: { type: 'string' } },
  words: [2, 2],
  async run({ typed, output }) {
    const [method, path = ''] = typed.words
    if (method !== 'xmr') throw new UsageFault(`There is no analysis "${method ?? ''}". Write: analyse xmr FILE.csv.`)
    const rules = rulesOf(typed)
    const series = readSeries(await textOf(path))
    report(output, series, xmrChart(series.values, rules))
  },
}

function rulesOf({ options }: Typed): ChartRules {
  const rules = { ...defaultRules, shift: wholeOption(options, 'shift'), trend: wholeOption(options, 'trend') }
  try {
    checkRules(rules)
  } catch (fault) {
    throw fault instanceof RangeError ? new UsageFault(fault.message) : fault
  }
  return rules
}

function wholeOption(options: Typed['options'], name: 'shift' | 'trend'): number {
  const given = options[name]
  if (given === undefined) return defaultRules[name]
  if (typeof given !== 'string' || !/^\d+$/.test(given)) throw new UsageFault(`--${name} takes a whole number, like 7.`)
  return Number(given)
}

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new Fault(code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${code}).`)
  })
  const { fault, encoding } = await inspect(fileInMemory(path, bytes))
  if (fault !== null) throw new Fault(`${path}: ${fault}`)
  return new TextDecoder(encoding).decode(bytes)
}

/** Rows follow one another as periods do, whatever they are called: a missing period is a row without a value. */
function readSeries(text: string): NamedSeries {
  const rows: string[][] = parseRows(text)
  const names = (rows[0] ?? []).map(name => name.trim().toLowerCase())
  const [period, value] = [names.indexOf('period'), names.indexOf('value')]
  if (period === -1 || value === -1) {
    throw new Fault(`The file needs the columns period and value. Its columns are: ${names.join(', ')}.`)
  }
  const body = rows.slice(1)
  return {
    periods: body.map(row => (row[period] ?? '').trim()),
    values: Float64Array.from(body, (row, i) => figure((row[value] ?? '').trim(), i + 2)),
  }
}

function parseRows(text: string): string[][] {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: true })
  } catch (cause) {
    throw new Fault(`The file cannot be read as CSV: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

function figure(text: string, line: number): number {
  if (missingMark(text) !== undefined) return Number.NaN
  const value = readNumber(text)
  if (typeof value === 'number') return value
  throw new Fault(`Line ${String(line)}: "${text}" is not a figure. Write digits, or leave it empty.`)
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

function report(output: Output, series: NamedSeries, chart: XmrChart): void {
  const { limits, status } = segmentAt(chart, 0)
  const points = series.periods.map((period, i) => ({
    period,
    value: orNull(chart.values[i] ?? Number.NaN),
    signals: signalsOf(chart.signals[i] ?? 0),
  }))
  const { points: n, centre, movingRange, lower, upper } = limits
  const result = {
    ...{ n, status, centre: orNull(centre), movingRange: orNull(movingRange) },
    ...{ lower: orNull(lower), upper: orNull(upper), points },
  }
  output.result(result, () => forPeople(result))
}

interface Result {
  n: number
  status: string
  centre: number | null
  movingRange: number | null
  lower: number | null
  upper: number | null
  points: readonly { period: string; value: number | null; signals: readonly string[] }[]
}

function forPeople({ n, status, centre, movingRange, lower, upper, points }: Result): string[] {
  const number = (value: number | null) => (value === null ? '-' : String(Number(value.toPrecision(8))))
  return [
    `${String(n)} figures; limits: ${status}`,
    `average ${number(centre)}, lower ${number(lower)}, upper ${number(upper)}, moving range ${number(movingRange)}`,
    '',
    ...table(
      ['period', 'value', 'signals'],
      points.map(({ period, value, signals }) => [period, value ?? '-', signals.join(', ')]),
    ),
  ]
}
