import { z } from 'zod'
import { choice, text, version } from '../../../platform/web/form.ts'
import { judgementStates } from './rules.ts'
import type { Outcome } from './rules.ts'

const outcomes = Object.keys(judgementStates) as Outcome[]

const shape = {
  outcome: choice('Choose what you make of the answer', outcomes),
  reason: text('Say why you come to this judgement', 'The reason', 10_000),
}

export const judgementSchema = z.object(shape)
export const revisedSchema = z.object({
  ...shape,
  why: text('Say why you revise the judgement', 'Why you revise it', 2000),
  version: version(),
})
