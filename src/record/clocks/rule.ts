import { z } from 'zod'

/** The ways of counting by a length; the unit follows from the name. */
const lengthCounts = [
  'days-beginning-with',
  'days-after',
  'weeks-beginning-with',
  'months-beginning-with',
  'months-after',
  'working-days-after',
  'working-days-beginning-with',
  'working-days-before',
  'clear-working-days-before',
] as const

const length = z.number().int().positive()
const date = z.iso.date()
const monthDay = z.string().regex(/^\d\d-\d\d$/)

const counted = z.strictObject({
  count: z.enum(lengthCounts),
  /** Null where nobody has set a length yet: then there is no due date. */
  length: length.nullable(),
  /** The end moves to the next working day (only the subject access month does). */
  roll: z.boolean().optional(),
})

/**
 * A date that statute names. `financialYear` says in which calendar year it falls when a financial year is asked for:
 * the one in which that year begins, or the one in which it ends.
 */
const fixedDate = z.strictObject({
  count: z.literal('fixed-date'),
  financialYear: z.enum(['begins', 'ends']),
  dates: z.array(
    z.strictObject({
      monthDay,
      /** "before 1 March" is one day before it. */
      daysBefore: z.number().int().positive().optional(),
      /** The last calendar year in which this was the date. */
      throughYear: z.number().int().optional(),
    }),
  ),
  /** Whether a day may be given instead, to mean the financial year that holds it. */
  orDay: z.boolean(),
})

const arithmetic = z.discriminatedUnion('count', [
  counted,
  z.strictObject({ count: z.literal('hours-after'), length }),
  z.strictObject({ count: z.literal('same-day') }),
  z.strictObject({ count: z.literal('period-end'), period: z.enum(['month', 'quarter']), length }),
  z.strictObject({ count: z.literal('financial-year-end') }),
  z.strictObject({ count: z.literal('planning-period-end') }),
  fixedDate,
  z.strictObject({ count: z.literal('listed-dates'), dates: z.record(z.string().regex(/^\d{4}\/\d\d$/), date) }),
  z.strictObject({ count: z.literal('two-thirds') }),
  z.strictObject({ count: z.literal('none') }),
])

/** One rule of the law, or one convention, as kept in data/clock-rules. */
export const clockRuleSchema = z.strictObject({
  id: z.string().regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/),
  title: z.string(),
  /** The rule in one sentence, as it stands at the head of the working. */
  sentence: z.string(),
  /** The starting event in words that follow "the clock starts from": "the day the request was received". */
  trigger: z.string(),
  arithmetic,
  calendar: z.enum(['EW', 'UK-any']),
  /** Who must do it: a key of data/clock-rules/owners.json. */
  owner: z.string(),
  /** The law with its section, or the paper a convention was read in. */
  source: z.string(),
  /** How well the rule is known: its text was read, seen in a secondary page, from memory, or it is not law at all. */
  status: z.enum(['verified', 'secondary', 'background', 'local']),
  /** False where no law sets the length: the number is the product's own default or a local convention. */
  lawful: z.boolean(),
  /** Between which days it is law. `unknown`: no date of commencement is recorded, so it is taken as always law. */
  inForce: z.strictObject({
    commencement: z.enum(['known', 'background', 'unknown', 'not-commenced']),
    from: date.nullable(),
    until: date.nullable(),
  }),
  /** Where it is law, if not in both England and Wales. */
  jurisdiction: z.enum(['england', 'wales']).optional(),
  /** A different length in Wales. */
  lengthInWales: length.optional(),
  /** What a breach means, in a sentence, or null where no law says. */
  breach: z.string().nullable(),
  /** Do it by the last day; or something stays open until it; or something must wait until it is over. */
  lastDay: z.enum(['do-by', 'open-until', 'wait-until']),
  /** A local convention whose length an area or a body sets. */
  setting: z.strictObject({ title: z.string(), unit: z.string(), default: length.nullable() }).optional(),
  /** A longer length where the ground holds. */
  extension: z.strictObject({ length, ground: z.string() }).optional(),
  /** The count makes no sense without the days on which it stopped. */
  needsPause: z.boolean().optional(),
  /** The day the pause ends is left out too (fees: FOIA s.10(2)); otherwise it counts again. */
  pauseLeavesOutLastDay: z.boolean().optional(),
  /** How the freshness of a published item is judged (Specified Information Order only). */
  freshness: z.enum(['month', 'quarter', 'year', 'year-ahead', 'review', 'event', 'one-month']).optional(),
  /** Its clocks are never shown to the public: when an organisation looks again, or what a member owes, is its own. */
  inside: z.boolean().optional(),
  /** What is to be done, in the words of My work: "Answer {record}", which stands for "question Q-2026-04". */
  work: z.string().includes('{record}').optional(),
  /** It comes up every year, although no day of the year is named. */
  yearly: z.boolean().optional(),
  /** What else whoever relies on the rule should know. */
  note: z.string().optional(),
})

export type ClockRule = Readonly<z.infer<typeof clockRuleSchema>>
export type Jurisdiction = NonNullable<ClockRule['jurisdiction']>

/** Every rule by its identifier. */
export type ClockRules = ReadonlyMap<string, ClockRule>

/** Which fact starts the count: a day or moment, a year, a number of members, or nothing at all. */
type StartingFact = 'from' | 'moment' | 'year' | 'members' | 'none'

/** The fact a rule starts from. */
export function startingFact(rule: ClockRule): StartingFact {
  switch (rule.arithmetic.count) {
    case 'two-thirds':
      return 'members'
    case 'fixed-date':
    case 'listed-dates':
      return 'year'
    case 'hours-after':
      return 'moment'
    case 'none':
      return 'none'
    default:
      return 'from'
  }
}

/** True where the rule counts working days, so that its last day is always one. */
export function countsWorkingDays(rule: ClockRule): boolean {
  return rule.arithmetic.count.includes('working-days')
}

/** True where the rule counts back from its day, as an agenda does from the meeting. */
export function countsBackwards(rule: ClockRule): boolean {
  return rule.arithmetic.count === 'clear-working-days-before' || rule.arithmetic.count === 'working-days-before'
}
