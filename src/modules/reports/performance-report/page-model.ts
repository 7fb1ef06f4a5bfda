import { isExceptional, openingSentence, type ReportContent, type ReportedMeasure } from './content.ts'
import { standingWords } from './words.ts'

/** What the page of a report prints, in the workspace and on the public site. Pure. */
export function reportPageModel(content: ReportContent) {
  const opening = openingSentence(content)
  return {
    period: content.period.words,
    asAt: content.asAt,
    opening,
    summary: content.summary.filter(text => text !== opening),
    objectives: content.objectives.map(({ title, measures }) => ({
      title,
      exceptional: measures.filter(isExceptional).map(shown),
      rest: restTable(measures.filter(measure => !isExceptional(measure))),
    })),
    changes: content.changes,
  }
}

const shown = (measure: ReportedMeasure) => ({
  ...measure,
  state: standingWords[measure.standing],
  whole: measure.exceptions.filter(({ breakdown }) => breakdown === ''),
  parts: measure.exceptions.filter(({ breakdown }) => breakdown !== ''),
})

function restTable(measures: readonly ReportedMeasure[]) {
  if (measures.length === 0) return null
  return {
    columns: [
      { heading: 'Measure' },
      { heading: 'Latest' },
      { heading: 'Change on the year before' },
      { heading: 'What the rules say' },
    ],
    rows: measures.map(measure => ({
      cells: [
        { type: 'text', text: measure.title, href: measure.href },
        { type: 'text', text: measure.latest === '' ? 'No figure' : measure.latest, hint: measure.latestPeriod },
        { type: 'text', text: measure.change === '' ? 'Not compared' : measure.change },
        { type: 'state', state: standingWords[measure.standing] },
      ],
    })),
  }
}
