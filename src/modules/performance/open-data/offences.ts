import type { Polarity } from '../analysis/readings.ts'
import type { KnownBreak } from './figure-sheet.ts'

/** An offence group of police recorded crime, as the official tables have it. */
export interface Offence {
  key: string
  name: string
  /** What other tables call it, in their headings. */
  others?: readonly string[]
  polarity?: Polarity
  /** So few that a rate needs more digits. */
  rare?: true
  /** First and last quarter in which it was recorded, where it was not always: first days, ISO text. */
  since?: string
  until?: string
  breaks?: readonly KnownBreak[]
}

const burglary =
  'Burglary was reclassified in April 2017, from domestic and non-domestic to residential and non-residential'
const begun: readonly KnownBreak[] = [
  {
    from: '2018-01-01',
    cause: 'definition',
    reason: `${burglary}: the 12-month totals before the year ending March 2018 hold fewer than 12 months of it.`,
    rebases: true,
  },
]
const ended: readonly KnownBreak[] = [
  {
    from: '2017-04-01',
    cause: 'definition',
    reason: `${burglary}: from then on the 12-month totals of the old class run out.`,
    rebases: true,
  },
]
const fraud: readonly KnownBreak[] = [
  {
    from: '2013-04-01',
    cause: 'recording',
    reason: 'Action Fraud took over the recording of fraud from the forces, the last of them by March 2013.',
    rebases: true,
  },
]

/** Every group of the tables of police force areas and of the rolling-year file. */
export const offences: readonly Offence[] = [
  {
    key: 'total',
    name: 'All recorded crime excluding fraud',
    others: ['Total recorded crime (excluding fraud)', 'Total recorded crime (excludinging fraud)'],
  },
  { key: 'violence', name: 'Violence against the person' },
  { key: 'homicide', name: 'Homicide', rare: true },
  {
    key: 'driving',
    name: 'Death or serious injury caused by illegal driving',
    others: ['Death or serious injury - unlawful driving'],
    rare: true,
  },
  { key: 'violence-with-injury', name: 'Violence with injury' },
  { key: 'violence-without-injury', name: 'Violence without injury' },
  { key: 'stalking', name: 'Stalking and harassment' },
  { key: 'sexual', name: 'Sexual offences' },
  { key: 'robbery', name: 'Robbery' },
  { key: 'theft', name: 'Theft offences' },
  { key: 'burglary', name: 'Burglary' },
  {
    key: 'residential-burglary',
    name: 'Residential burglary',
    others: ['Residential burglary (per 1,000 population)'],
    since: '2017-04-01',
    breaks: begun,
  },
  { key: 'non-residential-burglary', name: 'Non-residential burglary', since: '2017-04-01', breaks: begun },
  { key: 'domestic-burglary', name: 'Domestic burglary', until: '2017-03-31', breaks: ended },
  { key: 'non-domestic-burglary', name: 'Non-domestic burglary', until: '2017-03-31', breaks: ended },
  { key: 'vehicle', name: 'Vehicle offences' },
  { key: 'theft-from-the-person', name: 'Theft from the person' },
  { key: 'bicycle', name: 'Bicycle theft' },
  { key: 'shoplifting', name: 'Shoplifting' },
  { key: 'other-theft', name: 'All other theft offences', others: ['Other theft offences'] },
  { key: 'damage', name: 'Criminal damage and arson' },
  { key: 'drugs', name: 'Drug offences', polarity: 'neutral' },
  { key: 'weapons', name: 'Possession of weapons offences', polarity: 'neutral' },
  { key: 'public-order', name: 'Public order offences' },
  { key: 'miscellaneous', name: 'Miscellaneous crimes against society', others: ['Miscellaneous crimes'] },
  { key: 'fraud', name: 'Fraud offences', breaks: fraud },
]

/** A heading without footnotes, line breaks and spare spaces, in small letters. */
export function plainHeading(text: string): string {
  return text
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

const byHeading = new Map(
  offences.flatMap(offence =>
    [offence.name, ...(offence.others ?? [])].map(name => [plainHeading(name), offence] as const),
  ),
)

export function offenceOf(heading: string): Offence | undefined {
  return byHeading.get(plainHeading(heading))
}

/** The parts that make up all crime excluding fraud in the rolling-year file, which holds no sums. */
export const partsOfTotal: readonly string[] = offences
  .map(each => each.key)
  .filter(key => !['total', 'violence', 'theft', 'burglary', 'fraud'].includes(key))
