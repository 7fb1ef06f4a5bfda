import type { Trx } from '../../../../platform/database/tables.ts'
import { dimensionsOf } from '../../measures/breakdowns/breakdown-queries.ts'
import type { Measure } from '../../measure.ts'
import { parsePeriod, periodText } from '../../period.ts'
import { figuresOf, findMeasures, type Series, seriesOf } from '../../queries.ts'
import type { Figure } from '../../series-data.ts'
import { printed, sourceOf } from '../finding.ts'
import { finestStep } from '../precision.ts'
import { measureByReference } from '../quality-queries.ts'
import { writeFigureName } from '../quoted/figure-name.ts'
import type { Binding, ClaimPart, ClaimSort, Valued } from './claim.ts'
import { readPart, type TypedPart } from './lines.ts'

/** A measure with its figures, read once for all that is bound to it. */
interface Held {
  measure: Measure
  series: readonly (Series & { figures: readonly Figure[] })[]
}

/** Looks up the figures that lines and texts name. Only measures that the transaction's organisations hold are known. */
export class FigureBook {
  readonly #trx: Trx
  readonly #areaId: number
  readonly #held = new Map<string, Promise<Held | null>>()

  constructor(trx: Trx, areaId: number) {
    this.#trx = trx
    this.#areaId = areaId
  }

  held(reference: string): Promise<Held | null> {
    let found = this.#held.get(reference)
    if (found === undefined) this.#held.set(reference, (found = this.#read(reference)))
    return found
  }

  async #read(reference: string): Promise<Held | null> {
    const id = await measureByReference(this.#trx, this.#areaId, reference)
    const [measure] = id === null ? [] : await findMeasures(this.#trx, this.#areaId, [id])
    if (measure === undefined) return null
    const series = await seriesOf(this.#trx, this.#areaId, [measure.id])
    const figures = await figuresOf(
      this.#trx,
      series.map(each => each.id),
    )
    return { measure, series: series.map(each => ({ ...each, figures: figures.get(each.id) ?? [] })) }
  }

  /** The figure of a name; a text says why there is none. */
  async find(binding: Binding): Promise<FoundFigure | string> {
    const name = writeFigureName(binding)
    const held = await this.held(binding.reference)
    if (held === null) return `there is no measure ${binding.reference}.`
    const period = parsePeriod(binding.period)
    if ('fault' in period) return period.fault
    const inBreakdown = held.series.filter(each => each.breakdown === binding.breakdown)
    if (inBreakdown.length === 0) return `${name}: ${noBreakdown(held, binding)}`
    const wanted = inBreakdown.filter(each => matches(held.measure, each.source, binding.source))
    const found = wanted.flatMap(series => {
      const figure = series.figures.find(each => periodText(each.period) === periodText(period))
      return figure === undefined ? [] : [{ measure: held.measure, series, figure }]
    })
    const own = found.find(each => each.series.source === '')
    const [first] = own === undefined ? found : [own]
    if (first === undefined) return `${name}: no figure is held for this period.`
    if (own === undefined && found.length > 1) {
      return `${name}: there are several sources. Add from "${sourceOf(held.measure, first.series.source)}", for example.`
    }
    return first
  }
}

export interface FoundFigure {
  measure: Measure
  series: Held['series'][number]
  figure: Figure
}

function matches(measure: Measure, source: string, wanted: string): boolean {
  return wanted === '' || source === wanted || sourceOf(measure, source) === wanted
}

function noBreakdown({ series, measure }: Held, { breakdown }: Binding): string {
  const names = [...new Set(series.map(each => each.breakdown))].filter(name => name !== '').slice(0, 8)
  if (breakdown === '') return `“${measure.title}” has no figure for the whole area. Name one of: ${names.join(', ')}.`
  return `“${measure.title}” has no breakdown “${breakdown}”. It has: ${names.join(', ')}.`
}

/** Reads what each line is bound to. Every line that leads to no figure is a reason. */
export async function bindParts(
  trx: Trx,
  areaId: number,
  sort: ClaimSort,
  typed: readonly TypedPart[],
): Promise<{ parts: ClaimPart[]; faults: string[] }> {
  const book = new FigureBook(trx, areaId)
  const parts: ClaimPart[] = []
  const faults: string[] = []
  for (const each of typed) {
    const part = await bindPart(book, each)
    if (typeof part === 'string') faults.push(`“${each.line}”: ${part}`)
    else parts.push(part)
  }
  if (sort === 'larger-change' && faults.length === 0) parts.push(...(await comparators(trx, book, parts)))
  return { parts, faults }
}

async function bindPart(book: FigureBook, typed: TypedPart): Promise<ClaimPart | string> {
  const { role, line, label, bindings, values, text } = typed
  const plain = { role, line, label, measureId: null, measure: null, binding: null, earlier: null, text }
  if (bindings.length === 0) {
    const [first, second] = values
    return { ...plain, valued: second ?? first ?? null, earlier: second === undefined ? null : (first ?? null) }
  }
  const found: FoundFigure[] = []
  for (const binding of bindings) {
    const figure = await book.find(binding)
    if (typeof figure === 'string') return figure
    found.push(figure)
  }
  const last = found.at(-1)
  const earlier = found.length > 1 ? found[0] : undefined
  if (last === undefined) return 'no figure is named.'
  return {
    ...plain,
    label: label || last.series.breakdown,
    measureId: last.measure.id,
    measure: last.measure.title,
    binding: { ...(bindings.at(-1) as Binding), source: sourceOf(last.measure, last.series.source) },
    valued: valuedOf(last),
    earlier: earlier === undefined ? null : valuedOf(earlier),
  }
}

function valuedOf({ measure, series, figure }: FoundFigure): Valued {
  const values = series.figures.flatMap(({ value }) => (value === null ? [] : [value]))
  const units = { percent: 'percent', points: 'points', money: 'money', count: 'count', rate: 'count' } as const
  return {
    value: figure.value,
    step: finestStep(values),
    text: printed(measure, figure),
    unit: units[measure.unit],
    about: false,
    numerator: figure.numerator,
    denominator: figure.denominator,
    asAt: figure.asAt?.toString() ?? null,
  }
}

/** The other breakdowns of the measure that is compared, over the same periods: what a comparison may have left out. */
async function comparators(trx: Trx, book: FigureBook, parts: readonly ClaimPart[]): Promise<ClaimPart[]> {
  const subject = parts.find(part => part.role === 'subject')
  const held = subject?.binding == null ? null : await book.held(subject.binding.reference)
  if (subject?.binding == null || held === null) return []
  const named = new Set(parts.map(part => part.binding?.breakdown))
  const dimensions = (await dimensionsOf(trx, held.measure.areaId, [held.measure.id])).get(held.measure.id) ?? []
  const beside = dimensions.find(each => each.breakdowns.some(({ name }) => name === subject.binding?.breakdown))
  const names = beside?.breakdowns.map(({ name }) => name) ?? held.series.map(({ breakdown }) => breakdown)
  const added: ClaimPart[] = []
  for (const name of new Set(names)) {
    if (named.has(name) || name === '') continue
    const line = subject.line.replace(/^subject:/i, 'also:').replace(`"${subject.binding.breakdown}"`, `"${name}"`)
    const typed = readPart('larger-change', line)
    const part = typeof typed === 'string' ? typed : await bindPart(book, typed)
    if (typeof part !== 'string') added.push({ ...part, line: '' })
  }
  return added
}
