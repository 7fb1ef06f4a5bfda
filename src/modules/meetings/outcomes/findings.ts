import { longDate } from '../../../platform/time.ts'
import type { Due } from '../../../record/record.ts'
import type { Lead } from './lead.ts'

/** Something in the minutes that does not resolve: to settle, or to publish as it is. */
export interface Finding {
  itemId: string | null
  outcomeId: string | null
  words: string
  /** Whether the minutes may not be circulated before it is settled. */
  stops: boolean
}

/** What the findings are looked for in. */
export interface Examined {
  date: Temporal.PlainDate
  nextMeeting: { printed: string | null; date: Temporal.PlainDate | null }
  outcomes: readonly {
    id: string
    itemId: string
    lead: Lead
    leadSaid: string | null
    due: Due | null
    finding: string | null
  }[]
  /** What was found in a loaded paper by whoever loaded it. */
  stated: readonly string[]
}

/**
 * What cannot be resolved in some minutes. Only an outcome with no addressee at all stops their issue: everything else
 * may be published as found. The words may be public: they name nobody.
 */
export function findingsOf(examined: Examined): Finding[] {
  return [
    ...examined.outcomes.flatMap(outcome =>
      wordsOf(outcome).map(({ words, stops }) => ({ itemId: outcome.itemId, outcomeId: outcome.id, words, stops })),
    ),
    ...[...nextMeetingWords(examined), ...examined.stated].map(words => ({
      itemId: null,
      outcomeId: null,
      words,
      stops: false,
    })),
  ]
}

function wordsOf(outcome: Examined['outcomes'][number]): { words: string; stops: boolean }[] {
  const { lead, leadSaid, due, finding } = outcome
  const found: { words: string; stops: boolean }[] = []
  if (lead.words === null) found.push({ words: 'It is addressed to nobody.', stops: true })
  if (lead.finding === 'nobody-has-initials') {
    found.push({ words: `Nobody present has the initials ${leadSaid ?? ''}.`, stops: false })
  }
  if (lead.finding === 'several-have-initials') {
    found.push({ words: `More than one of those present has the initials ${leadSaid ?? ''}.`, stops: false })
  }
  if (due?.kind === 'condition' && due.lookAgain === null) {
    found.push({ words: `It is due on a condition and has no date: “${due.condition}”.`, stops: false })
  }
  if (finding !== null) found.push({ words: finding, stops: false })
  return found
}

function nextMeetingWords({ date, nextMeeting }: Examined): string[] {
  if (nextMeeting.date === null || Temporal.PlainDate.compare(nextMeeting.date, date) > 0) return []
  const printed = nextMeeting.printed ?? longDate(nextMeeting.date)
  return [`The next meeting is given as ${printed}, which is not after this one.`]
}

/** Findings that stand in the way of circulation, as reasons. */
export function stoppingReasons(findings: readonly Finding[]): string[] {
  return findings.some(finding => finding.stops)
    ? ['Something asked for is addressed to nobody. Say who it is for, by initials, name or team.']
    : []
}
