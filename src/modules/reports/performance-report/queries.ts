import type { ColumnType, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import type { ReportContent } from './content.ts'

export interface PerformanceReportTable {
  area_id: number
  id: string
  frequency: 'month' | 'quarter'
  period_start: Temporal.PlainDate
  measures: string[]
  summary: string
  remarks: ColumnType<Record<string, string>, string, string>
  frozen: ColumnType<ReportContent | null, string | null, string>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    reports_performance_report: PerformanceReportTable
  }
}

export interface PerformanceReport {
  head: RecordHead
  row: Selectable<PerformanceReportTable>
}

/** A report that the transaction's organisations hold; null otherwise. */
export async function findReport(trx: Trx, key: RecordKey): Promise<PerformanceReport | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'performance-report') return null
  const row = await trx
    .selectFrom('reports_performance_report')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .executeTakeFirst()
  return row === undefined ? null : { head, row }
}

export async function insertReport(trx: Trx, row: Omit<PerformanceReportTable, 'remarks' | 'frozen'>): Promise<void> {
  await trx
    .insertInto('reports_performance_report')
    .values({ ...row, remarks: '{}', frozen: null })
    .execute()
}

/** What is written by hand, and what was frozen. */
export async function updateReport(
  trx: Trx,
  key: RecordKey,
  changes: { summary?: string; remarks?: Readonly<Record<string, string>>; measures?: readonly string[] } & {
    frozen?: ReportContent
  },
): Promise<void> {
  const { remarks, frozen, measures, summary } = changes
  await trx
    .updateTable('reports_performance_report')
    .set({
      ...(summary !== undefined && { summary }),
      ...(measures !== undefined && { measures: [...measures] }),
      ...(remarks !== undefined && { remarks: JSON.stringify(remarks) }),
      ...(frozen !== undefined && { frozen: JSON.stringify(frozen) }),
    })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** The published report of the nearest earlier period of the same length; null where there is none. */
export async function reportBefore(
  trx: Trx,
  { area_id, frequency, period_start }: Pick<PerformanceReportTable, 'area_id' | 'frequency' | 'period_start'>,
): Promise<ReportContent | null> {
  const row = await trx
    .selectFrom('reports_performance_report as p')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'p.area_id').onRef('r.id', '=', 'p.id'))
    .select('p.frozen')
    .where('p.area_id', '=', area_id)
    .where('p.frequency', '=', frequency)
    .where('p.period_start', '<', period_start)
    .where('p.frozen', 'is not', null)
    .orderBy('p.period_start', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.frozen ?? null
}

/** Another report of this organisation on the same period; null where there is none. */
export async function reportOfPeriod(
  trx: Trx,
  areaId: number,
  frequency: PerformanceReportTable['frequency'],
  start: Temporal.PlainDate,
): Promise<string | null> {
  const row = await trx
    .selectFrom('reports_performance_report as p')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'p.area_id').onRef('r.id', '=', 'p.id'))
    .select('p.id')
    .where('p.area_id', '=', areaId)
    .where('p.frequency', '=', frequency)
    .where('p.period_start', '=', start)
    .executeTakeFirst()
  return row?.id ?? null
}
