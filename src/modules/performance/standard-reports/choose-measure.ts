import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { findMeasures } from '../queries.ts'
import { chosenLines, clearLine, saveLine } from './report-queries.ts'
import { findReport, lineObstacle } from './reports.ts'

/** A line of a report, and the measure that is to stand in it; null for none. */
export interface Choice {
  report: string
  line: string
  measureId: string | null
}

/**
 * Puts a measure into a line of a report that people know, for the viewer's organisation. The choice is kept in the
 * history of the measure, and of the one that stood there before. The public page follows when the measure is
 * published next, since what is public changes by publication alone.
 *
 * @throws Refusal where there is no such line, or the measure does not fit it
 */
export async function chooseMeasure(trx: Trx, act: Act, areaId: number, choice: Choice): Promise<void> {
  const report = findReport(choice.report)
  const line = report?.lines.find(each => each.key === choice.line)
  if (report === undefined || line === undefined) throw new Refusal(['There is no such line in this report.'])
  const chooser = { areaId, organisationId: act.viewer.organisation.id }
  const held = await chosenLines(trx, chooser)
  const before = held.find(each => each.report === report.name && each.line === line.key)?.measureId ?? null
  if (before === choice.measureId) return
  const place = `${report.title}: ${line.word}`
  if (before !== null) await remember(trx, act, { areaId, id: before }, { left: place })
  if (choice.measureId === null) return clearLine(trx, chooser, { report: report.name, line: line.key })
  const [measure] = await findMeasures(trx, areaId, [choice.measureId])
  if (measure === undefined) throw new Refusal(['This measure is not there any more.'])
  const obstacle = lineObstacle(line, measure)
  if (obstacle !== null) throw new Refusal([`“${measure.title}” cannot stand there. ${obstacle}`])
  await saveLine(trx, chooser, { report: report.name, line: line.key, measureId: measure.id })
  await remember(trx, act, { areaId, id: measure.id }, { standsIn: place })
}

async function remember(trx: Trx, act: Act, key: { areaId: number; id: string }, details: object): Promise<void> {
  await changeRecord(trx, act, key, null, {}, { kind: 'changed', details: { standardReport: details } })
}
