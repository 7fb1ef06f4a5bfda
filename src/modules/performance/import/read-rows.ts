import { CsvError, parse, type Parser } from 'csv-parse'
import type { Encoding, ImportFile } from './csv-file.ts'
import { fileWords } from './row-faults.ts'

/** Gets the cells of a row, however many there are, and the line on which it ends. */
export type OnRow = (cells: readonly string[], line: number) => void

/** A quotation mark out of place: the rest of the file cannot be read. */
export class UnreadableCsv extends Error {
  readonly line: number
  constructor(line: number) {
    super(fileWords.quotes)
    this.line = line
  }
}

/**
 * Streams the rows of a CSV file, the header first, empty lines left out. As long as no quotation mark is met, a row is
 * a line and its cells lie between commas; from the piece with the first one on, the CSV parser takes over, which takes
 * several times as long.
 *
 * @param between awaited after each piece of the file, so that what was read can be passed on before more is read
 * @throws UnreadableCsv where a quotation mark is out of place
 */
export async function readRows(
  file: ImportFile,
  encoding: Encoding,
  onRow: OnRow,
  between: () => Promise<void>,
): Promise<void> {
  // It takes a byte-order mark off, and joins characters that lie across two pieces.
  const decoder = new TextDecoder(encoding)
  const plain = new PlainRows(onRow)
  let quoted: QuotedRows | undefined
  for await (const chunk of file.open()) {
    const text = decoder.decode(chunk, { stream: true })
    if (quoted === undefined && !plain.take(text)) quoted = new QuotedRows(onRow, plain.lines)
    if (quoted !== undefined) await quoted.write(plain.giveUp() + text)
    await between()
  }
  const rest = plain.giveUp() + decoder.decode()
  if (quoted === undefined) plain.last(rest)
  else await quoted.end(rest)
  await between()
}

/** Rows without quotation marks. */
class PlainRows {
  /** Lines read so far. */
  lines = 0
  readonly #onRow: OnRow
  /** The beginning of a line whose end has not come yet. */
  #begun = ''

  constructor(onRow: OnRow) {
    this.#onRow = onRow
  }

  /** Reads the lines of a piece; false, and nothing read, if they need the CSV parser. */
  take(piece: string): boolean {
    if (piece.includes('"') || /\r[^\n]/.test(piece)) return false
    const text = this.#begun + piece
    let at = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      this.#line(text.slice(at, end))
      at = end + 1
    }
    this.#begun = text.slice(at)
    return true
  }

  /** The line begun, which somebody else goes on with. */
  giveUp(): string {
    const begun = this.#begun
    this.#begun = ''
    return begun
  }

  /** The last line of a file that does not end with a line break. */
  last(text: string): void {
    if (text !== '') this.#line(text)
  }

  #line(text: string): void {
    this.lines++
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    if (line !== '') this.#onRow(line.split(','), this.lines)
  }
}

/** Rows with quotation marks, by the CSV parser. */
class QuotedRows {
  readonly #parser: Parser
  readonly #before: number
  #failure: Error | undefined

  /** @param before lines of the file that came before */
  constructor(onRow: OnRow, before: number) {
    this.#before = before
    this.#parser = parse({
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], context) => {
        onRow(cells, before + context.lines)
        return null
      },
    })
    this.#parser.on('error', fault => (this.#failure = fault))
    this.#parser.resume()
  }

  async write(text: string): Promise<void> {
    await new Promise<void>(taken => this.#parser.write(text, () => taken()))
    this.#throwFailure()
  }

  async end(text: string): Promise<void> {
    if (text !== '') await this.write(text)
    await new Promise<void>(ended => {
      this.#parser.on('close', ended)
      this.#parser.end()
    })
    this.#throwFailure()
  }

  #throwFailure(): void {
    const fault = this.#failure
    if (fault === undefined) return
    throw fault instanceof CsvError ? new UnreadableCsv(this.#before + Number(fault['lines'] ?? 1)) : fault
  }
}
