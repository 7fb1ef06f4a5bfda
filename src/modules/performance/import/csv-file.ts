import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { fileWords } from './row-faults.ts'

/** A file to load: it is read twice, once to see what it is and once for its rows. */
export interface ImportFile {
  name: string
  open(): AsyncIterable<Buffer>
}

export function fileOnDisk(path: string): ImportFile {
  return { name: basename(path), open: () => createReadStream(path, { highWaterMark: 1 << 17 }) }
}

export function fileInMemory(name: string, bytes: Buffer): ImportFile {
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += 1 << 17) yield bytes.subarray(at, at + (1 << 17))
    },
  }
}

export type Encoding = 'utf-8' | 'windows-1252'

/** What a file is, before a row of it is read. */
export interface Inspection {
  sha256: Buffer
  /** UTF-8 where all bytes are; otherwise what Excel on Windows writes. */
  encoding: Encoding
  /** Why it is no CSV at all, in words; null if it may be one. */
  fault: string | null
}

/** Reads a file once through: its hash, its encoding, and whether it is a workbook under another name. */
export async function inspect(file: ImportFile): Promise<Inspection> {
  const hash = createHash('sha256')
  let size = 0
  let carried: Buffer = Buffer.alloc(0)
  let utf8 = true
  let fault: string | null = null
  for await (const chunk of file.open()) {
    if (size === 0) fault = faultOfBeginning(chunk)
    size += chunk.length
    hash.update(chunk)
    if (fault === null && chunk.includes(0)) fault = fileWords.notText
    const joined = carried.length === 0 ? chunk : Buffer.concat([carried, chunk])
    const whole = utf8 ? wholeCharacters(joined) : joined.length
    utf8 &&= isUtf8(joined.subarray(0, whole))
    carried = joined.subarray(whole)
  }
  utf8 &&= isUtf8(carried)
  if (size === 0) fault = fileWords.empty
  return { sha256: hash.digest(), encoding: utf8 ? 'utf-8' : 'windows-1252', fault }
}

/** An Excel workbook is a zip file (.xlsx) or an OLE file (.xls); “Unicode text” is UTF-16. */
function faultOfBeginning(bytes: Buffer): string | null {
  const begins = (...marks: number[]) => marks.every((mark, i) => bytes[i] === mark)
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0)) return fileWords.excel
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return fileWords.utf16
  return null
}

/** How many bytes end with a whole UTF-8 character; the rest, at most 3, waits for the next piece. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
