import { periodInWords, periodText } from '../../period.ts'
import { layOut } from '../../series-data.ts'
import { called, finding, type QualitySeries, type Rule, sourceOf } from '../finding.ts'

const name = 'gaps'
/** Fewer figures than this are no series that somebody keeps up. */
const fewest = 6
/** Where more is missing than this share, the figures come from papers and not from a series. */
const mostMissing = 0.25

/** A period that no file had a figure or a mark for, in a series that is otherwise whole: missing, and never zero. */
export const gaps: Rule = {
  name,
  inWords: 'A series that is otherwise whole has neither a figure nor a mark for some period.',
  find: ({ measure, series }) =>
    series.flatMap(each => {
      const missing = leftOut(each)
      if (missing.length === 0) return []
      const named = missing.slice(0, 3).map(periodInWords).join('; ')
      const more = missing.length > 3 ? ` and ${String(missing.length - 3)} more` : ''
      const sentence =
        `${called(measure, each.breakdown)}, in “${sourceOf(measure, each.source)}”: ` +
        `there is nothing for ${named}${more}.`
      const where = [each.breakdown, each.source, ...missing.slice(0, 3).map(periodText)]
      return [finding(name, 'missing-period', measure, where, sentence, [])]
    }),
}

function leftOut({ figures }: QualitySeries) {
  if (figures.length < fewest) return []
  const { periods, figures: laid } = layOut(figures)
  const missing = periods.filter((_period, i) => laid[i] === null)
  return missing.length <= mostMissing * periods.length ? missing : []
}
