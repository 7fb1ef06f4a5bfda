import { londonDate, longDate } from '../../../platform/time.ts'
import type { CellModel } from '../../../platform/web/patterns.ts'
import type { PublicContext } from '../../../platform/web/route.ts'
import { asked } from '../../../record/public-pages.ts'
import { publicAddresses } from '../people/office-holders.ts'
import { table, textCell } from '../tables.ts'
import type { TableModel } from '../tables.ts'
import { holds, isToCome } from '../terms.ts'
import type { BodyFacts, ShownSeat } from './snapshot.ts'

/** The seats of a body as they stood on a day. */
export interface SeatsOn {
  on: Temporal.PlainDate
  members: readonly ShownSeat[]
  /** Those of whom nobody knows whether they sat on that day. */
  notKnown: readonly ShownSeat[]
  earlier: readonly ShownSeat[]
}

/** Seats parted by whether they were held on a day; those still to begin are left out. Pure. */
export function seatsOn(seats: readonly ShownSeat[], on: Temporal.PlainDate): SeatsOn {
  const holding = seats.map(seat => ({ seat, held: holds(seat.term, on) }))
  const which = (wanted: string) => holding.filter(({ held }) => held === wanted).map(({ seat }) => seat)
  return {
    on,
    members: which('yes'),
    notKnown: which('not-known'),
    earlier: which('no').filter(seat => !isToCome(seat.term, on)),
  }
}

/** Who sits on the day asked for: `?as-of`, else today, and in a historical area the day of the body's last paper. */
export async function bodyPublicExtra(
  context: PublicContext,
  body: Readonly<Record<string, unknown>>,
): Promise<{ on: Temporal.PlainDate; members: TableModel[] }> {
  const { db, area, asOf } = context
  const { seats, asAt } = body as Pick<BodyFacts, 'seats' | 'asAt'>
  const { on, members, notKnown, earlier } = seatsOn(seats, dayShown(context, asAt))
  const pages = await publicAddresses(db, area.id, { people: seats.flatMap(seat => seat.person ?? []) }, asOf)
  const which = (caption: string, shown: readonly ShownSeat[]) =>
    shown.length === 0
      ? []
      : [
          table(
            caption,
            headings,
            shown.map(seat => seatRow(area.slug, seat, pages)),
          ),
        ]
  return {
    on,
    members: [
      ...which(`Members on ${longDate(on)}`, members),
      ...which(`Not known whether they sat on ${longDate(on)}`, notKnown),
      ...which('Earlier members', earlier),
    ],
  }
}

const headings = ['Member', 'Capacity', 'Sits for', 'When']

function seatRow(slug: string, seat: ShownSeat, pages: ReadonlyMap<string, string>): CellModel[] {
  const address = pages.get(seat.person ?? '')
  return [
    textCell(seat.name, address === undefined ? null : `/${slug}/${address}`),
    textCell(seat.capacity),
    textCell(seat.authority),
    textCell(seat.when),
  ]
}

function dayShown(context: PublicContext, asAt: string | null): Temporal.PlainDate {
  const last = asAt === null ? context.area.asAt : Temporal.PlainDate.from(asAt)
  const day = asked(context) === null ? context.today : londonDate(context.asOf)
  return last !== null && Temporal.PlainDate.compare(last, day) < 0 ? last : day
}
