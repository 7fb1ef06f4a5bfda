import type { CellModel } from '../../platform/web/patterns.ts'
import type { KindDescription } from '../../record/description.ts'
import { publishingFaults } from './rules.ts'
import { objectiveSnapshot, planSnapshot } from './snapshot.ts'

const states: KindDescription['states'] = {
  draft: { word: 'Being prepared', colour: 'grey', open: false },
  current: { word: 'Current', colour: 'green', open: false },
  past: { word: 'Past', colour: 'grey', open: false },
}
const events = { 'made-current': 'Became current', replaced: 'Was followed by another plan' }
const publishing: KindDescription['publishing'] = {
  permission: 'plan.publish',
  obstacles: async (_trx, record) => publishingFaults(record),
}
const publicStates = ['current', 'past']

function textOf(fact: unknown, otherwise: string): CellModel {
  return { type: 'text', text: typeof fact === 'string' ? fact : otherwise }
}

/** A police and crime plan. */
export const planKind: KindDescription = {
  kind: 'plan',
  word: 'plan',
  plural: 'plans',
  prefix: 'PL',
  states,
  publicStates,
  relations: {},
  workspacePath: id => `/workspace/plan/plans/${id}`,
  publicPath: 'plan',
  snapshot: planSnapshot,
  publishing,
  publicView: 'modules/plan/views/public-plan.njk',
  publicColumns: [{ heading: 'Years', cell: facts => textOf(facts['years'], 'Not known') }],
  events,
}

/** An objective of a plan: what was promised, and how it goes. */
export const objectiveKind: KindDescription = {
  kind: 'objective',
  word: 'objective',
  plural: 'objectives',
  prefix: 'O',
  states,
  publicStates,
  relations: { 'of-plan': ['plan'] },
  workspacePath: id => `/workspace/plan/objectives/${id}`,
  publicPath: 'plan/objectives',
  snapshot: objectiveSnapshot,
  publishing,
  publicView: 'modules/plan/views/public-objective.njk',
  publicColumns: [{ heading: 'Plan', cell: facts => textOf(facts['planTitle'], '') }],
  home: {
    heading: 'What was promised',
    more: 'See all objectives',
    place: 40,
    limit: 8,
    order: 'newest',
    states: ['current'],
  },
  publicEmpty: 'No objectives have been published yet. They appear here with the plan they belong to.',
  events: { ...events, progress: 'A word on progress' },
}
