/** What is wrong with one cell of a file: shown to whoever loads it, with the line as their spreadsheet numbers it. */
export interface RowFault {
  line: number
  /** The column's name, or '' where the whole line or file is meant. */
  column: string
  message: string
}

/** Everything the loader says of a cell, in one place. Plain words: what is there, and what to do. */
export const cellWords = {
  formula: (text: string) =>
    `The cell begins with “=” (${short(text)}): a formula, not a figure. Save the file with values only.`,
  noMeasure: 'There is no measure in this row.',
  unknownMeasure: (name: string, near: string | null) =>
    near === null
      ? `There is no measure “${short(name)}” in this area.`
      : `There is no measure “${short(name)}” in this area. Did you mean “${near}”?`,
  ambiguousMeasure: (name: string, references: readonly string[]) =>
    `More than one measure is called “${short(name)}”: write its reference, ${references.join(' or ')}.`,
  wrongFrequency: (title: string, adverb: string, example: string) =>
    `“${title}” is measured ${adverb}: write its period like ${example}.`,
  separators: (text: string) => `“${short(text)}” has thousands separators: write it without them.`,
  percent: (text: string) => `“${short(text)}” carries a % sign: write the figure alone. The unit is the measure's.`,
  pounds: (text: string) => `“${short(text)}” carries a £ sign: write the figure alone. The unit is the measure's.`,
  'not-a-number': (text: string) =>
    `“${short(text)}” is not a figure. Write digits, or leave it empty, or -, * or n/a where there is none.`,
  'too-large': (text: string) => `“${short(text)}” is too large a figure to be held exactly.`,
  status: (text: string) =>
    `“${short(text)}” is not a status: write provisional, revised, final or withdrawn, or leave it empty.`,
  asAt: (text: string) => `“${short(text)}” is not a date: write it like 2018-04-01.`,
  unit: (written: string, title: string, unit: string) =>
    `“${title}” is in the unit ${unit}, not ${short(written)}. A measure keeps its unit: set up another measure for this one.`,
  notAPercentage: (text: string, title: string) =>
    `“${title}” is a share in per cent, and ${short(text)} is not between 0 and 100.`,
  notTheShare: (value: string, share: string) =>
    `The value is ${value}, but its numerator and denominator come to ${share}%. Write the value in per cent.`,
  twice: (period: string, line: number, first: string, second: string) =>
    `${period} has ${second} here and ${first} on line ${String(line)}, from one source. Keep the one that is right.`,
  swapped: (period: string, value: string) =>
    `The period here is “${short(period)}” and the value “${short(value)}”: they seem to have changed places.`,
  tooFewCells: (found: number, wanted: number) =>
    `This row has ${String(found)} cells and the header has ${String(wanted)}.`,
  tooLong: 'This text is longer than 200 characters.',
} as const

/** What is said of a file as a whole. */
export const fileWords = {
  empty: 'The file is empty.',
  noRows: 'The file has a header and no figures.',
  excel: 'This is an Excel workbook, whatever its name says. In Excel, choose Save as, then “CSV UTF-8”.',
  utf16: 'This file is saved as “Unicode text”. Save it as “CSV UTF-8” instead.',
  notText: 'This is not a text file. Save the table as “CSV UTF-8”.',
  delimiter: (name: string) => `The columns are parted by ${name}. Save the file with commas between them.`,
  missingColumn: (name: string, there: readonly string[]) =>
    `There is no column “${name}”. The columns are: ${there.map(each => short(each) || '(no name)').join(', ')}.`,
  unknownColumn: (name: string, known: readonly string[]) =>
    `The column “${short(name)}” is not one that is read. Take it out, or name it one of: ${known.join(', ')}.`,
  columnTwice: (name: string) => `The column “${name}” is there twice.`,
  quotes: 'A quotation mark is opened here and not closed, or stands in the middle of a cell.',
  readOnly: (area: string) =>
    `${area} is a historical area, kept as its papers left it. Nothing can be loaded into it.`,
  noMeasures: 'This area has no measures yet. Set them up first.',
} as const

/** What was typed, cut to a length that fits into a sentence. */
function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
