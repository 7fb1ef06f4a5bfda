import { z } from 'zod'
import {
  choice,
  date,
  optionalDate,
  optionalText,
  readForm,
  text,
  ticked,
  version,
} from '../../../platform/web/form.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { ReplyDraft } from './prepare.ts'
import type { ReplyRow } from './queries.ts'
import type { Limb } from './send.ts'
import { replyAnswers } from './words.ts'

const draftShape = {
  answer: choice('Choose whether the recommendation is accepted', replyAnswers),
  reason: text('Give the reason: a reply without one answers nothing', 'The reason', 20_000),
  doing: optionalText('What is being done', 20_000),
  'done-by': optionalDate('the date by which it will be done'),
  'in-the-name-of': text('Say in whose name the reply stands', 'In whose name it stands'),
}
const draftForm = z.object(draftShape)
const changeForm = z.object({ ...draftShape, version: version() })

function toDraft(typed: z.output<typeof draftForm>): ReplyDraft {
  const { answer, reason, doing } = typed
  return { answer, reason, doing, doneBy: typed['done-by'], inTheNameOf: typed['in-the-name-of'] }
}

/** A reply as typed. */
export function readReply(fields: FormFields): FormResult<ReplyDraft> {
  const read = readForm(draftForm, fields)
  return read.ok ? { ok: true, value: toDraft(read.value) } : read
}

/** The same for a reply that is being written already. */
export function readChangedReply(fields: FormFields): FormResult<{ draft: ReplyDraft; version: number }> {
  const read = readForm(changeForm, fields)
  return read.ok ? { ok: true, value: { draft: toDraft(read.value), version: read.value.version } } : read
}

/** What is stored of a reply, as the fields of its form. */
export function replyFields(row: ReplyRow): FormFields {
  return {
    answer: row.answer,
    reason: row.reason,
    doing: row.doing ?? '',
    ...dateFields('done-by', row.done_by),
    'in-the-name-of': row.in_the_name_of,
  }
}

const sendForm = z.object({
  version: version(),
  publish: choice('Choose whether the reply may be published', ['yes', 'a', 'b', 'c', 'd']),
})

/** Sending as typed, with the limb on which the reply may not be published. */
export function readSending(fields: FormFields): FormResult<{ version: number; withheld: Limb | null }> {
  const read = readForm(sendForm, fields)
  if (!read.ok) return read
  const { version, publish } = read.value
  return { ok: true, value: { version, withheld: publish === 'yes' ? null : publish } }
}

export const progressForm = z.object({
  text: text('Say what has been done since the last note', 'The note', 5000),
  done: ticked(),
})

const paperForm = z.object({
  addressee: text('Choose who replied', 'Who replied'),
  given: date('the day it was given'),
  ...draftShape,
})

/** A reply on paper as typed. */
export function readPaperReply(
  fields: FormFields,
  today: Temporal.PlainDate,
): FormResult<ReplyDraft & { addresseeId: string; givenOn: Temporal.PlainDate }> {
  const read = readForm(paperForm, fields)
  if (!read.ok) return read
  if (Temporal.PlainDate.compare(read.value.given, today) > 0) {
    return { ok: false, errors: [{ field: 'given', message: 'The day it was given must be today or earlier' }], fields }
  }
  return { ok: true, value: { ...toDraft(read.value), addresseeId: read.value.addressee, givenOn: read.value.given } }
}
