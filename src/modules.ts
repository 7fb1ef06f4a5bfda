import { followUp } from './modules/follow-up/index.ts'
import { meetings } from './modules/meetings/index.ts'
import { organisations } from './modules/organisations/index.ts'
import { performance } from './modules/performance/index.ts'
import { plan } from './modules/plan/index.ts'
import { reports } from './modules/reports/index.ts'
import { scrutiny } from './modules/scrutiny/index.ts'
import { clockSettings } from './record/clock-pages/index.ts'
import { followClassification } from './record/classification-review.ts'
import type { ModuleDescription } from './record/description.ts'
import { dutyPages } from './record/duties/index.ts'
import { recordLayer, searchPages } from './record/index.ts'
import { declareKinds } from './record/kinds.ts'
import { publicRoutesOf } from './record/public.ts'
import { onClassified } from './record/records.ts'

/**
 * Every module, in order of dependency: a module may use the doors of those above it. What points both ways is a link
 * of the record layer.
 */
const subjects: readonly ModuleDescription[] = [organisations, plan, performance, followUp, scrutiny, meetings, reports]

/** The modules as the web, the permissions and the record layer read them, with the addresses every kind has. */
export const modules: readonly ModuleDescription[] = [
  recordLayer,
  dutyPages,
  clockSettings,
  ...subjects.map(module => ({
    ...module,
    public: [...module.public, ...publicRoutesOf(module.kinds, module.public)],
  })),
  searchPages,
]

declareKinds(modules)
onClassified((trx, act, record, was) => followClassification(trx, act, record, was, record))
