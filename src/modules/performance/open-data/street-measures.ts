import type { OpenMeasure } from './figure-sheet.ts'

export const antiSocial = 'Anti-social behaviour'

const source = 'data.police.uk, street-level crime (Open Government Licence v3.0)'
const dimensions = { District: 'not', 'Police area': 'not' } as const
const places =
  'Places are moved to a point near by, so that some lie in a neighbouring district or in none; districts therefore do not add up to the whole.'

/** Crimes found by police activity: more of them may mean more police work. */
const foundByPolice = new Set(['Drugs', 'Possession of weapons'])
/** Those that rise every summer; in the districts more than in the whole. */
const followTheYear = new Set([antiSocial, 'Bicycle theft', 'Violence and sexual offences', 'Public order'])

/** The monthly count of one crime type. */
export function crimesOfType(type: string): OpenMeasure {
  const incidents = type === antiSocial
  return {
    key: `street/${type.toLowerCase().replace(/[^a-z]+/g, '-')}`,
    made: {
      title: incidents ? 'Anti-social behaviour incidents, monthly' : `${type}, monthly (street-level)`,
      ...{ unit: 'count', kind: 'count', frequency: 'month', decimals: 0, source },
      polarity: foundByPolice.has(type) ? 'neutral' : 'decrease',
      seasonal: followTheYear.has(type),
      definition:
        (incidents
          ? 'Incidents of anti-social behaviour recorded in the month. They are not crimes and have neither Crime ID nor outcome.'
          : `Crimes of the type “${type}” recorded in the month, each Crime ID counted once.`) +
        ` ${places}` +
        (followTheYear.has(type) ? ' The count follows the year: it rises in summer.' : ''),
      numerator: incidents ? 'Incidents recorded in the month' : 'Crimes recorded in the month',
    },
    dimensions,
    breaks: [],
  }
}

/** All crime of the month, without anti-social behaviour. */
export const everyCrime: OpenMeasure = {
  key: 'street/all-crime',
  made: {
    title: 'All crime, monthly (street-level)',
    ...{ unit: 'count', kind: 'count', frequency: 'month', decimals: 0, source, polarity: 'decrease' },
    seasonal: true,
    definition: `All crimes of the street-level file of the month, each Crime ID counted once, without anti-social behaviour. ${places} The count is lower in winter.`,
    numerator: 'Crimes recorded in the month',
  },
  dimensions,
  breaks: [],
}

/** Outcomes as far as they are known: the last months are unfinished. */
export const outcomeShares: OpenMeasure = {
  key: 'street/outcomes',
  made: {
    title: 'Crimes with a known outcome, by month recorded',
    ...{ unit: 'percent', kind: 'proportion', frequency: 'month', decimals: 1, source, polarity: 'neutral' },
    settling: 6,
    definition:
      'Of the crimes recorded in the month, the share whose investigation has come to a stated outcome; by outcome, the share with that latest outcome. Outcomes arrive for months after the crime, so that the last six months are not judged.',
    numerator:
      'Crimes whose latest outcome is stated, other than “Status update unavailable” and “Under investigation”',
    denominator: 'Crimes recorded in the month, without anti-social behaviour',
  },
  dimensions: { Outcome: 'not' },
  breaks: [],
}
