import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { actingPlace, placesOf, type SeatRow } from './seats.ts'

const row = (organisation: number, area: number, role: string | null): SeatRow => ({
  role,
  organisation_id: `organisation-${organisation}`,
  organisation_name: `Organisation ${organisation}`,
  organisation_kind: 'office',
  area_id: area,
  area_slug: `area-${area}`,
  area_name: `Area ${area}`,
  area_historical: false,
})

describe('places', () => {
  it('hold the roles of one organisation in one area, each once', () => {
    const places = placesOf([
      row(1, 1, 'policy-lead'),
      row(1, 1, 'board-clerk'),
      row(1, 1, 'policy-lead'),
      row(1, 2, 'administrator'),
    ])
    assert.deepEqual(
      places.map(({ area, roles }) => [area.id, roles]),
      [
        [1, ['policy-lead', 'board-clerk']],
        [2, ['administrator']],
      ],
    )
  })

  it('are none for someone without a seat, or with a role that no longer exists', () => {
    assert.deepEqual(placesOf([row(1, 1, 'sheriff')]), [])
    assert.deepEqual(placesOf([{ ...row(1, 1, null), organisation_id: null }]), [])
    assert.deepEqual(placesOf([]), [])
  })
})

describe('whom someone acts for', () => {
  const two = placesOf([row(1, 1, 'policy-lead'), row(2, 1, 'panel-clerk')])

  it('is the only one without asking, and nobody of several until chosen', () => {
    const nothing = { organisation: null, area: null }
    assert.equal(actingPlace(two, nothing), null)
    assert.equal(actingPlace(two.slice(0, 1), nothing)?.organisation.id, 'organisation-1')
    assert.equal(actingPlace([], nothing), null)
  })

  it('is never a place that is not theirs, nor one that has ended', () => {
    const numbers = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(fc.array(fc.tuple(numbers, numbers)), numbers, numbers, (seats, organisation, area) => {
        const places = placesOf(seats.map(([o, a]) => row(o, a, 'policy-lead')))
        const acting = actingPlace(places, { organisation: `organisation-${organisation}`, area })
        if (acting) assert.ok(places.includes(acting))
        if (seats.some(([o, a]) => o === organisation && a === area)) {
          assert.equal(acting?.organisation.id, `organisation-${organisation}`)
          assert.equal(acting.area.id, area)
        }
      }),
    )
  })
})
