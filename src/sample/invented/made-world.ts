import {
  chooseMeasure,
  enterBreak,
  enterMembers,
  publishMeasure,
  releaseCommentary,
  sayOwnName,
  setUpMeasure,
  writeCommentary,
} from '../../modules/performance/index.ts'
import type { Trx } from '../../platform/database/tables.ts'
import type { RecordKey } from '../../record/record.ts'
import { describeParts } from '../breakdowns.ts'
import type { PartOfMeasure } from '../breakdowns.ts'
import { momentOf, monthOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import type { InventedMeasure, InventedSeries } from './facts.ts'
import { loadFigures } from './figures.ts'
import { makeSeries } from './made-figures.ts'
import type { MadeDimension, MadeFigure, MadeMeasure, MadePart } from './made-figures.ts'
import { keeper } from './world.ts'
import type { World } from './world.ts'

/** Parts of measures whose whole is written down (`parts.json`). */
interface MadeParts {
  measure: string
  made: readonly MadeDimension[]
}

/** What the force says of a month of a measure (`commentary.json`). */
interface CommentaryFact {
  measure: string
  month: number
  words: string
}

/** Figures of one breakdown as a file says them. */
interface Row {
  title: string
  breakdown: string
  month: number
  figure: MadeFigure
  status: string
}

/** The last month whose figures are held: the one before the last whole one. */
const lastMonth = -2

/**
 * Measures of every kind that an office keeps, made from recipes: they come in two files, the second with the last
 * month and with what was corrected in the month before, and are published together.
 */
export async function planMadeFigures(world: World): Promise<void> {
  const measures = await readFacts<MadeMeasure[]>('ardenshire/made-measures.json')
  const written = await readFacts<InventedMeasure[]>('ardenshire/measures.json')
  const parts = await readFacts<MadeParts[]>('ardenshire/parts.json')
  const commentary = await readFacts<CommentaryFact[]>('ardenshire/commentary.json')
  const rows = [...measures.flatMap(measure => rowsOf(world, measure)), ...(await rowsOfParts(world, written, parts))]
  const first = monthOf(lastMonth, world.today).toPlainDate({ day: 5 })
  const second = monthOf(lastMonth + 1, world.today).toPlainDate({ day: 5 })
  world.timeline.add(
    momentOf(first.subtract({ days: 1 }), '10:00'),
    keeper(world, 'ardenshire-office'),
    async (trx, act) => {
      for (const measure of measures) await setUp(trx, act, world, measure)
      for (const { measure, made } of parts) await describe(trx, act, world.measures.get(measure), made)
      for (const { key, line } of [...written, ...measures]) await putIntoLine(trx, act, world, key, line)
      await enterSimilarForces(trx, act, world, measures)
      for (const measure of measures) await enterStep(trx, act, world, measure)
    },
  )
  const analyst = world.viewers.get('nadia-farthingale')
  const load = (day: Temporal.PlainDate, own: readonly Row[]) =>
    world.timeline.add(momentOf(day, '10:00'), analyst, (trx, act) =>
      loadFigures(trx, act, world, `ardenshire-return-${day.toString()}.csv`, csvOf(world, own, day)),
    )
  load(
    first,
    rows.filter(({ month }) => month < lastMonth).map(row => asFirstSent(measures, row)),
  )
  load(
    second,
    rows.filter(row => row.month === lastMonth || isCorrected(measures, row)).map(row => asSent(measures, row)),
  )
  for (const each of commentary) {
    world.timeline.add(momentOf(second, '12:00'), world.viewers.get('bethan-coppersmith'), (trx, act) =>
      comment(trx, act, world, each),
    )
  }
  world.timeline.add(momentOf(second, '17:00'), analyst, async (trx, act) => {
    for (const key of [...measures.map(each => each.key), ...parts.map(each => each.measure)]) {
      await publishMeasure(trx, act, world.measures.get(key))
    }
  })
}

function rowsOf(world: World, measure: MadeMeasure): Row[] {
  const months = lastMonth - measure.firstMonth + 1
  const series = makeSeries(measure, months, month => monthOf(month, world.today).month)
  return [...series].flatMap(([breakdown, figures]) => rowsFrom(measure.title, breakdown, measure.firstMonth, figures))
}

function rowsFrom(title: string, breakdown: string, firstMonth: number, figures: readonly MadeFigure[]): Row[] {
  return figures.map((figure, i) => ({ title, breakdown, month: firstMonth + i, figure, status: '' }))
}

async function rowsOfParts(
  world: World,
  written: readonly InventedMeasure[],
  parts: readonly MadeParts[],
): Promise<Row[]> {
  const held = await readFacts<InventedSeries[]>('ardenshire/series.json')
  return parts.flatMap(({ measure: key, made }) => {
    const [measure, whole] = [written.find(each => each.key === key), held.find(each => each.measure === key)]
    if (measure === undefined || whole === undefined) throw new Error(`The sample data have no figures of ${key}`)
    const by = { key, kind: measure.kind, firstMonth: whole.firstMonth, made }
    const series = makeSeries(by, whole.values.length, month => monthOf(month, world.today).month, whole.values)
    return [...series].flatMap(([breakdown, figures]) => rowsFrom(measure.title, breakdown, whole.firstMonth, figures))
  })
}

async function setUp(trx: Trx, act: Doing, world: World, measure: MadeMeasure): Promise<void> {
  const { key, title, unit, kind, polarity, definition, source, objective } = measure
  const { numerator = null, denominator = null, basis = null, per = null, disclosure = null } = measure
  const made = await setUpMeasure(trx, act, {
    ...{ areaId: world.area.id, title, unit, kind, polarity, definition, source, numerator, denominator },
    ...{ basis, per, disclosure, frequency: 'month' as const, seasonal: measure.seasonal ?? false },
    ...{ chart: measure.chart ?? 'auto', decimals: measure.decimals ?? 0 },
    objective: objective === null ? null : world.objectives.get(objective),
  })
  world.measures.set(key, made)
  await describe(trx, act, made, measure.made ?? [])
}

async function describe(trx: Trx, act: Doing, measure: RecordKey, made: readonly MadeDimension[]): Promise<void> {
  const parts = made.flatMap(({ name, parts: largest }) => partsIn(name, null, largest))
  await describeParts(trx, act, measure, made, parts)
}

function partsIn(dimension: string, parent: string | null, parts: readonly MadePart[]): PartOfMeasure[] {
  return parts.flatMap(({ name, parts: smaller = [] }) => [
    { dimension, name, parent },
    ...partsIn(dimension, name, smaller),
  ])
}

async function putIntoLine(trx: Trx, act: Doing, world: World, key: string, place: string | undefined): Promise<void> {
  const [report, line] = place?.split('.') ?? []
  if (report === undefined || line === undefined) return
  await chooseMeasure(trx, act, world.area.id, { report, line, measureId: world.measures.get(key).id })
}

/** Where a recipe takes a step, what was recorded changed: new limits begin there. */
async function enterStep(trx: Trx, act: Doing, world: World, { key, recipe, step }: MadeMeasure): Promise<void> {
  if (recipe?.step === undefined || step === undefined) return
  const from = monthOf(recipe.step.month, world.today).toPlainDate({ day: 1 })
  const made = { from, breakdown: null, cause: 'recording' as const, reason: step, rebases: true }
  await enterBreak(trx, act, world.measures.get(key), null, made)
}

/** The force writes on a month of a measure, and gives it to the office, which may publish it. */
async function comment(trx: Trx, act: Doing, world: World, { measure, month, words }: CommentaryFact): Promise<void> {
  const { id, title } = world.measures.get(measure)
  const period = { frequency: 'month' as const, start: monthOf(month, world.today).toPlainDate({ day: 1 }) }
  const about = { areaId: world.area.id, measure: { id, title, frequency: period.frequency }, breakdown: '', period }
  const author = `${act.viewer.name}, liaison officer`
  const written = await writeCommentary(trx, act, about, { words, author, mayPublish: true })
  const office = world.cast.organisations.get('ardenshire-office').id
  await releaseCommentary(trx, act, written, written.version, [office])
}

/** The police areas of the measure that compares them are the forces most similar to Ardenshire's. */
async function enterSimilarForces(trx: Trx, act: Doing, world: World, measures: readonly MadeMeasure[]): Promise<void> {
  const dimensions = measures.flatMap(measure => measure.made ?? [])
  const names = dimensions.find(({ name }) => name === 'Police area')?.parts.map(({ name }) => name) ?? []
  const group = await sayOwnName(trx, act, world.area.id, null, world.area.name)
  const from = monthOf(-50, world.today).toPlainDate({ day: 1 })
  const members = names.map(name => ({ name, from, to: null }))
  const source = 'Invented for this demonstration; a real group comes from the Home Office'
  await enterMembers(trx, act, world.area.id, group.version, members, { source })
}

const measureOf = (measures: readonly MadeMeasure[], { title }: Row) => measures.find(each => each.title === title)

function isCorrected(measures: readonly MadeMeasure[], row: Row): boolean {
  return row.month === lastMonth - 1 && measureOf(measures, row)?.revised === true
}

/** What was a little less when it first came, so that its correction is a revision. */
function asFirstSent(measures: readonly MadeMeasure[], row: Row): Row {
  return isCorrected(measures, row)
    ? { ...row, figure: less(row.figure, measureOf(measures, row)), status: 'provisional' }
    : row
}

function asSent(measures: readonly MadeMeasure[], row: Row): Row {
  if (isCorrected(measures, row)) return { ...row, status: 'revised' }
  return measureOf(measures, row)?.provisional === true ? { ...row, status: 'provisional' } : row
}

function less({ value, numerator, denominator }: MadeFigure, measure: MadeMeasure | undefined): MadeFigure {
  if (numerator === undefined || denominator === undefined) return { value: Math.max(0, value - 1) }
  const counted = Math.round(numerator * 0.96)
  const scale = measure?.kind === 'proportion' ? 100 : (measure?.per ?? 1)
  return {
    ...{ numerator: counted, denominator },
    value: Number(((scale * counted) / denominator).toFixed(measure?.decimals ?? 1)),
  }
}

function csvOf(world: World, rows: readonly Row[], asAt: Temporal.PlainDate): string {
  const lines = rows.map(({ title, breakdown, month, figure, status }) =>
    [
      ...[title, monthOf(month, world.today).toString(), figure.value, breakdown],
      ...[figure.numerator ?? '', figure.denominator ?? '', status, asAt.toString()],
    ]
      .map(cell => `"${String(cell)}"`)
      .join(','),
  )
  return ['measure,period,value,breakdown,numerator,denominator,status,as_at', ...lines, ''].join('\n')
}
