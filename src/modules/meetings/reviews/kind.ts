import type { Trx } from '../../../platform/database/tables.ts'
import type { KindDescription, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findBody } from '../../organisations/index.ts'
import { reviewPath } from '../paths.ts'
import { sayDate } from '../said.ts'
import { findReview } from './queries.ts'
import { reviewStates } from './rules.ts'

export const reviewKind: KindDescription = {
  kind: 'review',
  word: 'task and finish review',
  plural: 'task and finish reviews',
  prefix: 'TF',
  states: reviewStates,
  publicStates: ['scoping', 'evidence', 'findings', 'reported', 'adopted', 'ended'],
  relations: { 'review-of': ['body'], 'adopted-at': ['meeting'] },
  workspacePath: reviewPath,
  publicPath: 'reviews',
  snapshot: reviewSnapshot,
  publishing: { permission: 'meetings.publish' },
  publicView: 'modules/meetings/views/public-review.njk',
  publicEmpty: 'No task and finish review has been published yet.',
  events: {
    'evidence-heard': 'Evidence was heard',
    'stepped-on': 'Went on to its next step',
    adopted: 'Adopted by the body',
    ended: 'Ended without a report',
  },
}

/** What others may have of a review: scope, who gave evidence by category, and from its report on the findings. */
async function reviewSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const review = await findReview(trx, key)
  if (review === null) throw new Error(`No review ${key.id} to make a snapshot of`)
  const { row, sessions, facts } = review
  const body = await findBody(trx, { areaId: key.areaId, id: row.body_id })
  const reported = facts.state === 'reported' || facts.state === 'adopted'
  const shown = {
    body: body?.name ?? '',
    scope: row.scope,
    survey: row.survey,
    surveyAnswers: row.survey_answers,
    sessions: sessions.map(each => ({
      on: sayDate(each.held_on),
      subject: each.subject,
      witnesses: each.witnesses.map(({ category, witness }) => ({ category, witness })),
    })),
    findings: reported ? row.findings : null,
    recommendations: reported ? row.recommendations : null,
    adoptedOn: sayDate(row.adopted_on),
    source: row.source,
  }
  return {
    body: shown,
    summary: row.scope,
    searchText: [row.scope, shown.findings, shown.recommendations].filter(each => each !== null).join(' '),
    facts: { body: shown.body },
    preview: [
      { heading: 'Scope', text: row.scope },
      ...(shown.findings === null ? [] : [{ heading: 'Findings', text: shown.findings }]),
      ...(shown.recommendations === null ? [] : [{ heading: 'Recommendations', text: shown.recommendations }]),
    ],
  }
}
