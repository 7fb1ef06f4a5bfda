import type { ActionModel, SummaryRowModel } from '../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { notFound, page } from '../../platform/web/route.ts'
import { clockBasis } from '../clock-basis.ts'
import { judgedHere, standingAt, workingModel } from '../clock-models.ts'
import type { JudgedAt } from '../clock-models.ts'
import { dayOfDue, findClock } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { clockStateModel, standingWords } from '../clock-words.ts'
import { publicClock } from '../public-clock.ts'
import type { PublicClock } from '../public-clock.ts'
import { isIdentity } from '../records.ts'
import { headsOf, recordWords, workWords } from './clock-heads.ts'
import type { ClockHead } from './clock-heads.ts'
import { dayInWords, historyOfClock } from './clock-history.ts'
import { clockDeeds, deedObstacles } from './deed-rules.ts'
import type { ClockActor, ClockDeed } from './deed-rules.ts'
import { organisationsCalled } from './organisation-names.ts'
import type { CalledOrganisation } from './organisation-names.ts'
import { ownerNames, ownerWords } from './owners.ts'

/** What each deed is called on its button. */
export const deedWords: Readonly<Record<ClockDeed, string>> = {
  pause: 'Pause this clock',
  resume: 'Let it run again',
  extend: 'Extend it',
  'leave-out': 'Leave days out',
  cancel: 'Cancel it',
  'hand-over': 'Hand it over',
}

/** The address of a clock's page. */
export function clockPath(id: string): string {
  return `/workspace/clocks/${id}`
}

/** A clock with what its pages say of it. */
export interface OpenedClock {
  clock: RunningClock
  head: ClockHead | undefined
  /** The organisation that owes. */
  owes: CalledOrganisation
  actor: ClockActor
}

/** The clock of the address with what this viewer may do; null where it is not there or not theirs to see. */
export async function openClock(context: WorkspaceContext): Promise<OpenedClock | null> {
  const { trx, viewer, params } = context
  const id = params['id'] ?? ''
  const clock = isIdentity(id) ? await findClock(trx, { areaId: viewer.area.id, id }) : null
  if (clock === null) return null
  const heads = await headsOf(trx, viewer.organisation.id, [clock])
  const head = heads.get(clock.recordId)
  const actor = {
    manages: context.may('clocks.manage'),
    holds: head?.held === true,
    owes: clock.organisationId === viewer.organisation.id,
    historical: viewer.area.historical,
  }
  const owes = (await organisationsCalled(trx, [clock.organisationId])).get(clock.organisationId)
  return { clock, head, owes: owes ?? { name: 'An organisation', kind: 'other' }, actor }
}

/** The page of one clock: how it stands, how its day is worked out, whose it is, and what happened to it. */
export async function showClock(context: WorkspaceContext): Promise<Answer> {
  const opened = await openClock(context)
  if (opened === null) return notFound()
  const { clock, head } = opened
  const shown = publicClock(clock, await clockBasis(context.trx, clock.areaId))
  const judged = await judgedHere(context.trx, clock.areaId, context.now)
  const names = await ownerNames(context.trx, [clock])
  const standing = standingAt(shown, judged)
  const title = workWords(clock, head)
  return page('record/duties/views/clock.njk', {
    title,
    caption: `Deadline of ${recordWords(clock.recordKind, head)}`,
    state: clock.state === 'paused' ? { word: 'Paused', colour: 'grey' } : clockStateModel(standing.state),
    standing: standingWords(standing, clock.stoppedOn),
    summary: summaryOf(opened, judged, names),
    actions: actionsOn(opened),
    working: withNotes(workingModel(shown, judged), clock),
    date: dayOfDue(clock.due),
    rule: { id: clock.rule.id, title: clock.rule.title },
    history: await historyOfClock(context.trx, clock),
    record: head === undefined ? null : { text: recordWords(clock.recordKind, head), href: head.href },
  })
}

function summaryOf(
  { clock, head, owes }: OpenedClock,
  judged: JudgedAt,
  names: ReadonlyMap<string, string>,
): SummaryRowModel[] {
  const rows: SummaryRowModel[] = [dueRow(clock, judged)]
  const add = (key: string, text: string | null) => {
    if (text !== null) rows.push({ key, value: { type: 'text', text } })
  }
  if (clock.planBy !== null && !clock.planBy.equals(dayOfDue(clock.due) ?? clock.planBy)) {
    rows.push({ key: 'Plan by', value: { type: 'date', date: clock.planBy } })
  }
  add('Certain', clock.uncertain ? 'No: it rests on days that are not known yet' : null)
  add('To be done by', ownerWords(clock, owes.kind, names))
  add('Owed by', owes.name)
  const record = recordWords(clock.recordKind, head)
  const hint = head === undefined ? {} : { hint: head.title }
  rows.push({ key: 'Hangs on', value: { type: 'text', text: record, ...(head && { href: head.href }), ...hint } })
  add('Extended because', clock.extensionGround)
  add('Outcome', clock.outcome)
  return rows
}

function dueRow(clock: RunningClock, { asAt }: JudgedAt): SummaryRowModel {
  const date = dayOfDue(clock.due)
  const running = clock.state === 'running' && clock.inForce && clock.rule.lastDay === 'do-by' && asAt === null
  const time = clock.due instanceof Temporal.PlainDateTime ? { words: dayInWords(clock.due.toString()) } : {}
  const words = date === null ? { words: clock.state === 'paused' ? 'None while it is paused' : 'No day is set' } : time
  return { key: dayHeading(clock), value: { type: 'due', due: { date, running, ...words } } }
}

function dayHeading({ rule }: RunningClock): string {
  if (rule.lastDay === 'open-until') return 'Open until'
  return rule.lastDay === 'wait-until' ? 'Wait until the end of' : 'Due'
}

function actionsOn({ clock, actor }: OpenedClock): ActionModel[] {
  return clockDeeds.flatMap((deed): ActionModel[] => {
    const reasons = deedObstacles(deed, clock, actor)
    if (reasons === null) return []
    const text = deedWords[deed]
    return [reasons.length === 0 ? { text, href: `${clockPath(clock.id)}/${deed}` } : { text, reasons }]
  })
}

/** What stands with the organisations alone is told beside the working. */
function withNotes<Working extends { notes?: readonly string[] }>(working: Working, clock: RunningClock) {
  const mine: Pick<PublicClock, 'notApplicable'>['notApplicable'] = clock.cancelledWhy
  return { ...working, notes: [...(mine === null ? [] : [`Cancelled: ${mine}`]), ...(working.notes ?? [])] }
}
