import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type {} from './tables.ts'

/** A measure that an organisation chose for a line of a report. */
export interface ChosenLine {
  report: string
  line: string
  measureId: string
}

/** Whose choice is meant: an organisation's in an area. */
export interface Chooser {
  areaId: number
  organisationId: string
}

/** The measures an organisation chose, of all reports; those that are not visible to the transaction are left out. */
export async function chosenLines(trx: Trx, { areaId, organisationId }: Chooser): Promise<ChosenLine[]> {
  const rows = await trx
    .selectFrom('performance_report_line as l')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'l.area_id').onRef('r.id', '=', 'l.measure_id'))
    .select(['l.report', 'l.line', 'l.measure_id'])
    .where('l.area_id', '=', areaId)
    .where('l.organisation_id', '=', organisationId)
    .orderBy('l.report')
    .orderBy('l.line')
    .execute()
  return rows.map(({ report, line, measure_id }) => ({ report, line, measureId: measure_id }))
}

/** The lines that a visible measure stands in, as `report.line`. */
export async function linesOfMeasure(trx: Trx, key: RecordKey): Promise<string[]> {
  const rows = await trx
    .selectFrom('performance_report_line')
    .select(['report', 'line'])
    .distinct()
    .where('area_id', '=', key.areaId)
    .where('measure_id', '=', key.id)
    .orderBy('report')
    .orderBy('line')
    .execute()
  return rows.map(({ report, line }) => `${report}.${line}`)
}

/** Puts a measure into a line, instead of the one that stood there. */
export async function saveLine(trx: Trx, chooser: Chooser, { report, line, measureId }: ChosenLine): Promise<void> {
  await trx
    .insertInto('performance_report_line')
    .values({
      area_id: chooser.areaId,
      organisation_id: chooser.organisationId,
      ...{ report, line, measure_id: measureId },
    })
    .onConflict(conflict =>
      conflict.columns(['area_id', 'organisation_id', 'report', 'line']).doUpdateSet({ measure_id: measureId }),
    )
    .execute()
}

/** Leaves a line without a measure. */
export async function clearLine(
  trx: Trx,
  { areaId, organisationId }: Chooser,
  { report, line }: Omit<ChosenLine, 'measureId'>,
): Promise<void> {
  await trx
    .deleteFrom('performance_report_line')
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .where('report', '=', report)
    .where('line', '=', line)
    .execute()
}
