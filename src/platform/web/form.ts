import { z } from 'zod'
import { readDate } from './form-date.ts'
import type { FormFields } from './route.ts'

/** What is wrong with one field, in words for the person who filled it in. */
export interface FieldFault {
  field: string
  message: string
  /** For a date: which of its three boxes are meant. */
  parts?: readonly DatePart[]
}

export const dateParts = ['day', 'month', 'year'] as const
export type DatePart = (typeof dateParts)[number]

/** What reading a form comes to. The fields go back into the form as they were typed. */
export type FormResult<T> = { ok: true; value: T } | { ok: false; errors: readonly FieldFault[]; fields: FormFields }

/**
 * Faults found while the files of a form were read travel with its fields under this key, so that `readForm` cannot
 * forget them.
 */
export const uploadFaults: unique symbol = Symbol('faults of uploads')
export type FieldsWithUploadFaults = FormFields & { readonly [uploadFaults]?: readonly FieldFault[] }

/**
 * What was typed → a typed value, or faults in the order of the schema's fields.
 *
 * @param schema one key for each field; dates are read from the three boxes `<key>-day`, `-month`, `-year`
 * @param fields what was typed
 */
export function readForm<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  fields: FormFields,
): FormResult<z.output<z.ZodObject<Shape>>> {
  const fromUploads = (fields as FieldsWithUploadFaults)[uploadFaults] ?? []
  const typed: Record<string, unknown> = {}
  for (const key of Object.keys(schema.shape)) typed[key] = typedValue(fields, key)
  const result = schema.safeParse(typed)
  if (result.success && fromUploads.length === 0) return { ok: true, value: result.data }
  const order = Object.keys(schema.shape)
  const found = [...(result.error?.issues.map(faultOf) ?? []), ...fromUploads]
  const errors = firstOfEachField(found).sort((a, b) => place(order, a.field) - place(order, b.field))
  return { ok: false, errors, fields }
}

function typedValue(fields: FormFields, key: string): unknown {
  const day = fields[`${key}-day`]
  if (day === undefined && fields[`${key}-month`] === undefined && fields[`${key}-year`] === undefined) {
    return fields[key]
  }
  return { day, month: fields[`${key}-month`], year: fields[`${key}-year`] }
}

function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const fault = { field: String(issue.path[0] ?? ''), message: issue.message }
  const given: unknown = 'params' in issue ? issue.params?.['parts'] : undefined
  const parts = dateParts.filter(part => Array.isArray(given) && given.includes(part))
  return parts.length === 0 ? fault : { ...fault, parts }
}

function firstOfEachField(faults: readonly FieldFault[]): FieldFault[] {
  return faults.filter((fault, at) => faults.findIndex(other => other.field === fault.field) === at)
}

function place(order: readonly string[], field: string): number {
  const at = order.indexOf(field)
  return at === -1 ? order.length : at
}

/** The single value of a field as typed, trimmed; of a repeated field the last. */
function single(value: unknown): string {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' ? last.trim() : ''
}

/**
 * Words that must be there.
 *
 * @param ask said when it is empty: "Enter the question"
 * @param what named when it is too long: "The question"
 * @param longest in characters
 */
export function text(ask: string, what: string, longest = 200): z.ZodType<string> {
  return z.preprocess(plain, z.string().min(1, ask).max(longest, tooLong(what, longest)))
}

/** Words that may be left out; null when they are. */
export function optionalText(what: string, longest = 200): z.ZodType<string | null> {
  return z.preprocess(
    plain,
    z
      .string()
      .max(longest, tooLong(what, longest))
      .transform(value => (value === '' ? null : value)),
  )
}

/** Browsers send line breaks as two characters, which would count twice and differ from what is stored. */
const plain = (value: unknown): string => single(value).replaceAll('\r\n', '\n')
const tooLong = (what: string, longest: number): string =>
  `${what} must be ${longest.toLocaleString('en-GB')} characters or fewer`

/** One of several, by radio buttons or a list. `ask`: "Choose whether the answer assures you". */
export function choice<const Value extends string>(ask: string, values: readonly Value[]): z.ZodType<Value> {
  return z.preprocess(single, z.enum(values, ask))
}

/** One of several, or null when none is chosen. */
export function optionalChoice<const Value extends string>(
  ask: string,
  values: readonly Value[],
): z.ZodType<Value | null> {
  return z.preprocess(value => (single(value) === '' ? null : single(value)), z.enum(values, ask).nullable())
}

/** Any number of several, by checkboxes, each once. `ask` answers a value that was not offered. */
export function choices<const Value extends string>(ask: string, values: readonly Value[]): z.ZodType<Value[]> {
  return z.preprocess(
    (value: unknown) => {
      const all: unknown[] = Array.isArray(value) ? value : [value]
      return [...new Set(all.filter(each => each !== undefined && each !== ''))]
    },
    z.array(z.enum(values, ask)),
  )
}

/** A box that is ticked or not. */
export function ticked(): z.ZodType<boolean> {
  return z.preprocess(value => single(value) !== '', z.boolean())
}

/** A box that has to be ticked. */
export function mustBeTicked(ask: string): z.ZodType<true> {
  return z.preprocess(value => single(value) !== '', z.literal(true, ask))
}

/** A whole number; thousands separators may be typed. */
export function wholeNumber(ask: string, what: string, least = 0, most = Number.MAX_SAFE_INTEGER): z.ZodType<number> {
  const range = `${what} must be between ${least.toLocaleString('en-GB')} and ${most.toLocaleString('en-GB')}`
  return z.preprocess(
    number,
    z.number(ask).int(`${what} must be a whole number, like 12`).min(least, range).max(most, range),
  )
}

function number(value: unknown): number | undefined {
  const typed = single(value).replaceAll(/[,\s]/g, '')
  return /^[-+]?\d+(\.\d+)?$/.test(typed) ? Number(typed) : undefined
}

/** An e-mail address. */
export function emailAddress(ask = 'Enter an email address'): z.ZodType<string> {
  return z.preprocess(single, z.string().min(1, ask).pipe(z.email('Enter an email address like name@example.org')))
}

const likeAddress = 'Enter a web address that begins with https://'

/** A web address beginning with http:// or https://. */
export function webAddress(ask: string): z.ZodType<string> {
  return z.preprocess(
    single,
    z
      .string()
      .min(1, ask)
      .pipe(z.url({ protocol: /^https?$/, error: likeAddress })),
  )
}

/** A web address, or null when it is left out. */
export function optionalWebAddress(): z.ZodType<string | null> {
  return z.preprocess(
    value => (single(value) === '' ? null : value),
    z.union([z.null(), webAddress('')], { error: likeAddress }),
  )
}

/** The key of another record or person, chosen from a list. */
export function chosenId(ask: string): z.ZodType<string> {
  return z.preprocess(single, z.guid(ask))
}

/** The same, or null when none is chosen. */
export function optionalId(ask: string): z.ZodType<string | null> {
  return z.preprocess(value => (single(value) === '' ? null : single(value)), z.guid(ask).nullable())
}

/** The hidden `version` of the record that the form was made from. */
export function version(): z.ZodType<number> {
  return z.preprocess(number, z.number('Open this page again: it did not say which version it was made from').int())
}

/**
 * A date from its three boxes.
 *
 * @param what the date in words, as it stands within a sentence: "the date of the meeting"
 */
export function date(what: string): z.ZodType<Temporal.PlainDate> {
  return z.unknown().transform((value, context) => checkedDate(value, what, context) ?? z.NEVER)
}

/** A date that may be left out; null when all three boxes are empty. */
export function optionalDate(what: string): z.ZodType<Temporal.PlainDate | null> {
  return z
    .unknown()
    .transform((value, context) => (isBlank(value) ? null : (checkedDate(value, what, context) ?? z.NEVER)))
}

function boxes(value: unknown): Record<DatePart, string> {
  const typed: Partial<Record<DatePart, unknown>> = typeof value === 'object' && value !== null ? value : {}
  return { day: single(typed.day), month: single(typed.month), year: single(typed.year) }
}

function isBlank(value: unknown): boolean {
  const { day, month, year } = boxes(value)
  return day === '' && month === '' && year === ''
}

function checkedDate(value: unknown, what: string, context: z.RefinementCtx): Temporal.PlainDate | undefined {
  const read = readDate(boxes(value), what)
  if ('date' in read) return read.date
  context.addIssue({ code: 'custom', message: read.message, params: { parts: read.parts } })
  return undefined
}

/** A stored date as the three boxes of a form. */
export function dateFields(name: string, date: Temporal.PlainDate | null): FormFields {
  return {
    [`${name}-day`]: date === null ? '' : String(date.day),
    [`${name}-month`]: date === null ? '' : String(date.month),
    [`${name}-year`]: date === null ? '' : String(date.year),
  }
}
