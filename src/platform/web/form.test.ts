import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import * as form from './form.ts'

const day = (day: string, month: string, year: string): Record<string, string> => ({
  'held-day': day,
  'held-month': month,
  'held-year': year,
})
const dated = z.object({ held: form.date('the date of the meeting') })

function faultOf(fields: Record<string, string>): form.FieldFault | undefined {
  const read = form.readForm(dated, fields)
  return read.ok ? undefined : read.errors[0]
}

describe('a date in three boxes', () => {
  test('every day there is can be typed', () => {
    const days = fc.integer({ min: 0, max: 365 * 900 }).map(days => Temporal.PlainDate.from('1100-01-01').add({ days }))
    fc.assert(
      fc.property(days, held => {
        const read = form.readForm(dated, day(String(held.day), String(held.month), String(held.year)))
        assert.ok(read.ok)
        assert.ok(read.value.held.equals(held))
        assert.deepEqual(form.readForm(dated, form.dateFields('held', held)), read)
      }),
    )
  })

  test('29 February is a day of leap years only, and the message says so', () => {
    assert.equal(faultOf(day('29', '2', '2024')), undefined)
    assert.equal(faultOf(day('29', '2', '2000')), undefined)
    for (const year of ['2023', '1900']) {
      assert.deepEqual(faultOf(day('29', '2', year)), {
        field: 'held',
        message: `There is no 29 February ${year}: ${year} is not a leap year, so February has 28 days`,
        parts: ['day'],
      })
    }
  })

  test('a day that its month does not have is told with the length of the month', () => {
    assert.equal(faultOf(day('31', '4', '2023'))?.message, 'There is no 31 April 2023: April has 30 days')
    assert.equal(faultOf(day('30', 'Feb', '2024'))?.message, 'There is no 30 February 2024: February 2024 has 29 days')
  })

  test('boxes left empty are named, and marked', () => {
    assert.deepEqual(faultOf(day('', '', '')), {
      field: 'held',
      message: 'Enter the date of the meeting',
      parts: ['day', 'month', 'year'],
    })
    assert.deepEqual(faultOf(day('6', '', '2022')), {
      field: 'held',
      message: 'The date of the meeting must include a month',
      parts: ['month'],
    })
    assert.equal(faultOf(day('6', '', ''))?.message, 'The date of the meeting must include a month and a year')
  })

  test('what is no number, month or full year is told', () => {
    assert.deepEqual(faultOf(day('x', '1', '2022'))?.parts, ['day'])
    assert.deepEqual(faultOf(day('0', '1', '2022'))?.parts, ['day'])
    assert.deepEqual(faultOf(day('1', '13', '2022'))?.parts, ['month'])
    assert.deepEqual(faultOf(day('1', 'Ju', '2022'))?.parts, ['month'])
    assert.deepEqual(faultOf(day('1', '1', '22'))?.parts, ['year'])
  })

  test('a month may be typed as a word', () => {
    for (const month of ['dec', 'December', ' DEC. ', '12']) assert.equal(faultOf(day('6', month, '2022')), undefined)
  })

  test('an optional date may be empty but not wrong', () => {
    const optional = z.object({ held: form.optionalDate('the date') })
    assert.deepEqual(form.readForm(optional, day('', '', '')), { ok: true, value: { held: null } })
    assert.deepEqual(form.readForm(optional, {}), { ok: true, value: { held: null } })
    assert.equal(form.readForm(optional, day('31', '2', '2022')).ok, false)
  })
})

describe('the fields of a form', () => {
  test('faults come in the order of the fields, one for each, and what was typed is kept', () => {
    const schema = z.object({
      title: form.text('Enter a title', 'The title', 10),
      number: form.wholeNumber('Enter how many', 'How many', 1, 10),
      kind: form.choice('Choose a kind', ['a', 'b']),
    })
    const fields = { kind: 'c', number: 'x', title: ' ' }
    const read = form.readForm(schema, fields)
    assert.ok(!read.ok)
    assert.deepEqual(read.errors, [
      { field: 'title', message: 'Enter a title' },
      { field: 'number', message: 'Enter how many' },
      { field: 'kind', message: 'Choose a kind' },
    ])
    assert.equal(read.fields, fields)
  })

  test('a fault of an upload stops a form that is right otherwise', () => {
    const schema = z.object({ title: form.text('Enter a title', 'The title') })
    const fault = { field: 'file', message: 'too large' }
    const read = form.readForm(schema, { title: 'x', [form.uploadFaults]: [fault] })
    assert.deepEqual(read.ok ? [] : read.errors, [fault])
  })

  test('line breaks count once, and text is trimmed', () => {
    const schema = z.object({ text: form.text('Enter it', 'It', 3) })
    assert.deepEqual(form.readForm(schema, { text: ' a\r\nb ' }), { ok: true, value: { text: 'a\nb' } })
    assert.equal(form.readForm(schema, { text: 'abcd' }).ok, false)
  })

  test('numbers may be typed with separators, and nothing else is guessed', () => {
    const schema = z.object({ n: form.wholeNumber('Enter a number', 'It', -5, 5000) })
    const read = (n: string): unknown => {
      const result = form.readForm(schema, { n })
      return result.ok ? result.value.n : result.errors[0]?.message
    }
    assert.equal(read('1,234'), 1234)
    assert.equal(read('-5'), -5)
    assert.equal(read('1.5'), 'It must be a whole number, like 12')
    assert.equal(read('5001'), 'It must be between -5 and 5,000')
    for (const typed of ['', '1e3', '0x10', 'one', 'Infinity']) assert.equal(read(typed), 'Enter a number')
  })

  test('checkboxes give a list whether none, one or several are ticked', () => {
    const schema = z.object({ heads: form.choices('Choose from the list', ['a', 'b']), sure: form.ticked() })
    const read = (heads: string | string[] | undefined): unknown => {
      const result = form.readForm(schema, { heads, sure: undefined })
      return result.ok ? result.value.heads : result.errors[0]?.message
    }
    assert.deepEqual(read(undefined), [])
    assert.deepEqual(read('a'), ['a'])
    assert.deepEqual(read(['a', 'b', 'a']), ['a', 'b'])
    assert.equal(read('c'), 'Choose from the list')
  })

  test('addresses are checked for their shape', () => {
    const schema = z.object({ email: form.emailAddress(), link: form.webAddress('Enter a link') })
    assert.ok(form.readForm(schema, { email: 'jo@example.org', link: 'https://example.org/a' }).ok)
    const read = form.readForm(schema, { email: 'jo', link: 'javascript:alert(1)' })
    assert.ok(!read.ok)
    assert.equal(read.errors.length, 2)
  })
})
