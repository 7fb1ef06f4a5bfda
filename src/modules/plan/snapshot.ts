import type { Trx } from '../../platform/database/tables.ts'
import { longDate } from '../../platform/time.ts'
import type { Audience, Snapshot } from '../../record/description.ts'
import type { RecordKey } from '../../record/record.ts'
import { findObjective, findPlan, objectivesOf } from './plans.ts'
import type { Objective, Plan } from './plans.ts'
import { selectProgress } from './queries.ts'
import type { ProgressRow } from './queries.ts'
import type { ProgressWord } from './rules.ts'
import { progressInWords, yearsInWords } from './rules.ts'

/** What was said of an objective on a day, as a reader is shown it. */
export interface ShownProgress {
  word: ProgressWord
  inWords: string
  sentence: string
  /** ISO date, and the same in words. */
  on: string
  onInWords: string
}

/** What the public, or another organisation, may have of a plan. Pure. */
export function planSnapshotOf(plan: Plan, objectives: readonly Objective[]): Snapshot {
  const years = yearsInWords(plan.firstYear, plan.lastYear)
  const promised = objectives.map(({ number, title }) => ({ number, title }))
  const lines = promised.map(({ number, title }) => `${number}. ${title}`)
  return {
    body: {
      title: plan.title,
      years,
      vision: plan.vision,
      issuedOn: plan.issuedOn?.toString() ?? null,
      issuedInWords: plan.issuedOn === null ? null : longDate(plan.issuedOn),
      source: plan.source,
      objectives: promised,
    },
    summary: plan.vision ?? `The plan${years === null ? '' : ` for ${years}`}, with ${counted(objectives.length)}.`,
    searchText: [plan.vision ?? '', ...lines].join(' '),
    facts: { years },
    preview: [
      { heading: 'Years', text: years ?? 'Not known' },
      { heading: 'Vision', text: plan.vision ?? 'Not recorded' },
      { heading: 'Objectives', text: lines.join('\n') || 'None yet' },
    ],
  }
}

function counted(n: number): string {
  return n === 1 ? '1 objective' : `${n} objectives`
}

/** What the public, or another organisation, may have of an objective. Pure. */
export function objectiveSnapshotOf(objective: Objective, said: readonly ProgressRow[]): Snapshot {
  const progress = said.map(shownProgress)
  const [newest] = progress
  return {
    body: {
      number: objective.number,
      title: objective.title,
      plan: objective.planTitle,
      planId: objective.planId,
      aim: objective.aim,
      source: objective.source,
      progress,
    },
    summary: summaryOf(objective, newest),
    searchText: [objective.aim ?? '', objective.planTitle, ...progress.map(each => each.sentence)].join(' '),
    facts: {
      plan: objective.planId,
      planTitle: objective.planTitle,
      number: objective.number,
      progress: newest?.word ?? null,
    },
    preview: [
      { heading: 'Objective', text: `${objective.number} of ${objective.planTitle}` },
      { heading: 'Aim', text: objective.aim ?? 'Not recorded' },
      { heading: 'How it goes', text: progress.map(progressLine).join('\n') || 'Nothing has been said yet' },
    ],
  }
}

function summaryOf(objective: Objective, newest: ShownProgress | undefined): string {
  if (newest !== undefined) return `${newest.inWords}: ${newest.sentence}`
  return objective.aim ?? `Objective ${objective.number} of ${objective.planTitle}.`
}

const progressLine = ({ inWords, sentence, onInWords }: ShownProgress): string =>
  `${onInWords}: ${inWords}. ${sentence}`

/** A word on progress with everything in words. */
function shownProgress(said: ProgressRow): ShownProgress {
  return {
    word: said.word,
    inWords: progressInWords(said.word),
    sentence: said.sentence,
    on: said.dated.toString(),
    onInWords: longDate(said.dated),
  }
}

/** What was said of an objective, newest first, with who said it: for the organisation that holds it. */
export async function progressOf(trx: Trx, key: RecordKey): Promise<(ShownProgress & { by: string })[]> {
  return (await selectProgress(trx, key)).map(said => ({ ...shownProgress(said), by: said.said_by }))
}

export async function planSnapshot(trx: Trx, key: RecordKey, _audience: Audience): Promise<Snapshot> {
  const plan = await findPlan(trx, key)
  if (plan === null) throw new Error(`There is no plan ${key.id}`)
  return planSnapshotOf(plan, await objectivesOf(trx, key.areaId, { planId: key.id }))
}

export async function objectiveSnapshot(trx: Trx, key: RecordKey, _audience: Audience): Promise<Snapshot> {
  const objective = await findObjective(trx, key)
  if (objective === null) throw new Error(`There is no objective ${key.id}`)
  return objectiveSnapshotOf(objective, await selectProgress(trx, key))
}
