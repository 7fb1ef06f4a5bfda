import type { ModuleDescription } from '../../record/description.ts'
import { exceptionKind, importKind, measureKind } from './kinds.ts'
import { permissions } from './permissions.ts'
import { publicRoutes } from './public.ts'
import { workspace } from './workspace.ts'

export { analyseCommand } from './analyse-command.ts'
export { importPerformanceCommand } from './import-command.ts'
export { performanceBenches } from './bench.ts'
export { raiseExceptions } from './exceptions/raise-exceptions.ts'
export type { Raised } from './exceptions/raise-exceptions.ts'
export { fileInMemory, fileOnDisk } from './import/csv-file.ts'
export type { ImportFile } from './import/csv-file.ts'
export { loadObservations } from './import/load-observations.ts'
export type { LoadOptions, LoadReport } from './import/load-observations.ts'
export { publishMeasure } from './measures/publish-measure.ts'
export { changeMeasure, setUpMeasure } from './measures/set-up-measure.ts'
export type { NewMeasure } from './measures/set-up-measure.ts'

/** Measures, their figures with every revision, and the exceptions that the rules of process control find in them. */
export const performance: ModuleDescription = {
  name: 'performance',
  navigation: { word: 'Performance', path: '/performance/measures', permission: 'performance.read' },
  publicNavigation: { word: 'Performance', path: '/performance' },
  kinds: [measureKind, exceptionKind, importKind],
  permissions,
  workspace,
  public: publicRoutes,
}
