import type { Command, Typed } from '../../platform/commands/command.ts'
import { UsageFault } from '../../platform/fault.ts'
import { analyseAreas } from './analyse/areas.ts'
import { analyseAttributes, isAttributeMethod } from './analyse/attributes.ts'
import { analyseIndividuals } from './analyse/individuals.ts'
import { checkRules, type ChartRules, defaultRules } from './analysis/process-control.ts'

/** `peelian analyse METHOD FILE.csv`: reads figures from a file by the rules, without a database. */
export const analyseCommand: Command = {
  name: 'analyse',
  summary: 'read a series of figures by the rules of process control, or compare areas',
  usage: [
    'npx peelian analyse xmr FILE.csv [--shift 7] [--trend 7] [--json]',
    'npx peelian analyse poisson FILE.csv [--shift 7] [--trend 7] [--json]',
    'npx peelian analyse p|u FILE.csv [--per 1] [--shift 7] [--trend 7] [--json]',
    'npx peelian analyse funnel FILE.csv [--per 1000] [--json]',
    '',
    'xmr      single figures by their moving ranges; columns period and value',
    'poisson  small counts by exact limits; columns period and value',
    'p        shares of a known number; columns period, numerator and denominator',
    'u        counts by what they are out of; columns period, numerator and denominator',
    'funnel   areas at one time; columns area, events and population',
    '',
    'One row for each period in order of time. An empty value is a missing period.',
    'With fewer than six figures there are no signals.',
    '--shift N  figures in a row on one side of the average that make a shift; 7 unless given',
    '--trend N  figures in a row that rise, or fall, that make a trend; 7 unless given',
    '--per N    what a ratio is given for: 100 for per cent, 1000 for a rate per 1,000',
  ],
  options: { shift: { type: 'string' }, trend: { type: 'string' }, per: { type: 'string' } },
  words: [2, 2],
  async run({ typed, output }) {
    const [method = '', path = ''] = typed.words
    const rules = rulesOf(typed)
    if (method === 'xmr') return analyseIndividuals(path, rules, output)
    if (method === 'funnel') return analyseAreas(path, wholeOption(typed.options, 'per', 1000), output)
    if (isAttributeMethod(method)) {
      return analyseAttributes(method, path, rules, wholeOption(typed.options, 'per', 1), output)
    }
    throw new UsageFault(`There is no analysis "${method}". Write xmr, poisson, p, u or funnel, and then the file.`)
  },
}

function rulesOf({ options }: Typed): ChartRules {
  const { shift, trend } = defaultRules
  const rules = {
    ...defaultRules,
    shift: wholeOption(options, 'shift', shift),
    trend: wholeOption(options, 'trend', trend),
  }
  try {
    checkRules(rules)
  } catch (fault) {
    throw fault instanceof RangeError ? new UsageFault(fault.message) : fault
  }
  return rules
}

function wholeOption(options: Typed['options'], name: 'shift' | 'trend' | 'per', unlessGiven: number): number {
  const given = options[name]
  if (given === undefined) return unlessGiven
  if (typeof given === 'string' && /^[1-9]\d*$/.test(given)) return Number(given)
  throw new UsageFault(`--${name} takes a whole number, like ${String(unlessGiven)}.`)
}
