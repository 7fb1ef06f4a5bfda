import { extname } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'

/** Largest file that is taken, in bytes: 50 MB. */
export const largestUpload = 50_000_000

const taken: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'PDF'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel'],
  ['application/vnd.oasis.opendocument.text', 'OpenDocument text'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'OpenDocument spreadsheet'],
  ['image/png', 'PNG'],
  ['image/jpeg', 'JPEG'],
])
const textTypes: ReadonlyMap<string, string> = new Map([
  ['.csv', 'text/csv'],
  ['.txt', 'text/plain'],
])

/** The kinds of file that are taken, for hints and refusals. */
export const takenInWords = 'PDF, Word, Excel, OpenDocument, CSV, text, PNG or JPEG'

/**
 * The media type of a file by its content, or null if it is of none that is taken. Text has no mark of its own: it is
 * what holds no zero byte and is named .csv or .txt. An Excel file named .csv comes out as Excel.
 */
export async function mediaTypeOf(fileName: string, bytes: Buffer): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes)
  if (found !== undefined) return taken.has(found.mime) ? found.mime : null
  return bytes.includes(0) ? null : (textTypes.get(extname(fileName).toLowerCase()) ?? null)
}

/** Whether a file is in the form that Word and Excel wrote until 2003, whatever it is named. */
export function isOldOffice(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))
}

/** Whether a file of Word or Excel is protected by a password: its contents lie in one encrypted stream of that name. */
export function isProtectedOffice(bytes: Buffer): boolean {
  return isOldOffice(bytes) && bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
}

/** The name of a file without folders, controls and marks that turn round the direction of text; at most 200 characters. */
export function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const cleaned = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return (cleaned === '' ? 'file' : cleaned).slice(-200)
}
