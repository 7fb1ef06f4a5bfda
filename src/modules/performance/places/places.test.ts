import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mergerObstacles, nameObstacles, ownObstacles } from './deeds.ts'
import { PlaceNames } from './place-names.ts'
import type { ListedPlace } from './places-queries.ts'
import { isRegion } from './police-areas.ts'
import { spellingOf } from './spelling.ts'

function place(name: string, more: Partial<ListedPlace> = {}): ListedPlace {
  const plain = { id: name, kind: 'police-area' as const, name, spelling: spellingOf(name), own: false }
  return { ...plain, others: [], names: [], mergedInto: null, merged: null, renamed: null, ...more }
}

describe('Names of places', () => {
  it('are compared without what tables write differently', () => {
    const same = (...names: string[]) => assert.equal(new Set(names.map(spellingOf)).size, 1, names.join(' / '))
    same('Devon & Cornwall', 'Devon and Cornwall', 'devon-and-cornwall', 'Devon and Cornwall Police')
    same('London, City of', 'City of London', 'city-of-london', 'City of London Police')
    same('Leicestershire [note 4]', 'Leicestershire', 'Leicestershire Constabulary')
    same('Metropolitan', 'Metropolitan Police', 'Metropolitan Police Service', 'Metropolitan Police ')
    assert.notEqual(spellingOf('West Mercia'), spellingOf('West Midlands'))
  })
  it('of forces are known by themselves', () => {
    const names = new PlaceNames([])
    assert.equal(names.find('police-area', 'Avon & Somerset Constabulary')?.name, 'Avon and Somerset')
    assert.equal(names.find('police-area', 'btp')?.name, 'British Transport Police')
    assert.equal(names.find('police-area', 'Ruritania'), undefined)
    assert.equal(names.find('district', 'Kent'), undefined)
  })
  it('lead to one place, old name and new', () => {
    const names = new PlaceNames([place('Devon and Cornwall', { others: [spellingOf('South West Peninsula')] })])
    assert.equal(names.find('police-area', 'South West Peninsula Police')?.name, 'Devon and Cornwall')
    assert.equal(names.find('police-area', 'Devon & Cornwall')?.name, 'Devon and Cornwall')
  })
  it('of regions are told from forces', () => {
    assert.deepEqual(['East Midlands', 'Total 43 forces', '*Total Wales', 'Kent'].map(isRegion), [
      true,
      true,
      true,
      false,
    ])
  })
})

describe('The list of places', () => {
  it('has each name once for a kind, and one police area of its own', () => {
    const list = [place('Kent', { own: true, others: ['invicta'] })]
    assert.match(nameObstacles(list, 'police-area', 'Invicta Police')[0] ?? '', /is a name of Kent already/)
    assert.deepEqual(nameObstacles(list, 'district', 'Kent'), [])
    assert.match(ownObstacles(list, { kind: 'police-area', own: true })[0] ?? '', /Take that back first/)
    assert.deepEqual(ownObstacles(list, { kind: 'district', own: true }), [])
  })
  it('lets no place become part of itself, of another kind, or of a part of its own', () => {
    const a = place('A')
    const b = place('B', { mergedInto: 'A' })
    const district = place('C', { kind: 'district' })
    assert.equal(mergerObstacles([a, b], a, a).length, 1)
    assert.equal(mergerObstacles([a, b], a, b).length, 1)
    assert.equal(mergerObstacles([a, district], a, district).length, 1)
    assert.deepEqual(mergerObstacles([a, place('D')], a, place('D')), [])
  })
})
