import { z } from 'zod'
import {
  choice,
  choices,
  dateFields,
  optionalDate,
  optionalId,
  optionalText,
  readForm,
  text,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { heads } from '../heads.ts'
import { chosenParty, valueOf } from '../parties.ts'
import type { PartyOption } from '../parties.ts'
import type { QuestionDraft, SetChoice } from './draft.ts'
import type { Question } from './queries.ts'

/** A meeting that a question may be put for. */
export interface MeetingOption {
  id: string
  title: string
  date: Temporal.PlainDate
}

/** What a form of a question may choose from. */
export interface QuestionOffers {
  answerers: readonly PartyOption[]
  /** In whose names it may be drafted, where there is more than one to choose from. */
  askers?: readonly PartyOption[]
  meetings: readonly MeetingOption[]
  sets: readonly { id: string; title: string }[]
}

const shape = {
  title: text('Enter a short title for the question', 'The title', 200),
  text: text('Enter what is asked', 'The question', 10_000),
  why: optionalText('Why it is asked', 10_000),
  form: choice('Choose what this is: a question, a report called for, or a tasking', ['question', 'report', 'tasking']),
  answerer: text('Choose whom you ask', 'Whom you ask'),
  heads: choices('Choose from the heads offered', heads),
  'asked-for': choice('Choose how you want to be answered', ['writing', 'meeting', 'both']),
  meeting: optionalId('Choose a meeting from the list'),
  'meeting-title': optionalText('The meeting', 200),
  'meeting-date': optionalDate('the date of the meeting'),
  set: optionalId('Choose a set from the list'),
  'set-title': optionalText('The title of the set', 200),
  'set-tied-to': optionalText('What the set is tied to', 200),
  'set-date': optionalDate('the date of the report or meeting'),
}
const draftSchema = z.object(shape)
const editSchema = z.object({ ...shape, version: version() })

type Typed = z.output<typeof draftSchema>
/** A question as typed: everything but who asks. */
export type TypedQuestion = Omit<QuestionDraft, 'asker'>

/** What was typed into the form of a new question. */
export function readQuestion(fields: FormFields, offers: QuestionOffers): FormResult<TypedQuestion> {
  const read = readForm(draftSchema, fields)
  return read.ok ? chosen(read.value, fields, offers) : read
}

/** The same for a draft that there is already, with the version it was made from. */
export function readChangedQuestion(
  fields: FormFields,
  offers: QuestionOffers,
): FormResult<TypedQuestion & { version: number }> {
  const read = readForm(editSchema, fields)
  if (!read.ok) return read
  const made = chosen(read.value, fields, offers)
  return made.ok ? { ok: true, value: { ...made.value, version: read.value.version } } : made
}

function chosen(typed: Typed, fields: FormFields, offers: QuestionOffers): FormResult<TypedQuestion> {
  const answerer = chosenParty(offers.answerers, typed.answerer)
  const meeting = chosenMeeting(typed, offers)
  const set = chosenSet(typed, offers)
  const errors: FieldFault[] = [
    ...(answerer === null ? [{ field: 'answerer', message: 'Choose whom you ask' }] : []),
    ...(meeting === undefined ? [{ field: 'meeting', message: 'Choose a meeting from the list' }] : []),
    ...(set === undefined ? [{ field: 'set', message: 'Choose a set from the list' }] : []),
  ]
  if (answerer === null || meeting === undefined || set === undefined) return { ok: false, errors, fields }
  const { title, text: asked, why, form } = typed
  const value = { title, text: asked, why, form, heads: typed.heads, askedFor: typed['asked-for'] }
  return { ok: true, value: { ...value, answerer, meeting, set } }
}

/** Undefined where a meeting was named that was not offered. */
function chosenMeeting(typed: Typed, { meetings }: QuestionOffers): QuestionDraft['meeting'] | undefined {
  if (typed.meeting !== null) return meetings.find(meeting => meeting.id === typed.meeting)
  const { 'meeting-title': title, 'meeting-date': date } = typed
  return title === null && date === null ? null : { id: null, title, date }
}

/** Undefined where a set was named that was not offered. */
function chosenSet(typed: Typed, { sets }: QuestionOffers): SetChoice | null | undefined {
  if (typed['set-title'] !== null) {
    return { title: typed['set-title'], tiedTo: typed['set-tied-to'], dated: typed['set-date'] }
  }
  if (typed.set === null) return null
  return sets.some(set => set.id === typed.set) ? { id: typed.set } : undefined
}

/** A draft as the fields of its form. */
export function fieldsOf({ head, row, answerer }: Question, offers: QuestionOffers): FormFields {
  return {
    title: head.title,
    text: row.text,
    why: row.why ?? '',
    form: row.form,
    answerer: valueOf(offers.answerers, answerer),
    heads: row.heads,
    'asked-for': row.asked_for,
    meeting: row.meeting_id ?? '',
    'meeting-title': row.meeting_id === null ? (row.meeting_title ?? '') : '',
    ...dateFields('meeting-date', row.meeting_id === null ? row.meeting_date : null),
    set: row.set_id ?? '',
  }
}

export const withdrawSchema = z.object({
  reason: text('Say why the question is withdrawn', 'The reason', 2000),
  version: version(),
})

export const versionSchema = z.object({ version: version() })
