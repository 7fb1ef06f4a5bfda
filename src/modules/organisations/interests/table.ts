import type { CellModel } from '../../../platform/web/patterns.ts'
import type { WorkspaceContext } from '../../../platform/web/route.ts'
import { judgedHere, shownClocksOf, standingAt } from '../../../record/clock-models.ts'
import { clockStateModel, standingWords } from '../../../record/clock-words.ts'
import type { ClockStanding } from '../../../record/clocks/index.ts'
import type { PublicClock } from '../../../record/public-clock.ts'
import { personNames } from '../people/people.ts'
import { table, textCell } from '../tables.ts'
import type { TableModel } from '../tables.ts'
import { selectInterests } from './queries.ts'
import type { InterestRow } from './queries.ts'
import type { InterestRule } from './rules.ts'

const duties: Readonly<Record<InterestRule, string>> = {
  'DPI-REG': 'Register interests as a new member',
  'W-CODE': 'Register interests under the code',
  'DPI-MEET': 'Notify an interest disclosed at a meeting',
}

/** Interests to register on a body, or of a person, with how each stands; empty where there are none. */
export async function interestTables(
  context: WorkspaceContext,
  of: { recordId: string } | { personId: string },
): Promise<TableModel[]> {
  const { trx, viewer, now } = context
  const interests = await selectInterests(trx, viewer.area.id, of)
  if (interests.length === 0) return []
  const names = await personNames(
    trx,
    interests.map(each => each.person_id),
  )
  const judged = await judgedHere(trx, viewer.area.id, now)
  const clocks = await clocksById(context, interests)
  const mayRecord = context.may('organisations.edit')
  const rows = interests.flatMap(interest => {
    const clock = clocks.get(interest.clock_id)
    if (clock === undefined) return []
    const standing = standingAt(clock, judged)
    return [interestRow(interest, clock, { standing, name: names.get(interest.person_id) ?? 'Not named', mayRecord })]
  })
  return [table('Interests to register', ['Member', 'What', 'Last day', 'How it stands', 'Register'], rows)]
}

async function clocksById({ trx, viewer }: WorkspaceContext, interests: readonly InterestRow[]) {
  const clocks = new Map<string, PublicClock>()
  for (const id of new Set(interests.map(each => each.record_id))) {
    for (const { shown } of await shownClocksOf(trx, { areaId: viewer.area.id, id })) clocks.set(shown.id, shown)
  }
  return clocks
}

function interestRow(
  interest: InterestRow,
  clock: PublicClock,
  { standing, name, mayRecord }: { standing: ClockStanding; name: string; mayRecord: boolean },
): CellModel[] {
  const isOpen = clock.state === 'running' || clock.state === 'paused'
  const path = `/workspace/organisations/interests/${interest.id}/registered`
  return [
    textCell(name),
    { type: 'text', text: duties[interest.rule] },
    {
      type: 'due',
      due: {
        date: clock.due === null ? null : Temporal.PlainDate.from(clock.due),
        running: isOpen,
        href: `/workspace/records/${interest.record_id}/due`,
      },
    },
    isOpen
      ? { type: 'state', state: clockStateModel(standing.state) }
      : textCell(standingWords(standing, interest.registered_on)),
    isOpen && mayRecord
      ? textCell('Record that it was registered', path)
      : textCell(interest.register === null ? '' : 'Its entry in the register', interest.register),
  ]
}
