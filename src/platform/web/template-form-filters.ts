import type { DatePart, FieldFault } from './form.ts'
import type { FormModel } from './patterns.ts'

/** The list of the summary of faults, each with the id of the box to jump to. */
function faultList(form: FormModel): { text: string; href?: string }[] {
  const faults = form.faults.map(fault => ({ text: fault.message, href: `#${target(fault)}` }))
  return [...faults, ...(form.refusals ?? []).map(text => ({ text }))]
}

function target(fault: FieldFault): string {
  const part = fault.parts?.[0]
  return part === undefined ? fault.field : `${fault.field}-${part}`
}

/** What was typed into a field; of a repeated field the last. */
function typed(form: FormModel, name: string): string {
  const value = form.fields[name]
  return (typeof value === 'string' ? value : value?.at(-1)) ?? ''
}

/** What govuk macros take as `errorMessage`; undefined for a field that is right. */
function faultMessage(form: FormModel, name: string): { text: string } | undefined {
  const fault = form.faults.find(each => each.field === name)
  return fault && { text: fault.message }
}

interface DateBox {
  id: string
  name: string
  label: string
  value: string
  classes: string
}

/** The three boxes of govukDateInput, with the mistaken ones marked. */
function dateBoxes(form: FormModel, name: string): DateBox[] {
  const fault = form.faults.find(each => each.field === name)
  const meant: readonly DatePart[] = fault?.parts ?? ['day', 'month', 'year']
  const box = (part: DatePart, label: string, width: number): DateBox => {
    const marked = fault !== undefined && meant.includes(part) ? ' govuk-input--error' : ''
    const boxName = `${name}-${part}`
    return {
      id: boxName,
      name: boxName,
      label,
      value: typed(form, boxName),
      classes: `govuk-input--width-${width}${marked}`,
    }
  }
  return [box('day', 'Day', 2), box('month', 'Month', 2), box('year', 'Year', 4)]
}

interface Option {
  value: string
  text: string
  hint?: string
}

/**
 * Options as govuk macros take them, with those chosen marked.
 *
 * @param blank the words of an empty first option of a list; left out for radios and checkboxes
 */
function offered(form: FormModel, name: string, options: readonly Option[], blank?: string): object[] {
  const value = form.fields[name]
  const chosen: readonly string[] = value === undefined ? [] : typeof value === 'string' ? [value] : value
  const first = blank === undefined ? [] : [{ value: '', text: blank }]
  return [...first, ...options].map((option: Option) => ({
    value: option.value,
    text: option.text,
    ...(option.hint === undefined ? {} : { hint: { text: option.hint } }),
    checked: chosen.includes(option.value),
    selected: chosen.includes(option.value),
  }))
}

export const formFilters = { faultList, typed, faultMessage, dateBoxes, offered }
