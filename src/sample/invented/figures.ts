import type { Trx } from '../../platform/database/tables.ts'
import {
  fileInMemory,
  loadObservations,
  publishMeasure,
  raiseExceptions,
  setUpMeasure,
} from '../../modules/performance/index.ts'
import { linkedFrom } from '../../record/links.ts'
import { findRecords } from '../../record/records.ts'
import type { InventedException, InventedMeasure, InventedSeries } from './facts.ts'
import { momentOf, monthOf } from '../moments.ts'
import { basesOf } from './made-figures.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { keeper, moment } from './world.ts'
import type { World } from './world.ts'

/** Months whose figures were loaded together when the force first sent them; each later month came by itself. */
const monthsAtFirst = 13

/** Figures are published each quarter, and those in which the rules find something at once. */
const monthsBetweenPublications = 3

/**
 * The measures, and the file of figures that the force sent each month, in which the rules found the exceptions; what
 * the parts of a measure are, and measures of other kinds, come later (`made-world.ts`).
 */
export async function planFigures(world: World): Promise<void> {
  const measures = await readFacts<InventedMeasure[]>('ardenshire/measures.json')
  const series = await readFacts<InventedSeries[]>('ardenshire/series.json')
  const exceptions = await readFacts<InventedException[]>('ardenshire/exceptions.json')
  planMeasures(world, measures)
  const [first] = series
  if (first === undefined) throw new Error('The sample data have no figures for Ardenshire')
  const last = first.firstMonth + first.values.length - 1
  const begin = first.firstMonth + monthsAtFirst - 1
  for (let to = begin; to <= last; to += 1) {
    const wholeQuarter = (last - to) % monthsBetweenPublications === 0
    planLoad(world, { measures, series, exceptions }, { from: to === begin ? first.firstMonth : to, to }, wholeQuarter)
  }
}

interface Facts {
  measures: readonly InventedMeasure[]
  series: readonly InventedSeries[]
  exceptions: readonly InventedException[]
}

function planMeasures(world: World, measures: readonly InventedMeasure[]): void {
  const at = moment(world, { week: -109, day: 'Mon' }, '10:00')
  for (const measure of measures) {
    const { key, title, unit, kind, polarity, definition, source, objective, target = null } = measure
    const { numerator = null, denominator = null, chart = 'auto' } = measure
    world.timeline.add(at, keeper(world, 'ardenshire-office'), async (trx, act) => {
      const made = await setUpMeasure(trx, act, {
        ...{ areaId: world.area.id, title, unit, kind, polarity, definition, source, target },
        ...{ frequency: 'month' as const, numerator, denominator, chart },
        objective: world.objectives.get(objective),
      })
      world.measures.set(key, made)
    })
  }
}

interface Months {
  from: number
  to: number
}

/** A month's figures come on the fifth of the month after it, and are published the same day where they are. */
function planLoad(world: World, facts: Facts, months: Months, wholeQuarter: boolean): void {
  const day = monthOf(months.to + 1, world.today).toPlainDate({ day: 5 })
  const by = world.viewers.get('nadia-farthingale')
  let found: readonly string[] = []
  world.timeline.add(momentOf(day, '09:00'), by, async (trx, act) => {
    const name = `ardenshire-${monthOf(months.to, world.today).toString()}.csv`
    await loadFigures(trx, act, world, name, csvOf(world, facts, months, day))
    found = await noteExceptions(trx, world, facts.exceptions)
  })
  world.timeline.add(momentOf(day, '17:00'), by, async (trx, act) => {
    const published = facts.measures.map(({ key }) => key).filter(key => wholeQuarter || found.includes(key))
    for (const measure of published) await publishMeasure(trx, act, world.measures.get(measure))
  })
}

/** The file as the force sends it: the new months, and what was corrected in the month before. */
function csvOf(world: World, { measures, series }: Facts, { from, to }: Months, asAt: Temporal.PlainDate): string {
  const rows = ['measure,period,value,numerator,denominator,status,as_at']
  for (const { measure, firstMonth, values, base, revised } of series) {
    const title = measures.find(each => each.key === measure)?.title ?? measure
    const bases = base === undefined ? [] : basesOf(base, values.length)
    const row = (month: number, value: number, status: string) => {
      const about = bases[month - firstMonth]
      const { numerator = '', denominator = '' } = about === undefined ? {} : shareOf(value, about)
      const period = monthOf(month, world.today).toString()
      rows.push([title, period, value, numerator, denominator, status, asAt.toString()].join(','))
    }
    for (let month = from; month <= to; month += 1) {
      const was = revised.find(each => each.month === month)?.was
      row(month, was ?? values[month - firstMonth] ?? Number.NaN, was === undefined ? '' : 'provisional')
    }
    for (const { month } of revised.filter(each => each.month === from - 1)) {
      row(month, values[month - firstMonth] ?? Number.NaN, 'revised')
    }
  }
  return `${rows.join('\n')}\n`
}

/** Whole numbers, of about so many, that come to a share given to a tenth of a per cent. */
function shareOf(value: number, about: number): { numerator: number; denominator: number } {
  let denominator = about
  while (Number(((100 * Math.round((value * denominator) / 100)) / denominator).toFixed(1)) !== value) denominator += 1
  return { numerator: Math.round((value * denominator) / 100), denominator }
}

export async function loadFigures(trx: Trx, act: Doing, world: World, name: string, csv: string): Promise<void> {
  const areaId = world.area.id
  const report = await loadObservations(trx, act, fileInMemory(name, Buffer.from(csv)), { areaId, dryRun: false })
  const [fault] = report.faults
  if (fault !== undefined) throw new Error(`${name}, line ${fault.line}: ${fault.message}`)
  await raiseExceptions(trx, act, areaId, report.series)
}

/**
 * Keeps hold of the exceptions that the rules have found, under the keys by which the facts speak of them.
 *
 * @returns keys of the measures in which one was found just now
 */
async function noteExceptions(trx: Trx, world: World, expected: readonly InventedException[]): Promise<string[]> {
  const newlyFound: string[] = []
  for (const { key, measure } of expected.filter(each => !world.exceptions.has(each.key))) {
    const found = await linkedFrom(trx, world.measures.get(measure), 'found-in')
    const [record] = await findRecords(
      trx,
      world.area.id,
      found.map(each => each.id),
    )
    if (record === undefined) continue
    world.exceptions.set(key, record)
    newlyFound.push(measure)
  }
  return newlyFound
}
