import type { Basis, Kind, Measure } from '../measure.ts'

/** How the figures of a line are set out. */
export type LineForm =
  /** The latest figures by part, beside those of a year before. */
  | 'stock'
  /** The same for what happens in a period: people who join, days that are lost. */
  | 'flow'
  /** One period, by every dimension, each part with its share of the whole. */
  | 'parts'
  /** Shares of a known number, each with that number; of a survey with the interval too. */
  | 'share'

/** One line of a report: what it shows, said so that nobody takes it for another. */
export interface ReportLine {
  key: string
  word: string
  definition: string
  form: LineForm
  /** What a measure has to be to stand here. */
  kinds: readonly Kind[]
  basis?: Basis
  /** Of a share: what the number behind it is called. */
  base?: string
  /** Whether those behind a share were asked as some of many, so that an interval belongs to it. */
  sampled?: boolean
}

/** A report that people know, as data: which lines it has. Which measure stands in a line, each organisation chooses. */
export interface StandardReport {
  /** In its address. */
  name: string
  title: string
  introduction: string
  lines: readonly ReportLine[]
  /** Lines of which the one less the other are vacant posts, where both are as at one day. */
  vacancies?: { posts: string; strength: string }
  /** What the report does not do, and why. */
  caution?: string
}

const counts: readonly Kind[] = ['count', 'stock']
const shares: readonly Kind[] = ['proportion']

const establishment: StandardReport = {
  name: 'establishment',
  title: 'Establishment',
  introduction:
    'How many posts there are, how much working time fills them, how many people that is, and who comes and goes. These are different things: they are kept apart here, never added and never compared.',
  vacancies: { posts: 'posts', strength: 'strength' },
  lines: [
    {
      key: 'posts',
      word: 'Posts',
      definition:
        'The establishment: posts that there should be, filled or not, as agreed with the budget. Two half posts are one.',
      form: 'stock',
      kinds: ['stock'],
      basis: 'establishment',
    },
    {
      key: 'strength',
      word: 'Full-time equivalents',
      definition:
        'Working time that there is: two people at half time are one. People on long leave are counted as the force counts them.',
      form: 'stock',
      kinds: ['stock'],
      basis: 'full-time-equivalent',
    },
    {
      key: 'headcount',
      word: 'Headcount',
      definition: 'People, however many hours they work: two people at half time are two.',
      form: 'stock',
      kinds: ['stock'],
      basis: 'headcount',
    },
    {
      key: 'joiners',
      word: 'Joiners',
      definition: 'People who began in the period, from outside or from another force.',
      form: 'flow',
      kinds: ['count'],
    },
    {
      key: 'leavers',
      word: 'Leavers',
      definition: 'People who left in the period, for any reason.',
      form: 'flow',
      kinds: ['count'],
    },
    {
      key: 'specials',
      word: 'Special constables',
      definition: 'Special constables by headcount. They are unpaid and fill no post.',
      form: 'stock',
      kinds: ['stock'],
      basis: 'headcount',
    },
    {
      key: 'volunteers',
      word: 'Volunteers',
      definition:
        'Police support volunteers by headcount. They are unpaid, have no police powers by it and fill no post.',
      form: 'stock',
      kinds: ['stock'],
      basis: 'headcount',
    },
    {
      key: 'uplift',
      word: 'Uplift',
      definition:
        'Officers above the number from which a national programme of recruitment counts, by headcount. It is part of the headcount of officers, not beside it.',
      form: 'stock',
      kinds: counts,
      basis: 'headcount',
    },
  ],
}

const sickness: StandardReport = {
  name: 'sickness',
  title: 'Sickness',
  introduction: 'Working days lost to sickness for each person, so that large and small groups can be read alike.',
  lines: [
    sicknessLine('officers', 'Police officers'),
    sicknessLine('staff', 'Police staff'),
    sicknessLine('community-support', 'Police community support officers'),
  ],
}

function sicknessLine(key: string, word: string): ReportLine {
  return {
    key,
    word,
    definition: 'Working days lost in the period, divided by the full-time equivalents of the group.',
    form: 'flow',
    kinds: ['rate'],
  }
}

const noRatio =
  'No group is held against another here. That would need the number of people in each group, and the year it was counted.'

const useOfForce: StandardReport = {
  name: 'use-of-force',
  title: 'Use of force',
  introduction:
    'How often officers recorded that they used force, why, how, and on whom. One incident may have several uses and several reasons.',
  caution: noRatio,
  lines: [
    {
      key: 'uses',
      word: 'Uses of force',
      definition: 'Uses of force that officers recorded in the period.',
      form: 'parts',
      kinds: ['count'],
    },
    {
      key: 'injured',
      word: 'Officers injured',
      definition: 'Uses of force in which an officer was injured.',
      form: 'flow',
      kinds: ['count'],
    },
  ],
}

const stopAndSearch: StandardReport = {
  name: 'stop-and-search',
  title: 'Stop and search',
  introduction:
    'How often people were stopped and searched, who they said they were, and how often something was found.',
  caution: noRatio,
  lines: [
    {
      key: 'searches',
      word: 'Searches',
      definition: 'Searches of people in the period, of vehicles alone left out.',
      form: 'parts',
      kinds: ['count'],
    },
    {
      key: 'found',
      word: 'Searches in which something was found',
      definition: 'Share of the searches in which what was looked for, or something else unlawful, was found.',
      form: 'share',
      kinds: shares,
      base: 'Searches',
    },
  ],
}

const satisfaction: StandardReport = {
  name: 'satisfaction',
  title: 'Satisfaction',
  introduction:
    'How many of those who were asked were satisfied. Only some were asked, so the share among all of them lies within an interval: 95 of 100 intervals made so hold it.',
  lines: [
    surveyLine('whole', 'The whole service', 'Satisfied with the service as a whole.'),
    surveyLine('first-contact', 'First contact', 'Satisfied with how easy it was to reach somebody who could help.'),
    surveyLine('kept-informed', 'Being kept informed', 'Satisfied with how well they were kept informed.'),
    surveyLine(
      'confidence',
      'Confidence in the police',
      'Of the public, whether or not they had to do with the police.',
    ),
  ],
}

function surveyLine(key: string, word: string, definition: string): ReportLine {
  return { key, word, definition, form: 'share', kinds: shares, base: 'Asked', sampled: true }
}

const calls: StandardReport = {
  name: 'calls',
  title: 'Calls answered',
  introduction:
    'How many calls came in and how many were answered in time. Every call is counted, so no interval is needed.',
  lines: [
    callsLine('emergency', '999 calls answered in time', 'Share of 999 calls answered within the standard.'),
    callsLine(
      'emergency-abandoned',
      '999 calls abandoned',
      'Share of 999 calls whose caller rang off before an answer.',
    ),
    callsLine('non-emergency', '101 calls answered in time', 'Share of 101 calls answered within the standard.'),
    callsLine(
      'non-emergency-abandoned',
      '101 calls abandoned',
      'Share of 101 calls whose caller rang off before an answer.',
    ),
  ],
}

function callsLine(key: string, word: string, definition: string): ReportLine {
  return { key, word, definition, form: 'share', kinds: shares, base: 'Calls' }
}

/** The reports people know. */
export const standardReports: readonly StandardReport[] = [
  establishment,
  sickness,
  useOfForce,
  stopAndSearch,
  satisfaction,
  calls,
]

export function findReport(name: string): StandardReport | undefined {
  return standardReports.find(report => report.name === name)
}

/** Why a measure cannot stand in a line, as a sentence; null where it can. Pure. */
export function lineObstacle(line: ReportLine, measure: Pick<Measure, 'kind' | 'basis'>): string | null {
  if (!line.kinds.includes(measure.kind))
    return `It is not the kind of figure that ${inSentence(line.word)} are given in.`
  if (line.basis === undefined || line.basis === measure.basis) return null
  return basisObstacles[line.basis]
}

const basisObstacles: Record<Basis, string> = {
  establishment: 'It does not say that it counts posts. Set that on the measure first.',
  'full-time-equivalent': 'It does not say that it counts full-time equivalents. Set that on the measure first.',
  headcount: 'It does not say that it counts people. Set that on the measure first.',
}

function inSentence(word: string): string {
  return `“${word}”`
}
