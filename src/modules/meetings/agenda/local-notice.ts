import type { Trx } from '../../../platform/database/tables.ts'
import { clockBasis } from '../../../record/clock-basis.ts'
import { isWorkingDay } from '../../../record/clocks/index.ts'
import type { Calendar } from '../../../record/clocks/index.ts'
import { dayNumber } from '../../../record/clocks/days.ts'

/** The last working day that leaves so many clear working days before a day; neither end counts. Pure. */
export function clearWorkingDaysBefore(
  calendar: Calendar,
  meeting: Temporal.PlainDate,
  days: number,
): Temporal.PlainDate {
  let day = meeting
  let left = days + 1
  while (left > 0) {
    day = day.subtract({ days: 1 })
    if (isWorkingDay(calendar, dayNumber(day))) left -= 1
  }
  return day
}

/** The last day on which a body that gives itself so many clear working days of notice tells the public of a meeting. */
export async function localNoticeDay(
  trx: Trx,
  meeting: { areaId: number; dated: Temporal.PlainDate },
  days: number,
): Promise<Temporal.PlainDate> {
  const { calendars } = await clockBasis(trx, meeting.areaId)
  return clearWorkingDaysBefore(calendars.EW, meeting.dated, days)
}
