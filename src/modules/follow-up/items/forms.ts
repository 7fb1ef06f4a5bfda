import { z } from 'zod'
import {
  choice,
  optionalChoice,
  optionalDate,
  optionalText,
  readForm,
  text,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Due } from '../../../record/record.ts'
import { chosen } from './choices.ts'
import type { Choice } from './choices.ts'
import type { Closing, Decided } from './close.ts'
import type { NewLead } from './leads.ts'
import type { LeadChange } from './progress.ts'
import { answers, closingWays } from './rules.ts'
import type { NamedMeeting } from './rules.ts'

/** What a form comes to once more than one field has been looked at together. */
export type Checked<Value> = { ok: true; value: Value } | { ok: false; errors: readonly FieldFault[] }

const fault = (field: string, message: string): { ok: false; errors: FieldFault[] } => ({
  ok: false,
  errors: [{ field, message }],
})

export const updateForm = z.object({
  text: text('Say what has been done since the last update', 'The update', 5000),
})

export const reasonForm = z.object({ version: version(), reason: text('Say why', 'The reason', 2000) })

export const reportForm = z.object({ version: version(), received: optionalDate('the day it was received') })

/** Evidence is a file or a link; which of the two was given is checked by the page. */
export const evidenceForm = z.object({
  'evidence-title': text('Give the evidence a title', 'The title', 200),
  'evidence-link': optionalText('The link', 2000),
})

const meetingShape = { meeting: optionalText('The meeting'), 'meeting-words': optionalText('The name of the meeting') }

const closingForm = z.object({
  version: version(),
  way: choice('Choose who closes it: the body at a meeting, or its chair', closingWays),
  ...meetingShape,
  answersAsked: choice('Choose whether this answers what was asked', answers),
  reason: text('Say why it is closed', 'The reason', 2000),
})

/** A closing as typed: the meeting is one that was offered, or named in words. */
export function readClosing(
  fields: FormFields,
  meetings: readonly Choice<NamedMeeting>[],
): Checked<Closing & { version: number }> {
  const read = readForm(closingForm, fields)
  if (!read.ok) return read
  const { way, answersAsked, reason, version } = read.value
  if (way === 'chair') return { ok: true, value: { decided: { way }, answersAsked, reason, version } }
  const meeting = namedMeeting(read.value, meetings)
  if (!meeting.ok) return meeting
  const decided: Decided = { way, meeting: meeting.value }
  return { ok: true, value: { decided, answersAsked, reason, version } }
}

function namedMeeting(
  typed: { meeting: string | null; 'meeting-words': string | null },
  meetings: readonly Choice<NamedMeeting>[],
): Checked<NamedMeeting> {
  const words = typed['meeting-words']
  if (typed.meeting !== null && words !== null) {
    return fault('meeting-words', 'Choose a meeting from the list or name another, not both')
  }
  if (words !== null) return { ok: true, value: { id: null, words, date: null } }
  const found = chosen(meetings, typed.meeting)
  return found === null ? fault('meeting', 'Choose the meeting at which it was decided') : { ok: true, value: found }
}

const reopeningForm = z.object({
  version: version(),
  ...meetingShape,
  reason: text('Say why it is re-opened', 'The reason', 2000),
})

/** A re-opening as typed: it is decided at a meeting. */
export function readReopening(
  fields: FormFields,
  meetings: readonly Choice<NamedMeeting>[],
): Checked<{ meeting: NamedMeeting; reason: string; version: number }> {
  const read = readForm(reopeningForm, fields)
  if (!read.ok) return read
  const meeting = namedMeeting(read.value, meetings)
  if (!meeting.ok) return meeting
  return { ok: true, value: { meeting: meeting.value, reason: read.value.reason, version: read.value.version } }
}

export const dueKinds = ['date', 'meeting', 'condition'] as const

export const dueShape = {
  'due-kind': optionalChoice('Choose when it is due', [...dueKinds, 'none']),
  due: optionalDate('the date it is due'),
  'due-meeting': optionalText('The meeting'),
  condition: optionalText('The condition', 300),
  'look-again': optionalDate('the date to look again'),
}

type DueTyped = z.output<z.ZodObject<typeof dueShape>>

/** When it is due as typed: a date, a meeting, or a condition with a date to look again. */
export function readDue(typed: DueTyped, meetings: readonly Choice<NamedMeeting>[]): Checked<Due | null> {
  switch (typed['due-kind'] ?? (typed.due === null ? 'none' : 'date')) {
    case 'none':
      return { ok: true, value: null }
    case 'date':
      return typed.due === null
        ? fault('due', 'Enter the date it is due')
        : { ok: true, value: { kind: 'date', date: typed.due } }
    case 'meeting': {
      const meeting = chosen(meetings, typed['due-meeting'])
      if (meeting?.id == null) return fault('due-meeting', 'Choose the meeting at which it is due')
      return { ok: true, value: { kind: 'meeting', meeting: meeting.id, date: meeting.date } }
    }
    case 'condition':
      return typed.condition === null
        ? fault('condition', 'Say on what it depends')
        : { ok: true, value: { kind: 'condition', condition: typed.condition, lookAgain: typed['look-again'] } }
  }
}

const redatingForm = z.object({
  version: version(),
  ...dueShape,
  reason: text('Say why the date is changed', 'The reason', 2000),
})

/** A new due as typed. */
export function readRedating(
  fields: FormFields,
  meetings: readonly Choice<NamedMeeting>[],
): Checked<{ due: Due; reason: string; version: number }> {
  const read = readForm(redatingForm, fields)
  if (!read.ok) return read
  const due = readDue(read.value, meetings)
  if (!due.ok) return due
  if (due.value === null) return fault('due', 'Enter the new date')
  return { ok: true, value: { due: due.value, reason: read.value.reason, version: read.value.version } }
}

export const leadChanges = ['joins', 'takes-over', 'stands-in', 'leaves'] as const

const leadForm = z.object({
  version: version(),
  change: choice('Choose what changes', leadChanges),
  lead: optionalText('Who it is about'),
  by: optionalText('Who leads'),
  'by-words': optionalText('Who leads, in words'),
  why: text('Say why', 'The reason', 2000),
})

/** A change of leads as typed. */
export function readLeadChange(
  fields: FormFields,
  leads: readonly { id: string }[],
  choices: readonly Choice<NewLead>[],
): Checked<LeadChange & { version: number }> {
  const read = readForm(leadForm, fields)
  if (!read.ok) return read
  const { change, lead, why, version } = read.value
  const about = leads.find(each => each.id === lead)?.id
  if (change !== 'joins' && about === undefined) return fault('lead', 'Choose whom it is about')
  const by = readLead(read.value.by, read.value['by-words'], choices)
  if (change === 'leaves') return { ok: true, value: { ...(about !== undefined && { leadId: about }), why, version } }
  if (!by.ok) return by
  const who = change === 'joins' || about === undefined ? {} : { leadId: about }
  return { ok: true, value: { ...who, by: by.value, standsIn: change === 'stands-in', why, version } }
}

/** A lead chosen from the list, or named in words. */
export function readLead(
  value: string | null,
  words: string | null,
  choices: readonly Choice<NewLead>[],
  fields: { list: string; words: string } = { list: 'by', words: 'by-words' },
): Checked<NewLead> {
  const found = chosen(choices, value)
  if (found !== null) return { ok: true, value: words === null ? found : { ...found, words } }
  if (words === null) return fault(fields.list, 'Choose who leads, or say it in words')
  return { ok: true, value: { words, owner: null } }
}

export const colourForm = z.object({
  version: version(),
  colour: choice('Choose a colour, or the rule', ['rule', 'red', 'amber', 'green']),
  why: optionalText('The reason', 2000),
})
