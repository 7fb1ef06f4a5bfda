import { z } from 'zod'
import { choice, date, optionalText, text, version } from '../../platform/web/form.ts'
import { answers } from './rules.ts'

export const updateForm = z.object({
  text: text('Say what has been done since the last update', 'The update', 5000),
})

export const closingForm = z.object({
  version: version(),
  answersAsked: choice('Choose whether this answers what was asked', answers),
  reason: text('Say why it is closed', 'The reason', 2000),
})

export const reasonForm = z.object({ version: version(), reason: text('Say why', 'The reason', 2000) })

export const dueForm = z.object({
  version: version(),
  due: date('the new date'),
  reason: text('Say why the date is changed', 'The reason', 2000),
})

/** Evidence is a file or a link; which of the two was given is checked by the page. */
export const evidenceForm = z.object({
  'evidence-title': text('Give the evidence a title', 'The title', 200),
  'evidence-link': optionalText('The link', 2000),
})
