import { z } from 'zod'
import {
  chosenId,
  mustBeTicked,
  optionalChoice,
  optionalDate,
  optionalId,
  optionalText,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Due } from '../../../record/record.ts'
import type { NewOutcome } from '../outcomes/add-outcome.ts'
import { outcomeForms } from '../outcomes/queries.ts'

const chooseForm = 'Choose whether it is an action, an undertaking, a request for information or a recommendation'

/** What is minuted under one item, and a line for one more outcome. */
export const minuteForm = z.object({
  version: version(),
  text: optionalText('The minute', 50_000),
  why: optionalText('What is corrected', 500),
  form: optionalChoice(chooseForm, outcomeForms),
  what: optionalText('What is asked', 2000),
  who: optionalText('Who', 200),
  others: optionalText('The others', 500),
  due: optionalDate('the date it is due'),
  meeting: optionalId('Choose the meeting again'),
  condition: optionalText('The condition', 500),
  about: optionalId('Choose what it comes of again'),
})
export type MinuteValue = z.output<typeof minuteForm>

/** The text alone, as it is kept while somebody types. */
export const keepForm = z.object({ version: version(), text: optionalText('The minute', 50_000) })

export const nextMeetingForm = z.object({
  printed: optionalText('The words', 200),
  next: optionalDate('the date of the next meeting'),
})
export const agreeForm = z.object({ version: version(), at: chosenId('Choose the meeting that agreed them') })
export const signForm = z.object({
  version: version(),
  sign: mustBeTicked('Tick the box to sign'),
})
export const versionForm = z.object({ version: version() })

/** Each item's form has its fields under a prefix of its own, so that ids on the page are unique. */
export const prefixOf = (position: number): string => `item-${String(position)}-`

/** The fields of one item's form, without its prefix. */
export function withoutPrefix(fields: FormFields, prefix: string): FormFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]),
  )
}

/** Faults of one item's form, named as the fields stand on the page. */
export function withPrefix(faults: readonly FieldFault[], prefix: string): FieldFault[] {
  return faults.map(fault => ({ ...fault, field: fault.field === 'version' ? 'version' : `${prefix}${fault.field}` }))
}

/**
 * The outcome that was typed in a minute's line, null where the line is empty, or what is missing of it. It may lack
 * an addressee: that is a finding to settle before the minutes are circulated.
 *
 * @param meetingDate the day of the meeting it is due at, where one was chosen
 */
export function readOutcome(
  value: MinuteValue,
  meetingDate: Temporal.PlainDate | null,
  about: NewOutcome['about'],
): { outcome: NewOutcome | null } | { faults: FieldFault[] } {
  const { what, who, form } = value
  const nothing = what === null && who === null && value.due === null && value.condition === null
  if (form === null && nothing && value.others === null && value.meeting === null) return { outcome: null }
  if (form === null) return fault('form', chooseForm)
  if (what === null) return fault('what', 'Say what is asked or promised')
  const read = readDue(value, meetingDate)
  if ('faults' in read) return read
  const others = (value.others ?? '')
    .split(/[,;]/)
    .map(each => each.trim())
    .filter(each => each !== '')
  const outcome = { form, text: what, lead: { words: who }, others, due: read.due }
  return { outcome: about == null ? outcome : { ...outcome, about } }
}

/** A condition may have a day to look again; a day alone is the due; a meeting stands alone. */
function readDue(
  { due, meeting, condition }: MinuteValue,
  meetingDate: Temporal.PlainDate | null,
): { due: Due | null } | { faults: FieldFault[] } {
  if (meeting !== null && (due !== null || condition !== null)) {
    return fault('meeting', 'Choose a meeting, or give a date or condition, not both')
  }
  if (meeting !== null) return { due: { kind: 'meeting', meeting, date: meetingDate } }
  if (condition !== null) return { due: { kind: 'condition', condition, lookAgain: due } }
  return { due: due === null ? null : { kind: 'date', date: due } }
}

function fault(field: string, message: string): { faults: FieldFault[] } {
  return { faults: [{ field, message }] }
}
