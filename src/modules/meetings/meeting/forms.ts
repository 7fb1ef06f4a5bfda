import { z } from 'zod'
import { chosenId, date, optionalChoice, optionalText, text, ticked, version } from '../../../platform/web/form.ts'
import { meetingForms } from './form-of-meeting.ts'

const timeOfDay = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/

/** A time of day as people type it, `9.30` or `09:30`, as `09:30`; null when left out. */
function startTime(): z.ZodType<string | null> {
  return optionalText('The time', 10).transform((typed, context) => {
    if (typed === null) return null
    const parts = timeOfDay.exec(typed)
    if (parts === null) {
      context.addIssue({ code: 'custom', message: 'Enter the time like 10:00 or 14:30' })
      return z.NEVER
    }
    return `${(parts[1] ?? '').padStart(2, '0')}:${parts[2] ?? ''}`
  })
}

/** A web address, or null; only those of the web are kept, since the page makes a link of it. */
function onlineLink(): z.ZodType<string | null> {
  return optionalText('The link', 2000).refine(typed => typed === null || /^https?:\/\/\S+$/.test(typed), {
    message: 'Enter a web address that begins with https://',
  })
}

const timeAndPlace = {
  date: date('the date of the meeting'),
  starts: startTime(),
  place: optionalText('The place', 200),
  'online-link': onlineLink(),
  'open-to-public': ticked(),
}

export const newMeetingForm = z.object({
  body: chosenId('Choose the body that meets'),
  form: optionalChoice('Choose what kind of meeting it is', meetingForms),
  'candidate-post': optionalText('The post', 200),
  ...timeAndPlace,
})
export const moveForm = z.object({ version: version(), ...timeAndPlace })
export const cancelForm = z.object({ version: version(), why: text('Say why it is cancelled', 'The reason', 500) })
export const publishAgendaForm = z.object({ version: version(), note: optionalText('The note', 500) })
