import { spellingOf } from './spelling.ts'

/** The territorial police forces of England and Wales, and the two others whose figures stand in national tables. */
const names: readonly string[] = [
  ...['Avon and Somerset', 'Bedfordshire', 'Cambridgeshire', 'Cheshire', 'City of London', 'Cleveland', 'Cumbria'],
  ...['Derbyshire', 'Devon and Cornwall', 'Dorset', 'Durham', 'Dyfed-Powys', 'Essex', 'Gloucestershire'],
  ...['Greater Manchester', 'Gwent', 'Hampshire', 'Hertfordshire', 'Humberside', 'Kent', 'Lancashire'],
  ...['Leicestershire', 'Lincolnshire', 'Merseyside', 'Metropolitan Police', 'Norfolk', 'North Wales'],
  ...['North Yorkshire', 'Northamptonshire', 'Northumbria', 'Nottinghamshire', 'South Wales', 'South Yorkshire'],
  ...['Staffordshire', 'Suffolk', 'Surrey', 'Sussex', 'Thames Valley', 'Warwickshire', 'West Mercia'],
  ...['West Midlands', 'West Yorkshire', 'Wiltshire', 'British Transport Police', 'Northern Ireland'],
]

const otherNames: Readonly<Record<string, string>> = {
  btp: 'British Transport Police',
  mps: 'Metropolitan Police',
  met: 'Metropolitan Police',
  gmp: 'Greater Manchester',
  'hampshire and isle of wight': 'Hampshire',
  'metropolitan london': 'Metropolitan Police',
  'london metropolitan': 'Metropolitan Police',
  psni: 'Northern Ireland',
  'police service of northern ireland': 'Northern Ireland',
  'heddlu gwent': 'Gwent',
  'heddlu dyfed powys': 'Dyfed-Powys',
  'north wales heddlu gogledd cymru': 'North Wales',
  'south wales heddlu de cymru': 'South Wales',
}

/** By spelling: the name under which a police area's figures stand unless an area's own list of places says otherwise. */
export const policeAreas: ReadonlyMap<string, string> = new Map([
  ...names.map(name => [spellingOf(name), name] as const),
  ...Object.entries(otherNames),
])

/** Regions and sums that stand between the forces in national tables. West Midlands is both a region and a force. */
const regions = new Set(
  [
    ...['North East', 'North West', 'Yorkshire and the Humber', 'East Midlands', 'West Midlands', 'East', 'Eastern'],
    ...['East of England', 'London', 'South East', 'South West', 'Wales', 'England', 'England and Wales'],
  ].map(spellingOf),
)

/** Whether a row's name is that of a region or of a sum over forces; `West Midlands` may also be the force. */
export function isRegion(name: string): boolean {
  const spelling = spellingOf(name)
  return regions.has(spelling) || /^total( |$)/.test(spelling)
}
