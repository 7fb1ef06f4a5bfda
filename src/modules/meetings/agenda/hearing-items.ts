import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { addItem } from './items.ts'

/**
 * What a confirmation hearing consists of: the candidate is questioned in public, and the panel then deliberates. The
 * deliberation is marked as exempt (it relates to an individual: Schedule 12A, paragraph 1), which the clerk may change;
 * the meeting still has to resolve to exclude the public. The hearing itself is held in public (Police Reform and Social
 * Responsibility Act 2011 Sch 1 para 10).
 */
export async function addHearingItems(trx: Trx, act: Act, meeting: RecordKey, post: string): Promise<void> {
  await addItem(trx, act, meeting, { title: `Questions to the candidate for ${post}` })
  await addItem(trx, act, meeting, {
    title: 'The panel’s deliberation',
    ground: {
      code: 'schedule-12a',
      paragraphs: [1],
      publicInterest:
        'Members weigh what was said about a named person frankly before they report; the report is published.',
      neutralTitle: 'The panel’s deliberation',
    },
  })
  await addItem(trx, act, meeting, { title: 'The panel’s report and recommendation' })
}
