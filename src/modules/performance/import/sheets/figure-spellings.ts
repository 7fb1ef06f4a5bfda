import { missingMarks } from '../../figures.ts'
import type { Unit } from '../../measure.ts'
import { type Cell, plainNumber } from './grid.ts'

/** What a person says once of how figures are written, because no program can know it. Null: not said. */
export interface FigureChoices {
  /** `1,234`: a comma parts thousands, or is the decimal point. */
  comma: 'thousands' | 'decimal' | null
  /** Percentages as 85 or as 0.85, where the spreadsheet itself shows no per cent sign. */
  percentages: 'of-100' | 'of-1' | null
  /** `£1,234` in a measure in pounds. */
  pounds: 'drop' | null
  /** `(1,234)`. */
  brackets: 'negative' | null
  /** An empty cell: recorded as missing, or nothing said of that period. */
  blank: 'missing' | 'nothing' | null
  /** What each mark instead of a figure means: one of the marks that are kept, or `zero`. */
  marks: Readonly<Record<string, string>>
}

export type FigureQuestion = Exclude<keyof FigureChoices, 'marks'> | { mark: string }

export const noFigureChoices: FigureChoices = {
  comma: null,
  percentages: null,
  pounds: null,
  brackets: null,
  blank: null,
  marks: {},
}

/** A figure as the plain form writes it (`value` may be a mark), nothing at all, a fault, or what must be asked. */
export type ReadFigure = { value: string } | { nothing: true } | { fault: string } | { ask: FigureQuestion }

/** Zero where a mark is said to mean it: an office's "-" often does. */
export const zeroMark = 'zero'
/** A mark that says no more than an empty cell. */
export const blankMark = 'blank'

/**
 * Reads a cell as a figure of a measure in some unit, by what was said of how figures are written.
 * A number shown as a percentage is in per cent whatever was said: 0.85 shown as 85% is 85.
 */
export function readFigure(cell: Cell, unit: Unit, choices: FigureChoices): ReadFigure {
  if (cell === null) return readBlank(choices)
  if (typeof cell === 'number') return scaled(cell, unit, choices)
  if (typeof cell === 'string') return readText(cell.replaceAll(/[\s\u00a0]+/g, ' ').trim(), unit, choices)
  if ('percent' in cell)
    return unit === 'percent' || unit === 'points' ? { value: plainNumber(cell.percent) } : wrongUnit('%', unit)
  if ('date' in cell)
    return {
      fault: `${cell.date} is a date and no figure. Have two columns changed places, or has the spreadsheet made a date of a figure?`,
    }
  return {
    fault:
      cell.fault === '='
        ? 'The formula here was saved without its value: open the file, save it again and choose it again.'
        : `The formula here gives ${cell.fault}: put it right in the spreadsheet.`,
  }
}

function readBlank({ blank }: FigureChoices): ReadFigure {
  if (blank === null) return { ask: 'blank' }
  return blank === 'missing' ? { value: '' } : { nothing: true }
}

function scaled(value: number, unit: Unit, { percentages }: FigureChoices): ReadFigure {
  if (unit !== 'percent') return { value: plainNumber(value) }
  if (percentages === null) return { ask: 'percentages' }
  return { value: plainNumber(percentages === 'of-1' ? Number((value * 100).toPrecision(12)) : value) }
}

function readText(text: string, unit: Unit, choices: FigureChoices): ReadFigure {
  if (text === '') return readBlank(choices)
  if (!/\d/.test(text)) return readMark(text, choices)
  const bracketed = /^\((.+)\)$/.exec(text)?.[1]
  if (bracketed !== undefined) return readBracketed(bracketed, unit, choices)
  if (/^-? ?£|^£ ?-/.test(text)) return readPounds(text, unit, choices)
  const share = /^([^%]+?) ?%$/.exec(text)?.[1]
  if (share !== undefined) {
    if (unit !== 'percent' && unit !== 'points') return wrongUnit('%', unit)
    return readDigits(share, text, value => ({ value: plainNumber(value) }), choices)
  }
  return readDigits(text, text, value => scaled(value, unit, choices), choices)
}

/** A mark instead of a figure: even "-" is asked about, since in many tables it means none at all. */
function readMark(text: string, choices: FigureChoices): ReadFigure {
  const said = Object.hasOwn(choices.marks, text) ? choices.marks[text] : undefined
  if (said === undefined) return text.length > 20 ? { fault: notAFigure(text) } : { ask: { mark: text } }
  return { value: said === zeroMark ? '0' : said === blankMark ? '' : said }
}

function readBracketed(inside: string, unit: Unit, choices: FigureChoices): ReadFigure {
  if (choices.brackets === null) return { ask: 'brackets' }
  const read = readText(inside, unit, choices)
  return 'value' in read && /^[\d.]+$/.test(read.value) ? { value: `-${read.value}` } : read
}

function readPounds(text: string, unit: Unit, choices: FigureChoices): ReadFigure {
  if (unit !== 'money') return wrongUnit('£', unit)
  if (choices.pounds === null) return { ask: 'pounds' }
  return readDigits(text.replace('£', '').replaceAll(' ', ''), text, value => ({ value: plainNumber(value) }), choices)
}

const plain = /^-?(?:\d+\.?\d*|\.\d+)$/
const thousands = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const spaced = /^-?\d{1,3}(?: \d{3})+(?:\.\d+)?$/
const decimal = /^-?(?:\d+|\d{1,3}(?:[. ]\d{3})+),\d+$/

function readDigits(
  digits: string,
  text: string,
  then: (value: number) => ReadFigure,
  { comma }: FigureChoices,
): ReadFigure {
  if (spaced.test(digits)) return then(Number(digits.replaceAll(' ', '')))
  if (!digits.includes(',')) return plain.test(digits) ? then(Number(digits)) : { fault: notAFigure(text) }
  if (!thousands.test(digits) && !decimal.test(digits)) return { fault: notAFigure(text) }
  if (comma === null) return { ask: 'comma' }
  if (comma === 'thousands' && thousands.test(digits)) return then(Number(digits.replaceAll(',', '')))
  if (comma === 'decimal' && decimal.test(digits)) return then(Number(digits.replaceAll(/[. ]/g, '').replace(',', '.')))
  return { fault: `“${short(text)}” does not fit what was said of commas: look at how it is written.` }
}

/** Why a text is no figure, with what to write instead where that can be said. */
function notAFigure(text: string): string {
  const sum = /^(\d+) ?\+ ?(\d+)$/.exec(text)
  if (sum !== null) {
    const total = String(Number(sum[1]) + Number(sum[2]))
    return `“${text}” is two figures: write ${total} if their sum is meant, or the one that is.`
  }
  const large = /^(-?£? ?[\d.,]+) ?(m|mn|million|bn|billion|k|thousand)$/i.exec(text)
  if (large !== null) {
    return `“${text}” is written short: taken at its word it is ${large[1] ?? ''} times a ${longWords[(large[2] ?? '')[0]?.toLowerCase() ?? ''] ?? ''}. Write the figure in full.`
  }
  if (/^-?[\d.,]+ ?[*†‡rpe]$|^-?[\d.,]+ ?[([]\w+[)\]]$/i.test(text)) {
    return `“${short(text)}” carries the mark of a footnote or status: write the figure alone.`
  }
  return `“${short(text)}” is not a figure: write digits, or leave the cell empty.`
}

const longWords: Partial<Record<string, string>> = { m: 'million', b: 'thousand million', k: 'thousand', t: 'thousand' }

function wrongUnit(sign: string, unit: Unit): ReadFigure {
  const words: Record<Unit, string> = {
    count: 'a count',
    rate: 'a rate',
    percent: 'a percentage',
    points: 'percentage points',
    money: 'pounds',
  }
  return { fault: `The figure carries a ${sign} sign, and the measure is in ${words[unit]}. Is it the right measure?` }
}

const markNotes: Partial<Record<string, string>> = {
  '[x]': ' (not available)',
  '[u]': ' (too small a base)',
  '[c]': ' (hidden, to protect people)',
  '[z]': ' (not applicable)',
}

/** What the marks that are kept stand for, for the form. */
export const markMeanings: readonly { value: string; text: string }[] = [
  { value: blankMark, text: 'No figure' },
  ...missingMarks
    .filter(mark => mark !== '')
    .map(mark => ({ value: mark, text: `No figure, printed as ${mark}${markNotes[mark] ?? ''}` })),
  { value: zeroMark, text: 'None at all: 0' },
]

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
