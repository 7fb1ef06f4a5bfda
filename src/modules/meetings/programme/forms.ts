import { z } from 'zod'
import {
  choice,
  chosenId,
  date,
  optionalDate,
  optionalId,
  optionalText,
  text,
  ticked,
  version,
} from '../../../platform/web/form.ts'
import { programmeForms } from './rules.ts'

const words = {
  title: text('Enter what the item is called', 'The item'),
  covers: text('Say what it is to cover', 'What it is to cover', 5000),
  lead: optionalText('Who leads'),
  standing: ticked(),
}
const next = {
  meeting: optionalId('Choose the meeting again'),
  next: optionalDate('the date it comes next'),
  'next-words': optionalText('The words'),
}

export const newItemForm = z.object({
  body: chosenId('Choose whose work programme it is'),
  form: choice('Choose whether it is a report or a briefing note', programmeForms),
  ...words,
  ...next,
})
export const changeItemForm = z.object({ version: version(), ...words })
export const scheduleForm = z.object({ version: version(), ...next, why: optionalText('The reason', 500) })
export const placeForm = z.object({
  version: version(),
  meeting: chosenId('Choose the meeting whose agenda it goes on'),
  reason: optionalText('The chair’s reason', 500),
})
export const circulatedForm = z.object({ version: version(), on: date('the date it was circulated') })
export const dropForm = z.object({
  version: version(),
  why: text('Say why it is taken off', 'The reason', 500),
})
