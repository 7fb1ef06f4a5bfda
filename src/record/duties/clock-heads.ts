import type { Trx } from '../../platform/database/tables.ts'
import type { RunningClock } from '../clock-rows.ts'
import type { ClockRule } from '../clocks/index.ts'
import { kindOf } from '../kinds.ts'
import { findRecords } from '../records.ts'
import { listReceived } from '../release.ts'

/** What an organisation may know of the record a clock hangs on. */
export interface ClockHead {
  reference: string
  title: string
  /** Where the organisation opens it. */
  href: string
  /** True where the organisation holds it; otherwise it was sent to it. */
  held: boolean
}

/**
 * The records that clocks hang on, by record: one's own, or what was sent. A record that was never released to the
 * organisation is not among them.
 *
 * @param clocks of one area; the transaction is scoped to the organisation
 */
export async function headsOf(
  trx: Trx,
  organisation: string,
  clocks: readonly Pick<RunningClock, 'areaId' | 'recordId'>[],
): Promise<Map<string, ClockHead>> {
  const heads = new Map<string, ClockHead>()
  const [areaId] = clocks.map(clock => clock.areaId)
  if (areaId === undefined) return heads
  const ids = [...new Set(clocks.map(clock => clock.recordId))]
  for (const { id, kind, reference, title } of await findRecords(trx, areaId, ids)) {
    heads.set(id, { reference, title, href: kindOf(kind).workspacePath(id), held: true })
  }
  const others = ids.filter(id => !heads.has(id))
  for (const sent of await listReceived(trx, organisation, { areaId, ids: others, limit: others.length + 1 })) {
    const { recordId, reference, title } = sent
    const kind = kindOf(sent.kind)
    heads.set(recordId, { reference, title, href: (kind.receivedPath ?? kind.workspacePath)(recordId), held: false })
  }
  return heads
}

/** "question Q-2026-04", or "a question" where it was not released. */
export function recordWords(kind: string, head: Pick<ClockHead, 'reference'> | undefined): string {
  const { word } = kindOf(kind)
  if (head !== undefined) return `${word} ${head.reference}`
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

/** What is to be done, in the words of whoever does it: "Answer question Q-2026-04". */
export function workWords(
  clock: { rule: Pick<ClockRule, 'title' | 'work'>; recordKind: string },
  head: Pick<ClockHead, 'reference'> | undefined,
): string {
  const record = recordWords(clock.recordKind, head)
  return clock.rule.work?.replace('{record}', record) ?? `${clock.rule.title}: ${record}`
}
