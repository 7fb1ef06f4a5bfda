import type { CellModel, RowModel, StateModel } from '../../platform/web/patterns.ts'
import type { WorkspaceContext } from '../../platform/web/route.ts'
import type { JudgedAt } from '../clock-models.ts'
import { dayOfDue, standingOf } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { clockStateModel } from '../clock-words.ts'
import { organisationsCalled } from './organisation-names.ts'
import { headsOf, workWords } from './clock-heads.ts'
import type { ClockHead } from './clock-heads.ts'
import { clockPath } from './clock-page.ts'
import { ownerNames, ownerWords } from './owners.ts'
import { urgencyOf } from './urgency.ts'

/** A duty as lists show it. */
export interface DutyLine {
  clock: RunningClock
  /** "Answer question Q-2026-04" */
  work: string
  head: ClockHead | undefined
  owner: string
  /** The organisation that owes. */
  organisation: string
  state: StateModel
  due: CellModel
  days: number | null
}

/** Clocks with the words that a list shows of them, in the same order. */
export async function linesOf(
  { trx, viewer }: Pick<WorkspaceContext, 'trx' | 'viewer'>,
  clocks: readonly RunningClock[],
  judged: JudgedAt,
): Promise<DutyLine[]> {
  const heads = await headsOf(trx, viewer.organisation.id, clocks)
  const names = await ownerNames(trx, clocks)
  const owing = await organisationsCalled(
    trx,
    clocks.map(clock => clock.organisationId),
  )
  return clocks.map(clock => {
    const head = heads.get(clock.recordId)
    const owes = owing.get(clock.organisationId)
    return {
      clock,
      work: workWords(clock, head),
      head,
      owner: ownerWords(clock, owes?.kind ?? 'other', names),
      organisation: owes?.name ?? '',
      state: stateOfClock(clock, judged),
      due: dueCell(clock, judged),
      days: standingOf(clock, judged.now, judged.asAt).days,
    }
  })
}

/** How a clock stands, as a tag; a pause and a period are said as such. */
export function stateOfClock(clock: RunningClock, judged: JudgedAt): StateModel {
  if (clock.state === 'paused') return { word: 'Paused', colour: 'grey' }
  if (urgencyOf(clock, judged) === 'period') {
    return { word: clock.rule.lastDay === 'open-until' ? 'Open until then' : 'Wait until then', colour: 'blue' }
  }
  return clockStateModel(standingOf(clock, judged.now, judged.asAt).state)
}

/** The day with "3 days left"; only what can be late counts days. */
export function dueCell(clock: RunningClock, { asAt }: JudgedAt): CellModel {
  const date = dayOfDue(clock.due)
  if (date === null) return { type: 'text', text: clock.state === 'paused' ? 'None while paused' : 'No day is set' }
  const running = clock.state === 'running' && clock.inForce && clock.rule.lastDay === 'do-by' && asAt === null
  const time = clock.due instanceof Temporal.PlainDateTime ? { words: clockTime(clock.due) } : {}
  return { type: 'due', due: { date, running, ...time } }
}

function clockTime(due: Temporal.PlainDateTime): string {
  return `by ${due.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** A row of a list of duties: what is to be done, who, how it stands, by when. */
export function dutyRow(line: DutyLine, who: string): RowModel {
  const { clock, work, head, state, due } = line
  return {
    cells: [
      { type: 'text', text: work, href: clockPath(clock.id), ...(head && { hint: head.title }) },
      { type: 'text', text: who },
      { type: 'state', state },
      due,
    ],
  }
}
