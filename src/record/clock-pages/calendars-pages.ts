import type { CellModel, ColumnModel } from '../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { notFound, page } from '../../platform/web/route.ts'
import { clockBasis } from '../clock-basis.ts'
import { dayInWords } from '../clocks/days.ts'
import type { Holiday } from '../clocks/index.ts'
import { knownRecords } from '../reminders/outside-words.ts'
import { findChange, listChanges, movedWith } from './calendar-changes.ts'
import type { ListedChange } from './calendar-changes.ts'
import { changeRoutes, mayChangeCalendar } from './change-pages.ts'
import { movedColumns, movedRow } from './moved-table.ts'

const top = '/workspace/clocks/calendars'
const views = 'record/clock-pages/views'

export const calendarRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/clocks/calendars', permission: 'record.read', handler: showCalendars },
  { method: 'GET', path: '/clocks/calendars/changes/:seq', permission: 'record.read', handler: showChange },
  ...changeRoutes,
]

async function showCalendars(context: WorkspaceContext): Promise<Answer> {
  const { calendars } = await clockBasis(context.trx, context.viewer.area.id)
  const holidays = calendars['UK-any'].holidays
  const years = [...new Set(holidays.map(({ date: day }) => day.year))].toSorted((a, b) => a - b)
  const asked = Number(context.query['year'])
  const year = years.includes(asked) ? asked : context.today.year
  const changes = await listChanges(context.trx, context.viewer.area.id)
  return page(`${views}/calendars.njk`, {
    title: 'Working days and bank holidays',
    area: context.viewer.area.name,
    calendars: [calendars.EW, calendars['UK-any']],
    year,
    years: years.map(each => ({ year: each, href: `${top}?year=${each}`, current: each === year })),
    holidayColumns: [{ heading: 'Day' }, { heading: 'Bank holiday' }, { heading: 'Where' }] satisfies ColumnModel[],
    holidays: holidays.filter(({ date: day }) => day.year === year).map(holidayRow),
    changeColumns: changeColumns,
    changes: changes.map(changeRow),
    mayChange: mayChangeCalendar(context),
  })
}

const changeColumns: readonly ColumnModel[] = [
  { heading: 'What was changed' },
  { heading: 'Source' },
  { heading: 'Changed by' },
]

function holidayRow({ date: day, name, where }: Holiday) {
  const cells: CellModel[] = [words(dayInWords(day)), words(name), words(where)]
  return { cells }
}

const words = (text: string): CellModel => ({ type: 'text', text })

function changeRow(change: ListedChange) {
  const cells: CellModel[] = [
    {
      type: 'text',
      text: `${change.change === 'added' ? 'Added' : 'Taken away'}: ${dayInWords(change.date)}`,
      hint: `${change.name}, ${change.whereTaken}`,
      href: `${top}/changes/${change.seq}`,
    },
    words(change.source),
    { type: 'text', text: change.madeBy, hint: change.everywhere ? 'In every area' : 'In this area' },
  ]
  return { cells }
}

async function showChange(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, params } = context
  const seq = /^\d{1,9}$/.test(params['seq'] ?? '') ? Number(params['seq']) : 0
  const change = await findChange(trx, viewer.area.id, seq)
  if (change === null) return notFound()
  const moved = await movedWith(trx, viewer.area.id, change)
  const known = await knownRecords(
    trx,
    viewer.area.id,
    viewer.organisation.id,
    moved.own.map(({ recordId }) => recordId),
  )
  return page(`${views}/calendar-change.njk`, {
    title: `${change.change === 'added' ? 'Added' : 'Taken away'}: ${dayInWords(change.date)}`,
    back: { text: 'Back', href: top },
    change,
    columns: movedColumns,
    own: moved.own.map(each => movedRow({ ...each, record: known.get(each.recordId) })),
    others: moved.others,
  })
}
