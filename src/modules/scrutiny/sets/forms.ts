import { z } from 'zod'
import { choice, optionalDate, optionalId, optionalText, readForm, text } from '../../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { chosenParty } from '../parties.ts'
import type { PartyOption } from '../parties.ts'
import type { Party } from '../party.ts'
import type { QuestionDraft } from '../questions/draft.ts'
import type { QuestionOffers } from '../questions/forms.ts'
import type { NewSet } from './add-set.ts'

/** What the form of a set's question may choose from. */
export type SetOffers = QuestionOffers & { askers: readonly PartyOption[] }

const setSchema = z.object({
  title: text('Enter a title for the set', 'The title', 200),
  'tied-to': optionalText('What the set is tied to', 200),
  date: optionalDate('the date of that report or meeting'),
})

/** A new set as typed. */
export function readSet(fields: FormFields): FormResult<Omit<NewSet, 'areaId'>> {
  const read = readForm(setSchema, fields)
  if (!read.ok) return read
  const { title, 'tied-to': tiedTo, date: dated } = read.value
  return { ok: true, value: { title, tiedTo, dated } }
}

const questionSchema = z.object({
  asker: text('Choose who asks', 'Who asks'),
  'question-title': text('Enter a short title for the question', 'The title', 200),
  text: text('Enter what is asked', 'The question', 10_000),
  answerer: text('Choose whom you ask', 'Whom you ask'),
  'asked-for': choice('Choose how you want to be answered', ['writing', 'meeting', 'both']),
  meeting: optionalId('Choose a meeting from the list'),
  'meeting-title': optionalText('The meeting', 200),
  'meeting-date': optionalDate('the date of the meeting'),
})

/** One more question of a set as typed: everything but the set itself. */
export type SetQuestion = Omit<QuestionDraft, 'set'>

export function readSetQuestion(fields: FormFields, offers: SetOffers): FormResult<SetQuestion> {
  const read = readForm(questionSchema, fields)
  if (!read.ok) return read
  const typed = read.value
  const asker = chosenParty(offers.askers, typed.asker)
  const answerer = chosenParty(offers.answerers, typed.answerer)
  const meeting = chosenMeeting(typed, offers)
  if (asker === null || answerer === null || meeting === undefined) {
    return { ok: false, errors: choiceFaults(asker, answerer, meeting), fields }
  }
  const { 'question-title': title, text: asked, 'asked-for': askedFor } = typed
  const common = { why: null, form: 'question', heads: [] } as const
  return { ok: true, value: { ...common, title, text: asked, askedFor, asker, answerer, meeting } }
}

/** Undefined where a meeting was named that was not offered. */
function chosenMeeting(
  typed: z.output<typeof questionSchema>,
  { meetings }: SetOffers,
): QuestionDraft['meeting'] | undefined {
  if (typed.meeting !== null) return meetings.find(meeting => meeting.id === typed.meeting)
  const { 'meeting-title': title, 'meeting-date': date } = typed
  return title === null && date === null ? null : { id: null, title, date }
}

function choiceFaults(
  asker: Party | null,
  answerer: Party | null,
  meeting: QuestionDraft['meeting'] | undefined,
): FieldFault[] {
  return [
    ...(asker === null ? [{ field: 'asker', message: 'Choose who asks' }] : []),
    ...(answerer === null ? [{ field: 'answerer', message: 'Choose whom you ask' }] : []),
    ...(meeting === undefined ? [{ field: 'meeting', message: 'Choose a meeting from the list' }] : []),
  ]
}
