import { isVetoCarried } from '../../../record/clocks/index.ts'
import type { Headcount } from './quorum.ts'

export const resolutionKinds = ['ordinary', 'exclude-public', 'veto'] as const
export type ResolutionKind = (typeof resolutionKinds)[number]

/** Without a vote, by a show of hands, or by name. */
export const voteWays = ['agreed', 'hands', 'recorded'] as const
export type VoteWay = (typeof voteWays)[number]

export const memberVotes = ['for', 'against', 'abstained', 'absent'] as const
export type MemberVote = (typeof memberVotes)[number]

export interface Tally {
  for: number
  against: number
  abstained: number
}

/** What a result is worked out from. */
export interface VoteFacts {
  kind: ResolutionKind
  way: VoteWay
  /** Null where there was no vote. */
  tally: Tally | null
  /** How whoever presided broke an equal vote. */
  casting: 'for' | 'against' | null
  /** For a veto: the members in post, present or not. */
  membersInPost: number | null
}

/** The votes of each member added up. */
export function tallyOf(votes: readonly MemberVote[]): Tally {
  const count = (vote: MemberVote) => votes.filter(each => each === vote).length
  return { for: count('for'), against: count('against'), abstained: count('abstained') }
}

/**
 * Why a vote cannot be recorded so; empty where it can.
 *
 * @param present members who count and were in the room; an interest declared with leaving takes somebody out of it
 * @param castingVote whether the body's rules give whoever presides a casting vote; null where that is not known
 */
export function voteFaults(facts: VoteFacts, present: Headcount, castingVote: boolean | null): string[] {
  const { kind, tally, casting, membersInPost } = facts
  const reasons: string[] = []
  if (kind === 'veto' && tally === null) {
    reasons.push('A veto is put to the vote: count the hands, or record the vote of each member.')
  }
  if (kind === 'veto' && membersInPost === null)
    reasons.push('Say how many members are in post: a veto is counted of them.')
  if (tally !== null && cast(tally) > present.most) {
    reasons.push(`There are ${String(cast(tally))} votes, and at most ${String(present.most)} members who could vote.`)
  }
  if (membersInPost !== null && tally !== null && cast(tally) > membersInPost) {
    reasons.push(`There are ${String(cast(tally))} votes, and ${String(membersInPost)} members in post.`)
  }
  return [...reasons, ...(casting === null ? [] : castingFaults(facts, castingVote))]
}

const cast = (tally: Tally): number => tally.for + tally.against + tally.abstained

function castingFaults({ kind, tally }: VoteFacts, castingVote: boolean | null): string[] {
  if (kind === 'veto') return ['A casting vote does not help a veto: it needs two-thirds of the members in post.']
  if (castingVote === false) return ['The rules of this body give whoever presides no casting vote.']
  if (tally === null || tally.for !== tally.against) return ['A casting vote is given only where the votes are equal.']
  return []
}

/**
 * Whether a resolution is carried. A veto needs two-thirds of the persons who are members at the time (Police Reform
 * and Social Responsibility Act 2011 Sch 5 para 4); everything else more votes for than against, or the casting vote.
 */
export function isCarried({ kind, tally, casting, membersInPost }: VoteFacts): boolean {
  if (kind === 'veto') return membersInPost !== null && tally !== null && isVetoCarried(membersInPost, tally.for)
  if (tally === null) return true
  return tally.for === tally.against ? casting === 'for' : tally.for > tally.against
}

/** How a result came about, in a sentence that may be public. */
export function voteInWords(facts: VoteFacts): string {
  const { way, tally, casting, membersInPost } = facts
  if (tally === null) return 'Agreed without a vote.'
  const counted = `${String(tally.for)} for, ${String(tally.against)} against, ${String(tally.abstained)} abstained`
  const how = way === 'recorded' ? 'Recorded vote' : 'Show of hands'
  const broken = casting === null ? '' : ` The casting vote was given ${casting}.`
  const veto = facts.kind === 'veto' && membersInPost !== null ? ` ${vetoWorking(membersInPost, tally.for)}` : ''
  return `${how}: ${counted}.${broken}${veto}`
}

/** The two-thirds test with its figures. */
export function vetoWorking(membersInPost: number, votesForVeto: number): string {
  const needed = vetoNeeds(membersInPost)
  return `A veto needs two-thirds of the ${String(membersInPost)} members in post, present or not: ${String(needed)} votes. ${String(votesForVeto)} were given for it.`
}

/** The fewest votes that carry a veto among so many members. */
export function vetoNeeds(membersInPost: number): number {
  let votes = 0
  while (!isVetoCarried(membersInPost, votes)) votes += 1
  return votes
}
