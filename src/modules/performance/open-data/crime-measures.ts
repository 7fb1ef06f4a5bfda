import type { OpenMeasure } from './figure-sheet.ts'
import type { Offence } from './offences.ts'

const source = 'Home Office police recorded crime, published by ONS (Open Government Licence v3.0)'
const areas = { 'Police area': 'not', 'Community safety partnership': 'to-the-whole' } as const
const quality =
  'Police recorded crime depends on what is reported and on how it is recorded; recording practice changed between 2014 and 2017.'

/** The count of the 12 months that end with the quarter. */
export function crimeOfYear(offence: Offence): OpenMeasure {
  return {
    key: `crime-12-months/${offence.key}`,
    made: {
      title: `${offence.name}, 12 months (police recorded crime)`,
      ...{ unit: 'count', kind: 'rolling', frequency: 'quarter', decimals: 0, source },
      polarity: offence.polarity ?? 'decrease',
      definition: `Offences recorded in the 12 months that end with the last day of the quarter: ${offence.name}. ${quality} A count may be negative where offences were cancelled or handed over.`,
      numerator: 'Offences recorded in 12 months',
    },
    dimensions: areas,
    breaks: offence.breaks ?? [],
  }
}

/** Single quarters, worked out from the totals of 12 months. */
export function crimeOfQuarter(offence: Offence): OpenMeasure {
  return {
    key: `crime-quarter/${offence.key}`,
    made: {
      title: `${offence.name}, by quarter (worked out from 12-month totals)`,
      ...{ unit: 'count', kind: 'count', frequency: 'quarter', decimals: 0, source },
      polarity: offence.polarity ?? 'decrease',
      definition: `Offences recorded in the quarter: ${offence.name}. Not published as such: each quarter is the one of the year before, plus the 12-month total, less the 12-month total of the quarter before. It stands only where four quarters in a row are known. ${quality}`,
      numerator: 'Offences recorded in the quarter',
    },
    dimensions: {},
    breaks: [],
  }
}

/** Offences of 12 months for 1,000 people, or 1,000 households. */
export function crimeRate(offence: Offence, of: 'people' | 'households', population: string): OpenMeasure {
  const households = of === 'households'
  return {
    key: `crime-rate/${offence.key}${households ? '-households' : ''}`,
    made: {
      title: `${offence.name} per 1,000 ${of}, 12 months`,
      ...{ unit: 'rate', kind: 'rate', frequency: 'quarter', decimals: offence.rare === true ? 4 : 1, source },
      ...{ per: 1000, chart: 'none' },
      polarity: offence.polarity ?? 'decrease',
      definition: `Offences recorded in the 12 months that end with the last day of the quarter, for 1,000 ${households ? 'households' : 'residents'}: ${offence.name}. Visitors are not counted among the residents, so that city centres stand high. Successive figures share nine months, and no chart of limits fits them.`,
      numerator: 'Offences recorded in 12 months',
      denominator: population,
    },
    dimensions: { ...areas, 'Community safety partnership': 'not' },
    breaks: [],
  }
}

/** The change of a 12-month count on the year before, as it was published. */
export function crimeChange(offence: Offence): OpenMeasure {
  return {
    key: `crime-change/${offence.key}`,
    made: {
      title: `${offence.name}, change on the year before (published)`,
      ...{ unit: 'percent', kind: 'change', frequency: 'quarter', decimals: 1, source },
      polarity: offence.polarity ?? 'decrease',
      definition: `Change of the offences recorded in the 12 months that end with the last day of the quarter on the 12 months before, in per cent: ${offence.name}. [u]: not given, because fewer than 50 offences are too few for a percentage.`,
      numerator: 'Offences of these 12 months less those of the 12 months before',
      denominator: 'Offences of the 12 months before',
    },
    dimensions: { ...areas, 'Community safety partnership': 'not' },
    breaks: [],
  }
}

/** How many people or households live in an area, as an estimate for the middle of a year. */
export function residents(of: 'people' | 'households'): OpenMeasure {
  return {
    key: of === 'people' ? 'population/people' : 'population/households',
    made: {
      title: of === 'people' ? 'Resident population' : 'Households',
      ...{ unit: 'count', kind: 'stock', frequency: 'year', decimals: 0, polarity: 'neutral' },
      source: 'ONS, estimates printed with police force area tables (Open Government Licence v3.0)',
      definition: `${of === 'people' ? 'People who live' : 'Households'} in the area, by the estimate for the middle of a calendar year, rounded to 100; it stands under the financial year in which that middle lies. What rates are worked out with: it says nothing of policing by itself.`,
    },
    dimensions: { ...areas, 'Community safety partnership': 'not', 'Ethnic group': 'to-the-whole' },
    breaks: [],
  }
}
