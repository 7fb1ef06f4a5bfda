import type { Typed } from '../../platform/commands/command.ts'
import { ClockFault } from './clock-fault.ts'
import type { FactName } from './clock-fault.ts'
import { dateInWords } from './days.ts'
import type { ClockFacts, ClockYear, LeftOut, Pause } from './facts.ts'
import type { Jurisdiction } from './rule.ts'

/** Police areas in Wales; every other area is in England. */
const welshAreas: readonly string[] = ['wales', 'cymru', 'dyfed-powys', 'gwent', 'north-wales', 'south-wales']

/**
 * What was typed after `peelian clock <RULE>`, as the facts of one clock for each date or year given.
 *
 * @throws ClockFault for a date that does not exist, a stretch without its end, or a number that is none
 */
export function readFacts(typed: Typed): readonly ClockFacts[] {
  const shared: ClockFacts = {
    members: readNumber(typed, 'members'),
    paused: texts(typed, 'paused').map(readPause),
    leftOut: texts(typed, 'left-out').map(readLeftOut),
    extended: typed.options['extended'] === true,
    length: readNumber(typed, 'length'),
    jurisdiction: readJurisdiction(typed),
  }
  const days = listed(typed, 'from').map(readTrigger)
  const years = listed(typed, 'year').map(readYear)
  if (days.length > 0 && years.length > 0) return [{ ...shared, from: days[0], year: years[0] }]
  if (days.length > 0) return days.map(from => ({ ...shared, from }))
  if (years.length > 0) return years.map(year => ({ ...shared, year }))
  return [shared]
}

function texts(typed: Typed, option: string): readonly string[] {
  const value = typed.options[option]
  if (value === undefined || typeof value === 'boolean') return []
  return (typeof value === 'string' ? [value] : value).map(String)
}

/** Options may be repeated or hold several values with commas between. */
function listed(typed: Typed, option: string): readonly string[] {
  return texts(typed, option).flatMap(text => text.split(',').map(part => part.trim()))
}

function readTrigger(text: string): NonNullable<ClockFacts['from']> {
  if (!/[T ]/.test(text)) return readDay('from', text)
  const [day = '', time = ''] = text.split(/[T ]/)
  const date = readDay('from', day)
  const parts = /^(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?$/.exec(time)
  if (parts === null || !isTimeOfDay(parts.slice(1, 4))) {
    throw new ClockFault('from', `${time || text} is no time of day. Write it like 2026-11-21T14:30.`)
  }
  if (parts[4] !== undefined) return Temporal.Instant.from(`${day}T${time}`)
  return date.toPlainDateTime(Temporal.PlainTime.from(time))
}

function isTimeOfDay([hour = '0', minute = '0', second = '0']: readonly (string | undefined)[]): boolean {
  return Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59
}

/** A day as typed, or words on why there is none. */
function readDay(fact: FactName, text: string): Temporal.PlainDate {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (parts === null) throw new ClockFault(fact, `${text || 'Nothing'} is not a date. Write it like 2026-11-21.`)
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  if (month < 1 || month > 12) {
    throw new ClockFault(fact, `${text} does not exist: there is no month ${month}. Write the year, month and day.`)
  }
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month })
  const last = new Temporal.PlainDate(year, month, daysInMonth)
  if (day >= 1 && day <= daysInMonth) return last.with({ day })
  throw new ClockFault(fact, `${text} does not exist: that month ends on ${dateInWords(last)}.`)
}

function readPause(text: string): Pause {
  const [from, to] = readStretch('paused', text)
  if (to !== '') return { from: readDay('paused', from), to: readDay('paused', to) }
  throw new ClockFault(
    'paused',
    `The pause that starts on ${dateInWords(readDay('paused', from))} has not ended, so no day can be given yet. Give the day it ended: --paused ${from}..2026-11-21.`,
  )
}

function readLeftOut(text: string): LeftOut {
  const [from, to] = readStretch('left-out', text)
  return { from: readDay('left-out', from), to: readDay('left-out', to) }
}

function readStretch(fact: FactName, text: string): [from: string, to: string] {
  const [from = '', to, more] = text.split('..')
  if (to !== undefined && more === undefined) return [from, to]
  throw new ClockFault(fact, `${text} is no stretch of days. Write it like --${fact} 2026-02-09..2026-02-20.`)
}

function readYear(text: string): ClockYear {
  const parts = /^(\d{4})(?:[/-](\d\d))?$/.exec(text)
  if (parts === null) throw new ClockFault('year', `${text || 'Nothing'} is not a year. Write 2026, or 2026/27.`)
  const year = Number(parts[1])
  if (parts[2] === undefined) return { kind: 'calendar', year }
  if (Number(parts[2]) === (year + 1) % 100) return { kind: 'financial', year }
  throw new ClockFault('year', `${text} is not a financial year: the year after ${year} is ${year + 1}.`)
}

function readNumber(typed: Typed, option: 'members' | 'length'): number | undefined {
  const [text] = texts(typed, option)
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new ClockFault(option, `${text || 'Nothing'} is not a whole number. Write it like --${option} 13.`)
}

function readJurisdiction(typed: Typed): Jurisdiction | undefined {
  const [area] = texts(typed, 'area')
  if (area === undefined) return undefined
  return jurisdictionOf(area)
}

/** Whether a police area lies in Wales; by its name as addresses have it. */
export function jurisdictionOf(area: string): Jurisdiction {
  return welshAreas.includes(area.toLowerCase()) ? 'wales' : 'england'
}
