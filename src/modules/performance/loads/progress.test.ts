import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileInMemory } from '../import/csv-file.ts'
import { followed, LoadFollower, LoadStopped } from './follower.ts'
import { drawnBar, leftInWords, progressLine, progressOf, secondsLeft } from './progress.ts'

const at = (more: Partial<LoadFollower>) => progressOf(Object.assign(new LoadFollower(undefined, 1000), more))

describe('How far a load is', () => {
  it('grows from step to step and never says done before the end', () => {
    const parts = [
      at({ phase: 'looking', bytesRead: 1000 }),
      at({ phase: 'reading', bytesRead: 0 }),
      at({ phase: 'reading', bytesRead: 500 }),
      at({ phase: 'writing', bytesRead: 1000 }),
      at({ phase: 'rules', series: 10, seriesRead: 5 }),
    ].map(progress => progress.part ?? -1)
    assert.deepEqual(
      parts,
      parts.toSorted((a, b) => a - b),
    )
    assert.ok((parts.at(-1) ?? 1) < 1)
    assert.equal(progressOf(new LoadFollower()).part, null)
  })
  it('is told in a line, with the time left once it can be told', () => {
    const progress = at({ phase: 'reading', bytesRead: 500, rows: 12_345 })
    assert.equal(progressLine(progress, 10), 'Reading and checking, 45%, 12,345 rows, about 13 seconds left')
    assert.equal(progressLine(progress, 0), 'Reading and checking, 45%, 12,345 rows')
    assert.equal(secondsLeft(0.5, 60), 60)
    assert.equal(leftInWords(200), 'about 3 minutes left')
    assert.equal(drawnBar(0.5, 4), '[##..]')
  })
})

describe('A file that is followed', () => {
  it('counts what is read, gives others a turn, and ends when it is stopped', async () => {
    const stopping = new AbortController()
    const follower = new LoadFollower(stopping.signal, 400_000)
    const file = followed(fileInMemory('x', Buffer.alloc(400_000)), follower)
    let turns = 0
    const other = setInterval(() => turns++, 0)
    const reading = async () => {
      for await (const piece of file.open()) if (piece.length > 0 && turns > 0) stopping.abort()
    }
    try {
      await assert.rejects(async () => {
        while (true) await reading()
      }, LoadStopped)
      assert.ok(turns > 0)
    } finally {
      clearInterval(other)
    }
  })
})
