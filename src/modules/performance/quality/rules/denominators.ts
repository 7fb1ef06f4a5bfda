import { frequencies } from '../../period.ts'
import { finding, isComposition, named, type QualityMeasure, type Rule } from '../finding.ts'

const name = 'denominators'

/**
 * A share whose figures never say of how many (performance.md A7): neither chance nor an average can be worked out.
 * Said once for a measure. Shares of 100 by parts are held against one another and not over time.
 */
export const denominators: Rule = {
  name,
  inWords: 'The figures of a proportion never say of how many: no test and no weighted average can be made.',
  find(subject) {
    const { measure, series } = subject
    if (measure.kind !== 'proportion' || measure.unit !== 'percent' || isComposition(subject)) return []
    // The average of a year rests on what its quarters rest on.
    if (subject.kindred.some(each => isFiner(each.measure, measure))) return []
    const figures = series.flatMap(each => each.figures.map(figure => ({ each, figure })))
    const given = figures.filter(({ figure }) => figure.value !== null)
    if (given.length === 0 || given.some(({ figure }) => figure.denominator !== null)) return []
    const sentence = `${measure.title}: no figure says of how many it is a share.`
    const told = given.slice(-4).map(({ each, figure }) => named(measure, each, figure))
    return [finding(name, 'missing-denominator', measure, [], sentence, told)]
  },
}

function isFiner(one: QualityMeasure, other: QualityMeasure): boolean {
  const alike = one.kind === other.kind && one.unit === other.unit
  return alike && frequencies.indexOf(one.frequency) < frequencies.indexOf(other.frequency)
}
