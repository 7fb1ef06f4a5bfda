import { deskRoles } from '../../platform/access/viewer.ts'
import type { ModuleDescription } from '../../record/description.ts'
import { objectiveKind, planKind } from './kinds.ts'
import { planPublic } from './public.ts'
import { planWorkspace } from './workspace.ts'

export { findObjective, findPlan, objectivesOf, plansOf } from './plans.ts'
export type { Objective, Plan, PlanState } from './plans.ts'
export { addObjective, recordProgress } from './write-objective.ts'
export type { NewObjective } from './write-objective.ts'
export { addPlan, makeCurrent, publishPlan } from './write-plan.ts'
export type { NewPlan } from './write-plan.ts'
export type { ProgressWord } from './rules.ts'

/** Police and crime plans and what they promise. The plan is the office's; others read it once it is published. */
export const plan: ModuleDescription = {
  name: 'plan',
  navigation: { word: 'Plan', path: '/plan', permission: 'plan.read' },
  publicNavigation: { word: 'Plan', path: '/plan' },
  kinds: [planKind, objectiveKind],
  permissions: {
    'plan.read': deskRoles,
    'plan.edit': ['commissioner', 'deputy-commissioner', 'chief-executive', 'policy-lead', 'administrator'],
    'plan.publish': ['commissioner', 'deputy-commissioner', 'chief-executive'],
  },
  workspace: planWorkspace,
  public: planPublic,
}
