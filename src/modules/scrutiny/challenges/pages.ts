import type { ActionModel, EvidenceModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { WorkspaceContext } from '../../../platform/web/route.ts'
import { judgeObstacles } from '../judgements/rules.ts'
import { doerOf } from '../party.ts'
import type { Challenge } from './queries.ts'
import { challengePublicationReasons, editChallengeObstacles, replyNotHeldObstacles, sendObstacles } from './rules.ts'

export const challengePath = (id: string): string => `/workspace/scrutiny/challenges/${id}`

export function challengeSummary({ row }: Challenge): SummaryRowModel[] {
  return [
    { key: 'Sent by', value: { type: 'text', text: row.asker_name } },
    { key: 'To', value: { type: 'text', text: row.answerer_name } },
    ...(row.sent_on === null ? [] : [{ key: 'Sent on', value: { type: 'date' as const, date: row.sent_on } }]),
    ...(row.reply_due === null
      ? []
      : [{ key: 'A reply was due', value: { type: 'date' as const, date: row.reply_due } }]),
  ]
}

/** What this person may do with a challenge now, and what not yet and why. */
export function challengeActions(context: WorkspaceContext, { head, facts, asker }: Challenge): ActionModel[] {
  const path = challengePath(head.id)
  const doer = doerOf(context)
  const offered: ActionModel[] = []
  if (facts.state === 'draft' && context.may('scrutiny.send-challenge')) {
    const reasons = sendObstacles(facts, doer)
    offered.push(
      reasons.length === 0
        ? { text: 'Send this challenge', href: `${path}/send` }
        : { text: 'Send this challenge', reasons },
    )
  }
  if (editChallengeObstacles(facts).length === 0 && context.may('scrutiny.draft-challenge')) {
    offered.push({ text: 'Change the draft', href: `${path}/edit` })
  }
  if (facts.state === 'replied' && context.may('scrutiny.judge-answer')) {
    const judged = {
      askerOrganisation: asker.organisationId,
      askerPerson: asker.personId,
      draftedBy: '',
      answered: true,
    }
    const reasons = judgeObstacles(judged, doer)
    offered.push(
      reasons.length === 0 ? { text: 'Judge the reply', href: `${path}/judge` } : { text: 'Judge the reply', reasons },
    )
  }
  if (challengePublicationReasons(facts).length === 0 && context.may('scrutiny.publish-question')) {
    offered.push({ text: head.publication === 'published' ? 'What is published' : 'Publish', href: `${path}/publish` })
  }
  if (replyNotHeldObstacles(facts).length === 0 && context.may('scrutiny.send-challenge')) {
    offered.push({ text: 'Note a reply that is not held', href: `${path}/reply-not-held` })
  }
  return offered
}

export function lettersModel({ letters }: Challenge): EvidenceModel {
  return {
    heading: 'The letter as sent',
    empty: 'No letter is attached.',
    items: letters.map(letter => ({
      title: letter.title,
      href: letter.url ?? `/workspace/files/${letter.file_id ?? ''}`,
      kind: letter.url === null ? 'file' : 'link',
      addedBy: letter.added_by,
      addedAt: letter.added_at,
    })),
  }
}
