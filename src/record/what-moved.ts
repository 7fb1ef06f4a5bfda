import type { WorkspaceContext } from '../platform/web/route.ts'
import type { RunningClock } from './clock-rows.ts'
import { headsOf, workWords } from './duties/clock-heads.ts'
import type { ClockHead } from './duties/clock-heads.ts'
import { dayInWords } from './duties/clock-history.ts'
import { clockPath } from './duties/clock-page.ts'
import { changedClocks, movesOf, sentLately } from './duties/own-clocks.ts'
import type { ClockMove } from './duties/own-clocks.ts'
import { isOwn } from './duties/owners.ts'
import type { Mine } from './duties/owners.ts'
import { movedLately, workAddress } from './my-work.ts'
import { workspaceAddress } from './records.ts'
import { eventWords, kindWord } from './words.ts'

/** Lines of each part at most. */
const shown = 10
/** Clocks looked through for those that are one's own: after a new bank holiday very many move at once. */
const looked = 200

/**
 * What moved lately in what somebody follows: deadlines that got another day or owner, one's own first; what others
 * sent; and what happened to the organisation's records. Of the last 7 days, or of as many as the address says.
 */
export async function whatMoved(context: WorkspaceContext, mine: Mine) {
  const { trx, viewer, now } = context
  const days = context.query['days'] === '30' ? 30 : 7
  const since = now.subtract({ hours: 24 * days })
  const place = { areaId: viewer.area.id, organisationId: viewer.organisation.id }
  const happened = await movedLately(trx, viewer, 50)
  return {
    days,
    deadlines: await deadlinesMoved(context, mine, since),
    sent: (await sentLately(trx, place, since, shown)).map(line => ({
      what: `${kindWord(line.kind)} ${line.reference}`,
      title: line.title,
      from: line.from,
      at: line.at,
      href: workAddress({ ...line, received: true }),
    })),
    happened: byRecord(
      happened.filter(line => Temporal.Instant.compare(line.at, since) >= 0 && !isOfDeadline(line.event)),
    ),
  }
}

/** Told among the deadlines already. */
function isOfDeadline(event: string): boolean {
  return /\.(clock-[a-z-]+|due-moved)$/.test(event)
}

/** Of each record the latest that happened, and how much before it. */
function byRecord(lines: Awaited<ReturnType<typeof movedLately>>) {
  const groups = [...Map.groupBy(lines, line => line.id).values()]
  return groups.slice(0, shown).flatMap(([latest, ...before]) =>
    latest === undefined
      ? []
      : [
          {
            what: eventWords({ kind: latest.event }),
            kind: kindWord(latest.kind),
            title: latest.title,
            href: workspaceAddress(latest),
            at: latest.at,
            more: before.length,
          },
        ],
  )
}

async function deadlinesMoved({ trx, viewer }: WorkspaceContext, mine: Mine, since: Temporal.Instant) {
  const changed = await changedClocks(trx, viewer.area.id, since, looked)
  const own = changed.filter(clock => clock.organisationId === viewer.organisation.id && isOwn(clock, mine))
  const others = changed.filter(clock => !own.includes(clock))
  const clocks = [...own, ...others].slice(0, looked)
  const moves = Map.groupBy(await movesOf(trx, clocks, since), move => move.clock)
  const heads = await headsOf(trx, viewer.organisation.id, clocks)
  return clocks
    .flatMap(clock => (moves.get(clock.id) ?? []).slice(0, 1).map(move => moveLine(clock, move, heads)))
    .slice(0, shown)
}

function moveLine(clock: RunningClock, move: ClockMove, heads: ReadonlyMap<string, ClockHead>) {
  const { at, kind, was, now, why, handedOver } = move
  return {
    work: workWords(clock, heads.get(clock.recordId)),
    href: clockPath(clock.id),
    what: eventWords({ kind }),
    moved: handedOver ? null : { was: dayInWords(was), now: dayInWords(now) },
    why,
    at,
  }
}
