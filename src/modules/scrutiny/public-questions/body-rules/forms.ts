import { z } from 'zod'
import { choice, optionalText, readForm, text, ticked, wholeNumber } from '../../../../platform/web/form.ts'
import type { FormResult } from '../../../../platform/web/form.ts'
import type { FormFields } from '../../../../platform/web/route.ts'
import type { PublicRules } from './rules-of-body.ts'

/** A number that may be left out, in the form's own words: empty is no limit. */
function limit(what: string, most: number): z.ZodType<number | null> {
  const number = wholeNumber(`${what} must be a whole number, like 3, or left empty`, what, 1, most)
  return z.unknown().transform((value, context) => {
    if (value === undefined || (typeof value === 'string' && value.trim() === '')) return null
    const read = number.safeParse(value)
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? what })
    return z.NEVER
  })
}

const timeOfDay = z
  .preprocess(value => (typeof value === 'string' ? value.trim() : ''), z.string())
  .refine(
    value => value === '' || /^([01]?\d|2[0-3]):[0-5]\d$/.test(value),
    'Enter a time like 12:00, or leave it empty',
  )
  .transform(value => (value === '' ? null : value.padStart(5, '0')))

const schema = z.object({
  taking: ticked(),
  notice: wholeNumber('Enter how many days of notice a question needs', 'The notice', 0, 365),
  unit: choice('Choose whether working days are counted', ['working-days', 'days']),
  clear: ticked(),
  until: timeOfDay,
  late: ticked(),
  'most-words': limit('The greatest length', 2000),
  'most-at-meeting': limit('The number at a meeting', 100),
  'most-each': limit('The number of each person', 20),
  'minutes-all': limit('The minutes for all questions', 480),
  'minutes-each': limit('The minutes for each person', 60),
  supplementaries: wholeNumber('Enter how many supplementary questions are allowed', 'The number', 0, 10),
  'who-may-ask': optionalText('Who may ask', 300),
  about: optionalText('What questions are about', 500),
  grounds: text('Enter at least one ground on which a question may be refused', 'The grounds', 4000),
  handling: optionalText('What else is said', 4000),
  'keep-months': wholeNumber('Enter after how many months contact details are erased', 'The months', 1, 120),
  version: z.preprocess(value => (value === '' || value === undefined ? null : Number(value)), z.number().nullable()),
})

/** A body's rules as its clerk typed them, with the version they were made from; null the first time. */
export function readRules(
  fields: FormFields,
): FormResult<{ rules: PublicRules & { taking: boolean }; version: number | null }> {
  const read = readForm(schema, fields)
  if (!read.ok) return read
  const { value } = read
  const rules = {
    taking: value.taking,
    notice: { length: value.notice, unit: value.unit, clear: value.clear, until: value.until },
    mostWords: value['most-words'],
    mostAtMeeting: value['most-at-meeting'],
    mostEach: value['most-each'],
    minutesAll: value['minutes-all'],
    minutesEach: value['minutes-each'],
    supplementaries: value.supplementaries,
    whoMayAsk: value['who-may-ask'],
    about: value.about,
    lateAtDiscretion: value.late,
    grounds: linesOf(value.grounds),
    handling: value.handling,
    keepMonths: value['keep-months'],
  }
  return { ok: true, value: { rules, version: value.version } }
}

/** One ground a line, each once. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map(line => line.trim())
  return [...new Set(lines.filter(line => line !== ''))]
}

/** Rules as the fields of their form. */
export function fieldsOfRules(rules: PublicRules & { taking: boolean }): FormFields {
  const number = (value: number | null) => (value === null ? '' : String(value))
  const tick = (value: boolean) => (value ? 'yes' : '')
  return {
    taking: tick(rules.taking),
    notice: String(rules.notice.length),
    unit: rules.notice.unit,
    clear: tick(rules.notice.clear),
    until: rules.notice.until ?? '',
    late: tick(rules.lateAtDiscretion),
    'most-words': number(rules.mostWords),
    'most-at-meeting': number(rules.mostAtMeeting),
    'most-each': number(rules.mostEach),
    'minutes-all': number(rules.minutesAll),
    'minutes-each': number(rules.minutesEach),
    supplementaries: String(rules.supplementaries),
    'who-may-ask': rules.whoMayAsk ?? '',
    about: rules.about ?? '',
    grounds: rules.grounds.join('\n'),
    handling: rules.handling ?? '',
    'keep-months': String(rules.keepMonths),
  }
}
