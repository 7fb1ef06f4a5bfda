import { byPeriod, called, finding, named, type QualitySeries, type Rule, sourceOf } from '../finding.ts'

const name = 'repeated-breakdowns'

/** One breakdown under two spellings in one source, with figures for the same period: its rows would count twice. */
export const repeatedBreakdowns: Rule = {
  name,
  inWords: 'One breakdown stands twice in a source, spelled in two ways.',
  find: ({ measure, series }) =>
    [...Map.groupBy(series, each => `${each.source}\u0000${plain(each.breakdown)}`).values()].flatMap(found => {
      const [first, second] = found.toSorted((a, b) => a.breakdown.localeCompare(b.breakdown, 'en-GB'))
      if (first === undefined || second === undefined) return []
      const figures = shared(first, second).flatMap(period =>
        [first, second].flatMap(each => {
          const figure = byPeriod(each).get(period)
          return figure === undefined ? [] : [named(measure, each, figure)]
        }),
      )
      if (figures.length === 0) return []
      const sentence =
        `${called(measure, first.breakdown)}, in “${sourceOf(measure, first.source)}”: ` +
        `the same breakdown stands there as “${second.breakdown}” too.`
      return [finding(name, 'duplicate-row', measure, [plain(first.breakdown), first.source], sentence, figures)]
    }),
}

/** A name without what people type differently: capitals, spaces, hyphens, "and" for "&". */
const plain = (breakdown: string): string =>
  breakdown
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

function shared(one: QualitySeries, other: QualitySeries): string[] {
  const periods = byPeriod(other)
  return [...byPeriod(one).keys()].filter(period => periods.has(period)).slice(-3)
}
