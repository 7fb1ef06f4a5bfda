import type { WorkspaceRoute } from '../../platform/web/route.ts'
import {
  createObjective,
  createProgress,
  editObjective,
  newObjective,
  newProgress,
  saveObjective,
  showObjective,
  showObjectives,
} from './objective-pages.ts'
import {
  createPlan,
  doMakeCurrent,
  doPublishPlan,
  editPlan,
  newPlan,
  savePlan,
  showMakeCurrent,
  showPlan,
  showPlans,
  showPublishPlan,
} from './plan-pages.ts'

const read = 'plan.read'
const edit = 'plan.edit'
const publish = 'plan.publish'

export const planWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/plan', permission: read, handler: showObjectives },
  { method: 'GET', path: '/plan/plans', permission: read, handler: showPlans },
  { method: 'GET', path: '/plan/plans/new', permission: edit, handler: newPlan },
  { method: 'POST', path: '/plan/plans/new', permission: edit, handler: createPlan },
  { method: 'GET', path: '/plan/plans/:id', permission: read, handler: showPlan },
  { method: 'GET', path: '/plan/plans/:id/change', permission: edit, handler: editPlan },
  { method: 'POST', path: '/plan/plans/:id/change', permission: edit, handler: savePlan },
  { method: 'GET', path: '/plan/plans/:id/current', permission: edit, handler: showMakeCurrent },
  { method: 'POST', path: '/plan/plans/:id/current', permission: edit, handler: doMakeCurrent },
  { method: 'GET', path: '/plan/plans/:id/publish', permission: publish, handler: showPublishPlan },
  { method: 'POST', path: '/plan/plans/:id/publish', permission: publish, handler: doPublishPlan },
  { method: 'GET', path: '/plan/plans/:id/objectives/new', permission: edit, handler: newObjective },
  { method: 'POST', path: '/plan/plans/:id/objectives/new', permission: edit, handler: createObjective },
  { method: 'GET', path: '/plan/objectives/:id', permission: read, handler: showObjective },
  { method: 'GET', path: '/plan/objectives/:id/change', permission: edit, handler: editObjective },
  { method: 'POST', path: '/plan/objectives/:id/change', permission: edit, handler: saveObjective },
  { method: 'GET', path: '/plan/objectives/:id/progress', permission: edit, handler: newProgress },
  { method: 'POST', path: '/plan/objectives/:id/progress', permission: edit, handler: createProgress },
]
