import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, KindDescription, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { JudgementBody } from '../bodies.ts'
import { sayDate } from '../bodies.ts'
import { gone } from '../refuse.ts'
import { findJudgement } from './queries.ts'
import type { Judgement, Wording } from './queries.ts'
import { judgementStates, outcomeInWords } from './rules.ts'

/** A judgement and what was revised in it: the same for whoever answered and for the public. */
export function judgementSnapshot({ stands, earlier }: Pick<Judgement, 'stands' | 'earlier'>): Snapshot {
  const wordings = [stands, ...earlier]
  const body: JudgementBody = {
    outcome: stands.outcome,
    ...wordingOf(stands),
    by: stands.judged_by,
    // Each earlier wording was given up for the reason that the one after it gives.
    earlier: earlier.map((wording, at) => ({ ...wordingOf(wording), revisedWhy: wordings[at]?.revised_why ?? '' })),
  }
  return {
    body,
    summary: `${body.words}: ${body.reason}`,
    searchText: wordings.map(wording => wording.reason).join('\n'),
    facts: { outcome: stands.outcome },
    preview: [{ heading: body.words, text: body.reason }],
  }
}

function wordingOf({ outcome, reason, judged_on: on }: Wording) {
  return { words: outcomeInWords(outcome), reason, on: sayDate(on) }
}

async function snapshot(trx: Trx, key: RecordKey, _audience: Audience): Promise<Snapshot> {
  return judgementSnapshot((await findJudgement(trx, key)) ?? gone('judgement'))
}

export const judgementKind: KindDescription = {
  kind: 'assurance',
  word: 'judgement',
  plural: 'judgements',
  prefix: 'J',
  states: judgementStates,
  publicStates: Object.keys(judgementStates),
  relations: { judges: ['answer', 'question', 'challenge'] },
  workspacePath: id => `/workspace/scrutiny/judgements/${id}`,
  receivedPath: id => `/workspace/scrutiny/received/judgements/${id}`,
  publicPath: 'judgements',
  snapshot,
  publishing: { permission: 'scrutiny.publish-question' },
  publicView: 'modules/scrutiny/views/public-judgement.njk',
  publicEmpty: 'Judgements appear here once whoever asked has published what they make of an answer.',
  events: { created: 'Judged', revised: 'Revised' },
}
