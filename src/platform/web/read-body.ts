import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { type FieldFault, type FieldsWithUploadFaults, uploadFaults } from './form.ts'
import type { FormFields, Upload } from './route.ts'
import {
  isOldOffice,
  isProtectedOffice,
  largestUpload,
  mediaTypeOf,
  plainFileName,
  takenInWords,
} from './upload-types.ts'

/** Most that the files of one form may come to together, in bytes. */
const largestForm = 100_000_000

export interface ReadBody {
  fields: FieldsWithUploadFaults
  uploads: readonly Upload[]
}

/**
 * What a form sent, urlencoded or multipart. A file that is too large or of a type that is not taken becomes a fault
 * of its field and is dropped while the rest is read on, so that nothing typed is lost.
 */
export async function readBody(request: FastifyRequest): Promise<ReadBody> {
  if (!request.isMultipart()) return { fields: cleaned(request.body), uploads: [] }
  const collected = new Map<string, string[]>()
  const uploads: Upload[] = []
  const faults: FieldFault[] = []
  let room = largestForm
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      collected.set(part.fieldname, [...(collected.get(part.fieldname) ?? []), String(part.value)])
      continue
    }
    const { upload, fault } = await readFile(part, Math.min(room, largestUpload))
    if (fault !== undefined) faults.push(fault)
    if (upload !== undefined) uploads.push(upload)
    room -= upload?.bytes.length ?? 0
  }
  const fields = cleaned(Object.fromEntries([...collected].map(([name, all]) => [name, all.length > 1 ? all : all[0]])))
  return { fields: faults.length === 0 ? fields : { ...fields, [uploadFaults]: faults }, uploads }
}

/** A file, its fault, or neither where the field was left empty. */
async function readFile(part: MultipartFile, room: number): Promise<{ upload?: Upload; fault?: FieldFault }> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of part.file as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > room) pieces.length = 0
    else pieces.push(piece)
  }
  const field = part.fieldname
  // A field left empty comes with no name at all, whatever the type says.
  const given: string | undefined = part.filename
  const fileName = plainFileName(given ?? '')
  if (size === 0 && !given) return {}
  if (size > room || part.file.truncated) return { fault: { field, message: tooLarge(fileName, room) } }
  if (size === 0) return { fault: { field, message: `“${fileName}” is empty: choose another file` } }
  const bytes = Buffer.concat(pieces)
  const mediaType = await mediaTypeOf(fileName, bytes)
  if (mediaType === null) return { fault: { field, message: notTaken(fileName, bytes) } }
  return { upload: { field, fileName, mediaType, bytes } }
}

function notTaken(fileName: string, bytes: Buffer): string {
  if (isProtectedOffice(bytes)) {
    return `“${fileName}” is protected by a password. Save it without the password and choose it again`
  }
  return isOldOffice(bytes)
    ? `“${fileName}” is a file of an old Word or Excel. Save it as .docx, .xlsx or .csv and choose it again`
    : `“${fileName}” must be ${takenInWords}`
}

function tooLarge(fileName: string, room: number): string {
  return room < largestUpload
    ? `“${fileName}” and the files before it are larger than 100 MB together: send fewer at once`
    : `“${fileName}” must be 50 MB or smaller`
}

/** The fields of a body without zero characters, which PostgreSQL does not store. */
function cleaned(body: unknown): FormFields {
  const sent: [string, unknown][] = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const text = (value: unknown): string => (typeof value === 'string' ? value.replaceAll('\u0000', '') : '')
  return Object.fromEntries(sent.map(([name, value]) => [name, Array.isArray(value) ? value.map(text) : text(value)]))
}
