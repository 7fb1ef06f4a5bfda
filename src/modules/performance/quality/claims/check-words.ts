import { periodEnd, parsePeriod } from '../../period.ts'
import { longDate } from '../../../../platform/time.ts'
import type { Checked } from './check.ts'
import { cannot, knownIn } from './check-arithmetic.ts'
import { type ClaimPart, inRole } from './claim.ts'
import { readPrinted } from './printed.ts'

const textsIn = (parts: readonly ClaimPart[], role: string): string[] =>
  inRole(parts, role).flatMap(({ text }) => (text === null ? [] : [text.trim()]))

const same = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()

/** Names or numbers of a list: each once, and as many as are said to be there. */
export function checkList(parts: readonly ClaimPart[]): Checked {
  const items = textsIn(parts, 'item')
  const twice = items.filter((item, i) => items.findIndex(other => same(other) === same(item)) < i)
  if (twice.length > 0) {
    const numbers = items.every(item => /^\d+[.)]?$/.test(item))
    // Names are not repeated: the list is where they stand.
    const reason = numbers
      ? `${twice.join(', ')} stands there twice.`
      : `One entry of ${String(items.length)} stands there twice.`
    return { verdict: numbers ? 'duplicate-number' : 'duplicate-row', reason }
  }
  const [stated] = knownIn(parts, 'stated')
  if (stated === undefined) return { verdict: 'exact', reason: `${String(items.length)} are named, each once.` }
  const reason = `${String(items.length)} are named; ${stated.text} is stated.`
  return { verdict: stated.value === items.length ? 'exact' : 'conflict', reason }
}

export function checkLabels(parts: readonly ClaimPart[]): Checked {
  const [here, there] = [textsIn(parts, 'here'), textsIn(parts, 'there')]
  const alike = here.length === there.length && here.every((label, i) => same(label) === same(there[i] ?? ''))
  const reason = `${here.join(', ')} in one place; ${there.join(', ')} in the other.`
  return { verdict: alike ? 'exact' : 'label-conflict', reason }
}

/** As `magnitude.ts` has it: more than the whole country spends on its police. */
const mostMoney = 20_000_000_000

/** Numbers as printed: whether each is one, of a possible size, and all are printed alike. */
export function checkPrinted(parts: readonly ClaimPart[]): Checked {
  const cells = textsIn(parts, 'cell')
  const read = cells.map(text => ({ text, valued: readPrinted(text) }))
  const unread = read.filter(({ valued }) => valued === null)
  if (unread.length > 0) {
    return { verdict: 'non-numeric-cell', reason: `${unread.map(({ text }) => `“${text}”`).join(', ')} is no number.` }
  }
  const huge = read.find(({ valued }) => valued?.unit === 'money' && Math.abs(valued.value ?? 0) >= mostMoney)
  if (huge !== undefined) {
    const millions = (huge.valued?.value ?? 0) / 1e6
    const reason = `“${huge.text}” is £${millions.toLocaleString('en-GB')} million, more than police forces spend together.`
    return { verdict: 'implausible-magnitude', reason }
  }
  const large = cells.filter(text => /\d{4}|\d,\d{3}/.test(text))
  const parted = large.filter(text => /\d,\d{3}/.test(text))
  const mixed = parted.length > 0 && parted.length < large.length
  const reason = mixed ? 'Some have their thousands parted by a comma and some have not.' : 'They are printed alike.'
  return { verdict: mixed ? 'format' : 'exact', reason }
}

/** A stretch of time as papers write it: a period of ours, or `2011-03 to 2012-03`. */
interface Span {
  start: Temporal.PlainDate
  end: Temporal.PlainDate
}

function spanOf(text: string): Span | null {
  const [from = '', to] = text.split(/\s+to\s+/)
  const first = parsePeriod(from)
  const last = parsePeriod(to ?? from)
  return 'fault' in first || 'fault' in last ? null : { start: first.start, end: periodEnd(last) }
}

/** That a figure has a period, that there is such a period, and that all that is said of it agrees. */
export function checkPeriod(parts: readonly ClaimPart[]): Checked {
  const texts = textsIn(parts, 'period').filter(text => !/^none$/i.test(text))
  if (texts.length === 0) return { verdict: 'missing-period', reason: 'No period stands with the figure.' }
  const unknown = texts.filter(text => spanOf(text) === null)
  if (unknown.length > 0) return { verdict: 'invalid-period', reason: `“${unknown.join('”, “')}” is no period.` }
  const spans = texts.flatMap(text => spanOf(text) ?? [])
  if (spans.some(({ start, end }) => Temporal.PlainDate.compare(end, start) < 0)) {
    return { verdict: 'period-conflict', reason: 'The period ends before it begins.' }
  }
  const [first] = spans
  const agree = spans.every(({ start, end }) => first?.start.equals(start) === true && first.end.equals(end))
  const reason = spans.map(({ start, end }) => `${longDate(start)} to ${longDate(end)}`).join('; ')
  return { verdict: agree ? 'exact' : 'period-conflict', reason: `${reason}.` }
}

/** Months differ by a tenth; more is another length. */
const mostApart = 1.12

export function checkSameLength(parts: readonly ClaimPart[]): Checked {
  const spans = textsIn(parts, 'period').map(spanOf)
  const known = spans.filter(span => span !== null)
  if (known.length < spans.length) return { verdict: 'invalid-period', reason: 'One of the periods is none.' }
  const days = known.map(({ start, end }) => start.until(end).days + 1)
  const sorted = known.toSorted((a, b) => Temporal.PlainDate.compare(a.start, b.start))
  const shared = sorted.some((span, i) => {
    const next = sorted[i + 1]
    return next !== undefined && Temporal.PlainDate.compare(next.start, span.end) <= 0
  })
  const apart = Math.max(...days) / Math.min(...days) > mostApart
  const overlap = shared ? ' Some days are in both.' : ''
  const reason = `They are ${days.map(each => String(each)).join(' and ')} days long.${overlap}`
  return { verdict: apart || shared ? 'unequal-periods' : 'exact', reason }
}

export function checkDates(parts: readonly ClaimPart[]): Checked {
  const [held, next] = [textsIn(parts, 'held')[0], textsIn(parts, 'next')[0]].map(text => spanOf(text ?? ''))
  if (held == null || next == null) return cannot('Write each date like 2022-12-06.')
  const after = Temporal.PlainDate.compare(next.start, held.start) > 0
  const reason = `Held on ${longDate(held.start)}; the next is given as ${longDate(next.start)}.`
  return { verdict: after ? 'exact' : 'date-before-meeting', reason }
}
