import { z } from 'zod'
import {
  choice,
  emailAddress,
  mustBeTicked,
  optionalText,
  readForm,
  text,
  ticked,
} from '../../../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../../../platform/web/form.ts'
import type { FormFields } from '../../../../platform/web/route.ts'
import type { PublicRules } from '../body-rules/rules-of-body.ts'
import { countWords } from '../rules.ts'
import type { AskedMessage } from './message.ts'

/** The value that stands for a meeting whose day is not known yet. */
export const nextMeeting = 'next'

const optionalEmail = z
  .preprocess(value => (typeof value === 'string' && value.trim() !== '' ? value : null), z.unknown())
  .pipe(z.union([z.null(), emailAddress()], 'Enter an email address like name@example.org'))

const shape = {
  meeting: text('Choose the meeting you want to ask at', 'The meeting'),
  text: text('Enter your question', 'The question', 10_000),
  wishes: choice('Choose how the question is to be put', ['in-person', 'read-out']),
  name: text('Enter your name', 'Your name', 200),
  'show-name': ticked(),
  email: optionalEmail,
  address: optionalText('Your postal address', 1000),
  may: ticked(),
  read: mustBeTicked('Tick that you have read how your question is handled'),
}
const schema = z.object(shape)

/**
 * What a member of the public typed → what is sent in, or faults beside the fields.
 *
 * @param offered values of the meetings that may be chosen
 */
export function readAsked(
  fields: FormFields,
  body: { id: string; rules: Pick<PublicRules, 'mostWords' | 'whoMayAsk'> },
  offered: readonly string[],
): FormResult<AskedMessage> {
  const read = readForm(schema, fields)
  if (!read.ok) return { ...read, errors: inOrder([...read.errors, ...missingTick(fields, body.rules)]) }
  const typed = read.value
  const errors = [
    ...(offered.includes(typed.meeting) ? [] : [fault('meeting', 'Choose a meeting from the list')]),
    ...tooManyWords(typed.text, body.rules.mostWords),
    ...(typed.email === null && typed.address === null
      ? [fault('email', 'Enter an email address or a postal address, so that you can be answered')]
      : []),
    ...missingTick(fields, body.rules),
  ]
  if (errors.length > 0) return { ok: false, errors: inOrder(errors), fields }
  const { text: asked, wishes, name, email, address } = typed
  const meetingId = typed.meeting === nextMeeting ? null : typed.meeting
  const showName = typed['show-name']
  return { ok: true, value: { bodyId: body.id, meetingId, text: asked, name, showName, email, address, wishes } }
}

const fault = (field: string, message: string): FieldFault => ({ field, message })

/** In the order in which the form has its fields. */
function inOrder(errors: readonly FieldFault[]): FieldFault[] {
  const order = Object.keys(shape)
  return errors.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
}

function tooManyWords(asked: string, most: number | null): FieldFault[] {
  const words = countWords(asked)
  if (most === null || words <= most) return []
  return [fault('text', `Your question has ${words} words. It may have up to ${most}`)]
}

function missingTick(fields: FormFields, { whoMayAsk }: Pick<PublicRules, 'whoMayAsk'>): FieldFault[] {
  const given = fields['may']
  return whoMayAsk === null || (given !== undefined && given !== '')
    ? []
    : [fault('may', 'Tick that you are among those who may ask')]
}
