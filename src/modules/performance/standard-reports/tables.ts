export interface ReportLineTable {
  area_id: number
  organisation_id: string
  report: string
  line: string
  measure_id: string
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_report_line: ReportLineTable
  }
}
