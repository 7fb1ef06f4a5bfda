import { z } from 'zod'
import {
  choice,
  dateFields,
  optionalDate,
  optionalText,
  readForm,
  text,
  ticked,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { chosenParty, valueOf } from '../parties.ts'
import type { PartyOption } from '../parties.ts'
import type { Consent } from './give.ts'
import type { AnswerDraft } from './prepare.ts'
import { limbs } from './limbs.ts'
import type { Answer } from './queries.ts'
import type { Limb } from './limbs.ts'

const shape = {
  text: text('Enter the answer', 'The answer', 50_000),
  giver: text('Choose in whose name the answer stands', 'In whose name it stands'),
  how: choice('Choose how the answer is given', ['writing', 'meeting', 'both']),
  part: ticked(),
  'reply-by': optionalDate('the date by which more will follow'),
  'attachment-title': optionalText('The title of the attachment', 200),
  link: optionalText('The link', 2000),
}
const newSchema = z.object(shape)
const changeSchema = z.object({ ...shape, version: version() })

type Typed = z.output<typeof newSchema>

/** An answer as typed, with what came to be attached. */
export interface TypedAnswer {
  draft: AnswerDraft
  attachmentTitle: string | null
  link: string | null
}

/** What was typed into the form of a new answer. */
export function readAnswer(fields: FormFields, givers: readonly PartyOption[]): FormResult<TypedAnswer> {
  const read = readForm(newSchema, fields)
  return read.ok ? typedAnswer(read.value, fields, givers) : read
}

/** The same for an answer that is being prepared already. */
export function readChangedAnswer(
  fields: FormFields,
  givers: readonly PartyOption[],
): FormResult<TypedAnswer & { version: number }> {
  const read = readForm(changeSchema, fields)
  if (!read.ok) return read
  const made = typedAnswer(read.value, fields, givers)
  return made.ok ? { ok: true, value: { ...made.value, version: read.value.version } } : made
}

function typedAnswer(typed: Typed, fields: FormFields, givers: readonly PartyOption[]): FormResult<TypedAnswer> {
  const giver = chosenParty(givers, typed.giver)
  const errors: FieldFault[] = [
    ...(giver === null ? [{ field: 'giver', message: 'Choose in whose name the answer stands' }] : []),
    ...(typed.link !== null && !isWebAddress(typed.link)
      ? [{ field: 'link', message: 'Enter a web address that begins with https://' }]
      : []),
  ]
  if (giver === null || errors.length > 0) return { ok: false, errors, fields }
  const { text: words, how, part, link } = typed
  const draft = { text: words, how, part, replyBy: typed['reply-by'], giver }
  return { ok: true, value: { draft, attachmentTitle: typed['attachment-title'], link } }
}

function isWebAddress(typed: string): boolean {
  return /^https?:$/.test(URL.parse(typed)?.protocol ?? '')
}

/** An answer as the fields of its form. */
export function answerFields({ row, giver }: Answer, givers: readonly PartyOption[]): FormFields {
  return {
    text: row.text,
    giver: valueOf(givers, giver),
    how: row.how,
    part: row.part ? 'yes' : '',
    ...dateFields('reply-by', row.reply_by),
  }
}

const consentSchema = z.object({
  publish: choice('Choose whether the answer may be published', ['yes', 'no']),
  limb: z.unknown(),
  version: version(),
})

/**
 * What the giver says about publishing: of the answer, and of each attachment by the field `attachment-<id>`, whose
 * value is `yes` or the limb on which it may not be published.
 */
export function readConsent(
  fields: FormFields,
  attachmentIds: readonly string[],
): FormResult<{ consent: Consent; version: number }> {
  const read = readForm(consentSchema, fields)
  if (!read.ok) return read
  const limb = limbOf(fields['limb'])
  const errors: FieldFault[] = []
  if (read.value.publish === 'no' && limb === null) {
    errors.push({ field: 'limb', message: 'Choose the ground on which the answer may not be published' })
  }
  const withheldAttachments = new Map<string, Limb>()
  for (const id of attachmentIds) {
    const said = fields[`attachment-${id}`]
    const withheld = limbOf(said)
    if (withheld !== null) withheldAttachments.set(id, withheld)
    else if (said !== 'yes') {
      errors.push({ field: `attachment-${id}`, message: 'Choose whether this attachment may be published' })
    }
  }
  if (errors.length > 0) return { ok: false, errors, fields }
  const withheld = read.value.publish === 'no' ? limb : null
  return { ok: true, value: { consent: { withheld, withheldAttachments }, version: read.value.version } }
}

function limbOf(value: FormFields[string]): Limb | null {
  return limbs.find(limb => limb === value) ?? null
}
