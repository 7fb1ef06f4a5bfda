/**
 * The form of an archive: a gzip stream of frames, each a letter for its kind, four bytes of length, and the content.
 * Tables are streamed through it, so that an archive may be larger than memory.
 */
export type FrameKind = 'header' | 'table' | 'data' | 'table-end' | 'end'

export interface Frame {
  kind: FrameKind
  content: Buffer
}

const letters: Record<FrameKind, string> = { header: 'H', table: 'T', data: 'D', 'table-end': 'E', end: 'Z' }
const kinds = new Map<string, FrameKind>([
  ['H', 'header'],
  ['T', 'table'],
  ['D', 'data'],
  ['E', 'table-end'],
  ['Z', 'end'],
])

/** No frame is longer; what claims to be is not an archive. */
const longest = 64 * 1024 * 1024

/** A frame as it stands in the stream. Content that is no buffer becomes JSON. */
export function encodeFrame(kind: FrameKind, content: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
  const head = Buffer.alloc(5)
  head.write(letters[kind], 0, 'latin1')
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** What a stream that is no archive, or is cut short, is refused with. */
export class NotAnArchive extends Error {}

/** The first frame of some bytes and what follows it; undefined if it has not all arrived. */
function takeFrame(bytes: Buffer): { frame: Frame; rest: Buffer } | undefined {
  if (bytes.length < 5) return undefined
  const kind = kinds.get(bytes.toString('latin1', 0, 1))
  const length = bytes.readUInt32BE(1)
  if (!kind || length > longest) throw new NotAnArchive('An unknown kind of frame')
  if (bytes.length < 5 + length) return undefined
  return { frame: { kind, content: bytes.subarray(5, 5 + length) }, rest: bytes.subarray(5 + length) }
}

/**
 * Reads frames from a stream of bytes cut anywhere.
 *
 * @throws NotAnArchive if it is none or does not end with an end frame
 */
export async function* decodeFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer = Buffer.alloc(0)
  let ended = false
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    for (let taken = takeFrame(waiting); taken; taken = takeFrame(waiting)) {
      if (ended) throw new NotAnArchive('Something follows the end')
      waiting = taken.rest
      ended = taken.frame.kind === 'end'
      yield taken.frame
    }
  }
  if (!ended || waiting.length > 0) throw new NotAnArchive('It is cut short')
}
