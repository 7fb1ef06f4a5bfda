import type { Trx } from '../../../platform/database/tables.ts'
import type { StateModel } from '../../../platform/web/patterns.ts'
import { londonDate } from '../../../platform/time.ts'
import { linkedFrom } from '../../../record/links.ts'
import type { RecordKey } from '../../../record/record.ts'
import { listReceived, type Received } from '../../../record/release.ts'
import { stateModel } from '../../../record/words.ts'
import { type Frequency, periodInWords } from '../period.ts'
import { commentaryBody } from './body.ts'
import { type Commentary, findCommentaries } from './commentary-queries.ts'
import { commentaryPath, receivedCommentaryPath } from './paths.ts'

/** A commentary as a measure's page shows it beside the period. */
export interface CommentaryLine {
  id: string
  /** First day of the period. */
  period: Temporal.PlainDate
  periodWords: string
  breakdown: string
  text: string
  author: string
  organisation: string
  writtenOn: Temporal.PlainDate
  /** How one's own stands; null of what another organisation released. */
  state: StateModel | null
  href: string
  /** Wordings before this one that others were given. */
  earlier: number
}

/**
 * What was written about a measure, newest period first, as an organisation may read it: its own, drafts as well, and
 * what others released to it. Which of several breakdowns is asked for is the page's to choose.
 */
export async function commentariesOf(
  trx: Trx,
  organisation: string,
  measure: RecordKey & { frequency: Frequency },
): Promise<CommentaryLine[]> {
  const ids = (await linkedFrom(trx, measure, 'comments-on')).map(each => each.id)
  if (ids.length === 0) return []
  const own = await findCommentaries(trx, measure.areaId, ids)
  const received = await listReceived(trx, organisation, { areaId: measure.areaId, ids, limit: 1000 })
  const held = new Set(own.map(({ head }) => head.id))
  return [
    ...own.map(each => ownLine(each, measure.frequency)),
    ...received.filter(each => !held.has(each.recordId)).flatMap(each => receivedLine(each) ?? []),
  ].toSorted(
    (a, b) => Temporal.PlainDate.compare(b.period, a.period) || a.organisation.localeCompare(b.organisation, 'en-GB'),
  )
}

function ownLine({ head, row, stands, earlier }: Commentary, frequency: Frequency): CommentaryLine {
  return {
    ...{ id: head.id, period: row.period_start, breakdown: row.breakdown },
    periodWords: periodInWords({ frequency, start: row.period_start }),
    ...{ text: stands.words, author: stands.author, organisation: row.organisation_name },
    writtenOn: londonDate(stands.written_at),
    state: stateModel('commentary', head.state),
    href: commentaryPath(head.id),
    earlier: earlier.length,
  }
}

function receivedLine(received: Received): CommentaryLine | null {
  const read = commentaryBody.safeParse(received.body)
  if (!read.success) return null
  const { period, periodWords, breakdown, text, author, organisation, writtenOn, earlier } = read.data
  return {
    ...{ id: received.recordId, period: Temporal.PlainDate.from(period), periodWords, breakdown, text, author },
    ...{ organisation, writtenOn: Temporal.PlainDate.from(writtenOn), state: null, earlier: earlier.length },
    href: receivedCommentaryPath(received.recordId),
  }
}
