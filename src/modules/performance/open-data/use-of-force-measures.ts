import type { OpenMeasure } from './figure-sheet.ts'

const source = 'Home Office, police use of force statistics (Open Government Licence v3.0)'
const plain = { unit: 'count', kind: 'count', frequency: 'year', decimals: 0, polarity: 'neutral', source } as const
const reporting =
  'Forces recorded more and more of what happened in the first years from 2017/18, so that a rise may be better recording.'

/** Incidents in which force was used. */
export const forceIncidents: OpenMeasure = {
  key: 'force/incidents',
  made: {
    title: 'Use of force incidents, yearly',
    ...plain,
    definition: `Reports by officers that they used force on somebody, in the financial year; two officers who act together give two reports. ${reporting}`,
    numerator: 'Use of force reports',
  },
  dimensions: { 'Police area': 'not' },
  breaks: [],
}

/** Uses of a conducted energy device (Taser). */
export const deviceUses: OpenMeasure = {
  key: 'force/devices',
  made: {
    title: 'Uses of a conducted energy device (Taser), yearly',
    ...plain,
    definition: `Uses of a conducted energy device in the financial year, each by the furthest it went: drawn, aimed, red-dot or arced without discharge; fired, drive stun or angled drive stun with discharge. ${reporting}`,
    numerator: 'Uses of a device',
  },
  dimensions: { 'Police area': 'not', 'Type of use': 'to-the-whole' },
  breaks: [],
}

/** Columns of the table of devices, as a tree. */
export const deviceParts: readonly { column: string; name: string; parent?: string }[] = [
  { column: 'Total non-discharge', name: 'Not discharged' },
  { column: 'Drawn', name: 'Drawn', parent: 'Not discharged' },
  { column: 'Aimed', name: 'Aimed', parent: 'Not discharged' },
  { column: 'Red-dot', name: 'Red-dot', parent: 'Not discharged' },
  { column: 'Arced', name: 'Arced', parent: 'Not discharged' },
  { column: 'Total discharge', name: 'Discharged' },
  { column: 'Drive stun', name: 'Drive stun', parent: 'Discharged' },
  { column: 'Fired', name: 'Fired', parent: 'Discharged' },
  { column: 'Angled drive stun', name: 'Angled drive stun', parent: 'Discharged' },
  { column: 'Not stated', name: 'Type of use not stated' },
]

/** Tactics by the ethnicity that the officer perceived. */
export const tacticUses: OpenMeasure = {
  key: 'force/tactics',
  made: {
    title: 'Tactics of force used, by perceived ethnicity, yearly',
    ...plain,
    disclosure: 5,
    definition: `How many times a tactic of force was used in the financial year, by the ethnicity of the person as the officer perceived it; several tactics in one incident count several times. Tactical communication, and tactics not reported, are left out. ${reporting}`,
    numerator: 'Times a tactic was used',
  },
  dimensions: { 'Police area': 'not', 'Ethnic group': 'to-the-whole', Tactic: 'to-the-whole' },
  breaks: [
    {
      from: '2019-04-01',
      cause: 'definition',
      reason:
        'From 2019/20 the table counts conducted energy devices, and no longer gives Chinese and “Don’t know” by themselves.',
      rebases: true,
    },
  ],
}
