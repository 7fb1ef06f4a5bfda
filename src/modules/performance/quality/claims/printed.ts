import { stepOf } from '../precision.ts'
import type { Valued } from './claim.ts'

/*
 * Numbers as papers print them: £11.74m, 1,526, 13.6%, nearly 60, 4.5 percentage points, 2.7% of £98.001m.
 * This is for statements that a person enters; files of figures are read more strictly (`import/cells.ts`).
 */

const doubtful = /^(?:about|around|approximately|nearly|almost|over|more than|at least|up to|some|roughly|c\.?)\s+/i
const number =
  /^(?<sign>[+\-−])?\s*(?<pound>£)?\s*(?<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?<scale>k|thousand|mn?|million|bn|billion)?\s*(?<unit>%|per cent|percent|pp|percentage points?|points?)?$/i
const powers: Readonly<Record<string, number>> = { k: 3, t: 3, m: 6, b: 9 }
const none = /^(?:-|–|n\/a|none|no number|not given|vacant)?$/i

/** A value with the last digit it was printed to, or null if the text is no number. */
export function readPrinted(typed: string): Valued | null {
  const text = typed.trim()
  const share = /^(.+?%)\s+of\s+(.+)$/i.exec(text)
  if (share !== null) return readShare(text, share[1] ?? '', share[2] ?? '')
  if (none.test(text)) return { ...plain, value: null, step: 1, text }
  const about = doubtful.test(text)
  const match = number.exec(text.replace(doubtful, ''))
  if (match?.groups === undefined) return null
  const { sign, pound, digits = '', scale, unit } = match.groups
  const power = powers[(scale ?? '').charAt(0).toLowerCase()] ?? 0
  const size = Number(`${digits.replaceAll(',', '')}e${String(power)}`)
  const decimals = digits.split('.')[1]?.length ?? 0
  const step = decimals > 0 || power > 0 ? 10 ** (power - decimals) : stepOf(size)
  const value = sign === '-' || sign === '−' ? -size : size
  return { ...plain, value, step, text, about, unit: unitOf(pound, unit) }
}

const plain = { unit: 'count', about: false, numerator: null, denominator: null, asAt: null } as const

function unitOf(pound: string | undefined, unit: string | undefined): Valued['unit'] {
  if (pound !== undefined) return 'money'
  if (unit === undefined) return 'count'
  return /^(?:%|per)\s?(?:cent)?$/i.test(unit) || /^percent$/i.test(unit) ? 'percent' : 'points'
}

function readShare(text: string, first: string, second: string): Valued | null {
  const [share, whole] = [readPrinted(first), readPrinted(second)]
  if (share?.value == null || whole?.value == null) return null
  const value = Math.round(share.value * whole.value) / 100
  const step = Math.max((share.step / 100) * whole.value, (share.value / 100) * whole.step)
  return { ...plain, value, step, text, unit: whole.unit }
}
