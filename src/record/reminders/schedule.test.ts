import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { london } from '../../platform/time.ts'
import { isSendingTime, nextRun } from './schedule.ts'

describe('when the messages of a day are written', () => {
  const cases: [now: string, finished: boolean, next: string, why: string][] = [
    ['2026-03-11T03:00:00Z', false, '2026-03-11T07:00:00Z', 'at seven, in winter time'],
    ['2026-07-15T03:00:00Z', false, '2026-07-15T06:00:00Z', 'at seven, in summer time'],
    ['2026-03-11T09:30:00Z', false, '2026-03-11T09:30:00Z', 'at once where seven was missed'],
    ['2026-03-11T09:30:00Z', true, '2026-03-12T07:00:00Z', 'tomorrow where they are written'],
    ['2026-03-11T21:00:00Z', false, '2026-03-12T07:00:00Z', 'not in the evening'],
    ['2026-03-28T09:00:00Z', true, '2026-03-29T06:00:00Z', 'on the day the clocks go forward'],
    ['2026-10-24T09:00:00Z', true, '2026-10-25T07:00:00Z', 'on the day they go back'],
  ]
  for (const [now, finished, next, why] of cases) {
    it(`${why}: ${next}`, () => {
      assert.equal(nextRun(Temporal.Instant.from(now), finished).toString(), next)
    })
  }

  it('is never in the past, never more than a day or so ahead, and always by day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }), fc.boolean(), (seconds, finished) => {
        const now = Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
        const next = nextRun(now, finished)
        assert.ok(Temporal.Instant.compare(next, now) >= 0)
        assert.ok(now.until(next).total('hours') <= 49)
        assert.ok(isSendingTime(next), next.toZonedDateTimeISO(london).toString())
      }),
    )
  })
})
