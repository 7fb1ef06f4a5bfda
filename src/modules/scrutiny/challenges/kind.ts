import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, KindDescription, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { attachmentBodyOf } from '../answers/attachments.ts'
import type { ChallengeBody } from '../bodies.ts'
import { sayDate } from '../bodies.ts'
import type { Standing } from '../questions/snapshot.ts'
import { standingOf } from '../questions/standing.ts'
import { gone } from '../refuse.ts'
import { factColumn } from '../words.ts'
import { findChallenge } from './queries.ts'
import type { Challenge } from './queries.ts'
import { challengePublicationReasons, challengeStates, publicChallengeStates } from './rules.ts'
import type { ChallengeState } from './rules.ts'

/**
 * What an audience may have of a challenge: the letter, its subjects, and how it stands. The organisation it was sent
 * to has every letter attached; the public those whose publication was chosen.
 */
export function challengeSnapshot(challenge: Challenge, standing: Standing, audience: Audience['type']): Snapshot {
  const { row, subjects, asker, answerer } = challenge
  const letters = challenge.letters.filter(each => audience === 'organisation' || each.released_publicly)
  const body: ChallengeBody = {
    letter: row.letter,
    subjects: subjects.map(({ number, heading, asks }) => ({ number, heading, asks })),
    askedBy: row.asker_name,
    askedOf: row.answerer_name,
    sentOn: sayDate(row.sent_on),
    attachments: letters.map((letter, at) => attachmentBodyOf(letter, at + 1)),
    replyNote: row.reply_known ? (row.reply_note ?? '') : null,
    answers: standing.answers.map(({ id: _id, ...notice }) => notice),
    judgement: standing.judgement,
    recorded: row.recorded,
    source: row.source,
    ...(audience === 'organisation' && { parties: { asker, answerer } }),
  }
  return {
    body,
    summary: `Formal challenge by ${body.askedBy} to ${body.askedOf} on ${subjectsInWords(body)}.`,
    searchText: [body.letter, ...subjects.flatMap(({ heading, asks }) => [heading, asks ?? ''])].join('\n'),
    facts: { askedBy: body.askedBy, askedOf: body.askedOf },
    files: letters.flatMap(letter => letter.file_id ?? []),
    preview: [
      { heading: 'The letter', text: body.letter },
      ...subjects.map(({ heading, asks }) => ({ heading, text: asks ?? '' })),
    ],
    gaps: audience === 'public' ? replyGaps(challenge, standing) : [],
  }
}

function subjectsInWords({ subjects }: ChallengeBody): string {
  return new Intl.ListFormat('en-GB').format(subjects.map(subject => subject.heading))
}

function replyGaps({ head }: Challenge, { answers }: Standing): NonNullable<Snapshot['gaps']> {
  return answers.flatMap(({ id, publication, ground, on }) => {
    if (publication !== 'withheld' || ground === null) return []
    const dated = on === null ? head.dated : Temporal.PlainDate.from(on.date)
    return [{ id, position: `Reply to ${head.reference}`, title: null, ground, dated }]
  })
}

async function snapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const challenge = (await findChallenge(trx, key)) ?? gone('challenge')
  const answered = challenge.facts.state === 'replied' || challenge.facts.state === 'judged'
  const standing: Standing =
    audience.type === 'public'
      ? await standingOf(trx, challenge.asker.organisationId, key, answered)
      : { answers: [], judgement: 'not-due' }
  return challengeSnapshot(challenge, standing, audience.type)
}

export const challengeKind: KindDescription = {
  kind: 'challenge',
  word: 'formal challenge',
  plural: 'formal challenges',
  prefix: 'FC',
  states: challengeStates,
  publicStates: publicChallengeStates,
  relations: { 'asks-about': ['exception', 'objective', 'measure'] },
  expects: [
    { states: ['sent'], relation: 'answers', awaited: 'reply' },
    { states: ['replied', 'reply-not-held'], relation: 'judges', awaited: 'judgement', byHolder: true },
  ],
  workspacePath: id => `/workspace/scrutiny/challenges/${id}`,
  receivedPath: id => `/workspace/scrutiny/received/challenges/${id}`,
  publicPath: 'challenges',
  snapshot,
  publishing: {
    permission: 'scrutiny.publish-question',
    obstacles: async (_trx, record) => challengePublicationReasons({ state: record.state as ChallengeState }),
  },
  publicView: 'modules/scrutiny/views/public-challenge.njk',
  publicColumns: [factColumn('Sent by', 'askedBy'), factColumn('To', 'askedOf')],
  publicEmpty: 'Formal challenges to the chief constable appear here once they are sent and published.',
  events: {
    sent: 'Sent',
    'clock-started': 'The time to reply began',
    replied: 'A reply was given',
    'reply-noted': 'A reply is known of and not held',
    judged: 'The reply was judged',
  },
}
