import type { BenchResult } from '../platform/benchmark.ts'
import type { Command } from '../platform/commands/command.ts'
import { table } from '../platform/commands/table.ts'
import { UsageFault } from '../platform/fault.ts'

const usual = ['page', 'register', 'analysis', 'load', 'pack', 'clocks', 'start']
/** Takes a quarter of an hour and ten gigabytes of disk, so it is asked for by its name. */
const long = ['country']
const names = [...usual, ...long]

/** Measures the budgets of the design, each as a ratio to a reference in the same run. */
export const benchCommand: Command = {
  name: 'bench',
  summary: 'measure how fast this machine runs it, as ratios',
  usage: [
    `npx peelian bench [${names.join('] [')}]`,
    '',
    'Each figure stands beside a reference measured in the same run; on its own it says little.',
    'country makes 35 million figures: it takes a quarter of an hour, ten gigabytes of disk, and runs only by its name.',
  ],
  words: [0, names.length],
  async run({ output, typed }) {
    const { allBenches } = await import('./benches.ts')
    const unknown = typed.words.find(word => !names.includes(word))
    if (unknown !== undefined) {
      throw new UsageFault(`There is no benchmark "${unknown}". There are: ${names.join(', ')}.`)
    }
    const wanted = typed.words.length === 0 ? usual : typed.words
    const results: BenchResult[] = []
    for (const bench of allBenches.filter(each => wanted.includes(each.name))) {
      results.push(...(await bench.run(output.progress)))
    }
    output.result(results, () => table(['Work', 'Ours', 'Reference', 'Ratio', 'Goal', 'Met'], results.map(row)))
  },
}

function row(result: BenchResult): (string | number)[] {
  const met = result.met === null ? '' : result.met ? 'yes' : 'no'
  return [
    result.work,
    figure(result.ours),
    result.reference === null ? '' : figure(result.reference),
    result.ratio === null ? '' : result.ratio.toFixed(2),
    result.goal ?? 'information',
    met,
  ]
}

function figure(n: number): string {
  return n.toLocaleString('en-GB', { maximumSignificantDigits: 4 })
}
