import type { Signal } from '../analysis/process-control.ts'
import type { Assurance, CombinedReading } from '../analysis/readings.ts'
import type { Unit } from '../measure.ts'

/** A signal at one point, as the table of figures prints it. */
export const signalWords: Record<Signal, string> = {
  'beyond-high': 'above the usual range',
  'beyond-low': 'below the usual range',
  'shift-high': 'part of a run above the average',
  'shift-low': 'part of a run below the average',
  'trend-up': 'part of a rise',
  'trend-down': 'part of a fall',
  'near-high': 'near the top of the range',
  'near-low': 'near the bottom of the range',
}

/** Whether the process as it stands can be expected to meet its target. */
export const assuranceWords: Record<Assurance, string> = {
  'consistently-passes': 'As things stand, the target of {target} will be met every time.',
  'consistently-fails': 'As things stand, the target of {target} will be missed every time.',
  'hit-or-miss': 'As things stand, the target of {target} will be met or missed by chance.',
}

/** What the figures and the target together ask for. */
export const combinedWords: Record<CombinedReading, string> = {
  escalate: 'The figures are getting worse and the target is out of reach: this needs more than an explanation.',
  explain: 'The figures have changed for the worse: ask why.',
  redesign:
    'Nothing has changed, and the target cannot be met unless the way of working does: do not ask why this period.',
  note: 'There is nothing to explain.',
  'keep-watching': 'The figures are getting better, though the target is still out of reach.',
  'ask-if-understood': 'The figures have changed: ask whether the change is understood.',
  none: 'There is nothing to explain.',
}

/** What is said beside every chart, and the words of its table. */
export const rulesWords = {
  settings:
    'A shift is {shift} figures in a row on one side of the average; a trend is {trend} in a row that rise or fall; {near}.',
  settingsOfTrend: 'A trend is {trend} figures in a row that rise or fall; {near}.',
  near: {
    nhs: 'two of three near one limit count when all three lie on its side',
    we: 'two of three near or beyond one limit count, wherever the third lies',
    off: 'figures near a limit do not count',
  },
  revised: 'revision {revision}',
  rebased: 'limits begin anew',
  marked: 'something changed in what is counted',
  tooEarly: 'too early to judge',
  axis: { count: 'Number', rate: 'Rate', percent: '%', points: 'Percentage points', money: '£' } satisfies Record<
    Unit,
    string
  >,
  columns: {
    period: 'Period',
    value: 'Figure',
    denominator: 'Out of',
    adjusted: 'Season taken out',
    range: 'Usual range',
    status: 'Status',
    signals: 'What the rules say',
  },
} as const

/** What a list says of a measure's latest figure. */
export const standingWords = {
  good: { word: 'Out of the ordinary, for the better', colour: 'green' },
  bad: { word: 'Out of the ordinary, for the worse', colour: 'orange' },
  neutral: { word: 'Out of the ordinary', colour: 'blue' },
  usual: { word: 'Within its usual range', colour: 'grey' },
  silent: { word: 'Too early to say', colour: 'grey' },
} as const
