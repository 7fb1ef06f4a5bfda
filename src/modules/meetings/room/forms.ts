import { z } from 'zod'
import {
  choice,
  chosenId,
  optionalChoice,
  optionalId,
  optionalText,
  text,
  ticked,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { interestKinds } from './queries.ts'
import { memberVotes, resolutionKinds, voteWays } from './votes.ts'
import type { MemberVote } from './votes.ts'

const timeOfDay = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/

/** A time of day as people type it, `9.30` or `09:30`, as `09:30`; null when left out. */
export function optionalTime(): z.ZodType<string | null> {
  return optionalText('The time', 10).transform((typed, context) => {
    if (typed === null) return null
    const parts = timeOfDay.exec(typed)
    if (parts === null) {
      context.addIssue({ code: 'custom', message: 'Enter the time like 10:00 or 14:30' })
      return z.NEVER
    }
    return `${(parts[1] ?? '').padStart(2, '0')}:${parts[2] ?? ''}`
  })
}

/** A whole number that may be left out; null when it is. */
export function optionalNumber(what: string, least: number, most: number): z.ZodType<number | null> {
  return optionalText(what, 12).transform((typed, context) => {
    if (typed === null) return null
    const value = Number(typed.replaceAll(/[,\s]/g, ''))
    if (Number.isInteger(value) && value >= least && value <= most) return value
    const range = `${least.toLocaleString('en-GB')} and ${most.toLocaleString('en-GB')}`
    context.addIssue({ code: 'custom', message: `${what} must be a whole number between ${range}` })
    return z.NEVER
  })
}

export const notRecorded = 'not-recorded'

export const meetingFactsForm = z.object({
  presiding: optionalText('Who presided', 40),
  public: optionalNumber('The number of press and public', 0, 100_000),
  online: optionalNumber('The number who followed online', 0, 10_000_000),
})

export const movementForm = z.object({
  person: chosenId('Choose who came or went'),
  direction: choice('Choose whether they came or went', ['arrived', 'left'] as const),
  item: optionalId('Choose the item again'),
  at: optionalTime(),
})

export const declarationForm = z.object({
  person: chosenId('Choose who declared it'),
  item: optionalId('Choose the item again'),
  kind: choice('Choose what kind of interest it is', interestKinds),
  nature: text('Say what the interest is', 'The interest', 1000),
  'left-room': ticked(),
})

export const resolutionForm = z.object({
  item: chosenId('Choose the item'),
  kind: choice('Choose what is resolved', resolutionKinds),
  text: optionalText('The resolution', 4000),
  proposer: optionalId('Choose the proposer again'),
  seconder: optionalId('Choose the seconder again'),
  way: choice('Choose how it was decided', voteWays),
  for: optionalNumber('The votes for it', 0, 1000),
  against: optionalNumber('The votes against it', 0, 1000),
  abstained: optionalNumber('The abstentions', 0, 1000),
  casting: optionalChoice('Choose the casting vote again', ['for', 'against'] as const),
  'in-post': optionalNumber('The number of members in post', 1, 1000),
  'confirmed-why': optionalText('The reason', 1000),
})

export const exclusionForm = z.object({
  text: optionalText('The wording', 4000),
  'confirmed-why': optionalText('The reason', 1000),
})

export const bodyRulesForm = z
  .object({
    version: version(),
    numerator: optionalNumber('The upper number of the fraction', 1, 100),
    denominator: optionalNumber('The lower number of the fraction', 1, 100),
    least: optionalNumber('The least number', 1, 1000),
    words: optionalText('The words', 500),
    'notice-days': optionalNumber('The days of notice', 1, 60),
    'meets-in-public': ticked(),
    casting: optionalChoice('Choose whether there is a casting vote', ['yes', 'no'] as const),
  })
  .superRefine((value, context) => {
    const { numerator, denominator, least } = value
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if ((numerator === null) !== (denominator === null)) {
      fault(numerator === null ? 'numerator' : 'denominator', 'A fraction has two numbers, like 1 and 3 for one third')
    }
    if (numerator !== null && denominator !== null && numerator > denominator) {
      fault('numerator', 'The upper number of the fraction must not be greater than the lower one')
    }
    if (least !== null && numerator === null) fault('least', 'A least number goes with a fraction')
  })

const voteField = /^vote-(.+)$/

/** The recorded vote of each member, from the fields `vote-<id>`; those left out are not recorded. */
export function readVotes(fields: FormFields): { attendanceId: string; vote: MemberVote }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const attendanceId = voteField.exec(name)?.[1]
    const vote = memberVotes.find(each => each === value)
    return attendanceId === undefined || vote === undefined ? [] : [{ attendanceId, vote }]
  })
}

type TypedResolution = z.output<typeof resolutionForm>

/** What is missing of a vote, by field: hands are counted, and a wording may be left out only where one is offered. */
export function missingOfResolution(value: TypedResolution, offered: string | null): FieldFault[] {
  const faults: FieldFault[] = []
  if (value.text === null && (value.kind !== 'exclude-public' || offered === null)) {
    faults.push({ field: 'text', message: 'Enter what was resolved' })
  }
  if (value.way === 'hands') {
    if (value.for === null) faults.push({ field: 'for', message: 'Enter the number of votes for it' })
    if (value.against === null) faults.push({ field: 'against', message: 'Enter the number of votes against it' })
  }
  return faults
}
