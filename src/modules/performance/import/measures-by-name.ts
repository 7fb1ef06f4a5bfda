import type { KnownMeasure } from './check-rows.ts'
import { nearest } from './nearest.ts'
import { cellWords } from './row-faults.ts'

/** Finds measures by what a file calls them: the reference, or the title in any case. */
export class MeasuresByName {
  readonly #byReference: ReadonlyMap<string, KnownMeasure>
  readonly #byTitle: ReadonlyMap<string, readonly KnownMeasure[]>
  readonly #names: readonly string[]
  /** What each spelling met so far came to: a file names few measures many times. */
  readonly #met = new Map<string, KnownMeasure | string>()

  constructor(measures: readonly KnownMeasure[]) {
    this.#byReference = new Map(measures.map(measure => [measure.reference.toLowerCase(), measure]))
    this.#byTitle = Map.groupBy(measures, measure => plain(measure.title))
    this.#names = measures.flatMap(measure => [measure.title, measure.reference])
  }

  /** The measure, or why there is none, in words. */
  find(text: string): KnownMeasure | string {
    const met = this.#met.get(text)
    if (met !== undefined) return met
    const found = this.#look(text)
    if (this.#met.size < 50_000) this.#met.set(text, found)
    return found
  }

  #look(text: string): KnownMeasure | string {
    const name = plain(text)
    if (name === '') return cellWords.noMeasure
    const byReference = this.#byReference.get(name)
    if (byReference !== undefined) return byReference
    const [one, ...others] = this.#byTitle.get(name) ?? []
    if (one === undefined) return cellWords.unknownMeasure(text, nearest(text, this.#names))
    if (others.length === 0) return one
    return cellWords.ambiguousMeasure(
      text,
      [one, ...others].map(measure => measure.reference),
    )
  }
}

const plain = (name: string) => name.trim().replaceAll(/\s+/g, ' ').toLowerCase()
