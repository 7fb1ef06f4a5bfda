import type { Words } from './document.ts'

/** Characters in a row after which a word may be broken, where it would not fit a line. */
const longestWord = 24

/**
 * Text as a string of Typst. Nothing in it can be taken for markup: it stands between quotation marks, and what ends
 * or escapes a string is escaped. Controls, which no page can show, become spaces.
 */
export function literal(text: string): string {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}\u{fffe}\u{ffff}]+/gu, ' ')
    .replaceAll(/["\\]/g, mark => `\\${mark}`)
  return `"${plain}"`
}

/**
 * Text as content, with places where a word may be broken that is longer than so many characters. An empty box is such
 * a place; a zero-width space would be one too, but readers of the PDF lose the character that follows it.
 */
export function breakable(text: string, longest = longestWord): string {
  const pieces = text
    .toWellFormed()
    .split(new RegExp(`(\\S{${String(longest + 1)},})`, 'u'))
    .flatMap((piece, at) => (at % 2 === 0 ? [piece] : inPieces(piece, longest)))
    .filter(piece => piece !== '')
  return pieces.length <= 1
    ? `text(${literal(text)})`
    : `[${pieces.map(each => `#text(${literal(each)})`).join('#box()')}]`
}

/** Between what a reader sees as characters: a sign and its accent stay together. */
function inPieces(word: string, longest: number): string[] {
  const signs = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)].map(each => each.segment)
  return Array.from({ length: Math.ceil(signs.length / longest) }, (_, at) =>
    signs.slice(at * longest, (at + 1) * longest).join(''),
  )
}

/** Runs of words as content of Typst, in code mode. */
export function content(words: readonly Words[], longest = longestWord): string {
  return `[${words.map(each => `#${run(each, longest)}`).join('')}]`
}

function run({ text, strong, emphasis, code, href }: Words, longest: number): string {
  let made = breakable(text, longest)
  if (code === true) made = `code(${made})`
  if (emphasis === true) made = `emph(${made})`
  if (strong === true) made = `strong(${made})`
  if (href !== undefined && text.trim() !== '') made = `link(${literal(href)}, ${made})`
  return made
}

/** The words without their styles. */
export function plain(words: readonly Words[]): string {
  return words.map(each => each.text).join('')
}
