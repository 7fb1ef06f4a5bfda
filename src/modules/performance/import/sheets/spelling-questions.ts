import type { FigureChoices } from './figure-spellings.ts'
import type { PeriodQuestion } from './period-spellings.ts'
import type { Survey } from './survey.ts'

/** A question of spelling as it is asked, with what was met in the file. */
export interface SpellingQuestion {
  legend: string
  /** Said where it was left unanswered. */
  ask: string
  hint: string
  options: readonly { value: string; text: string }[]
}

const met = (example: string) => `In the file: ${example === '' ? '(empty)' : example}`

export const periodQuestions: Record<PeriodQuestion, (example: string) => SpellingQuestion> = {
  quarter: example => ({
    legend: 'Which quarters are these?',
    ask: 'Choose which quarters these are',
    hint: met(example),
    options: [
      { value: 'financial', text: 'Of the financial year: Q1 is April to June, and the year is the one it begins in' },
      { value: 'calendar', text: 'Of the calendar year: Q1 is January to March' },
    ],
  }),
  month: example => ({
    legend: 'A month stands for a longer period. Which?',
    ask: 'Choose which period a month stands for',
    hint: met(example),
    options: [
      { value: 'ends', text: 'The quarter or year that ends with it: June means April to June' },
      { value: 'begins', text: 'The quarter or year that begins with it: April means April to June' },
    ],
  }),
  year: example => ({
    legend: 'Which financial year is this?',
    ask: 'Choose which financial year this is',
    hint: met(example),
    options: [
      { value: 'begins', text: 'The one that begins in it: 2017 means 2017/18' },
      { value: 'ends', text: 'The one that ends in it: 2017 means 2016/17' },
    ],
  }),
  date: example => ({
    legend: 'In which order are days and months?',
    ask: 'Choose the order of days and months',
    hint: met(example),
    options: [
      { value: 'day-first', text: 'Day, month, year: 03/04/2017 is 3 April' },
      { value: 'month-first', text: 'Month, day, year: 03/04/2017 is 4 March' },
    ],
  }),
  week: example => ({
    legend: 'A day stands for a week. Which?',
    ask: 'Choose which week a day stands for',
    hint: met(example),
    options: [
      { value: 'begins', text: 'The week that begins on it, a Monday' },
      { value: 'ends', text: 'The week that ends on it, a Sunday' },
    ],
  }),
}

type FigureQuestionName = Exclude<keyof FigureChoices, 'marks'>
type AskFigure = (example: string, count: number, range: Survey['percentages']) => SpellingQuestion

export const figureQuestions: Record<FigureQuestionName, AskFigure> = {
  comma: example => ({
    legend: 'What does the comma in a figure mean?',
    ask: 'Choose what the comma in a figure means',
    hint: met(example),
    options: [
      { value: 'thousands', text: 'It parts thousands: 1,234 is one thousand two hundred and thirty-four' },
      { value: 'decimal', text: 'It is the decimal point: 1,234 is a little over one' },
    ],
  }),
  percentages: (_, __, range) => ({
    legend: 'How are percentages written?',
    ask: 'Choose how percentages are written',
    hint: range === null ? '' : `In the file without a % sign: from ${String(range.least)} to ${String(range.most)}`,
    options: [
      { value: 'of-100', text: '85 means 85%' },
      { value: 'of-1', text: '0.85 means 85%' },
    ],
  }),
  pounds: example => ({
    legend: 'Are these figures in pounds?',
    ask: 'Choose whether these figures are in pounds',
    hint: met(example),
    options: [{ value: 'drop', text: 'Yes, in pounds and not in thousands of pounds' }],
  }),
  brackets: example => ({
    legend: 'What does a figure in brackets mean?',
    ask: 'Choose what a figure in brackets means',
    hint: met(example),
    options: [{ value: 'negative', text: 'Less than nothing: (1,234) is minus 1,234' }],
  }),
  blank: (_, count) => ({
    legend: 'What does an empty cell mean?',
    ask: 'Choose what an empty cell means',
    hint: `${count.toLocaleString('en-GB')} ${count === 1 ? 'cell is' : 'cells are'} empty where a figure would stand`,
    options: [
      { value: 'nothing', text: 'Nothing yet: the cell is passed over, and what is held for that period stays' },
      { value: 'missing', text: 'There is no figure for that period, and that is recorded' },
    ],
  }),
}
