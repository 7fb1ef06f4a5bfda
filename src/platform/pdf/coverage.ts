/** Which code points a typeface has a sign for, as one bit each. */
type Coverage = Uint8Array

const lastCodePoint = 0x10ffff

/**
 * Reads from a TrueType or OpenType file which code points it has signs for (OpenType specification, table `cmap`,
 * formats 4 and 12, which every face of today has).
 *
 * @throws if the file has no such table
 */
export function readCoverage(font: Buffer): Coverage {
  const coverage = new Uint8Array((lastCodePoint >> 3) + 1)
  const cmap = tableOf(font, 'cmap')
  const count = font.readUInt16BE(cmap + 2)
  for (let at = 0; at < count; at += 1) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + at * 8 + 4)
    const format = font.readUInt16BE(subtable)
    if (format === 4) readSegments(font, subtable, coverage)
    if (format === 12) readGroups(font, subtable, coverage)
  }
  return coverage
}

function tableOf(font: Buffer, name: string): number {
  const count = font.readUInt16BE(4)
  for (let at = 0; at < count; at += 1) {
    const record = 12 + at * 16
    if (font.toString('latin1', record, record + 4) === name) return font.readUInt32BE(record + 8)
  }
  throw new Error(`This typeface has no table ${name}`)
}

function add(coverage: Coverage, codePoint: number): void {
  coverage[codePoint >> 3] = (coverage[codePoint >> 3] ?? 0) | (1 << (codePoint & 7))
}

function readSegments(font: Buffer, table: number, coverage: Coverage): void {
  const segments = font.readUInt16BE(table + 6) / 2
  const ends = table + 14
  const starts = ends + segments * 2 + 2
  const deltas = starts + segments * 2
  const offsets = deltas + segments * 2
  for (let at = 0; at < segments; at += 1) {
    const start = font.readUInt16BE(starts + at * 2)
    const end = font.readUInt16BE(ends + at * 2)
    const delta = font.readUInt16BE(deltas + at * 2)
    const offset = font.readUInt16BE(offsets + at * 2)
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const glyph = offset === 0 ? code : font.readUInt16BE(offsets + at * 2 + offset + (code - start) * 2)
      if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) add(coverage, code)
    }
  }
}

function readGroups(font: Buffer, table: number, coverage: Coverage): void {
  const groups = font.readUInt32BE(table + 12)
  for (let at = 0; at < groups; at += 1) {
    const group = table + 16 + at * 12
    const end = Math.min(font.readUInt32BE(group + 4), lastCodePoint)
    for (let code = font.readUInt32BE(group); code <= end; code += 1) add(coverage, code)
  }
}

const covers = (coverage: Coverage, codePoint: number): boolean =>
  ((coverage[codePoint >> 3] ?? 0) & (1 << (codePoint & 7))) !== 0

const plainText = /^[\x20-\x7e\u00a0-\u017f‘’“”–—…•£€]*$/
const unseen = /\p{Default_Ignorable_Code_Point}/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Makes a function that spells out what none of the typefaces can show, `[U+0E44]` for each code point, so that it is
 * neither lost nor a row of empty boxes. What a reader sees as one sign has to come from one face.
 */
export function spellingOut(fonts: readonly Buffer[]): (text: string) => string {
  const coverages = fonts.map(readCoverage)
  const shows = (sign: string): boolean => {
    const points = [...sign].filter(each => !unseen.test(each)).map(each => each.codePointAt(0) ?? 0)
    return coverages.some(coverage => points.every(point => covers(coverage, point)))
  }
  return text => {
    if (plainText.test(text)) return text
    return [...graphemes.segment(text)].map(({ segment }) => (shows(segment) ? segment : spelt(segment))).join('')
  }
}

function spelt(sign: string): string {
  return [...sign].map(each => `[U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`).join('')
}
