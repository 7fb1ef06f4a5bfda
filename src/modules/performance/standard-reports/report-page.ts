import type { ChartModel, LinkModel } from '../../../platform/web/patterns.ts'
import type { ReportMeasure } from './report-measure.ts'
import { tablesOf } from './report-tables.ts'
import type { ReportTable } from './report-tables.ts'
import { standardReports } from './reports.ts'
import type { ReportLine, StandardReport } from './reports.ts'
import { type Vacancies, vacanciesOf } from './vacancies.ts'

/** A line as its section of the page shows it. */
export interface LineModel {
  key: string
  word: string
  definition: string
  /** Null where no measure stands in it. */
  measure: { title: string; href: string; definition: string; source: string } | null
  tables: readonly ReportTable[]
  chart: ChartModel | null
}

/** What both templates of a report print. */
export interface ReportModel {
  title: string
  introduction: string
  caution: string | null
  lines: readonly LineModel[]
  vacancies: Vacancies | null
  /** The addresses of the other reports. */
  others: readonly LinkModel[]
}

/** The page of a report, from the measures that stand in its lines. Pure. */
export function reportModel(
  report: StandardReport,
  measures: ReadonlyMap<string, ReportMeasure>,
  address: (name: string) => string,
): ReportModel {
  const { title, introduction, caution = null, lines, vacancies } = report
  const posts = measures.get(vacancies?.posts ?? '')
  const strength = measures.get(vacancies?.strength ?? '')
  return {
    ...{ title, introduction, caution },
    lines: lines.map(line => lineModel(line, measures.get(line.key))),
    vacancies: posts === undefined || strength === undefined ? null : vacanciesOf(posts, strength),
    others: standardReports
      .filter(each => each.name !== report.name)
      .map(each => ({ text: each.title, href: address(each.name) })),
  }
}

function lineModel(line: ReportLine, measure: ReportMeasure | undefined): LineModel {
  const { key, word, definition } = line
  if (measure === undefined) return { ...{ key, word, definition }, measure: null, tables: [], chart: null }
  const { title, href, facts, chart } = measure
  return {
    ...{ key, word, definition },
    measure: { title, href, definition: facts.definition, source: facts.source },
    tables: tablesOf(line, measure),
    chart: chart === null ? null : { ...chart, tableOpen: false },
  }
}
