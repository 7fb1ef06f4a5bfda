import type { ClaimPart } from './claims/claim.ts'
import type { FigureNamed } from './finding.ts'
import type { Severity } from './verdicts.ts'

export interface DataQueryTable {
  area_id: number
  id: string
  measure_id: string
  identity: string
  rule: string
  verdict: string
  severity: Exclude<Severity, 'ok'>
  sentence: string
  settle: string
  figures: readonly FigureNamed[]
  withheld: boolean
  explanation: string | null
  checked_at: Temporal.Instant
}

export interface ClaimTable {
  area_id: number
  id: string
  sort: string
  paper: string
  place: string
  parts: readonly ClaimPart[]
  comment: string | null
  verdict: string
  severity: Severity
  reason: string
  checked_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_data_query: DataQueryTable
    performance_claim: ClaimTable
  }
}
