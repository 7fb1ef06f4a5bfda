import type { Opened } from './grid.ts'
import { readDelimited } from './read-delimited.ts'
import { readWorkbook } from './read-workbook.ts'

/** Opens a file by what its bytes say it is, not by its name. */
export async function openSheets(bytes: Buffer, name: string): Promise<Opened> {
  const begins = (hex: string) => bytes.subarray(0, hex.length / 2).equals(Buffer.from(hex, 'hex'))
  // An encrypted workbook is an OLE file with this stream; an old .xls is an OLE file without.
  if (begins('d0cf11e0')) return { ok: false, why: isEncrypted(bytes) ? 'password' : 'old-excel' }
  // An OpenDocument file names its kind in its first part, which is not packed.
  if (bytes.subarray(0, 200).includes('application/vnd.oasis.opendocument')) return { ok: false, why: 'open-document' }
  if (begins('504b0304')) return readWorkbook(bytes)
  if (bytes.includes(0)) return { ok: false, why: 'corrupt' }
  return readDelimited(bytes, name)
}

function isEncrypted(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
}
