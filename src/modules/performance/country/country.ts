import { dateOfDay, dayNumber } from '../import/cells.ts'
import { nextPeriod, parsePeriod, type Period, periodText } from '../period.ts'

/** How large a made-up country is; every measure is monthly and has every breakdown. */
export interface CountryShape {
  areas: number
  measures: number
  months: number
  breakdowns: number
}

/** 43 police areas, 150 measures, 15 years of months, 30 breakdowns: 34.8 million figures. */
export const wholeCountry: CountryShape = { areas: 43, measures: 150, months: 180, breakdowns: 30 }

export const seriesOfArea = ({ measures, breakdowns }: CountryShape): number => measures * breakdowns
export const figuresOfArea = (shape: CountryShape): number => seriesOfArea(shape) * shape.months

export const measureTitle = (measure: number): string => `Measure ${String(measure)}`

const asAt = '2026-01-31'

/** The first breakdown is the whole area. */
export const breakdownName = (breakdown: number): string => (breakdown === 0 ? '' : `Part ${String(breakdown)}`)

/** A month's figure of a series, the same in each run: a level of its own and what varies by chance around it. */
export function figureOf(area: number, series: number, month: number): number {
  const level = 40 + ((series * 7919 + area * 104_729) % 960)
  return Math.round(level + Math.sqrt(level) * (chance(area, series, month, 1) + chance(area, series, month, 2)))
}

/** From -1.7 to 1.7, evenly. */
function chance(area: number, series: number, month: number, salt: number): number {
  let mixed =
    Math.imul(series + 1, 0x9e3779b1) ^ Math.imul(month + 1, 0x85ebca6b) ^ Math.imul(area * 31 + salt, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return 3.4 * (((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32 - 0.5)
}

function* eachMonth(months: number): Iterable<Period> {
  let period = parsePeriod('2011-01')
  for (let month = 0; month < months && 'start' in period; month++) {
    yield period
    period = nextPeriod(period)
  }
}

/** An area's figures as a file to load, month by month as a monthly return grows; a chunk of lines for each month. */
export function* longLines(shape: CountryShape, area: number): Iterable<string> {
  yield 'measure,period,value,breakdown,as_at\n'
  let month = 0
  for (const period of eachMonth(shape.months)) {
    const text = periodText(period)
    let lines = ''
    for (let series = 0; series < seriesOfArea(shape); series++) {
      const title = measureTitle(Math.floor(series / shape.breakdowns))
      const part = breakdownName(series % shape.breakdowns)
      lines += `${title},${text},${String(figureOf(area, series, month))},${part},${asAt}\n`
    }
    month++
    yield lines
  }
}

/** The same figures as bare rows: series, period, revision, value, status, as-at, import. */
export function* bareLines(shape: CountryShape, area: number): Iterable<string> {
  const before = area * seriesOfArea(shape)
  let month = 0
  for (const period of eachMonth(shape.months)) {
    const date = dateOfDay(dayNumber(period.start)).toString()
    let lines = ''
    for (let series = 0; series < seriesOfArea(shape); series++) {
      lines += `${String(before + series)},${date},1,${String(figureOf(area, series, month))},0,${asAt},${String(area)}\n`
    }
    month++
    yield lines
  }
}
