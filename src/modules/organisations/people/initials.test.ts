import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { initialsOf, resolveInitials } from './initials.ts'

const attendees = [
  { name: 'Barbara Jane Smith' },
  { name: 'Benjamin Stone' },
  { name: 'Debra Tully' },
  { name: 'Mary-Ann Poole-Hart' },
  { name: 'Philip Seccombe', alsoPrinted: ['P.Secombe'] },
]

function found(initials: string): string {
  const resolved = resolveInitials(attendees, initials)
  if (resolved.found === 'one') return resolved.person.name
  return resolved.found === 'several' ? resolved.people.map(person => person.name).join(' or ') : 'nobody'
}

describe('Initials in a minute', () => {
  const cases: [string, string][] = [
    ['DT', 'Debra Tully'],
    ['d.t.', 'Debra Tully'],
    ['BS', 'Barbara Jane Smith or Benjamin Stone'],
    ['BJS', 'Barbara Jane Smith'],
    ['MPH', 'Mary-Ann Poole-Hart'],
    ['MP', 'Mary-Ann Poole-Hart'],
    ['MAPH', 'Mary-Ann Poole-Hart'],
    ['PS', 'Philip Seccombe'],
    ['XY', 'nobody'],
    ['T', 'nobody'],
    ['', 'nobody'],
    ['.', 'nobody'],
  ]
  for (const [initials, expected] of cases) {
    it(`"${initials}" means ${expected}`, () => assert.equal(found(initials), expected))
  }

  it('titles and honours are no part of a name', () => {
    assert.ok(initialsOf('Chief Constable Dr Debra Tully QPM').has('DT'))
    assert.ok(initialsOf('Cllr Jane Ó Briain, OBE').has('JÓB'))
    assert.equal(initialsOf('Mr Tully').has('MT'), false)
  })
})
