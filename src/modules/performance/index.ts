import type { ModuleDescription } from '../../record/description.ts'
import { commentaryKind } from './commentary/kind.ts'
import { exceptionKind, importKind, measureKind } from './kinds.ts'
import { similarGroupKind } from './overview/similar-group/similar-kind.ts'
import { permissions } from './permissions.ts'
import { claimKind, dataQueryKind } from './quality/kinds.ts'
import { publicRoutes } from './public.ts'
import { workspace } from './workspace.ts'

export { analyseCommand } from './analyse-command.ts'
export { importPerformanceCommand } from './import-command.ts'
export { performanceBenches } from './bench.ts'
export { beginReading } from './readings/begin-reading.ts'
export { explainByAnswer } from './exceptions/asked.ts'
export { beginEndingWatches } from './exceptions/end-watches.ts'
export { enterBreak } from './breaks/breaks.ts'
export { releaseCommentary, writeCommentary } from './commentary/commentary.ts'
export { raiseExceptions } from './exceptions/raise-exceptions.ts'
export type { Raised } from './exceptions/raise-exceptions.ts'
export { fileInMemory, fileOnDisk } from './import/csv-file.ts'
export type { ImportFile } from './import/csv-file.ts'
export { loadObservations } from './import/load-observations.ts'
export type { LoadOptions, LoadReport } from './import/load-observations.ts'
export { describeBreakdowns, describeDimension } from './measures/breakdowns/describe-breakdowns.ts'
export { judgementWords } from './exceptions/texts.ts'
export { publicExplanation } from './exceptions/snapshot.ts'
export { measuresToReport, measureUntil } from './measures/measure-until.ts'
export type { ExceptionUntil, MeasureUntil } from './measures/measure-until.ts'
export { enterMembers, sayOwnName } from './overview/similar-group/similar-deeds.ts'
export { parsePeriod, periodEnd, periodInWords, periodText } from './period.ts'
export type { Period } from './period.ts'
export { beginLoads } from './loads/begin-loads.ts'
export { publishMeasure } from './measures/publish-measure.ts'
export { changeMeasure, setUpMeasure } from './measures/set-up-measure.ts'
export type { NewMeasure } from './measures/set-up-measure.ts'
export * from './quality/index.ts'
export { chooseMeasure } from './standard-reports/choose-measure.ts'

/** Measures, their figures with every revision, and the exceptions that the rules of process control find in them. */
export const performance: ModuleDescription = {
  name: 'performance',
  navigation: { word: 'Performance', path: '/performance', permission: 'performance.read' },
  publicNavigation: { word: 'Performance', path: '/performance' },
  kinds: [measureKind, exceptionKind, commentaryKind, importKind, similarGroupKind, dataQueryKind, claimKind],
  permissions,
  workspace,
  public: publicRoutes,
}
