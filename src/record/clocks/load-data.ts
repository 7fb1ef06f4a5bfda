import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { makeCalendar } from './calendar.ts'
import type { Calendars, Holiday } from './calendar.ts'
import type { OrdinaryElection } from './facts.ts'
import { clockRuleSchema } from './rule.ts'
import type { ClockRule, ClockRules } from './rule.ts'

const dataFolder = new URL('../../../data/', import.meta.url)

const plainDate = z.iso.date().transform(text => Temporal.PlainDate.from(text))

const calendarSchema = z.strictObject({
  id: z.enum(['EW', 'UK-any']),
  title: z.string(),
  /** The calendar whose holidays this one has as well. */
  extends: z.enum(['EW']).nullable(),
  source: z.string(),
  knownFrom: plainDate,
  knownUntil: plainDate,
  holidays: z.array(z.strictObject({ date: plainDate, name: z.string(), where: z.string() })),
})

const electionsSchema = z.strictObject({
  source: z.string(),
  elections: z.array(z.strictObject({ date: plainDate, certain: z.boolean() })),
})

const groupsSchema = z.array(z.strictObject({ file: z.string(), heading: z.string() }))

const ownersSchema = z.record(z.string(), z.string())

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, dataFolder), 'utf8'))
}

/** The two calendars as shipped in data/calendars. */
export function loadCalendars(): Calendars {
  const england = calendarSchema.parse(readJson('calendars/england-and-wales.json'))
  const kingdom = calendarSchema.parse(readJson('calendars/united-kingdom.json'))
  const everyHoliday = [...england.holidays, ...kingdom.holidays].sort(byDate)
  return { EW: makeCalendar(england), 'UK-any': makeCalendar({ ...kingdom, holidays: everyHoliday }) }
}

/** The ordinary elections as shipped, in order, those to come marked as not certain. */
export function loadElections(): readonly OrdinaryElection[] {
  return electionsSchema.parse(readJson('calendars/ordinary-elections.json')).elections
}

/** What each owner of a rule is called: `panel-clerk` → "clerk". */
export function loadOwners(): Readonly<Record<string, string>> {
  return ownersSchema.parse(readJson('clock-rules/owners.json'))
}

/** Every rule in data/clock-rules. */
export function loadRules(): ClockRules {
  const files = readdirSync(new URL('clock-rules/', dataFolder)).filter(name => name !== 'owners.json')
  return byIdentifier(files.sort().flatMap(readRules))
}

/** Rules of one subject, under its heading. */
export interface RuleGroup {
  heading: string
  rules: readonly ClockRule[]
}

/** Every rule by subject, in the order in which a reader meets them. */
export function loadRuleGroups(): readonly RuleGroup[] {
  const groups = groupsSchema.parse(readJson('clock-groups.json'))
  return groups.map(({ file, heading }) => ({ heading, rules: readRules(`${file}.json`) }))
}

function readRules(name: string): ClockRule[] {
  return z.array(clockRuleSchema).parse(readJson(`clock-rules/${name}`))
}

function byIdentifier(rules: readonly ClockRule[]): ClockRules {
  const map = new Map(rules.map(rule => [rule.id, rule]))
  if (map.size !== rules.length) throw new Error('Two rules in data/clock-rules have the same identifier')
  return map
}

function byDate(a: Holiday, b: Holiday): number {
  return Temporal.PlainDate.compare(a.date, b.date)
}
