import type { Command, CommandContext } from '../../platform/commands/command.ts'
import { UsageFault } from '../../platform/fault.ts'
import { ClockFault } from './clock-fault.ts'
import { readFacts } from './command-facts.ts'
import { computeClocks } from './compute-clock.ts'
import type { ClockResult } from './compute-clock.ts'
import { dayInWords, momentInWords } from './days.ts'
import { findRule } from './find-rule.ts'
import { loadCalendars, loadElections, loadOwners, loadRules } from './load-data.ts'
import type { ClockRule, ClockRules } from './rule.ts'

/** `peelian clock`: every rule, or one worked out with its working shown. */
export const clockCommand: Command = {
  name: 'clock',
  summary: 'work out a deadline and show the working, or list every rule',
  usage: [
    'peelian clock                                   every rule',
    'peelian clock FOI-20 --from 2026-05-22          one deadline; several dates with commas between',
    'peelian clock BREACH-72H --from 2026-05-22T14:30',
    'peelian clock R3 --year 2026                    a year of the dates, or a financial year: 2026/27',
    'peelian clock VETO --members 13',
    '--paused A..B     the clock stood still; may be repeated',
    '--left-out A..B   days that do not count, both included; may be repeated',
    "--extended        the ground of the rule's extension holds",
    '--area AREA       the police area, which tells England from Wales',
    '--length N        the length your body has set, for a local convention',
  ],
  options: {
    from: { type: 'string', multiple: true },
    year: { type: 'string', multiple: true },
    members: { type: 'string' },
    paused: { type: 'string', multiple: true },
    'left-out': { type: 'string', multiple: true },
    extended: { type: 'boolean' },
    area: { type: 'string' },
    length: { type: 'string' },
  },
  words: [0, 1],
  run: context => Promise.resolve(runClock(context)),
}

function runClock({ typed, output }: CommandContext): void {
  const rules = loadRules()
  const [id] = typed.words
  try {
    if (id === undefined) return listRules(rules, { typed, output })
    const rule = findRule(rules, id)
    const basis = { calendars: loadCalendars(), elections: loadElections() }
    const results = readFacts(typed).flatMap(facts => computeClocks(rule, facts, basis))
    output.result(results.map(asJson), () => results.flatMap(result => forPeople(rule, result)))
  } catch (fault) {
    if (fault instanceof ClockFault) throw new UsageFault(fault.message)
    throw fault
  }
}

function listRules(rules: ClockRules, { typed, output }: Pick<CommandContext, 'typed' | 'output'>): void {
  const without = Object.keys(typed.options).filter(option => option !== 'json')
  if (without.length > 0) {
    throw new ClockFault('rule', `Say which rule is meant: peelian clock RULE --${without[0] ?? ''} … `.trimEnd())
  }
  const owners = loadOwners()
  const list = [...rules.values()]
  const rows = list.map(rule => [rule.id, owners[rule.owner] ?? rule.owner, rule.status, lawOf(rule), rule.title])
  output.result(
    list.map(({ id, ...rest }) => ({ rule: id, ...rest })),
    () => table([['Rule', 'Whose', 'Status', 'Length', 'What'], ...rows]),
  )
}

/** Whether a law sets the length. */
function lawOf(rule: ClockRule): string {
  return rule.lawful ? 'by law' : 'by convention'
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** The result with days as text: 2026-06-23, or 2026-06-23T14:30 where hours count. */
export function asJson(result: ClockResult): object {
  const text = (when: ClockResult['due']): string | null => {
    if (when === null) return null
    if (when instanceof Temporal.PlainDate) return when.toString()
    return when.toString({ smallestUnit: when.second === 0 ? 'minute' : 'second' })
  }
  return { ...result, from: text(result.from), due: text(result.due), planBy: text(result.planBy) }
}

function forPeople(rule: ClockRule, result: ClockResult): readonly string[] {
  const due =
    result.due instanceof Temporal.PlainDate ? dayInWords(result.due) : result.due && momentInWords(result.due)
  const head = result.votes === null ? `due ${due ?? 'on no set day'}` : `${result.votes} votes`
  return [
    `${rule.id}  ${rule.title}: ${head}`,
    ...result.working.map(sentence => `  ${sentence}`),
    ...(rule.breach === null ? [] : [`  If it is not kept: ${rule.breach}`]),
    `  Source: ${result.source}.`,
    '',
  ]
}
