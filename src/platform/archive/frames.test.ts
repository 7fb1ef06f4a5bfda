import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeFrames, encodeFrame, type Frame, NotAnArchive } from './frames.ts'

/** A stream of the same bytes, cut at the given places. */
async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Buffer> {
  const sorted = [0, ...places.map(place => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  for (const [position, start] of sorted.entries()) yield bytes.subarray(start, sorted[position + 1])
}

async function read(bytes: Buffer, places: readonly number[]): Promise<Frame[]> {
  const frames: Frame[] = []
  for await (const { kind, content } of decodeFrames(cut(bytes, places))) {
    frames.push({ kind, content: Buffer.from(content) })
  }
  return frames
}

const inner = fc.record(
  {
    kind: fc.constantFrom('header' as const, 'table' as const, 'data' as const, 'table-end' as const),
    content: fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes)),
  },
  { noNullPrototype: true },
)

describe('frames', () => {
  it('come out as they went in, wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(inner), fc.array(fc.nat()), async (frames, places) => {
        const whole = [...frames, { kind: 'end' as const, content: Buffer.from('{}') }]
        const bytes = Buffer.concat(whole.map(({ kind, content }) => encodeFrame(kind, content)))
        assert.deepEqual(await read(bytes, places), whole)
      }),
    )
  })

  it('are refused without their end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(inner), fc.nat(), async (frames, drop) => {
        const bytes = Buffer.concat([
          ...frames.map(({ kind, content }) => encodeFrame(kind, content)),
          encodeFrame('end', {}),
        ])
        const short = bytes.subarray(0, bytes.length - 1 - (drop % bytes.length))
        await assert.rejects(read(short, []), NotAnArchive)
      }),
    )
  })

  it('are refused when something follows the end', async () => {
    const bytes = Buffer.concat([encodeFrame('end', {}), encodeFrame('data', Buffer.from('more'))])
    await assert.rejects(read(bytes, []), NotAnArchive)
  })
})
