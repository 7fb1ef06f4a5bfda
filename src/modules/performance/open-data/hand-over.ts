import type { FigureSheet } from './figure-sheet.ts'

const header = ['measure', 'period', 'value', 'breakdown', 'numerator', 'denominator', 'status', 'as_at', 'source']
/** Figures handed over before the loader may write and others get a turn. */
const atOnce = 2000

/** Hands the figures of a sheet over as rows in Peelian's own columns. */
export async function handOver(
  sheet: FigureSheet,
  references: ReadonlyMap<string, string>,
  onRow: (cells: readonly string[], line: number) => void,
  between: () => Promise<void>,
): Promise<void> {
  onRow(header, 1)
  const text = (value: number | undefined) => (value === undefined ? '' : plainNumber(value))
  for (const [i, figure] of sheet.figures.entries()) {
    const { period, value, mark, breakdown = '', numerator, denominator, status = '', asAt = '', source = '' } = figure
    const cells = [references.get(figure.measure) ?? '', period, value === null ? (mark ?? '') : plainNumber(value)]
    onRow([...cells, breakdown, text(numerator), text(denominator), status, asAt, source], figure.line)
    if (i % atOnce === atOnce - 1) await between()
  }
  await between()
}

/** Digits without a power of ten, which the loader does not read. */
function plainNumber(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(15).replace(/0+$/, '') : text
}
