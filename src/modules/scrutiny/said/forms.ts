import { z } from 'zod'
import {
  choice,
  date,
  optionalChoice,
  optionalDate,
  optionalText,
  readForm,
  text,
  version,
} from '../../../platform/web/form.ts'
import type { FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Said } from './record-said.ts'
import { saidKinds, standings } from './rules.ts'

const schema = z.object({
  kind: choice('Choose what you record: an answer, a supplementary question or an undertaking', saidKinds),
  asked: optionalText('The supplementary question', 5000),
  says: text('Enter what was said', 'What was said', 10_000),
  by: text('Enter who said it, by name and office', 'Who said it', 200),
  on: date('the day of the meeting'),
  standing: optionalChoice('Choose where this leaves the question', standings),
  due: optionalDate('the day by which it is to be done'),
  version: version(),
})

/** What a clerk typed of what was said to a question at a meeting. */
export function readSaid(fields: FormFields): FormResult<{ said: Said; version: number }> {
  const read = readForm(schema, fields)
  if (!read.ok) return read
  const { kind, asked, standing, due, says, by, on, version: seen } = read.value
  const common = { says, by, on }
  const missing = (field: string, message: string) => ({ ok: false, errors: [{ field, message }], fields }) as const
  const done = (said: Said) => ({ ok: true, value: { said, version: seen } }) as const
  switch (kind) {
    case 'answer':
      if (standing === null) return missing('standing', 'Choose where this leaves the question')
      return done({ ...common, kind, standing })
    case 'supplementary':
      if (asked === null) return missing('asked', 'Enter the supplementary question')
      return done({ ...common, kind, asked })
    case 'undertaking':
      return done({ ...common, kind, due })
  }
}
