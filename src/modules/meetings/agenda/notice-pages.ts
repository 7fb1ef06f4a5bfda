import type { SummaryRowModel, WorkingModel } from '../../../platform/web/patterns.ts'
import { longDate } from '../../../platform/time.ts'
import { lawModel } from '../../../record/clock-models.ts'
import type { Meeting } from '../meeting/queries.ts'
import type { Notice } from './notice-clock.ts'

const law = 'Local Government Act 1972 s.100A(6) and s.100B(3)-(4); SI 2002/715; SI 2012/2734'

/** By when the agenda is published, with its working; and once it is, whether that was in time. */
export function noticeRows(notice: Notice | null, { state }: Pick<Meeting, 'state'>): SummaryRowModel[] {
  if (notice === null || state === 'cancelled') return []
  const { by, given } = notice
  const day = `${weekday(by)} ${longDate(by)}`
  if (given === null) {
    if (state !== 'planned') return []
    const working = workingOf(notice)
    const due = { date: by, running: true, working }
    return [{ key: `Publish the agenda by ${weekday(by)}`, value: { type: 'due', due } }]
  }
  return [{ key: 'Notice', value: { type: 'text', text: noticeWords(notice, given, day) } }]
}

function noticeWords({ standing }: Notice, given: Temporal.PlainDate, by: string): string {
  const told = `The public was told on ${longDate(given)}; the last day for it was ${by}.`
  switch (standing) {
    case 'short':
      return `${told} That is too short: an item may be considered only if the chair agrees that it is urgent, and the reasons are minuted (Local Government Act 1972 s.100B(4)).`
    case 'short-of-own':
      return `${told} That is shorter than the body gives itself.`
    default:
      return told
  }
}

const weekday = (day: Temporal.PlainDate): string => day.toLocaleString('en-GB', { weekday: 'long' })

function workingOf({ lawful, working }: Notice): WorkingModel {
  const [rule = '', ...notes] = working
  return { rule, ...(lawful !== null && { law: lawModel(law) }), leftOut: [], notes }
}
