import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isCarried, memberVotes, tallyOf, vetoNeeds, vetoWorking, voteFaults, voteInWords } from './votes.ts'
import type { Tally, VoteFacts } from './votes.ts'

const hands = (made: Partial<VoteFacts> & { tally: Tally | null }): VoteFacts => ({
  kind: 'ordinary',
  way: 'hands',
  casting: null,
  membersInPost: null,
  ...made,
})
const tally = (votesFor: number, against: number, abstained = 0): Tally => ({ for: votesFor, against, abstained })
const room = (members: number) => ({ least: members, most: members })

describe('whether a resolution is carried', () => {
  const table: [string, VoteFacts, boolean][] = [
    ['agreed without a vote', hands({ way: 'agreed', tally: null }), true],
    ['more for than against', hands({ tally: tally(5, 4) }), true],
    ['more against than for', hands({ tally: tally(4, 5) }), false],
    ['equal votes', hands({ tally: tally(4, 4) }), false],
    ['equal votes, the casting vote for it', hands({ tally: tally(4, 4), casting: 'for' }), true],
    ['equal votes, the casting vote against it', hands({ tally: tally(4, 4), casting: 'against' }), false],
    ['a veto by eight of twelve', hands({ kind: 'veto', tally: tally(8, 0), membersInPost: 12 }), true],
    ['a veto by seven of twelve', hands({ kind: 'veto', tally: tally(7, 0), membersInPost: 12 }), false],
    ['a veto by all nine present of fourteen', hands({ kind: 'veto', tally: tally(9, 0), membersInPost: 14 }), false],
    ['a veto of which nobody knows of how many', hands({ kind: 'veto', tally: tally(9, 0) }), false],
  ]
  for (const [words, facts, carried] of table) {
    it(`${words}: ${carried ? 'yes' : 'no'}`, () => assert.equal(isCarried(facts), carried))
  }

  it('a veto never depends on who abstained or voted against it', () => {
    const count = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), count, count, (members, votesFor, others) => {
        const facts = (against: number, abstained: number) =>
          hands({ kind: 'veto', tally: tally(votesFor, against, abstained), membersInPost: members })
        assert.equal(isCarried(facts(others, 0)), isCarried(facts(0, others)))
        assert.equal(isCarried(facts(0, 0)), 3 * votesFor >= 2 * members)
        assert.equal(votesFor >= vetoNeeds(members), 3 * votesFor >= 2 * members)
      }),
    )
  })

  it('a tally holds every vote but those of the absent', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...memberVotes)), votes => {
        const { for: ayes, against, abstained } = tallyOf(votes)
        assert.equal(ayes + against + abstained, votes.filter(vote => vote !== 'absent').length)
      }),
    )
  })
})

describe('a vote', () => {
  it('has no more votes than members who were in the room', () => {
    assert.deepEqual(voteFaults(hands({ tally: tally(5, 3, 1) }), room(9), null), [])
    assert.match(voteFaults(hands({ tally: tally(5, 3, 2) }), room(9), null).join(), /10 votes, and at most 9/)
  })

  it('is broken by a casting vote only where it is equal and the rules allow it', () => {
    const equal = hands({ tally: tally(4, 4), casting: 'for' })
    assert.deepEqual(voteFaults(equal, room(8), true), [])
    assert.deepEqual(voteFaults(equal, room(8), null), [])
    assert.match(voteFaults(equal, room(8), false).join(), /no casting vote/)
    assert.match(voteFaults({ ...equal, tally: tally(5, 3) }, room(8), true).join(), /only where the votes are equal/)
  })

  it('on a veto is counted, of members in post, without a casting vote', () => {
    const veto = hands({ kind: 'veto', tally: tally(8, 2), membersInPost: 12 })
    assert.deepEqual(voteFaults(veto, room(10), true), [])
    assert.match(voteFaults({ ...veto, way: 'agreed', tally: null }, room(10), true).join(), /put to the vote/)
    assert.match(voteFaults({ ...veto, membersInPost: null }, room(10), true).join(), /members are in post/)
    assert.match(voteFaults({ ...veto, casting: 'for' }, room(10), true).join(), /does not help a veto/)
  })

  it('is told with its figures', () => {
    assert.equal(voteInWords(hands({ way: 'agreed', tally: null })), 'Agreed without a vote.')
    assert.equal(
      voteInWords(hands({ tally: tally(4, 4), casting: 'for' })),
      'Show of hands: 4 for, 4 against, 0 abstained. The casting vote was given for.',
    )
    assert.equal(
      vetoWorking(12, 7),
      'A veto needs two-thirds of the 12 members in post, present or not: 8 votes. 7 were given for it.',
    )
  })
})
