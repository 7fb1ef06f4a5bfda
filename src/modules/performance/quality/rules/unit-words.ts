import { unitWords as words } from '../../measure.ts'
import { finding, type QualityMeasure, type Rule } from '../finding.ts'

const name = 'unit-words'

/** A title that names another unit than the measure has: a column headed percentage points, its cells in per cent. */
export const unitWords: Rule = {
  name,
  inWords: 'The words of a measure name another unit than its figures have.',
  find({ measure }) {
    const named = unitNamed(measure)
    if (named === null) return []
    const sentence = `${measure.title}: its words speak of ${named}, its figures are given as ${words[measure.unit].toLowerCase()}.`
    return [finding(name, 'unit-label-conflict', measure, [], sentence, [])]
  },
}

/** The unit that a measure's words name where it is not its own; null if there is none. */
function unitNamed({ title, definition, kind, unit }: QualityMeasure): string | null {
  const points = /percentage points?/i
  const percent = /%|\bper ?cent(?:age)?\b(?! points?)/i
  const heads = kind === 'change' ? `${title} ${definition}` : title
  if (unit === 'percent') return points.test(heads) ? 'percentage points' : null
  if (unit === 'points') return percent.test(title) && !points.test(heads) ? 'per cent' : null
  if (percent.test(title)) return 'per cent'
  return unit === 'count' && /£/.test(title) ? 'pounds' : null
}
