import { londonDate } from '../../../platform/time.ts'
import type { PublicContext } from '../../../platform/web/route.ts'
import { asked } from '../../../record/public-pages.ts'
import { holds } from '../terms.ts'
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
  const begun = (seat: ShownSeat) => holds({ ...seat.term, ended: null, endUnknown: false }, on) !== 'no'
  return { on, members: which('yes'), notKnown: which('not-known'), earlier: which('no').filter(begun) }
}

/** Who sits on the day asked for: `?as-of`, else today, and in a historical area the day of the body's last paper. */
export function bodyPublicExtra(context: PublicContext, body: Readonly<Record<string, unknown>>): { seatsOn: SeatsOn } {
  const { seats, asAt } = body as Pick<BodyFacts, 'seats' | 'asAt'>
  return { seatsOn: seatsOn(seats, dayShown(context, asAt)) }
}

function dayShown(context: PublicContext, asAt: string | null): Temporal.PlainDate {
  const last = asAt === null ? context.area.asAt : Temporal.PlainDate.from(asAt)
  const day = asked(context) === null ? context.today : londonDate(context.asOf)
  return last !== null && Temporal.PlainDate.compare(last, day) < 0 ? last : day
}
