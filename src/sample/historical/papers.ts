import { longDate } from '../../platform/time.ts'
import type { Paper, Source } from '../facts.ts'
import { momentOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'

/** The papers that the historical areas are made from. */
export class Papers {
  readonly #papers: ReadonlyMap<string, Paper>

  constructor(papers: readonly Paper[]) {
    this.#papers = new Map(papers.map(paper => [paper.key, paper]))
  }

  static async read(): Promise<Papers> {
    return new Papers(await readFacts<readonly Paper[]>('papers.json'))
  }

  find(key: string): Paper {
    const paper = this.#papers.get(key)
    if (paper === undefined) throw new Error(`The sample data cite the paper "${key}", which is not listed`)
    return paper
  }

  /** Title, date and place, as a reader needs them to find it again. The line is one of the text held, not printed. */
  cite(source: Source): string {
    return `${this.find(source.paper).title}, ${statedInWords(source.date)}: ${source.place}`
  }

  /** Several places, each once. */
  citeAll(sources: readonly Source[]): string {
    return [...new Set(sources.map(source => this.cite(source)))].join('; ')
  }

  /** The moment at which what a paper says became public: noon on its day, or on the last day that its date may mean. */
  publishedAt(source: Pick<Source, 'paper'>): Temporal.Instant {
    return noonOf(this.find(source.paper).date)
  }

  /** When the first of the papers that some facts come from was published. */
  firstPublishedAt(sources: readonly Pick<Source, 'paper'>[]): Temporal.Instant {
    return oneOf(this.#momentsOf(sources).at(0))
  }

  /** When the last of them was. */
  lastPublishedAt(sources: readonly Pick<Source, 'paper'>[]): Temporal.Instant {
    return oneOf(this.#momentsOf(sources).at(-1))
  }

  #momentsOf(sources: readonly Pick<Source, 'paper'>[]): Temporal.Instant[] {
    return sources.map(source => this.publishedAt(source)).sort((a, b) => Temporal.Instant.compare(a, b))
  }
}

function oneOf(moment: Temporal.Instant | undefined): Temporal.Instant {
  if (moment === undefined) throw new Error('A fact of the sample data has no source')
  return moment
}

/** Noon on the last day that a date as printed may mean: a day, a month, or a financial year. */
export function noonOf(stated: string): Temporal.Instant {
  return momentOf(lastDayOf(stated), '12:00')
}

/** The last day that a date as printed may mean: `2022-12-06`, `2017-11`, `2017/18`. */
export function lastDayOf(stated: string): Temporal.PlainDate {
  const year = /^(\d{4})\/\d{2}$/.exec(stated)?.[1]
  if (year !== undefined) return Temporal.PlainDate.from({ year: Number(year) + 1, month: 3, day: 31 })
  if (!/^\d{4}-\d{2}$/.test(stated)) return Temporal.PlainDate.from(stated)
  const month = Temporal.PlainYearMonth.from(stated)
  return month.toPlainDate({ day: month.daysInMonth })
}

/** A date as printed, in words: `6 December 2022`, `November 2017`, `2017/18`. */
export function statedInWords(stated: string): string {
  if (stated.includes('/')) return stated
  const last = lastDayOf(stated)
  return stated.length === 7 ? last.toLocaleString('en-GB', { month: 'long', year: 'numeric' }) : longDate(last)
}
