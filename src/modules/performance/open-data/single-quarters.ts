/** Totals of 12 months by the quarter they end with; quarters are counted, so that four of them are a year. */
export type ByQuarter = ReadonlyMap<number, number>

/** A quarter as a number: year × 4 + quarter of the calendar year from 0. */
export function quarterNumber(date: Temporal.PlainDate): number {
  return date.year * 4 + Math.floor((date.month - 1) / 3)
}

/** The first day of a quarter that was numbered. */
export function quarterStart(quarter: number): Temporal.PlainDate {
  return new Temporal.PlainDate(Math.floor(quarter / 4), (quarter % 4) * 3 + 1, 1)
}

/**
 * Single quarters out of 12-month totals: R(t) - R(t-1) = Q(t) - Q(t-4), so that from four quarters in a row that are
 * known all others follow as far as the totals have no gap (performance.md A8, after the identity of rolling sums).
 * A total of 0 makes its four quarters 0, unless the series has negative totals, where cancelled offences may hide
 * others. Quarters that come out below 0 end what is worked out: the totals were revised apart.
 *
 * @param anchors quarters that are known from elsewhere
 */
export function singleQuarters(totals: ByQuarter, anchors: ByQuarter = new Map()): Map<number, number> {
  const known = new Map(anchors)
  const negative = [...totals.values()].some(total => total < 0)
  for (const [quarter, total] of totals) {
    if (total === 0 && !negative) for (let back = 0; back < 4; back++) known.set(quarter - back, 0)
  }
  const quarters = [...totals.keys()].sort((a, b) => a - b)
  for (const quarter of quarters) forward(totals, known, quarter)
  for (const quarter of quarters.toReversed()) backward(totals, known, quarter)
  return known
}

function forward(totals: ByQuarter, known: Map<number, number>, quarter: number): void {
  const [now, before, yearBefore] = [totals.get(quarter), totals.get(quarter - 1), known.get(quarter - 4)]
  if (now === undefined || before === undefined || yearBefore === undefined || known.has(quarter)) return
  const value = yearBefore + now - before
  if (value >= 0) known.set(quarter, value)
}

function backward(totals: ByQuarter, known: Map<number, number>, quarter: number): void {
  const [now, before, same] = [totals.get(quarter), totals.get(quarter - 1), known.get(quarter)]
  if (now === undefined || before === undefined || same === undefined || known.has(quarter - 4)) return
  const value = same - now + before
  if (value >= 0) known.set(quarter - 4, value)
}

/** Whether four quarters that are known come to the total of the 12 months they make up; null if none do or can. */
export function anchorsFit(totals: ByQuarter, anchors: ByQuarter): { total: number; sum: number } | null {
  for (const [quarter, total] of totals) {
    const four = [0, 1, 2, 3].map(back => anchors.get(quarter - back))
    if (four.some(value => value === undefined)) continue
    return { total, sum: four.reduce<number>((sum, value) => sum + (value ?? 0), 0) }
  }
  return null
}
