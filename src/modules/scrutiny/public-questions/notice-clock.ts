import type { Trx } from '../../../platform/database/tables.ts'
import { cancelClock } from '../../../record/clock-changes.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { isRunning, startClock, stopClock } from '../../../record/clock-store.ts'
import type { Act, Due, RecordHead } from '../../../record/record.ts'
import { askBy, noticeRule } from './body-rules/notice.ts'
import type { AskBy } from './body-rules/notice.ts'
import { noticeData } from './body-rules/publish-rules.ts'
import type { BodyRules } from './body-rules/queries.ts'

/** The notice of a meeting by its body's rules, with the bank holidays known now. */
export async function noticeOf(
  trx: Trx,
  rules: Pick<BodyRules, 'areaId' | 'notice'>,
  meeting: Temporal.PlainDate,
): Promise<AskBy> {
  return askBy(rules.notice, meeting, await noticeData(trx, rules.areaId))
}

/**
 * Keeps the working of the notice with the question. Asking in time is the asker's to do: the clock is no duty of the
 * clerk's, so it ends as it begins, kept or not applicable.
 */
export async function keepNotice(
  trx: Trx,
  act: Act,
  head: RecordHead,
  rules: Pick<BodyRules, 'bodyId' | 'notice'>,
  given: { meeting: Temporal.PlainDate; deadline: AskBy; late: boolean; receivedOn: Temporal.PlainDate },
): Promise<void> {
  const { meeting, deadline, late, receivedOn } = given
  const byRule = rules.notice.unit === 'working-days' && deadline.counted > 0
  const agreed: Due | null = byRule ? null : { kind: 'date', date: deadline.day }
  const facts = { from: meeting, length: Math.max(deadline.counted, 1) }
  await startClock(trx, act, head, noticeRule, facts, { bodyId: rules.bodyId, setsDue: false }, agreed)
  if (!late) return stopClock(trx, act, head, noticeRule, 'It came in time.', receivedOn)
  const running = (await clocksOf(trx, head)).filter(clock => clock.rule.id === noticeRule && isRunning(clock))
  for (const clock of running) await cancelClock(trx, act, clock, 'It came in after the notice: the chair decides.')
}
