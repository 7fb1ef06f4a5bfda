import { writeCsv } from '../../../../platform/web/csv.ts'
import type { CellModel } from '../../../../platform/web/patterns.ts'
import type { Answer } from '../../../../platform/web/route.ts'
import { periodText } from '../../period.ts'
import type { Compared, CompareChoices } from './compared.ts'
import { figureAt } from './compared.ts'
import type { Comparison } from './compare-model.ts'

/** What a download says besides. */
export interface DownloadParts {
  /** Of the file, without its ending. */
  fileName: string
  banner: string | null
}

const textOf = (cell: CellModel | undefined): string => (cell?.type === 'text' ? cell.text : '')

/** The table as CSV: what it prints, and beside it the plain numbers. */
export function compareCsv(
  compared: Compared,
  choices: CompareChoices,
  found: Comparison,
  { fileName, banner }: DownloadParts,
): Answer {
  const columns = ['measure', 'period', 'area', 'value', 'numerator', 'denominator']
  const more = found.table.columns.slice(2).map(({ heading }) => heading)
  const rows = plainRows(compared, choices, found).map(({ row, figure }) => [
    ...[compared.measure.title, periodText(choices.period), textOf(row.cells[0])],
    ...[figure?.value ?? null, figure?.numerator ?? null, figure?.denominator ?? null],
    ...row.cells.slice(2).map(textOf),
    ...(banner === null ? [] : [banner]),
  ])
  const body = writeCsv([...columns, ...more, ...(banner === null ? [] : ['note'])], rows)
  return { type: 'content', mediaType: 'text/csv; charset=utf-8', body, fileName: `${fileName}.csv` }
}

/** The same as JSON, with the sentences and the group compared with. */
export function compareJson(
  compared: Compared,
  choices: CompareChoices,
  found: Comparison,
  { banner }: DownloadParts,
): Answer {
  const body = {
    ...(banner !== null && { note: banner }),
    ...compared.measure,
    areas: choices.dimension,
    period: periodText(choices.period),
    groupAsAt: found.group === null ? null : choices.groupOn.toString(),
    group: found.group?.text ?? null,
    says: found.says,
    formula: found.formula,
    rows: plainRows(compared, choices, found).map(({ row, figure }) => ({
      area: textOf(row.cells[0]),
      value: figure?.value ?? null,
      mark: figure?.mark ?? null,
      numerator: figure?.numerator ?? null,
      denominator: figure?.denominator ?? null,
      ...Object.fromEntries(found.table.columns.slice(2).map(({ heading }, i) => [heading, textOf(row.cells[i + 2])])),
    })),
  }
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}

function plainRows({ dimensions, whole }: Compared, { dimension, period }: CompareChoices, { table }: Comparison) {
  const areas = dimensions.find(({ name }) => name === dimension)?.areas ?? []
  return table.rows.map(row => {
    const area = areas.find(({ name }) => name === textOf(row.cells[0])) ?? whole
    return { row, figure: figureAt(area, period.start) }
  })
}
